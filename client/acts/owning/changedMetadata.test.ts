import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { changedMetadata, metadataDifferences, parseMetadata } from "./changedMetadata.ts";

const PRETTY = `{
  "name": "Old, \\"quoted\\" {name}",
  "kind": "model",
  "parameters": 123456789012345678901234567890,
  "nested": { "name": "inner", "list": [1.0, {"name": 2}] },
  "organization": "Caf\\u00e9"
}
`;

describe("changed metadata", () => {
  it("keep every field that is not named, character by character", () => {
    expect(changedMetadata(PRETTY, { name: 'New "name"' }, "model")).to.equal(
      PRETTY.replace('"Old, \\"quoted\\" {name}"', '"New \\"name\\""'),
    );
    expect(changedMetadata(PRETTY, {}, "model")).to.equal(PRETTY);
    expect(changedMetadata(PRETTY, { organization: "Café" }, "model"), "the same value").to.equal(PRETTY);
  });

  it("get new fields at the end, in the form of the others", () => {
    expect(changedMetadata(PRETTY, { description: "Small." }, "model")).to.equal(
      PRETTY.replace('"Caf\\u00e9"', '"Caf\\u00e9",\n  "description":"Small."'),
    );
    expect(changedMetadata('{"name":"A"}', { organization: "B", description: " C " }, "model")).to.equal(
      '{"name":"A","organization":"B","description":"C"}',
    );
    expect(changedMetadata(" { } ", { name: "A" }, "model")).to.equal('{"name":"A"}');
  });

  it("lose a field whose new text is empty, wherever it stands", () => {
    expect(changedMetadata(PRETTY, { organization: "" }, "model")).to.equal(
      PRETTY.replace(',\n  "organization": "Caf\\u00e9"', ""),
    );
    const three = '{"description":"x","name":"A","organization":"y"}';
    expect(changedMetadata(three, { description: " ", organization: "" }, "model")).to.equal('{"name":"A"}');
    expect(changedMetadata('{"name":"A"}', { description: "" }, "model")).to.equal('{"name":"A"}');
  });

  it("change the last of several fields with one name, which is the one that counts, and remove all of them", () => {
    const twice = '{"name":"A","description":"x","description":"y"}';
    expect(parseMetadata(changedMetadata(twice, { description: "z" }, "model"))?.description).to.equal("z");
    expect(changedMetadata(twice, { description: "" }, "model")).to.equal('{"name":"A"}');
  });

  it("replace what is not a JSON object", () => {
    for (const before of ["", "[1]", "null", '"text"', '{"name": "broken']) {
      expect(changedMetadata(before, { name: "A" }, "dataset")).to.equal('{"kind":"dataset","name":"A"}');
    }
  });

  it("are refused without a name", () => {
    for (const [before, changes] of [
      [PRETTY, { name: " " }],
      ['{"name":7}', { description: "x" }],
      ["broken", { organization: "x" }],
    ] as const) {
      expect(() => changedMetadata(before, changes, "model")).to.throw(UserError, "would have no name");
    }
  });
});

describe("the differences of metadata", () => {
  it("name each field that differs, with the old and the new value", () => {
    const after = '{"name":"B","kind":"model","list":[1,2],"card":"https://example.org"}';
    expect(metadataDifferences('{"kind":"model","name":"A","list":[1],"organization":"Acme"}', after)).to.deep.equal([
      'name: "A" → "B"',
      "list: [1] → [1,2]",
      'organization: "Acme" → none',
      'card: none → "https://example.org"',
    ]);
  });

  it("say when only the writing differs, and when the whole text is replaced", () => {
    expect(metadataDifferences('{"a":1}', '{ "a": 1 }')).to.deep.equal([
      "Only the writing of the text changes, no value of it.",
    ]);
    expect(metadataDifferences('{"name": "broken', '{"name":"A"}')).to.deep.equal([
      'The whole text is replaced. Before: {"name": "broken',
    ]);
  });

  it("show no character that could mislead a reader, and cut long values", () => {
    const [line = ""] = metadataDifferences(
      '{"name":"\\u202eA"}',
      JSON.stringify({ name: `\u202e${"x".repeat(400)}` }),
    );
    expect(line).not.to.contain("\u202e");
    expect(line).to.match(/x…$/);
    expect(line.length).to.be.lessThan(400);
  });
});
