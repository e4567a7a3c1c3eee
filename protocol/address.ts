import { type Address, getAddress, isAddress } from "viem";
import { UserError } from "./userError.ts";

/**
 * Reads an address that a person typed.
 *
 * @throws {UserError} if it is not an address, or its checksum is wrong.
 */
export function parseAddress(text: string, what: string): Address {
  if (!isAddress(text, { strict: false })) throw new UserError(`${what}: ${text} is not an address.`);
  if (/[a-f]/.test(text.slice(2)) && /[A-F]/.test(text.slice(2)) && !isAddress(text)) {
    throw new UserError(`${what}: ${text} is misspelt; its checksum is wrong.`);
  }
  return getAddress(text);
}
