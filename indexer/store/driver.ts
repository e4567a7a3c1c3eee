/** Rows of a table, in the binary format of COPY. */
export interface Copy {
  /** Such as `blocks (number, hash)`. */
  into: string;
  /** Each is a buffer of its own, or the beginning of one. */
  rows: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
}

/** What a statement can be given. Bytes become `bytea`. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/**
 * One session with a database. Both engines answer in the same types: `bigint` for bigint, `0x…` for bytea, text for
 * numeric, number for the smaller integers.
 */
export interface Session {
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs several statements. */
  run(sql: string): Promise<void>;
  /** Copies rows, one table after the other: the next is asked for when all rows of the one before were. */
  copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void>;
}

/** An engine. All that differs between them is here. */
export interface Driver {
  /**
   * The live session, ready to use. A new one if the old was lost.
   *
   * @throws {StoreUnavailable} while there is none to be had.
   */
  session(): Promise<Session>;
  close(): Promise<void>;
}
