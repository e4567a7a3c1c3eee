import { NumberColumn } from "./columns.ts";
import type { History } from "./history.ts";

/** The end of a list in a column of links. A link to a row is the row + 1. */
export const NO_LINK = 0;

export const uint8Column = (history: History) => new NumberColumn(history, (length) => new Uint8Array(length));
export const uint32Column = (history: History) => new NumberColumn(history, (length) => new Uint32Array(length));
export const float64Column = (history: History) => new NumberColumn(history, (length) => new Float64Array(length));

/** A part of a state whose changes are recorded in a history, so that they can be undone. */
export abstract class RecordedState {
  readonly history: History;

  constructor(history: History) {
    this.history = history;
  }
}

/** A table: columns with the same rows. */
export abstract class Table extends RecordedState {}
