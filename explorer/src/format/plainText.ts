/** Characters that would turn, hide or break the text around them. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/** Returns a text that anyone may have written as one line that cannot affect its surroundings. */
export function plainText(text: string, most = 80): string {
  const line = text
    .slice(0, 10 * most)
    .replaceAll(/\s+/g, " ")
    .replaceAll(INVISIBLE, "")
    // No more than two marks above each other.
    .replaceAll(/(\p{M}{2})\p{M}+/gu, "$1")
    .trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}
