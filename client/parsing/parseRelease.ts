import { UserError } from "#protocol/userError.ts";

const LARGEST_ID = 2 ** 40 - 1;

/**
 * Reads the number of a release or an asset, such as "12" or "#12".
 *
 * @throws {UserError} unless it is a number that one can have.
 */
export function parseRelease(text: string): number {
  const digits = text.trim().replace(/^#/, "");
  const release = Number(digits);
  if (/^\d+$/.test(digits) && release >= 1 && release <= LARGEST_ID) return release;
  throw new UserError(`"${text}" is not a release or asset. They are numbered from 1.`);
}
