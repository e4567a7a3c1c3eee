import { expect } from "chai";
import { usd } from "../../../../test/support/usd.ts";
import { moneyText, moneyTitle, symbolOf } from "./moneyText.ts";

const { currency } = usd(0);
const ether = (amount: bigint) => ({ amount: String(amount), currency: { ...currency, symbol: "tETH", decimals: 18 } });

describe("moneyText", () => {
  it("is exact, or its digits end in an ellipsis", () => {
    expect([0, 1, -1, 1_234_567_890].map((amount) => moneyText(usd(amount)))).to.deep.equal([
      "0.000000 tUSD",
      "0.000001 tUSD",
      "−0.000001 tUSD",
      "1\u202f234.567890 tUSD",
    ]);
    expect(moneyText(ether(1_234_567_890_123_456_789n))).to.equal("1.23456789… tETH");
  });
});

describe("moneyTitle", () => {
  it("has all digits, as units and as base units, and the currency's address", () => {
    expect(moneyTitle(ether(1_234_567_890_123_456_789n))).to.equal(
      `1.234567890123456789 tETH = 1_234_567_890_123_456_789 base units of ${currency.address}`.replaceAll(
        "_",
        "\u202f",
      ),
    );
    expect(moneyTitle(usd(-1))).to.contain("−0.000001 tUSD = −1 base units");
  });
});

describe("symbolOf", () => {
  it("is the token's own symbol, made harmless and short", () => {
    const symbolled = (symbol: string) => symbolOf({ amount: "0", currency: { ...currency, symbol } });
    expect(symbolled("tUSD")).to.equal("tUSD");
    expect(symbolled("\u202eX\n")).to.equal("X");
    expect(symbolled("ABCDEFGHIJKLMNOP")).to.equal("ABCDEFGHIJK…");
    for (const symbol of ["", " ", "\u200b"]) expect(symbolled(symbol)).to.equal("units");
  });
});
