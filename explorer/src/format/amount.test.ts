import { expect } from "chai";
import { amountText } from "#protocol/money.ts";
import { formatBase, formatCount, formatPpm, formatUnits, pluralize, portion } from "./amount.ts";

/** Replaces `_` by the thin no-break space that separates groups of digits. */
const thin = (text: string) => text.replaceAll("_", "\u202f");

describe("formatUnits", () => {
  for (const [base, decimals, text, whole] of [
    ["0", 6, "0.000000", true],
    ["1", 6, "0.000001", true],
    ["1234567890123", 6, "1_234_567.890123", true],
    ["-1234567", 6, "−1.234567", true],
    ["5", 0, "5", true],
    ["1000000000000000000", 18, "1", true],
    ["1500000000000000000", 18, "1.5", true],
    ["1234567890123456789", 18, "1.23456789…", false],
    ["123", 18, "0.000000000000000123", true],
    ["123456", 18, "0.0000000000001234…", false],
    ["-999999999999999999", 18, "−0.99999999…", false],
    ["5192296858534827628530496329220095", 18, "5_192_296_858_534_827.62853049…", false],
    ["0", 18, "0", true],
    ["0", 0, "0", true],
    ["-1", 18, "−0.000000000000000001", true],
    ["1", 255, `0.${"0".repeat(254)}1`, true],
    ["100000000", 8, "1.00000000", true],
    ["1000000001", 9, "1.00000000…", false],
    ["1000", 0, "1_000", true],
    ["-1000000", 0, "−1_000_000", true],
    [String(2n ** 256n - 1n), 77, "1.15792089…", false],
  ] as const) {
    it(`shows ${base} of ${decimals} decimals as ${text}, never rounded`, () => {
      expect(formatUnits(base, decimals)).to.deep.equal({ text: thin(text), whole });
    });
  }

  it("shows every digit if the limit allows it", () => {
    expect(formatUnits("1234567890123456789", 18, 255).text).to.equal("1.234567890123456789");
    expect(formatBase("-1234567")).to.equal(thin("−1_234_567"));
  });
});

describe("formatBase and formatCount", () => {
  it("group digits by three in numbers of any length", () => {
    expect(["0", "999", "1000", "-1", "-1000", String(2n ** 128n)].map(formatBase)).to.deep.equal(
      ["0", "999", "1_000", "−1", "−1_000", "340_282_366_920_938_463_463_374_607_431_768_211_456"].map(thin),
    );
    expect([0, 999, 1_000, 1_234_567].map(formatCount)).to.deep.equal(["0", "999", "1_000", "1_234_567"].map(thin));
  });
});

describe("formatPpm", () => {
  it("shows parts per million as percentages, and marks those below the smallest", () => {
    expect([1_000_000, 250_000, 42_857, 1, 0.5, 0].map(formatPpm)).to.deep.equal(
      ["100_%", "25_%", "4.286_%", "0.0001_%", "<_0.0001_%", "0_%"].map(thin),
    );
  });
});

describe("pluralize", () => {
  it("uses the singular for one, the plural for other counts, and an irregular plural if there is one", () => {
    expect([0, 1, 2, 1_234].map((count) => pluralize(count, "asset"))).to.deep.equal(
      ["0 assets", "1 asset", "2 assets", "1_234 assets"].map(thin),
    );
    expect([1, 2].map((count) => pluralize(count, "match", "matches"))).to.deep.equal(["1 match", "2 matches"]);
  });
});

describe("an amount on a page and at the command line", () => {
  it("has the same digits, but for groups and zeros at the end", () => {
    const plain = (text: string) => text.replaceAll("\u202f", "").replace("−", "-");
    const short = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
    for (const decimals of [0, 6, 8, 18]) {
      for (const base of ["0", "1", "100", "-1", "1234567", "1000000000000000000", "79228162514264337593543950335"]) {
        const [command] = amountText(BigInt(base), { symbol: "X", decimals }).split(" ");
        expect(short(plain(formatUnits(base, decimals, 255).text)), `${base}, ${decimals}`).to.equal(command);
      }
    }
  });
});

describe("portion", () => {
  it("is from 0 to 1 for any amounts", () => {
    expect(portion("1", "4")).to.equal(0.25);
    expect(portion("0", "0"), "of nothing").to.equal(0);
    expect(portion("5", "0"), "of nothing").to.equal(0);
    expect(portion("5", "4"), "more than all").to.equal(1);
    expect(portion("-5", "4"), "a loss").to.equal(0);
    expect(portion(String(2n ** 200n), String(2n ** 201n)), "huge").to.equal(0.5);
  });
});
