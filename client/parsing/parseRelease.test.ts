import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "./parseRelease.ts";

describe("the number of a release", () => {
  for (const [text, release] of [
    ["1", 1],
    ["#12", 12],
    [" 1099511627775 ", 2 ** 40 - 1],
  ] as const) {
    it(`is read: ${text}`, () => expect(parseRelease(text)).to.equal(release));
  }

  for (const text of ["", "0", "-1", "1.5", "1e3", "0x1", "1099511627776", "##1", "1 2"]) {
    it(`is refused: "${text}"`, () => expect(() => parseRelease(text)).to.throw(UserError, "is not a release"));
  }
});
