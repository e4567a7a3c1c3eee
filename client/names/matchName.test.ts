import { expect } from "chai";
import { matchName } from "./matchName.ts";

const among = (name: string, ...names: string[]) => {
  const { same, alike } = matchName(
    name,
    names.map((each, i) => ({ name: each, value: i })),
  );
  return { same: same.map(({ value }) => value), alike: alike.map(({ value }) => value) };
};

describe("matchName", () => {
  for (const [name, other] of [
    ["Llama 3", "Llama 3"],
    ["llama-3", "Llama 3"],
    ["LLAMA_3", "Llama 3"],
    ["Cafe\u0301", "Caf\u00e9"],
    ["Ｌｌａｍａ ３", "Llama 3"],
    ["Lla\u200bma 3", "Llama 3"],
    ["Llama\u00a03", "Llama 3"],
    ["Straße", "STRASSE"],
    ["Llama-3-1", "Llama 3.1"],
  ] as const) {
    it(`takes ${JSON.stringify(other)} for ${JSON.stringify(name)}`, () =>
      expect(among(name, other)).to.deep.equal({ same: [0], alike: [] }));
  }

  for (const [name, other] of [
    ["Llama 3", "Llаma 3"], // a Cyrillic a
    ["Llama 3", "LIama 3"], // a capital i
    ["Llama 3", "L1ama 3"],
    ["Llama 3", "Llámá 3"],
    ["modern", "modem"],
    ["ΒΑΑΙ/bge", "BAAI/bge"], // Greek capitals
    ["Llama 3", "stranger/Llama-3"],
    ["meta/Llama 3", "Llama 3"],
    ["Llama 3.1", "Llama 31"], // another version
    ["GPT-4-1", "GPT-41"],
  ] as const) {
    it(`takes ${JSON.stringify(other)} for a name that is only like ${JSON.stringify(name)}`, () =>
      expect(among(name, other)).to.deep.equal({ same: [], alike: [0] }));
  }

  it("does not find another name", () => {
    expect(among("Llama 3", "Llama 2", "Llama 3 8B", "Lama 3", "")).to.deep.equal({ same: [], alike: [] });
  });

  it("finds every twin, behind 20,000 others, exact names first", () => {
    const twins = Array.from({ length: 20_000 }, (_, i) => `Llama${" -_."[i % 4]}3${" ".repeat(i % 5)}`);
    const { same, alike } = matchName(
      "LLama 3",
      [...twins, "LLama 3", "Llаma 3"].map((name, value) => ({ name, value })),
    );
    expect(same).to.have.lengthOf(20_001);
    expect([same[0]?.value, alike[0]?.value]).to.deep.equal([20_000, 20_001]);
  });
});
