import { UserError } from "./userError.ts";

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };

/**
 * A time such as 30s, 10m, 2h or 7d, in seconds.
 *
 * @throws {UserError} for anything else.
 */
export function parseTime(text: string, what: string): number {
  const [, digits, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
  if (seconds > 0) return seconds;
  throw new UserError(`${what} must be a time such as 30s, 10m, 2h or 7d.`);
}

/** Returns a time in seconds since 1970 as people write it, in UTC: "2026-01-31T12:00:00.000Z". */
export const timeText = (seconds: bigint | number): string => new Date(Number(seconds) * 1_000).toISOString();
