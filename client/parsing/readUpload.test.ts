import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { readUpload } from "./readUpload.ts";

const CARD = `---
pretty_name: "Common Corpus"
organization: Corpus Makers
base_model:
  - makers/small-1
  - 'other/small-2'
datasets: [makers/pages, books]
---
# A title

> A quotation.

The first
paragraph.

Another.
`;

describe("readUpload", () => {
  it("keeps the text of a metadata file byte by byte", () => {
    const content = '{ "name": "Pages", "kind": "dataset",\n "organization": 7, "more": [1] }\n';
    expect(readUpload(content, "pages.json")).to.deep.equal([
      { name: "Pages", kind: "dataset", organization: "", description: "", builtFrom: [], metadata: content },
    ]);
  });

  it("leaves out an unknown kind", () => {
    for (const kind of ["Dataset", "robot", 1, null, "__proto__"]) {
      expect(readUpload(JSON.stringify({ name: "x", kind }), "x.json")[0]?.kind).to.equal(undefined);
    }
  });

  it("reads a model card with the names that the model was built from", () => {
    const [asset] = readUpload(CARD, "card.md");
    expect(asset).to.deep.equal({
      name: "Common Corpus",
      kind: "model",
      organization: "Corpus Makers",
      description: "The first paragraph.",
      builtFrom: ["makers/small-1", "other/small-2", "makers/pages", "books"],
      metadata: undefined,
    });
  });

  for (const [what, fields, names] of [
    ["one name with a comment", "base_model: meta-llama/Llama-3 # gated", ["meta-llama/Llama-3"]],
    ["an indented list", "base_model:\n    - a/x\n    - 'b/y'\ndatasets: []", ["a/x", "b/y"]],
    ["a list over several lines", "datasets: [\n  c4,\n  'the pile'\n]", ["c4", "the pile"]],
    ["entries with names", "datasets:\n- name: c4\n  type: text\n- id: d/e", ["c4", "d/e"]],
    ["quoted fields", '"base_model": "a, b"', ["a, b"]],
    ["a merge", "merges:\n- model: a/x\n  weight: 0.5\n- model: b/y", ["a/x", "b/y"]],
    ["slices of a merge", "slices:\n- sources:\n  - model: a/x\n    layer_range: [0, 8]", ["a/x"]],
    ["source datasets", "source_datasets:\n- original\n- extended|squad", ["squad"]],
    ["names that are numbers", "base_model: 1.0", ["1.0"]],
    ["an anchor and its alias", "other: &base a/x\nbase_model: *base", ["a/x"]],
    ["fields that are merged in", "common: &common\n  base_model: a/x\n<<: *common", ["a/x"]],
    ["a mixture", "datasets:\n  c4: 0.6\n  d/e: 0.4", ["c4", "d/e"]],
    ["a name twice", "base_model: [a/x, a/x]\ndatasets: a/x", ["a/x"]],
  ] as const) {
    it(`reads ${what}`, () => {
      expect(readUpload(`---\n${fields}\n---\n# Title\n`, "card.md")[0]?.builtFrom).to.deep.equal(names);
      expect(readUpload(`\ufeff\n---\n${fields}\n---\n# Title\n`, "card.md")[0]?.builtFrom).to.deep.equal(names);
      expect(readUpload(`--- \r\n${fields}\r\n---  \r\n# Title`, "card.md")[0]?.builtFrom).to.deep.equal(names);
    });
  }

  it("reads the names in a metadata file, whose text stays as it is", () => {
    const content = '{"name":"x","base_model":["a/x","B"],"dependsOn":["c"]}';
    expect(readUpload(content, "x.json")[0]).to.deep.include({ builtFrom: ["a/x", "B", "c"], metadata: content });
  });

  it("refuses a card whose fields it cannot read, because they may name an ancestor", () => {
    expect(() => readUpload("---\nbase_model: [a\n---\n# Title\n", "x")).to.throw(UserError, "are not valid YAML");
    expect(() => readUpload("---\nbase_model: a\nbase_model: b\n---\n# Title\n", "x")).to.throw(UserError, "unique");
    expect(() => readUpload("---\nbase_model: a\n# Title\n", "x")).to.throw(UserError, "that does not end");
    expect(() => readUpload("---\njust words\n---\n# Title\n", "x")).to.throw(UserError, "has no fields");
  });

  it("reads a card with Windows line ends, and a card without fields", () => {
    expect(readUpload(CARD.replaceAll("\n", "\r\n"), "card.md")).to.deep.equal(readUpload(CARD, "card.md"));
    expect(readUpload("# Only a title\n", "card.md")[0]).to.include({ name: "Only a title", kind: undefined });
  });

  it("cuts the description at 1,000 characters, never within a character", () => {
    const [asset] = readUpload(`# Title\n\n${"x".repeat(999)}😀 and more`, "card.md");
    expect(asset?.description).to.equal(`${"x".repeat(999)}😀`);
  });

  it("reads all assets of a lineage file", () => {
    const assets = [
      { name: "Pages", kind: "dataset", organization: "A", dependsOn: [] },
      { name: "Small", kind: "model", organization: "B", dependsOn: ["Pages"] },
    ];
    const descriptions = readUpload(JSON.stringify({ assets }), "lineage.json");
    expect(descriptions.map(({ name }) => name)).to.deep.equal(["Pages", "Small"]);
  });

  for (const [name, content, message] of [
    ["nothing", " \n", "x is empty"],
    ["broken JSON", '{"name": ', "x is not valid JSON: "],
    ["a list", "[1]", "x does not contain a JSON object"],
    ["text without a title", "Just words.", "x is neither JSON nor a model card"],
  ] as const) {
    it(`rejects ${name} with a message`, () => {
      expect(() => readUpload(content, "x")).to.throw(UserError, message);
    });
  }
});
