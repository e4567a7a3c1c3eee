import { expect } from "chai";
import { sha256, stringToHex } from "viem";
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
    const nameIn = (name: string) => parseMetadata(stringToHex(JSON.stringify({ name }))).name;
    const llamas = `a${"🦙".repeat(101)}`;
    expect(nameIn(llamas)).to.equal(llamas);
    expect(nameIn(`a${"🦙".repeat(300)}`)).to.equal(`a${"🦙".repeat(199)}`);
    // No joiner is left at the end.
    expect(nameIn(`${"x".repeat(197)}👩‍👩‍👧`)).to.equal(`${"x".repeat(197)}👩‍👩`);
    expect(nameIn(`${"x".repeat(196)}👩‍👩‍👧`)).to.equal(`${"x".repeat(196)}👩‍👩`);
  });

  it("keeps the exact bytes beside a text that is not exactly them", () => {
    const bytesOf = (bytes: `0x${string}`) => {
      const { metadata, metadataBytes, metadataDigest } = parseMetadata(bytes);
      expect(sha256(metadataBytes ?? stringToHex(metadata)), bytes).to.equal(metadataDigest);
      return metadataBytes;
    };
    for (const exact of ["0x", "0x7b7d", "0xefbfbd", stringToHex("🦙\u2028")] as const) {
      expect(bytesOf(exact), exact).to.equal(undefined);
    }
    for (const other of ["0xff", "0x00", "0x7b7dc3", "0xeda0be", "0xefbfbdff", "0xefbbbf7b7d"] as const) {
      expect(bytesOf(other), other).to.equal(other);
    }
  });

  it("reads the name behind a byte order mark", () => {
    const { name, metadata } = parseMetadata(stringToHex('\ufeff{"name":"C4"}'));
    expect([name, metadata]).to.deep.equal(["C4", '{"name":"C4"}']);
  });
});
