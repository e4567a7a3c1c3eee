import type { Period } from "../api/questions.ts";

/**
 * Returns the period from the start of one day to the end of another, by the reader's clock, in seconds since 1970. Days
 * are texts such as `2026-01-31`; a text that is none leaves that side open.
 */
export function dayPeriod(from: string, to: string): Period {
  // A day has 23 or 25 hours where the clock is changed.
  const [begin, end] = [Date.parse(`${from}T00:00`), Date.parse(`${to}T24:00`)];
  return {
    ...(Number.isFinite(begin) && { since: Math.max(0, begin / 1_000) }),
    ...(Number.isFinite(end) && { until: Math.max(0, end / 1_000 - 1) }),
  };
}
