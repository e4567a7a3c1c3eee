/** Rows to copy into a table, in the binary format of COPY. */
export interface Copy {
  /** The table and its columns, such as `blocks (number, hash)`. */
  into: string;
  /** Chunks of rows. Each chunk is a whole buffer or the beginning of one, so it can be transferred to a worker. */
  rows: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
}

/** A parameter of a statement. Bytes become `bytea`. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/** A transaction that only reads, all of it at one instant, or one that writes. */
export type Access = "read" | "write";

/**
 * One session with a database. Both engines return the same types: `bigint` for bigint, `0x…` for bytea, text for
 * numeric, number for the smaller integers.
 *
 * A statement names each table as `@schema@.table`, as the scripts of PostgreSQL's extensions do. No statement depends
 * on a setting of the session or changes one: behind a pooler, each transaction may run in another session, and the
 * next one in the same session may be another application's.
 */
export interface Session {
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Runs several statements. */
  run(sql: string): Promise<void>;
  /** Begins a transaction. In a session that was opened to read only, each one is read-only. */
  begin(access: Access): Promise<void>;
  /** Copies rows, one table after the other: the next table is requested once all rows of the one before were read. */
  copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void>;
}

/** A database engine. Everything that differs between engines is behind this interface. */
export interface Driver {
  /** True if its sessions only read. */
  readonly readOnly: boolean;
  /**
   * Returns the live session, or a new one if the old one was lost.
   *
   * @throws {StoreUnavailable} if no session can be opened at the moment.
   */
  session(): Promise<Session>;
  close(): Promise<void>;
}

/** Puts the schema's name into a statement. */
export const inSchema = (schema: string, sql: string) => sql.replaceAll("@schema@", schema);

/**
 * Returns the statement that begins a transaction. It names the isolation level, because a role or a database can have
 * another default.
 */
export const beginStatement = (access: Access, readOnly: boolean) =>
  access === "write" && !readOnly
    ? "BEGIN ISOLATION LEVEL READ COMMITTED"
    : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
