import type { FilledRange, JournalBlock, JournalLog, UnreadContract } from "../journal.ts";

/** A folder for the embedded database, or the URL of a PostgreSQL server. */
export type StoreTarget = { folder: string } | { databaseUrl: string };

/** Blocks above one and up to another; all unless given. */
export interface BlockRange {
  above?: bigint | undefined;
  upTo?: bigint | undefined;
}

export type TimedLog = JournalLog & { timestamp: number };

/** What a reader does not have yet, all of it seen at one instant. */
export interface StoreChanges {
  /** How often blocks were ever taken back. */
  removals: bigint;
  /** The lowest block above which all was taken back since the reader's `removals`; undefined if nothing was. */
  removedAbove: bigint | undefined;
  /** The reader's block is in the journal. The next two are empty if it is not, or something was taken back. */
  known: boolean;
  blocks: JournalBlock[];
  logs: JournalLog[];
  /** Up to here nothing is ever taken back; -1 before that is known. */
  final: bigint;
  /** The highest block in the journal. */
  head: JournalBlock | undefined;
}

/** The tables as of one instant. */
export interface StoredTables {
  /** What they are as of; undefined before the first block. */
  block: JournalBlock | undefined;
  /**
   * A table's rows in the chain's order, in pages, as plain JSON would hold them: what may be larger than a number can
   * be exact is text.
   */
  rows(table: string): AsyncGenerator<StoredRow[]>;
}

export type StoredRow = Record<string, string | number | boolean | null | number[]>;

/**
 * What the indexer keeps of one deployment. The journal is the truth: every log as it came, and the hash of each block
 * that held one or ended a step of the sync. Everything else is computed from it, in the same transaction. What a method
 * has answered is on disk; what it has not is there whole or not at all.
 *
 * A method throws {@link StoreUnavailable} if it can be tried again later, as it is: repeating one that had succeeded,
 * though its answer was lost, changes nothing.
 */
export interface Store {
  /** How often blocks had been taken back when the store was opened: all that was read since can rely on it. */
  readonly removalsAtOpen: bigint;

  /**
   * Adds blocks, ascending and above all others, with their logs in the chain's order.
   *
   * @param final Up to here nothing will be taken back, as far as the chain's nodes say.
   */
  append(blocks: readonly JournalBlock[], logs: readonly JournalLog[], final?: bigint): Promise<void>;

  /** Lists the contracts of which logs are missing: no block is to be added before they are there. */
  unread(): Promise<readonly UnreadContract[]>;

  /**
   * Adds logs of an unread contract to blocks that the journal has gone past. With the last of them the contract is read,
   * snapshots are dropped, and readers are told that what they know of the blocks since `fromBlock` is not all.
   *
   * @returns False, and adds nothing, if the range does not follow what was read before, or one of its blocks is another
   * in the journal.
   */
  fill(range: FilledRange): Promise<boolean>;

  /** Takes back all blocks above this one, with all that came of them. */
  removeAbove(blockNumber: bigint): Promise<void>;

  /** The highest block at or below a number; the highest of all unless given. */
  lastBlock(atOrBelow?: bigint): Promise<JournalBlock | undefined>;

  /** Up to here nothing is ever taken back; -1 before that is known. */
  finalBlock(): Promise<bigint>;

  /** Ascending, in pages. */
  readBlocks(range?: BlockRange): AsyncGenerator<JournalBlock[]>;

  /** In the chain's order, in pages, with the times of their blocks. */
  readLogs(range?: BlockRange): AsyncGenerator<TimedLog[]>;

  /** What a reader who has the journal up to `last` should do next; at most a few thousand logs at a time. */
  readChanges(last: JournalBlock | undefined, removals: bigint): Promise<StoreChanges>;

  /** Reads whole tables. Nothing else can be asked of this store meanwhile. */
  readTables<T>(read: (tables: StoredTables) => Promise<T>): Promise<T>;

  /** Makes the indexes of the tables if they are not there yet. The journal's own key always is. */
  finishBackfill(): Promise<void>;

  /**
   * Keeps the state as of a block. The two newest of a format are kept, those of other formats are not. Appending goes
   * on meanwhile; if the block is taken back, the snapshot is not kept.
   */
  saveSnapshot(block: JournalBlock, format: number, bytes: Uint8Array): Promise<void>;

  /** The newest snapshot of a format, at or below a block. */
  readSnapshot(format: number, atOrBelow?: bigint): Promise<{ block: JournalBlock; bytes: Uint8Array } | undefined>;

  /** Ends what is under way first. Whatever is asked for afterwards is refused. */
  close(): Promise<void>;
}
