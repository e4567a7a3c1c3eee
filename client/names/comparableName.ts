import unhomoglyph from "unhomoglyph";
import {
  compactForm,
  isAscii,
  lowerCaseForm,
  type NameForm,
  visibleForm,
  withoutAccents,
} from "#protocol/texts/nameForms.ts";

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

interface Form extends NameForm {
  difference: NameDifference;
}

/** The forms in which names are compared, each coarser than the one before: equal in one, equal in all after it. */
const FORMS: readonly Form[] = [
  { difference: "Unicode form", of: (name) => name.normalize("NFC"), ofAscii: (name) => name },
  { difference: "invisible characters or character width", ...visibleForm },
  { difference: "upper and lower case", ...lowerCaseForm },
  { difference: "spaces or punctuation", ...compactForm },
  { difference: "letters that look alike", of: (name) => looks(latin(name)), ofAscii: looks },
];

/** Replaces digits by the letters that they look like, and pairs of letters by one. */
export function looks(name: string): string {
  return name
    .replaceAll("0", "o")
    .replaceAll("1", "l")
    .replaceAll("i", "l")
    .replaceAll("|", "l")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

/** Replaces letters of other scripts by the Latin ones that they look like, without accents. */
function latin(name: string): string {
  if (isAscii(name)) return name;
  return [...withoutAccents(name)].map(latinLetter).join("").toLowerCase();
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

/** A name in the forms in which it is compared. All but the forms are computed when they are first used. */
export class ComparableName {
  /** The forms, each coarser than the one before. */
  readonly forms: readonly string[];
  #compact: string | undefined;
  #local: ComparableName | "none" | undefined;
  #words: readonly string[] | undefined;

  constructor(name: string) {
    const forms: string[] = [];
    const ascii = isAscii(name);
    let form = name;
    for (const { of, ofAscii } of FORMS) forms.push((form = ascii ? ofAscii(form) : of(form)));
    this.forms = forms;
  }

  /** The coarsest form. Names with equal ones are the same but for their writing. */
  get coarsest(): string {
    return this.forms.at(-1) ?? "";
  }

  /** Letters and digits in lower case, with Latin letters for those that look like them. */
  get compact(): string {
    return (this.#compact ??= latin(this.forms[3] ?? ""));
  }

  /** The part after the last slash, without the organization; undefined if the name has no slash. */
  get local(): ComparableName | undefined {
    if (this.#local === undefined) {
      const visible = this.forms[1] ?? "";
      const part = visible.includes("/") ? LOCAL_PART.exec(visible)?.[1] : undefined;
      this.#local = part === undefined ? "none" : new ComparableName(part);
    }
    return this.#local === "none" ? undefined : this.#local;
  }

  /** Its words and numbers, such as `meta`, `llama`, `3`, `8b`. A number has no `v` before it and no `.0` after it. */
  get words(): readonly string[] {
    return (this.#words ??= wordsIn(latin(this.forms[2] ?? "")));
  }
}

function wordsIn(text: string): readonly string[] {
  const words: readonly string[] = text.match(WORDS) ?? [];
  if (!VERSION_WORDS.test(text)) return words;
  return words
    .filter((word, i) => !VERSION_WORD.test(word) || !/^\d/.test(words[i + 1] ?? ""))
    .map((word) => word.replace(ZEROS, ""));
}

const LOCAL_PART = /\/\s*([^/]*[\p{L}\p{N}][^/]*)$/u;
const WORDS = /\d+(?:[.]\d+)*\p{L}*|[\p{L}\p{M}\p{S}]+/gu;
/** A version that is written in one of several ways, such as `v3`, `version 3` and `3.0`. */
const VERSION_WORDS = /v(?:er(?:sion)?)?[ ._-]*\d|[.]0/;
const VERSION_WORD = /^v(?:er(?:sion)?)?$/;
const ZEROS = /(?:[.]0+)+$/;

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
