import { expect } from "chai";
import { zeroHash } from "viem";
import { UserError } from "#protocol/userError.ts";
import { parseDigest } from "./parseDigest.ts";

const DIGEST = `0x${"ab".repeat(32)}`;

describe("a digest, as it is typed", () => {
  it("is 32 bytes, or zero if there is none", () => {
    expect(parseDigest(` ${DIGEST} `, "It")).to.equal(DIGEST);
    for (const none of [undefined, "", " "]) expect(parseDigest(none, "It")).to.equal(zeroHash);
  });

  for (const text of ["0x12", "ab".repeat(32), `0x${"zz".repeat(32)}`]) {
    it(`is refused: ${text}`, () =>
      expect(() => parseDigest(text, "--digest")).to.throw(UserError, "--digest must be"));
  }
});
