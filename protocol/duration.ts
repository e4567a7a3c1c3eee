import { UserError } from "./userError.ts";

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Parses a duration such as 30s, 10m, 2h or 7d, in seconds; undefined for anything else. */
export function secondsOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
}

/**
 * Parses a duration above 0, such as 30s, 10m, 2h or 7d, in seconds.
 *
 * @throws {UserError} for anything else.
 */
export function parseTime(text: string, what: string): number {
  const seconds = secondsOf(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new UserError(`${what} must be a duration such as 30s, 10m, 2h or 7d.`);
}

/** The last second that a date can have. Contracts take later ones. */
const LAST_SECOND = 8_640_000_000_000;

/** Returns true if a time, in seconds since 1970, is one that a date can have. */
export const isDate = (seconds: bigint | number): boolean => seconds <= LAST_SECOND;

/** Formats a time in seconds since 1970 in UTC, such as "2026-01-31 12:00:00 UTC". */
export function timeText(seconds: bigint | number): string {
  if (!isDate(seconds)) return `second ${seconds} since 1970, in more than 200,000 years`;
  return new Date(Number(seconds) * 1_000)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

const LENGTHS: readonly [name: string, seconds: bigint][] = [
  ["day", 86_400n],
  ["hour", 3_600n],
  ["minute", 60n],
  ["second", 1n],
];

/** Formats a length of time in whole seconds with its two largest units, such as "2 days" or "3 hours 20 minutes". */
export function periodText(seconds: bigint | number): string {
  let rest = BigInt(seconds);
  const parts: string[] = [];
  for (const [name, length] of LENGTHS) {
    const count = rest / length;
    rest %= length;
    if (count > 0n) parts.push(`${count} ${name}${count === 1n ? "" : "s"}`);
  }
  return parts.slice(0, 2).join(" ") || "0 seconds";
}
