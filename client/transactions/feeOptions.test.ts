import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { parseFeeOptions } from "./feeOptions.ts";

describe("parseFeeOptions", () => {
  it("reads gwei, with a point or a unit", () => {
    for (const [text, wei] of [
      ["30", 30_000_000_000n],
      ["1.5", 1_500_000_000n],
      ["0", 0n],
      ["0.000000001", 1n],
      ["30gwei", 30_000_000_000n],
      ["30 Gwei", 30_000_000_000n],
      ["25000000000wei", 25_000_000_000n],
    ] as const) {
      expect(parseFeeOptions({ tip: text }).tip, text).to.equal(wei);
      expect(parseFeeOptions({ maxFee: text }).maxFee, text).to.equal(wei);
    }
    expect(parseFeeOptions({})).to.deep.equal({ tip: undefined, maxFee: undefined });
  });

  it("refuses everything else, and says how to write it", () => {
    for (const text of [
      "1,5",
      "30,000",
      "",
      "-1",
      "1e9",
      "0x10",
      "thirty",
      "1.5.0",
      "30 ether",
      "1.0000000001",
      "1.5wei",
      "NaN",
      "٣",
    ]) {
      expect(() => parseFeeOptions({ tip: text }), text).to.throw(
        UserError,
        `--tip "${text}" is not a price. Write it in gwei`,
      );
      expect(() => parseFeeOptions({ maxFee: text }), text).to.throw(UserError, `--max-fee "${text}" is not a price`);
    }
  });

  it("suspects wei without the unit", () => {
    expect(() => parseFeeOptions({ tip: "25000000000" })).to.throw(UserError, "write 25000000000wei");
  });

  it("refuses a tip above the highest price", () => {
    expect(() => parseFeeOptions({ tip: "31", maxFee: "30" })).to.throw(UserError, "Lower --tip or raise --max-fee");
  });
});
