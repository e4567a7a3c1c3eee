/** Rows as RFC 4180 has them, a column for each field, those of nested objects as `amount.currency.symbol`. */
export function csvOf(items: readonly object[]): string {
  const rows = items.map((item) => new Map(fieldsOf(item)));
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  return [columns, ...rows.map((row) => columns.map((column) => row.get(column) ?? ""))].map(csvLine).join("");
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
