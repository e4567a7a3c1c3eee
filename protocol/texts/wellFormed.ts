import { type Hex, hexToBytes, stringToHex } from "viem";

const NUL = "\0";
const REPLACEMENT = "\ufffd";
const utf8 = new TextDecoder("utf-8");
const BYTE_ORDER_MARKS = /^\ufeff+/;

/**
 * Replaces by U+FFFD what strict readers refuse in a text: halves of surrogate pairs, which UTF-8 cannot write, and
 * U+0000, which PostgreSQL's `text` and `jsonb` cannot hold.
 */
export function wellFormed(text: string): string {
  const whole = text.toWellFormed();
  return whole.includes(NUL) ? whole.replaceAll(NUL, REPLACEMENT) : whole;
}

/**
 * Reads bytes as text. What is not UTF-8, and U+0000, becomes U+FFFD. Byte order marks at the beginning are left out: many
 * readers of JSON refuse them, and others leave them out without a word.
 */
export const textOfBytes = (bytes: Hex): string =>
  wellFormed(utf8.decode(hexToBytes(bytes)).replace(BYTE_ORDER_MARKS, ""));

/** Returns true if a text, as {@link textOfBytes} reads it, has exactly these bytes in UTF-8. */
export const isExactText = (text: string, bytes: Hex): boolean =>
  !(text.includes(REPLACEMENT) || /^0xefbbbf/i.test(bytes)) || stringToHex(text) === bytes.toLowerCase();

/** Matches an escape in JSON that strict readers may refuse. It may also match a backslash that is followed by text. */
const ESCAPE = String.raw`\u`;

/** Writes a value as JSON that strict readers accept: every text in it is {@link wellFormed}. */
export function strictJson(value: unknown): string {
  const json = JSON.stringify(value);
  // JSON.stringify escapes only control characters and halves of surrogate pairs in this way.
  if (json === undefined || !json.includes(ESCAPE)) return json;
  return JSON.stringify(value, (_name, each: unknown) => (typeof each === "string" ? wellFormed(each) : each));
}
