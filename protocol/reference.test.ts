import { expect } from "chai";
import { zeroHash } from "viem";
import { parseReference } from "./reference.ts";

describe("parseReference", () => {
  it("returns zero without a reference", () => {
    expect(parseReference(undefined)).to.equal(zeroHash);
    expect(parseReference("")).to.equal(zeroHash);
  });

  it("returns 32 bytes unchanged", () => {
    const bytes = `0x${"0aF9".repeat(16)}`;
    expect(parseReference(bytes)).to.equal(bytes);
  });

  it("returns the digest of any other text, in UTF-8", () => {
    // The published Keccak-256 digest of these bytes.
    expect(parseReference("hello")).to.equal("0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8");
    const unprefixed = "0af9".repeat(16);
    expect(parseReference(unprefixed)).not.to.equal(`0x${unprefixed}`);
    expect(parseReference("naïve")).not.to.equal(parseReference("naive"));
  });

  it("refuses bytes of another length than 32", () => {
    for (const text of ["0x", "0x12", `0x${"00".repeat(31)}`, `0x${"00".repeat(33)}`, `0x${"zz".repeat(32)}`]) {
      expect(() => parseReference(text), text).to.throw("A reference must be 32 bytes");
    }
  });
});
