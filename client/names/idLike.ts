import { visibleForm } from "#protocol/texts/nameForms.ts";

const ID_WORDS = /^(?:releases?|assets?|ids?|no|nr|number)[\p{P}\p{Z}\p{S}]*\p{N}+$/iu;
/** A number with an exponent, such as 1e3. */
const EXPONENT = /^\p{N}[\p{N}.,]*e[+-]?\p{N}+$/iu;
const HEXADECIMAL = /^0x[0-9a-f]*$/i;

/**
 * Returns true for a text that a reader may take for an id or an address, in any width or script of its digits: "12", "#12",
 * "１２", "1e3", "release 12", "0x12". Such a text is never taken as a name, because anybody can register it as one.
 */
export function isIdLike(text: string): boolean {
  const shown = visibleForm.of(text);
  return !/\p{L}/u.test(shown) || ID_WORDS.test(shown) || EXPONENT.test(shown) || HEXADECIMAL.test(shown);
}
