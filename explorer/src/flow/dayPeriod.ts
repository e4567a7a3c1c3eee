import type { Period } from "../api/questions.ts";

/**
 * Returns the period from the start of one day to the end of another in the reader's time zone, in seconds since 1970.
 * Days are texts such as `2026-01-31`. A text that is not a day leaves that end of the period open.
 */
export function dayPeriod(from: string, to: string): Period {
  // A day has 23 or 25 hours when the clock changes.
  const [begin, end] = [Date.parse(`${from}T00:00`), Date.parse(`${to}T24:00`)];
  return {
    ...(Number.isFinite(begin) && { since: Math.max(0, begin / 1_000) }),
    ...(Number.isFinite(end) && { until: Math.max(0, end / 1_000 - 1) }),
  };
}
