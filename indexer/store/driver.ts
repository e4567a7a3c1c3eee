/** Rows to copy into a table, in the binary format of COPY. */
export interface Copy {
  /** The table and its columns, such as `blocks (number, hash)`. */
  into: string;
  /** Chunks of rows. Each chunk is a whole buffer or the beginning of one, so it can be transferred to a worker. */
  rows: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
}

/** A parameter of a statement. Bytes become `bytea`. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/**
 * One session with a database. Both engines return the same types: `bigint` for bigint, `0x…` for bytea, text for
 * numeric, number for the smaller integers.
 */
export interface Session {
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs several statements. */
  run(sql: string): Promise<void>;
  /** Copies rows, one table after the other: the next table is requested once all rows of the one before were read. */
  copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void>;
}

/** A database engine. Everything that differs between engines is behind this interface. */
export interface Driver {
  /**
   * Returns the live session, or a new one if the old one was lost.
   *
   * @throws {StoreUnavailable} if no session can be opened at the moment.
   */
  session(): Promise<Session>;
  close(): Promise<void>;
}
