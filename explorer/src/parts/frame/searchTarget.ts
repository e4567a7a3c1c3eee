import { href } from "../../router.ts";

/** Returns the address of the page to which a search leads: an account, a release, a fee, fees by reference, or assets. */
export function searchTarget(text: string): string {
  if (/^0x[0-9a-f]{40}$/i.test(text)) return href(`/accounts/${text.toLowerCase()}`);
  if (/^#\d{1,15}$/.test(text)) return href(`/releases/${text.slice(1)}`);
  if (/^\d{1,16}-\d{1,9}$/.test(text)) return href(`/fees/${text}`);
  if (/^0x[0-9a-f]{64}$/i.test(text)) return href("/fees", { reference: text.toLowerCase() });
  return href("/assets", { search: text });
}
