import { addressFault } from "#protocol/address.ts";
import { plainText } from "#protocol/texts/plainText.ts";
import { href } from "../../router.ts";

/** Returns the address of the page to which a search leads: an account, a release, a fee, fees by reference, or assets. */
export function searchTarget(typed: string): string {
  const text = plainText(typed);
  // The page of the account tells if the checksum is wrong.
  if (addressFault(text) === "checksum") return href(`/accounts/${text}`);
  if (addressFault(text) === undefined) return href(`/accounts/${text.toLowerCase()}`);
  if (/^#\d{1,15}$/.test(text)) return href(`/releases/${text.slice(1)}`);
  if (/^\d{1,16}-\d{1,9}$/.test(text)) return href(`/fees/${text}`);
  if (/^0x[0-9a-f]{64}$/i.test(text)) return href("/fees", { reference: text.toLowerCase() });
  return href("/assets", { search: text });
}
