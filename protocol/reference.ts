import { type Hex, isHex, keccak256, toHex, zeroHash } from "viem";
import { UserError } from "./userError.ts";

/**
 * Reads a fee's reference: 32 bytes as they are, or the keccak256 digest of any other text; zero if there is none.
 *
 * @throws {UserError} for hexadecimal digits of another length.
 */
export function parseReference(text: string | undefined): Hex {
  if (text === undefined || text === "") return zeroHash;
  if (isHex(text) && text.length === zeroHash.length) return text;
  if (text.startsWith("0x"))
    throw new UserError("A reference must be 32 bytes (0x and 64 hexadecimal digits), or any text.");
  return keccak256(toHex(text));
}
