import type { Abi } from "viem";
import type { ContractEvent } from "#protocol/events.ts";
import type { History } from "../columns/history.ts";
import type { JournalSource, Position } from "../journal.ts";
import type { ColumnType, Field } from "../store/copyRows.ts";

/** The columns of a table after `block_number` and `log_index`, which every table begins with. */
export type TableColumns = Readonly<Record<string, ColumnType>>;

/** Takes one row of a table: the fields in the order of its columns. */
export type AddRow = (table: string, ...fields: Field[]) => void;

/** A step that brings a store's schema to this version. Its name is never changed: stores remember it. */
export interface Migration {
  name: string;
  file: URL;
}

/**
 * Contracts that belong together, and what becomes of their events: rows of tables in the store, and a state in memory.
 * Both are pure functions of the events, in the chain's order.
 */
export interface BookFold<State extends object = object, Event = ContractEvent> {
  /** Names the book, and in a snapshot its part of it. */
  name: string;
  /** ABIs of the contracts that are followed, by their names in the deployment. */
  contracts: Readonly<Record<string, Abi>>;
  /** Tables of decoded events, by name: no other book has one of the same name. */
  tables: Readonly<Record<string, TableColumns>>;
  /** SQL that makes the tables, in order. */
  migrations: readonly Migration[];
  /** SQL that makes their keys and indexes unless they are there: not run before the back-fill is done. */
  indexes: URL;
  /** Adds an event's rows to the tables. */
  addRows(event: Event, add: AddRow): void;
  /** Makes the state before the first event. Whatever changes it must be recorded in the history, to be undone. */
  begin(source: JournalSource, history: History): State;
  /**
   * Advances the state by one event, in place, without a clock, input or output.
   *
   * @throws {LedgerContradiction} if the event contradicts the contracts' rules.
   */
  apply(state: State, event: Event, position: Position): void;
}
