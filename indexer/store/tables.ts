import { books } from "../books/books.ts";
import type { TableColumns } from "../books/fold.ts";
import { CopyRows } from "./copyRows.ts";

/** The tables of all books, by name: their columns after `block_number` and `log_index`. */
export const EVENT_TABLES: Readonly<Record<string, TableColumns>> = Object.assign(
  {},
  ...books.map(({ tables }) => tables),
);

/** All columns of a table. */
export const columnsOf = (table: string) => ["block_number", "log_index", ...Object.keys(EVENT_TABLES[table] ?? {})];

/** Columns that order the rows of one event. */
const WITHIN_EVENT = ["position", "built_from"];

/** The columns by which the rows of a table are in the chain's order. */
export const orderOf = (table: string) =>
  columnsOf(table).filter((column) => ["block_number", "log_index", ...WITHIN_EVENT].includes(column));

/** Begins rows of a table, each to be added as block number, log index and the fields of its other columns. */
export const eventRowsOf = (table: string) =>
  new CopyRows(["bigint", "integer", ...Object.values(EVENT_TABLES[table] ?? {})]);
