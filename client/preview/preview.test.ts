import { expect } from "chai";
import { feeShareText, WHOLE_FEE } from "./preview.ts";

describe("a part of a fee, as people read it", () => {
  for (const [part, text] of [
    [WHOLE_FEE, "100 %"],
    [(WHOLE_FEE * 238n) / 1_000n, "23.8 %"],
    [WHOLE_FEE / 1_000_000n, "0.0001 %"],
    [WHOLE_FEE / 1_000_000n - 1n, "< 0.0001 %"],
    [0n, "0 %"],
  ] as const) {
    it(`is ${text} for ${part}`, () => expect(feeShareText(part)).to.equal(text));
  }
});
