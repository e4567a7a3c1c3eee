import { type Hex, isHex, keccak256, toHex, zeroHash } from "viem";
import { UserError } from "./userError.ts";

/**
 * Parses a fee's reference. Returns 32 bytes unchanged, the keccak256 digest of any other text, or zero for an empty text.
 *
 * @throws {UserError} if the text begins with 0x and is not 32 bytes.
 */
export function parseReference(text: string | undefined): Hex {
  if (text === undefined || text === "") return zeroHash;
  if (isHex(text) && text.length === zeroHash.length) return text;
  if (text.startsWith("0x"))
    throw new UserError(
      "A reference must be 32 bytes (0x and 64 hexadecimal digits), or a text that does not begin with 0x.",
    );
  return keccak256(toHex(text));
}
