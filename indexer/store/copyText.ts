import type { Field } from "./eventRows.ts";

/** One field in the text format of PostgreSQL's COPY. */
export function copyField(field: Field): string {
  switch (typeof field) {
    case "string":
      return NEEDS_CARE.test(field) ? escapeText(field) : field;
    case "boolean":
      return field ? "t" : "f";
    case "undefined":
      return "\\N";
    case "object":
      return `{${field.join()}}`;
    default:
      return String(field);
  }
}

// oxlint-disable-next-line no-control-regex -- the very characters that are looked for
const NEEDS_CARE = /[\\\n\r\t\0\ud800-\udfff]/;

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "" };

/** PostgreSQL's text knows neither NUL nor half a surrogate pair; they are left out and replaced. */
// oxlint-disable-next-line no-control-regex
const escapeText = (text: string) => text.toWellFormed().replaceAll(/[\\\n\r\t\0]/g, (found) => ESCAPES[found] ?? "");

/** Bytes in hexadecimal, `0x…`, in the text format of COPY. */
export const copyBytes = (hex: string) => `\\\\x${hex.slice(2)}`;
