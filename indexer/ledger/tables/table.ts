import { NumberColumn } from "../columns.ts";
import type { History } from "../history.ts";

/** What stands in a column of links where a list ends; a link to a row is the row + 1. */
export const NO_LINK = 0;

export const uint8Column = (history: History) => new NumberColumn(history, (length) => new Uint8Array(length));
export const uint32Column = (history: History) => new NumberColumn(history, (length) => new Uint32Array(length));
export const float64Column = (history: History) => new NumberColumn(history, (length) => new Float64Array(length));

/** Columns of the same rows, with one history. */
export abstract class Table {
  readonly history: History;

  constructor(history: History) {
    this.history = history;
  }
}
