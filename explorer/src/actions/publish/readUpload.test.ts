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
      builtFrom: ["small-1", "small-2", "pages", "books"],
      metadata: undefined,
    });
  });

  it("reads a card with Windows line ends, and a card without fields", () => {
    expect(readUpload(CARD.replaceAll("\n", "\r\n"), "card.md")).to.deep.equal(readUpload(CARD, "card.md"));
    expect(readUpload("# Only a title\n", "card.md")[0]).to.include({ name: "Only a title", kind: undefined });
  });

  it("cuts the description at 1,000 characters, never within a character", () => {
    const [asset] = readUpload(`# Title\n\n${"x".repeat(999)}😀 and more`, "card.md");
    expect(asset?.description).to.equal("x".repeat(999));
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
