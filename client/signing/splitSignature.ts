import { type Hex, hexToBigInt, hexToNumber, numberToHex, size, sliceHex } from "viem";
import { UserError } from "#protocol/userError.ts";

/** The lowest bit of this word's top byte is not a part of `s` in a signature of 64 bytes (ERC-2098). */
const PARITY_BIT = 255n;

/**
 * Splits a signature of 65 bytes, or of 64 (ERC-2098), into the parts that currencies take.
 *
 * @throws {UserError} if it has another form, such as that of a contract wallet.
 */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  const length = size(signature);
  if (length !== 65 && length !== 64)
    throw new UserError(
      `The signature has ${length} bytes. A signature by a private key, which this way to pay requires, has 65. For a contract wallet, choose another way to pay.`,
    );
  const [r, second] = [sliceHex(signature, 0, 32), sliceHex(signature, 32, 64)];
  if (length === 64) {
    const word = hexToBigInt(second);
    return { v: 27 + Number(word >> PARITY_BIT), r, s: numberToHex(BigInt.asUintN(255, word), { size: 32 }) };
  }
  const v = hexToNumber(sliceHex(signature, 64));
  return { v: v < 27 ? v + 27 : v, r, s: second };
}
