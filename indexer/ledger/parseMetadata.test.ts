import { expect } from "chai";
import { stringToHex } from "viem";
import { parseMetadata } from "./parseMetadata.ts";

describe("parseMetadata", () => {
  it("reads name and organization", () => {
    const { name, organization } = parseMetadata(stringToHex('{"name":" C4 ","organization":"Google"}'));
    expect([name, organization]).to.deep.equal(["C4", "Google"]);
  });

  for (const hostile of [
    "",
    "null",
    "[]",
    "7",
    "{",
    '{"name":7}',
    '{"name":{}}',
    '{"name":" "}',
    '{"__proto__":{"name":"x"}}',
  ]) {
    it(`finds no name in ${hostile || "nothing"}`, () => {
      expect(parseMetadata(stringToHex(hostile)).name).to.equal(undefined);
    });
  }

  it("finds no name in bytes that are not text", () => {
    expect(parseMetadata("0xff00fe").name).to.equal(undefined);
  });

  it("removes control characters, which could rewrite a terminal", () => {
    const name = "C4\u001b[2J\u202e\u0000";
    expect(parseMetadata(stringToHex(JSON.stringify({ name }))).name).to.equal("C4[2J");
  });

  it("truncates a very long name", () => {
    expect(parseMetadata(stringToHex(JSON.stringify({ name: "x".repeat(8_000) }))).name?.length).to.equal(200);
  });

  it("truncates a name between characters only", () => {
    const name = `${"x".repeat(199)}😀`;
    expect(parseMetadata(stringToHex(JSON.stringify({ name }))).name).to.equal("x".repeat(199));
  });
});
