import unhomoglyph from "unhomoglyph";

/** Ways in which two names can differ and still mean the same thing, from the smallest difference to the largest. */
export type NameDifference =
  | "none"
  | "Unicode form"
  | "invisible characters or character width"
  | "upper and lower case"
  | "spaces or punctuation"
  | "letters that look alike"
  | "organization"
  | "spelling"
  | "version";

/** Formats, controls and variation selectors: characters that a reader does not see. */
const INVISIBLE = /[\p{Cf}\p{Cc}\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u115f\u1160\u3164\uffa0\u2800]/gu;
const NOT_NAMING = /[^\p{L}\p{N}\p{S}\p{M}]+/gu;
const ACCENTS = /[\u0300-\u036f]/g;

/** The forms in which names are compared, each coarser than the one before: equal in one, equal in all after it. */
const FORMS: readonly { difference: NameDifference; of: (name: string) => string }[] = [
  { difference: "Unicode form", of: (name) => name.normalize("NFC") },
  {
    difference: "invisible characters or character width",
    of: (name) => name.normalize("NFKC").replace(INVISIBLE, "").replaceAll(/\s+/g, " ").trim(),
  },
  { difference: "upper and lower case", of: (name) => name.toUpperCase().toLowerCase().normalize("NFC") },
  { difference: "spaces or punctuation", of: (name) => name.replace(NOT_NAMING, "") || name },
  { difference: "letters that look alike", of: looks },
];

/** Replaces letters by the Latin ones that they look like, and digits by letters where these look alike. */
function looks(name: string): string {
  return latin(name).replaceAll("0", "o").replaceAll(/[1i|]/g, "l").replaceAll("rn", "m").replaceAll("vv", "w");
}

/** Replaces letters of other scripts by the Latin ones that they look like, without accents. */
function latin(name: string): string {
  if (isAscii(name)) return name;
  return [...name.normalize("NFKD").replace(ACCENTS, "")].map(latinLetter).join("").toLowerCase();
}

const letters = new Map<string, string>();

function latinLetter(letter: string): string {
  if (isAscii(letter)) return letter;
  let alike = letters.get(letter);
  if (alike === undefined) {
    alike = [unhomoglyph(letter), unhomoglyph(letter.toUpperCase())].find(isAscii) ?? letter;
    letters.set(letter, alike);
  }
  return alike;
}

// oxlint-disable-next-line no-control-regex -- the range is ASCII
const isAscii = (text: string) => /^[\x00-\x7f]*$/.test(text);

/** A name in the forms in which it is compared. */
export interface ComparableName {
  /** The forms, each coarser than the one before. */
  forms: readonly string[];
  /** Letters and digits in lower case, with Latin letters for those that look like them. */
  compact: string;
  /** The part after the last slash, without the organization; undefined if the name has no slash. */
  local: ComparableName | undefined;
  /** Its words and numbers, such as `meta`, `llama`, `3`, `8b`. */
  words: readonly string[];
}

export function comparableName(name: string): ComparableName {
  const forms: string[] = [];
  let form = name;
  for (const { of } of FORMS) forms.push((form = of(form)));
  const local = name.includes("/") || !isAscii(name) ? LOCAL_PART.exec(name.normalize("NFKC"))?.[1] : undefined;
  let words: readonly string[] | undefined;
  return {
    forms,
    compact: latin(forms[3] ?? name),
    local: local === undefined ? undefined : comparableName(local),
    get words() {
      return (words ??= latin(forms[2] ?? name).match(WORDS) ?? []);
    },
  };
}

const LOCAL_PART = /\/\s*([^/]*[\p{L}\p{N}][^/]*)$/u;
const WORDS = /\d+(?:[.]\d+)*\p{L}*|[\p{L}\p{M}\p{S}]+/gu;

/** Returns the smallest difference by which two names are equal otherwise; undefined if they are not. */
export function formDifference(
  one: string,
  other: string,
  { forms }: ComparableName,
  { forms: otherForms }: ComparableName,
): NameDifference | undefined {
  if (one === other) return "none";
  return FORMS.find((_, i) => forms[i] === otherForms[i])?.difference;
}
