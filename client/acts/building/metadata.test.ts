import { expect } from "chai";
import { metadataText } from "./metadata.ts";

describe("the metadata of an asset", () => {
  it("have no empty fields, and no blanks around texts", () => {
    expect(metadataText({ name: " Summarizer ", kind: "agent", organization: "Acme", description: " " })).to.equal(
      '{"name":"Summarizer","kind":"agent","organization":"Acme"}',
    );
    expect(metadataText({ name: "x", kind: "model" })).to.equal('{"name":"x","kind":"model"}');
  });
});
