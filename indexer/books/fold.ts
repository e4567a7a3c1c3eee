import type { Abi } from "viem";
import type { ContractEvent } from "#protocol/events.ts";
import type { History } from "../columns/history.ts";
import type { JournalSource, Position } from "../journal.ts";
import type { ColumnType, Field } from "../store/copyRows.ts";

/** The columns of a table, without `block_number` and `log_index`, with which every table begins. */
export type TableColumns = Readonly<Record<string, ColumnType>>;

/** Adds one row to a table. The fields are in the order of its columns. */
export type AddRow = (table: string, ...fields: Field[]) => void;

/** A step that brings a store's schema to this version. Its name must never change: stores record it. */
export interface Migration {
  name: string;
  file: URL;
  /** Tables whose rows are computed again afterwards, because events become other rows than before. */
  rewrites?: readonly string[];
}

/**
 * A reducer for contracts that belong together: it turns their events into rows of tables in the store and into a state
 * in memory. Both are pure functions of the events, in the chain's order.
 */
export interface BookFold<State extends object = object, Event = ContractEvent> {
  /** The name of the book, also in snapshots. */
  name: string;
  /** ABIs of the contracts that are followed, by their names in the deployment. */
  contracts: Readonly<Record<string, Abi>>;
  /** Tables of decoded events, by name. No two books have a table of the same name. */
  tables: Readonly<Record<string, TableColumns>>;
  /** SQL files that create the tables, in order. */
  migrations: readonly Migration[];
  /** An SQL file that creates keys and indexes where they are missing. It runs after the back-fill. */
  indexes: URL;
  /** Adds an event's rows to the tables. */
  addRows(event: Event, add: AddRow): void;
  /**
   * Creates the state before the first event. Every change of it must be recorded in the history, so that it can be
   * undone.
   */
  begin(source: JournalSource, history: History): State;
  /**
   * Applies one event to the state, in place. It uses no clock, input or output.
   *
   * @throws {LedgerContradiction} if the event contradicts the contracts' rules.
   */
  apply(state: State, event: Event, position: Position): void;
}
