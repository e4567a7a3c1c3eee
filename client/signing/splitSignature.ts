import { type Hex, hexToBytes, parseSignature } from "viem";
import { UserError } from "#protocol/userError.ts";

/**
 * Splits a signature into the parts that currencies take.
 *
 * @throws {UserError} if it is not a signature by a private key, but that of a contract wallet, for example.
 */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  if (hexToBytes(signature).length !== 65)
    throw new UserError(
      "The account did not sign with a private key, as this way to pay requires. For a contract wallet, choose another way to pay.",
    );
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}
