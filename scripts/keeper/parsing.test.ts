import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { parseWatched } from "./inlets.ts";
import { parseMargin, worthOf } from "./prices.ts";

describe("the keeper's options", () => {
  it("name the releases whose inlets are checked", () => {
    const isWatched = parseWatched("1-3, 7");
    expect([1, 2, 3, 4, 6, 7, 8].filter(isWatched)).to.deep.equal([1, 2, 3, 7]);
    expect(parseWatched("all")(5)).to.equal(true);
    expect(parseWatched("none")(5)).to.equal(false);
    for (const text of ["1-2-3", "a", "0-2", "1-"]) expect(() => parseWatched(text), text).to.throw(UserError);
  });

  it("set how many times its cost something must be worth", () => {
    const isWorth = parseMargin("1.5");
    expect(isWorth(150n, 100n)).to.equal(true);
    expect(isWorth(149n, 100n)).to.equal(false);
    // A worth of 0 is never enough, even at a cost of 0.
    expect(parseMargin("0")(0n, 0n)).to.equal(false);
    for (const text of ["-1", "much", "1.1234567"]) expect(() => parseMargin(text), text).to.throw(UserError);
  });

  it("set the worth of an amount in wei", () => {
    const currency = { address: `0x${"11".repeat(20)}`, symbol: "tUSD", decimals: 6 } as const;
    expect(worthOf(1_500_000n, { currency, weiPerUnit: 400n })).to.equal(600n);
    expect(worthOf(1n, { currency, weiPerUnit: 400n })).to.equal(0n);
  });
});
