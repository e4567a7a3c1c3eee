/** Formats, controls and variation selectors: characters that a reader does not see. */
const INVISIBLE = /[\p{Cf}\p{Cc}\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u115f\u1160\u3164\uffa0\u2800]/gu;
const NOT_NAMING = /[^\p{L}\p{N}\p{S}\p{M}]+/gu;
const NOT_NAMING_ASCII = /[^A-Za-z0-9$+<=>^`|~]+/g;
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_VISIBLE_ASCII = /[^!-~]/;

// oxlint-disable-next-line no-control-regex -- the range is ASCII
export const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const visible = (name: string) =>
  name
    .normalize("NFKC")
    .replaceAll(/[^\S\ufeff]+/g, " ")
    .replace(INVISIBLE, "")
    .replaceAll(/ {2,}/g, " ")
    .trim();

/** A form in which names are compared. */
export interface NameForm {
  of: (name: string) => string;
  /** The same for names in ASCII, which most are. */
  ofAscii: (name: string) => string;
}

/** The form without invisible characters, with single spaces and characters of the usual width (NFKC). */
export const visibleForm: NameForm = {
  of: visible,
  ofAscii: (name) => (NOT_VISIBLE_ASCII.test(name) ? visible(name) : name),
};

/** The form in lower case. Letters with several small or capital forms become one: ß and SS, ς and σ, ı and I. */
export const lowerCaseForm: NameForm = {
  of: (name) => name.toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC"),
  ofAscii: (name) => name.toLowerCase(),
};

/** The form without spaces and punctuation. A name of nothing else stays unchanged. */
export const compactForm: NameForm = {
  of: (name) => name.replace(NOT_NAMING, "") || name,
  ofAscii: (name) => name.replace(NOT_NAMING_ASCII, "") || name,
};

/** Removes accents from a name in any form. */
export const withoutAccents = (name: string): string =>
  isAscii(name) ? name : name.normalize("NFKD").replace(ACCENTS, "").normalize("NFC");

/**
 * Returns the form in which names and other texts are searched: without invisible characters, accents, spaces and
 * punctuation, in lower case. Names that differ in nothing else have the same form.
 *
 * @example
 * searchForm("Llama-3") === searchForm("LLAMA 3"); // true
 */
export function searchForm(text: string): string {
  if (isAscii(text)) return compactForm.ofAscii(lowerCaseForm.ofAscii(visibleForm.ofAscii(text)));
  return compactForm.of(withoutAccents(lowerCaseForm.of(visibleForm.of(text))));
}

/** Returns the form of {@link searchForm}, but with spaces and punctuation, for texts in which they tell things apart. */
export function wordForm(text: string): string {
  if (isAscii(text)) return lowerCaseForm.ofAscii(visibleForm.ofAscii(text));
  return withoutAccents(lowerCaseForm.of(visibleForm.of(text)));
}
