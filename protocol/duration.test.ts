import { expect } from "chai";
import { parseTime, periodText, secondsOf, timeText } from "./duration.ts";
import { UserError } from "./userError.ts";

describe("durations", () => {
  it("are parsed in seconds", () => {
    for (const [text, seconds] of [
      ["30s", 30],
      ["10m", 600],
      ["2h", 7_200],
      ["7d", 604_800],
    ] as const) {
      expect([secondsOf(text), parseTime(text, "It")]).to.deep.equal([seconds, seconds]);
    }
  });

  it("are refused without a unit, with a fraction, or below 0", () => {
    for (const text of ["", "30", "s", "1.5h", "-1s", "+1s", " 1s", "1 s", "1s ", "1w", "1S", "1h30m"]) {
      expect(secondsOf(text), text).to.equal(undefined);
      expect(() => parseTime(text, "It"), text).to.throw(UserError, "It must be a duration such as");
    }
  });

  it("are formatted with their two largest units", () => {
    for (const [seconds, text] of [
      [0, "0 seconds"],
      [1, "1 second"],
      [3_600, "1 hour"],
      [12_000, "3 hours 20 minutes"],
      [172_800n, "2 days"],
      [172_859n, "2 days 59 seconds"],
      [2n ** 64n, "213503982334601 days 7 hours"],
    ] as const) {
      expect(periodText(seconds)).to.equal(text);
    }
  });

  it("may be 0 only for secondsOf", () => {
    expect(secondsOf("0s")).to.equal(0);
    expect(() => parseTime("0s", "It")).to.throw(UserError);
  });

  it("are times in UTC, and later than any date can be if a contract says so", () => {
    expect(timeText(1_769_860_800n)).to.equal("2026-01-31 12:00:00 UTC");
    expect(timeText(2n ** 256n - 1n)).to.match(/^second \d{78} since 1970, in more than 200,000 years$/);
  });
});
