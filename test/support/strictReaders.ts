import { expect } from "chai";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads JSON as strictly as any reader does: the bytes are UTF-8, no object has a name twice, and no text contains
 * U+0000 or half a surrogate pair. The JSON must be written without spaces.
 */
export function readStrictJson(body: Uint8Array | string): unknown {
  const text = typeof body === "string" ? body : utf8.decode(body);
  expect(text.isWellFormed(), "no half of a surrogate pair").to.equal(true);
  const content: unknown = JSON.parse(text);
  expect(JSON.stringify(content), "no name twice").to.equal(text);
  requireStrict(content);
  return content;
}

function requireStrict(value: unknown): void {
  if (typeof value === "string") {
    if (!value.isWellFormed() || value.includes("\0")) throw new Error(`Not a strict text: ${JSON.stringify(value)}`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      requireStrict(name);
      requireStrict(each);
    }
  }
}

/** Matches a cell that a spreadsheet would compute. */
const FORMULA = /^(?!-\d+(\.\d+)?$)[=+\-@\t\r\n＝＋－＠]/;

/** Reads CSV as RFC 4180 has it, in which no cell is a formula, and removes the mark that guards against formulas. */
export function readStrictCsv(body: Uint8Array | string): string[][] {
  const text = typeof body === "string" ? body : utf8.decode(body);
  expect(text.isWellFormed() && !text.includes("\0"), "a strict text").to.equal(true);
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const [, quoted, plain = "", end] = cell.exec(text) ?? [];
    if (end === undefined) throw new Error(`Not CSV after ${JSON.stringify(row)}, row ${rows.length}.`);
    const content = quoted?.replaceAll('""', '"') ?? plain;
    expect(content, "not a formula").to.not.match(FORMULA);
    row.push(content.replace(/^'/, ""));
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  expect(new Set(rows.map(({ length }) => length)).size, "rows of the same length").to.equal(1);
  return rows;
}

/** Reads server-sent events as their specification has it. */
export function readEventStream(text: string): { event: string; data: string }[] {
  const events: { event: string; data: string }[] = [];
  let [event, data]: [string, string[]] = ["", []];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line === "") {
      if (data.length > 0) events.push({ event, data: data.join("\n") });
      [event, data] = ["", []];
    } else if (line.startsWith("event: ")) event = line.slice("event: ".length);
    else if (line.startsWith("data: ")) data.push(line.slice("data: ".length));
    else expect(line, "a line of an event stream").to.match(/^(:|id: )/);
  }
  return events;
}
