import type { z } from "zod";

/** Rows as RFC 4180 has them, the columns' names first. */
export const csvOf = (items: readonly object[], columns: readonly string[]) =>
  csvLine(columns) + items.map((item) => csvRow(item, columns)).join("");

export function csvRow(item: object, columns: readonly string[]): string {
  const fields = new Map(fieldsOf(item));
  return csvLine(columns.map((column) => fields.get(column) ?? ""));
}

/** A column for each field of a shape, those of objects in it as `amount.currency.symbol`. */
export function csvColumns(shape: z.ZodType, name = ""): string[] {
  const def = shape.def as { type: string; shape?: Record<string, z.ZodType> };
  if (def.type !== "object") return [name];
  return Object.entries(def.shape ?? {}).flatMap(([field, inner]) =>
    csvColumns(inner, name === "" ? field : `${name}.${field}`),
  );
}

/** One line of it. */
export const csvLine = (cells: readonly string[]) => `${cells.map(cellOf).join(",")}\r\n`;

function* fieldsOf(item: object, prefix = ""): Generator<[column: string, value: string]> {
  for (const [field, value] of Object.entries(item) as [string, unknown][]) {
    if (Array.isArray(value)) yield [prefix + field, JSON.stringify(value)];
    else if (typeof value === "object" && value !== null) yield* fieldsOf(value, `${prefix}${field}.`);
    else yield [prefix + field, value === null || value === undefined ? "" : String(value)];
  }
}

/** Spreadsheets take a text that begins so for a formula. Amounts that are negative numbers stay numbers. */
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(value: string): string {
  const text = FORMULA.test(value) && !/^-\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
