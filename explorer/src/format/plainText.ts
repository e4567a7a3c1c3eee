/** Characters that would reverse, hide or break the text around them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** Returns an untrusted text as one line that cannot affect the text around it. */
export function plainText(text: string, most = 80): string {
  const line = text
    .slice(0, 10 * most)
    .replaceAll(/\s+/g, " ")
    .replaceAll(INVISIBLE, "")
    // At most two combining marks on a letter.
    .replaceAll(/(\p{M}{2})\p{M}+/gu, "$1")
    .trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}
