import type { Hex } from "viem";
import type { FilledRange, JournalBlock, JournalLog, UnreadContract } from "../journal.ts";

/** A folder for the embedded database, or the URL of a PostgreSQL server. */
export type StoreTarget = { folder: string } | { databaseUrl: string };

/** The blocks above one number and up to another. Default: all blocks. */
export interface BlockRange {
  above?: bigint | undefined;
  upTo?: bigint | undefined;
}

/**
 * The journal does not end where this process left it: the server lost its last transactions, as in a crash without
 * synchronous commits or in a failover to a replica that was behind, or another process has written. Nothing was added.
 * Remove the blocks above the journal's last one, which may be none, and go on from there.
 */
export class StoreChanged extends Error {
  override name = "StoreChanged";
}

export type TimedLog = JournalLog & { timestamp: number };

/** Changes that a reader does not have yet, all read at one instant. */
export interface StoreChanges {
  /** The number of removals of blocks so far. */
  removals: bigint;
  /** The lowest block above which blocks were removed since the reader's `removals`; undefined if none were. */
  removedAbove: bigint | undefined;
  /** True if the reader's block is in the journal. */
  isKnown: boolean;
  /** New blocks and their logs. Empty if the reader's block is not known, or if blocks were removed. */
  blocks: JournalBlock[];
  logs: JournalLog[];
  /** The newest final block; -1 before one is known. */
  final: bigint;
  /** The highest block in the journal. */
  head: JournalBlock | undefined;
}

/** The tables as of one instant. */
export interface StoredTables {
  /** The newest block in the tables; undefined before the first. */
  block: JournalBlock | undefined;
  /**
   * Reads a table's rows in the chain's order, page by page. Values are plain JSON: amounts that may exceed the exact
   * range of a number are text.
   */
  rows(table: string): AsyncGenerator<StoredRow[]>;
}

export type StoredRow = Record<string, string | number | boolean | null | number[]>;

/**
 * The store of one deployment. The journal is the truth: every log as the chain has it, and the hash of each block that
 * contains one or ended a step of the sync. Everything else is computed from it, in the same transaction. When a method
 * has returned, its changes are on disk. If it fails, all of its changes are on disk or none.
 *
 * A method throws {@link StoreUnavailable} if the same call can be retried later. Repeating a call that had succeeded,
 * but whose reply was lost, changes nothing.
 */
export interface Store {
  /** The number of removals when the store was opened: everything that was read since is at least as new. */
  readonly removalsAtOpen: bigint;

  /**
   * Adds blocks, ascending and above all others, with their logs in the chain's order.
   *
   * @param final The newest final block, as the chain's nodes report it.
   * @throws {StoreChanged} if the journal does not end where this process left it.
   */
  append(blocks: readonly JournalBlock[], logs: readonly JournalLog[], final?: bigint): Promise<void>;

  /** Lists the contracts whose logs are missing. No block may be added before they are filled in. */
  unreadContracts(): Promise<readonly UnreadContract[]>;

  /**
   * Adds logs of an unread contract to blocks that the journal already has. After the last of them the contract is
   * read: snapshots are dropped, and readers are notified that the blocks since `fromBlock` have changed.
   *
   * @returns False, and adds nothing, if the range does not follow the last one, or if the journal has another block in
   * the place of one of its blocks.
   */
  fill(range: FilledRange): Promise<boolean>;

  /** Removes all blocks above this one, with everything that was computed from them. */
  removeAbove(blockNumber: bigint): Promise<void>;

  /** Returns the highest block at or below a number. Default: the highest of all. */
  lastBlock(atOrBelow?: bigint): Promise<JournalBlock | undefined>;

  /** Returns the block with a hash. */
  blockByHash(hash: Hex): Promise<JournalBlock | undefined>;

  /** Returns the newest final block; -1 before one is known. */
  finalBlock(): Promise<bigint>;

  /** Reads blocks in ascending order, page by page. */
  readBlocks(range?: BlockRange): AsyncGenerator<JournalBlock[]>;

  /** Reads logs in the chain's order, page by page, with the times of their blocks. */
  readLogs(range?: BlockRange): AsyncGenerator<TimedLog[]>;

  /** Reads the next changes for a reader that has the journal up to `last`: at most a few thousand logs at a time. */
  readChanges(last: JournalBlock | undefined, removals: bigint): Promise<StoreChanges>;

  /** Reads whole tables. Other calls of this store wait until it has ended. */
  readTables<T>(read: (tables: StoredTables) => Promise<T>): Promise<T>;

  /** Creates the missing indexes of the tables. The journal always has its key. */
  finishBackfill(): Promise<void>;

  /**
   * Saves a snapshot of the state at a block. The two newest snapshots of this format are kept; those of other formats
   * are deleted. Blocks can be appended meanwhile. If the block is removed meanwhile, the snapshot is dropped.
   */
  saveSnapshot(block: JournalBlock, format: number, bytes: Uint8Array): Promise<void>;

  /** Reads the newest snapshot of a format at or below a block. */
  readSnapshot(format: number, atOrBelow?: bigint): Promise<{ block: JournalBlock; bytes: Uint8Array } | undefined>;

  /** Waits for running calls, then closes. Later calls are refused. */
  close(): Promise<void>;
}
