import { parsePpm } from "#protocol/money.ts";

/**
 * Parses a percentage with or without its sign, and returns ppm. An empty text is 0.
 *
 * @throws {UserError} for anything else.
 */
export const parsePercent = (text: string, what: string): number =>
  parsePpm(`${text.trim().replace(/\s*%$/, "") || "0"}%`, what);
