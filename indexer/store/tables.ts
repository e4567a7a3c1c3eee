import { books } from "../books/books.ts";
import type { TableColumns } from "../books/fold.ts";
import { CopyRows } from "./copyRows.ts";

/** The tables of all books by name, with their columns after `block_number` and `log_index`. */
export const EVENT_TABLES: Readonly<Record<string, TableColumns>> = Object.assign(
  {},
  ...books.map(({ tables }) => tables),
);

/** Lists all columns of a table. */
export const columnsOf = (table: string) => ["block_number", "log_index", ...Object.keys(EVENT_TABLES[table] ?? {})];

/** The columns that order the rows of one event. */
const WITHIN_EVENT = ["position", "built_from"];

/** Lists the columns that order a table's rows as on the chain. */
export const orderOf = (table: string) =>
  columnsOf(table).filter((column) => ["block_number", "log_index", ...WITHIN_EVENT].includes(column));

/** Creates the row encoder of a table. Add each row as block number, log index and the fields of the other columns. */
export const eventRowsOf = (table: string) =>
  new CopyRows(["bigint", "integer", ...Object.values(EVENT_TABLES[table] ?? {})]);
