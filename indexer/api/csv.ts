import type { z } from "zod";
import { strictJson } from "#protocol/texts/wellFormed.ts";

/** Formats rows as CSV (RFC 4180). The first line has the names of the columns. */
export const csvOf = (items: readonly object[], columns: readonly string[]) =>
  csvLine(columns) + items.map((item) => csvRow(item, columns)).join("");

export function csvRow(item: object, columns: readonly string[]): string {
  const fields = new Map(fieldsOf(item));
  return csvLine(columns.map((column) => fields.get(column) ?? ""));
}

/** Lists the columns of a shape: one for each field, with nested fields such as `amount.currency.symbol`. */
export function csvColumns(shape: z.ZodType, name = ""): string[] {
  const def = shape.def as { type: string; shape?: Record<string, z.ZodType> };
  if (def.type !== "object") return [name];
  return Object.entries(def.shape ?? {}).flatMap(([field, inner]) =>
    csvColumns(inner, name === "" ? field : `${name}.${field}`),
  );
}

/** Formats one line of CSV. */
export const csvLine = (cells: readonly string[]) => `${cells.map(cellOf).join(",")}\r\n`;

function* fieldsOf(item: object, prefix = ""): Generator<[column: string, value: string]> {
  for (const [field, value] of Object.entries(item) as [string, unknown][]) {
    if (Array.isArray(value)) yield [prefix + field, strictJson(value)];
    else if (typeof value === "object" && value !== null) yield* fieldsOf(value, `${prefix}${field}.`);
    else yield [prefix + field, value === null || value === undefined ? "" : String(value)];
  }
}

/**
 * Matches a text that a spreadsheet would take for a formula, or that begins with the mark that guards against it.
 * Negative numbers are exempt: they stay numbers.
 */
const FORMULA = /^(?!-\d+(?:\.\d+)?$)['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** Formats a cell. A text that could be a formula gets `'` before it; readers remove one `'` at the beginning. */
function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
