import { expect } from "chai";
import { shortAddress } from "./shortAddress.ts";

describe("shortAddress", () => {
  it("has the first and last four digits, in their original case", () => {
    expect(shortAddress("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")).to.equal("0x7099…79C8");
    expect(shortAddress(`0x${"0".repeat(40)}`)).to.equal("0x0000…0000");
  });
});
