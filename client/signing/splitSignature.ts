import { type Hex, hexToBytes, parseSignature } from "viem";
import { UserError } from "#protocol/userError.ts";

/**
 * Splits a signature into the parts that currencies take.
 *
 * @throws {UserError} if it is not a key's, such as a contract wallet's.
 */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  if (hexToBytes(signature).length !== 65) throw new UserError("The account's signature is not one of a key.");
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}
