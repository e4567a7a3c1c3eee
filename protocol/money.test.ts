import { expect } from "chai";
import { UserError } from "./userError.ts";
import { exactText, parseAmount, parsePpm, percentText } from "./money.ts";

const DOLLAR = { symbol: "USD", decimals: 6 };

describe("amounts and parts of a whole", () => {
  it("are parsed to the base unit", () => {
    for (const [text, amount] of [
      ["12.5", 12_500_000n],
      ["0.000001", 1n],
      ["007", 7_000_000n],
      ["1.5000000000", 1_500_000n],
      ["123456789012345678901234567890", 123456789012345678901234567890_000_000n],
    ] as const) {
      expect(parseAmount(text, DOLLAR)).to.equal(amount);
    }
    expect(parseAmount("3", { symbol: "X", decimals: 0 })).to.equal(3n);
    expect(exactText(12_500_000n, DOLLAR)).to.equal("12.5 USD (12500000 base units)");
  });

  it("are refused if they are not exact", () => {
    for (const text of ["", "1,5", ".5", "5.", "1e6", "-1", "+1", "0x10", " 1", "1.0000001", "NaN", "1_000"]) {
      expect(() => parseAmount(text, DOLLAR), text).to.throw(UserError);
    }
    for (const text of ["", "1000001", "101%", "1.00001%", "-1", "0.5", "1e3", "%"]) {
      expect(() => parsePpm(text, "It"), text).to.throw(UserError);
    }
  });

  it("can be written in ppm and in per cent", () => {
    for (const [text, ppm, shown] of [
      ["300000", 300_000, "30 %"],
      ["30%", 300_000, "30 %"],
      ["0.0001%", 1, "0.0001 %"],
      ["100%", 1_000_000, "100 %"],
      ["0", 0, "0 %"],
    ] as const) {
      expect(parsePpm(text, "It")).to.equal(ppm);
      expect(percentText(ppm)).to.equal(shown);
    }
  });
});
