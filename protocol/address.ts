import { type Address, getAddress, isAddress } from "viem";
import { UserError } from "./userError.ts";

/**
 * Parses an address that a person typed.
 *
 * @throws {UserError} if it is not an address, or its checksum is wrong.
 */
export function parseAddress(text: string, what: string): Address {
  if (!isAddress(text, { strict: false }))
    throw new UserError(`${what}: ${text} is not an address. Write 0x and 40 hexadecimal digits.`);
  if (/[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2)) && !isAddress(text)) {
    throw new UserError(`${what}: ${text} is misspelt, because its checksum is wrong. Copy the address again.`);
  }
  return getAddress(text);
}
