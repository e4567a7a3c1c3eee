import { MAX_ID } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";

/**
 * Parses the id of a release or an asset, such as "12" or "#12".
 *
 * @throws {UserError} if it is not a possible id.
 */
export function parseRelease(text: string): number {
  const digits = text.trim().replace(/^#/, "");
  const release = Number(digits);
  if (/^\d+$/.test(digits) && release >= 1 && release <= MAX_ID) return release;
  throw new UserError(`"${text}" is not a release or asset. Give an id: a whole number from 1.`);
}
