import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { parsePercent } from "./parsePercent.ts";

describe("per cent, as they are typed", () => {
  for (const [text, ppm] of [
    ["", 0],
    ["5", 50_000],
    [" 5 % ", 50_000],
    ["0.0001%", 1],
    ["100", 1_000_000],
  ] as const) {
    it(`are read: "${text}"`, () => expect(parsePercent(text, "It")).to.equal(ppm));
  }

  for (const text of ["101", "-1", "1,5", "0.00001", "%%", "many"]) {
    it(`are refused: "${text}"`, () =>
      expect(() => parsePercent(text, "The floor")).to.throw(
        UserError,
        "The floor must be 0 to 100 %, with at most 4 decimals.",
      ));
  }
});
