import { expect } from "chai";
import { maxUint256 } from "viem";
import { UserError } from "#protocol/userError.ts";
import { parseIdentity } from "./parseIdentity.ts";

describe("parseIdentity", () => {
  it("takes the numbers that the registry takes, from 0 on", () => {
    expect(parseIdentity("0")).to.equal(0n);
    expect(parseIdentity(" #22 ")).to.equal(22n);
    expect(parseIdentity(String(maxUint256 - 1n))).to.equal(maxUint256 - 1n);
  });

  it("refuses everything else, with an example", () => {
    for (const text of ["", "-1", "1.5", "0x1", "one", String(maxUint256), "9".repeat(79)]) {
      expect(() => parseIdentity(text), text).to.throw(UserError, "such as 22");
    }
  });
});
