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

describe("an uploaded file", () => {
  it("is a metadata file, whose text is kept byte by byte", () => {
    const content = '{ "name": "Pages", "kind": "dataset",\n "organization": 7, "more": [1] }\n';
    expect(readUpload(content, "pages.json")).to.deep.equal([
      { name: "Pages", kind: "dataset", organization: "", description: "", builtFrom: [], metadata: content },
    ]);
  });

  it("has no kind where it names none of ours", () => {
    for (const kind of ["Dataset", "robot", 1, null, "__proto__"]) {
      expect(readUpload(JSON.stringify({ name: "x", kind }), "x.json")[0]?.kind).to.equal(undefined);
    }
  });

  it("is a model card, with what the model was built from by name", () => {
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

  it("may be a card with Windows' line ends, or without fields", () => {
    expect(readUpload(CARD.replaceAll("\n", "\r\n"), "card.md")).to.deep.equal(readUpload(CARD, "card.md"));
    expect(readUpload("# Only a title\n", "card.md")[0]).to.include({ name: "Only a title", kind: undefined });
  });

  it("is cut at 1,000 characters of its description, never within one", () => {
    const [asset] = readUpload(`# Title\n\n${"x".repeat(999)}😀 and more`, "card.md");
    expect(asset?.description).to.equal("x".repeat(999));
  });

  it("is a lineage, which may hold several assets", () => {
    const assets = [
      { name: "Pages", kind: "dataset", organization: "A", dependsOn: [] },
      { name: "Small", kind: "model", organization: "B", dependsOn: ["Pages"] },
    ];
    const found = readUpload(JSON.stringify({ assets }), "lineage.json");
    expect(found.map(({ name }) => name)).to.deep.equal(["Pages", "Small"]);
  });

  for (const [what, content, said] of [
    ["nothing", " \n", "x is empty"],
    ["broken JSON", '{"name": ', "x is no JSON: "],
    ["a list", "[1]", "x holds no JSON object"],
    ["text without a title", "Just words.", "x is no JSON, and no model card"],
  ] as const) {
    it(`is refused in words if it holds ${what}`, () => {
      expect(() => readUpload(content, "x")).to.throw(UserError, said);
    });
  }
});
