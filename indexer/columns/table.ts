import { NumberColumn } from "./columns.ts";
import type { History } from "./history.ts";

/** What stands in a column of links where a list ends; a link to a row is the row + 1. */
export const NO_LINK = 0;

export const uint8Column = (history: History) => new NumberColumn(history, (length) => new Uint8Array(length));
export const uint32Column = (history: History) => new NumberColumn(history, (length) => new Uint32Array(length));
export const float64Column = (history: History) => new NumberColumn(history, (length) => new Float64Array(length));

/** A part of a state: its changes are recorded in a history, to be undone. */
export abstract class Recorded {
  readonly history: History;

  constructor(history: History) {
    this.history = history;
  }
}

/** Columns of the same rows. */
export abstract class Table extends Recorded {}
