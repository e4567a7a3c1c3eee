import { truncate } from "./truncate.ts";

// The characters are listed by number and not by category: categories grow with each version of Unicode, and the fold of
// the indexer must give the same names in every runtime.

const SPACES = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

/** The last two code points of each plane above the first, which no text may have. */
const NONCHARACTERS = Array.from(
  { length: 14 },
  (_, i) => `\\u{${(i + 1).toString(16)}fffe}\\u{${(i + 1).toString(16)}ffff}`,
);

/**
 * Characters that could control a terminal, reorder or hide the text around them, or that have no agreed look: controls,
 * marks of direction, invisible format characters and letters, variation selectors, halves of surrogate pairs,
 * noncharacters, and characters for private use.
 */
const UNSAFE = [
  "[\\0-\\x1f\\x7f-\\x9f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e",
  "\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff0-\\ufffb\\ud800-\\udfff\\ue000-\\uf8ff\\ufdd0-\\ufdef",
  "\\ufffe\\uffff\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}\\u{f0000}-\\u{10ffff}",
  ...NONCHARACTERS,
  "]",
].join("");

/** Scripts in which a joiner changes how letters are written: Arabic, those of India and South-East Asia, Mongolian. */
const JOINED =
  "\\u0600-\\u061b\\u061d-\\u0dff\\u0f00-\\u109f\\u1700-\\u17b3\\u17b6-\\u180a\\u1810-\\u1cff\\ua800-\\uabff\\ufb50-\\ufdcf\\ufdf0-\\ufdff\\ufe70-\\ufefc\\u{10a00}-\\u{11fff}\\u{1e900}-\\u{1e95f}";
const EMOJI =
  "\\u00a9\\u00ae\\u203c\\u2049\\u2122\\u2139\\u2190-\\u2bff\\u3030\\u303d\\u3297\\u3299\\u{1f000}-\\u{1faff}";
/** Characters beside emoji and signs that have variants: ideographs, and letters of Myanmar and Phags-pa. */
const VARIED =
  "\\u1000-\\u109f\\ua840-\\ua87f\\u2e80-\\u3163\\u3165-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}";

/**
 * Invisible characters where they change what a reader sees, so that the text needs them. Elsewhere, as between Latin
 * letters, they could only make two different names look the same.
 */
const NEEDED = [
  `(?<=[${JOINED}]|[\\u1820-\\u18aa][\\u180b-\\u180f])\\u200d`,
  `(?<=[${JOINED}])\\u200c(?=[${JOINED}])`,
  `(?<=[${EMOJI}]\\ufe0f?)\\u200d(?=[${EMOJI}])`,
  `(?<=[${EMOJI}${VARIED}])[\\ufe00-\\ufe0f]`,
  "(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
  `(?<=[${VARIED}])[\\u{e0100}-\\u{e01ef}]`,
  "(?<=[\\u1820-\\u18aa])[\\u180b-\\u180f]",
  // The flag of a part of a country, such as Scotland.
  "\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{1,6}\\u{e007f}",
].join("|");

const NEEDED_OR_UNSAFE = new RegExp(`(${NEEDED})|${UNSAFE}`, "gu");
const PLAIN_ASCII = /^[ -~]*$/;
/** More marks on a letter than any language uses cover the lines around it. */
const MANY_MARKS = /([\p{M}\u200c\u200d]{4})[\p{M}\u200c\u200d]+/gu;
const BLANK = /^[ \u2800\p{M}]*$/u;

/**
 * Replaces the characters of a stranger's text that could control a terminal or reorder or hide the text around them.
 * Joiners and variation selectors stay where the script or the emoji needs them.
 */
export const replaceUnsafe = (text: string, replacement: string): string =>
  PLAIN_ASCII.test(text)
    ? text
    : text.replace(NEEDED_OR_UNSAFE, (_character, needed: string | undefined) => needed ?? replacement);

/**
 * Returns a stranger's text as one line that cannot affect the text around it: without unsafe characters, with single
 * spaces, and with at most four marks on a letter. A text of which nothing is visible becomes empty.
 *
 * @param most The most code points to keep. Default: all.
 */
export function plainText(text: string, most = Infinity): string {
  const line = oneLine(text);
  // The cut can take away what made an invisible character needed.
  return line.length <= most ? line : oneLine(truncate(line, most));
}

function oneLine(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.replaceAll(/ {2,}/g, " ").trim();
  const line = replaceUnsafe(text.replace(SPACES, " "), "").replaceAll(/ {2,}/g, " ").replace(MANY_MARKS, "$1").trim();
  return BLANK.test(line) ? "" : line;
}
