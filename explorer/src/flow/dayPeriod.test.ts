import { expect } from "chai";
import { dayPeriod } from "./dayPeriod.ts";

describe("dayPeriod", () => {
  const zone = process.env.TZ;
  const inZone = (name: string) => {
    process.env.TZ = name;
  };
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  const seconds = (text: string) => Date.parse(text) / 1_000;

  it("is from the first second of a day to the last second of another, in the reader's time zone", () => {
    inZone("Asia/Kolkata");
    expect(dayPeriod("2026-01-30", "2026-01-31")).to.deep.equal({
      since: seconds("2026-01-30T00:00+05:30"),
      until: seconds("2026-01-31T23:59:59+05:30"),
    });
  });

  it("has 23 or 25 hours on days when the clock changes", () => {
    inZone("Europe/Berlin");
    for (const [day, hours] of [
      ["2026-03-29", 23],
      ["2026-10-25", 25],
      ["2026-06-01", 24],
    ] as const) {
      const { since = 0, until = 0 } = dayPeriod(day, day);
      expect(until + 1 - since, day).to.equal(hours * 3_600);
    }
  });

  it("is open at an end without a valid day", () => {
    inZone("UTC");
    expect(dayPeriod("", "")).to.deep.equal({});
    expect(dayPeriod("2026-01-31", "")).to.deep.equal({ since: seconds("2026-01-31T00:00Z") });
    expect(dayPeriod("", "2026-12-31")).to.deep.equal({ until: seconds("2026-12-31T23:59:59Z") });
    for (const text of ["x", "2026-02-31x", "2026-13-01", "<b>"]) expect(dayPeriod(text, text), text).to.deep.equal({});
  });

  it("begins in 1970 at the earliest", () => {
    inZone("UTC");
    expect(dayPeriod("0001-01-01", "1969-12-31")).to.deep.equal({ since: 0, until: 0 });
  });
});
