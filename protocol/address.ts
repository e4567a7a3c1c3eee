import { type Address, getAddress, isAddress } from "viem";
import { UserError } from "./userError.ts";

/**
 * Returns the fault of an address that a person wrote, in any case of letters: its form, or its checksum. Letters all in
 * one case carry no checksum (EIP-55). Undefined if there is no fault.
 */
export function addressFault(text: string): "form" | "checksum" | undefined {
  const [, digits] = /^0x([0-9a-f]{40})$/i.exec(text) ?? [];
  if (digits === undefined) return "form";
  const isMixed = /[a-f]/.test(digits) && /[A-F]/.test(digits);
  return isMixed && !isAddress(`0x${digits}`) ? "checksum" : undefined;
}

/**
 * Parses an address that a person typed.
 *
 * @throws {UserError} if it is not an address, or its checksum is wrong.
 */
export function parseAddress(text: string, what: string): Address {
  const fault = addressFault(text);
  if (fault === "form") {
    throw new UserError(`${what}: ${text} is not an address. Write 0x and 40 hexadecimal digits.`);
  }
  if (fault === "checksum") {
    throw new UserError(`${what}: ${text} is misspelt, because its checksum is wrong. Copy the address again.`);
  }
  return getAddress(text.toLowerCase());
}
