import { parsePpm } from "#protocol/money.ts";

/**
 * Reads per cent as people type them, with the sign or without, in ppm; nothing is 0.
 *
 * @throws {UserError} for anything else.
 */
export const parsePercent = (text: string, what: string): number =>
  parsePpm(`${text.trim().replace(/\s*%$/, "") || "0"}%`, what);
