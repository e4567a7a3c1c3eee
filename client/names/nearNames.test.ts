import { expect } from "chai";
import type { Kind } from "#protocol/kinds.ts";
import { namedParents } from "./namedParents.ts";
import { nearNames } from "./nearNames.ts";

const difference = (name: string, candidate: string) =>
  nearNames([name], [{ name: candidate, value: 1 }]).get(name)?.nearest[0]?.difference;

describe("nearNames", () => {
  for (const [name, candidate, expected] of [
    ["Llama 3", "Llama 3", "none"],
    ["Cafe\u0301", "Caf\u00e9", "Unicode form"],
    ["Ｌｌａｍａ ３", "Llama 3", "invisible characters or character width"],
    ["Llama 3 ", "Llama 3", "invisible characters or character width"],
    ["Llama\u00a03", "Llama 3", "invisible characters or character width"],
    ["Lla\u200bma 3", "Llama 3", "invisible characters or character width"],
    ["baai/bge-base-en-v1.5", "BAAI/bge-base-en-v1.5", "upper and lower case"],
    ["Straße", "STRASSE", "upper and lower case"],
    ["Common_Crawl", "CommonCrawl", "spaces or punctuation"],
    ["GPT–2", "GPT-2", "spaces or punctuation"], // an en dash
    ["Llаma 3", "Llama 3", "letters that look alike"], // a Cyrillic a
    ["ΒΑΑΙ/bge", "BAAI/bge", "letters that look alike"], // Greek capitals
    ["L1ama", "Llama", "letters that look alike"],
    ["Café", "Cafe", "letters that look alike"],
    ["openai/gpt2", "GPT-2", "organization"],
    ["a/gpt-2", "b/gpt-2", "organization"],
    ["OpenWebTxt", "OpenWebText", "spelling"],
    ["Wikipeida", "Wikipedia", "spelling"],
    ["OpenWeb Datsaet", "OpenWeb Dataset", "spelling"],
    ["meta-llama/Meta-Llama-3-8B", "Llama 3", "version"],
    ["Llama", "Llama 3", "version"],
    ["Llama-3.0", "Llama 3", "version"],
    ["squad_v2", "SQuAD 2.0", "version"],
    ["Wizard LM", "WizardLM-13B", "version"],
    ["CommonCrawl 2023", "Common Crawl", "version"],
    ["T5", "google-t5/t5-base", "version"],
    ["Yi", "01-ai/Yi-34B", "version"],
    ["C4 dataset", "allenai/C4", "version"],
    ["Mixtral-8x7B", "mistralai/Mixtral-8x7B-v0.1", "version"],
  ] as const) {
    it(`finds ${JSON.stringify(candidate)} for ${JSON.stringify(name)}: ${expected}`, () => {
      expect(difference(name, candidate)).to.equal(expected);
    });
  }

  for (const [name, candidate] of [
    ["GPT-3", "GPT-4"],
    ["Llama 2", "Llama 3"],
    ["CLIP", "BLIP"],
    ["PaLM dataset", "GLaM dataset"],
    ["ImageNet", "BooksCorpus"],
    ["the data", "The Pile"],
    ["T0", "T0++"],
    ["+", "-"],
  ] as const) {
    it(`does not find ${candidate} for ${name}`, () => expect(difference(name, candidate)).to.equal(undefined));
  }

  it("does not take what says that it is a dataset for a model, but for a dataset with the same name", () => {
    const near = (kind: Kind) => nearNames(["Dolly dataset"], [{ name: "Dolly", value: 1, kind }]).get("Dolly dataset");
    expect(near("model")?.nearest).to.deep.equal([]);
    expect(near("dataset")?.nearest).to.have.lengthOf(1);
  });

  it("finds the exact name behind 10,000 near twins of it", () => {
    const twins = Array.from({ length: 10_000 }, (_, i) => ({
      name: `Llama${" -_."[i % 4]}3${"\u200b".repeat(i % 7)}`,
      value: i,
    }));
    const found = nearNames(["LLama 3"], [...twins, { name: "LLama 3", value: -1 }]).get("LLama 3");
    expect(found?.nearest[0]?.value).to.equal(-1);
    expect(found?.incomplete).to.equal(false);
  });

  it("orders the nearest first, and counts those that it leaves out", () => {
    const names = ["Llama 3.1 405B", "llama", "LLAMA", "Llаma", "Llama 3", "Llama", "Meta Llama 3 8B"];
    const found = nearNames(
      ["Llama"],
      names.map((name) => ({ name, value: name })),
      { most: 4 },
    ).get("Llama");
    expect(found?.nearest.map(({ value }) => value)).to.deep.equal(["Llama", "llama", "LLAMA", "Llаma"]);
    expect(found?.more).to.equal(3);
  });

  it("takes about as much time per name for 24,000 names as for 3,000, with strangers' names among them", () => {
    const timePerName = (count: number) => {
      const candidates = Array.from({ length: count }, (_, i) => ({
        name: i % 2 === 0 ? `org-${i % 977}/Meta-Llama-${i}-instruct` : `common beginning of all names ${word(i)}`,
        value: i,
      }));
      const names = Array.from({ length: count / 2 }, (_, i) => `Meta-Lama-${2 * i}-instruct`);
      const times = [1, 2].map(() => {
        const begin = performance.now();
        const found = nearNames(names, candidates);
        expect(found.get("Meta-Lama-8-instruct")?.nearest[0]?.value).to.equal(8);
        return performance.now() - begin;
      });
      return Math.min(...times) / count;
    };
    const word = (i: number) => i.toString(26).replaceAll(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "");
    timePerName(1_000); // compiles
    expect(timePerName(24_000) / timePerName(3_000)).to.be.below(5);
  }).timeout(30_000);
});

describe("namedParents", () => {
  it("returns the names of all fields that name ancestors, each once", () => {
    expect(
      namedParents({
        name: "x",
        base_model: ["a/x", " b "],
        datasets: [{ name: "c4" }, "a/x"],
        "Base-Models": "d",
        dependsOn: ["e"],
        tags: ["not me"],
        license: "mit",
        merges: true,
      }),
    ).to.deep.equal(["a/x", "b", "c4", "d", "e"]);
    expect(namedParents({ datasets: { c4: 0.6, pile: 0.4 }, base_model_name_or_path: "a/x" })).to.have.members([
      "c4",
      "pile",
      "a/x",
    ]);
    expect(namedParents({ base_model: "", datasets: ["none", null, 7] })).to.deep.equal([]);
  });
});
