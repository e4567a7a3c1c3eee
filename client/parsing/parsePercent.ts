import { parsePpm } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";

/**
 * Parses a percentage with or without its sign, and returns ppm. An empty text is 0.
 *
 * @throws {UserError} for anything else.
 */
export function parsePercent(text: string, what: string): number {
  const number = text.trim().replace(/\s*%$/, "") || "0";
  if (!/^\d+(\.\d{1,4})?$/.test(number) || Number(number) > 100) {
    throw new UserError(`${what} must be 0 to 100 %, with at most 4 decimals.`);
  }
  return parsePpm(`${number}%`, what);
}
