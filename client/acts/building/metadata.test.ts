import { expect } from "chai";
import { metadataText } from "./metadata.ts";

describe("the metadata of an asset", () => {
  it("leave out what is empty, and blanks around the rest", () => {
    expect(metadataText({ name: " Summarizer ", kind: "agent", organization: "Acme", description: " " })).to.equal(
      '{"name":"Summarizer","kind":"agent","organization":"Acme"}',
    );
    expect(metadataText({ name: "x", kind: "model" })).to.equal('{"name":"x","kind":"model"}');
  });
});
