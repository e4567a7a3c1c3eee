import { type Hex, isHex, zeroHash } from "viem";
import { UserError } from "#protocol/userError.ts";

/**
 * Parses a digest of 32 bytes. Returns zero for an empty text.
 *
 * @throws {UserError} for anything else.
 */
export function parseDigest(text: string | undefined, what: string): Hex {
  const digest = text?.trim() ?? "";
  if (digest === "") return zeroHash;
  if (isHex(digest) && digest.length === zeroHash.length) return digest;
  throw new UserError(`${what} must be 32 bytes, written as 0x and 64 hexadecimal digits.`);
}
