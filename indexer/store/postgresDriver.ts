import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { UserError } from "#protocol/userError.ts";
import type { Copy, Driver, Session, SqlValue } from "./driver.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

export interface OpenPostgresParameters {
  databaseUrl: string;
  schema: string;
  readOnly: boolean;
}

/** The time that a server may need to notice that the process with the lock has ended. */
const LOCK_PATIENCE_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens a schema in a PostgreSQL database. A writer holds an advisory lock in the same session that it writes in, so a
 * writer that has lost the lock cannot write any more. A reader takes no lock and works on a replica.
 *
 * @throws {UserError} if the server cannot be reached or refuses the login, or if another process writes to this
 * schema.
 */
export async function openPostgres(parameters: OpenPostgresParameters): Promise<Driver> {
  const driver = new PostgresDriver(parameters);
  try {
    await driver.session();
  } catch (error) {
    await driver.close();
    if (error instanceof StoreUnavailable) throw new UserError(error.message, { cause: error });
    throw error;
  }
  return driver;
}

class PostgresDriver implements Driver {
  readonly #parameters: OpenPostgresParameters;
  #session: PostgresSession | undefined;

  constructor(parameters: OpenPostgresParameters) {
    this.#parameters = parameters;
  }

  async session(): Promise<Session> {
    if (this.#session?.alive) return this.#session;
    await this.#session?.end();
    const session = new PostgresSession(this.#parameters.databaseUrl, `tributary ${this.#parameters.schema}`);
    try {
      await session.connect();
      await this.#prepare(session);
    } catch (error) {
      await session.end();
      throw error;
    }
    this.#session = session;
    return session;
  }

  async close(): Promise<void> {
    await this.#session?.end();
  }

  async #prepare(session: Session): Promise<void> {
    const { schema, readOnly } = this.#parameters;
    if (!readOnly) {
      await takeLock(session, schema);
      await session.run(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    }
    await session.run(`SET search_path TO ${schema}; SET default_transaction_read_only TO ${readOnly}`);
  }
}

async function takeLock(session: Session, schema: string): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const [row] = await session.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
      [schema],
    );
    if (row?.taken) return;
    if (Date.now() > deadline) break;
    await sleep(100);
  }
  const [holder] = await session.query<{ pid: number; host: string | null }>(
    `SELECT activity.pid, host(client_addr) AS host FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND (classid::bigint << 32 | objid::bigint) = hashtextextended($1, 0)`,
    [schema],
  );
  const writer = holder ? ` from ${holder.host ?? "this machine"}, as the server's process ${holder.pid}` : "";
  throw new StoreUnavailable(
    `Another process writes to ${schema} in this database${writer}. Stop it, or read its store with the serve command.`,
  );
}

class PostgresSession implements Session {
  readonly #client: pg.Client;
  #lost: Error | undefined;

  constructor(databaseUrl: string, applicationName: string) {
    this.#client = new pg.Client({
      connectionString: databaseUrl,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      types: { getTypeParser: parserOf },
    });
    // Without this listener, a lost connection would end the process.
    this.#client.on("error", (error) => (this.#lost ??= error));
    this.#client.on("end", () => (this.#lost ??= new Error("The database has closed the connection.")));
  }

  get alive(): boolean {
    return this.#lost === undefined;
  }

  async connect(): Promise<void> {
    try {
      await this.#client.connect();
    } catch (error) {
      throw connectionError(error, this.#client);
    }
  }

  async query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#guard(async () => {
      const { rows } = await this.#client.query(sql, [...values]);
      return rows as Row[]; // the caller knows the columns of its own statement
    });
  }

  async run(sql: string): Promise<void> {
    await this.#guard(() => this.#client.query(sql));
  }

  async copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void> {
    for await (const { into, rows } of copies) {
      const copy = `COPY ${into} FROM STDIN (FORMAT binary)`;
      await this.#guard(() => pipeline(Readable.from(rows, { objectMode: true }), this.#client.query(copyFrom(copy))));
    }
  }

  async end(): Promise<void> {
    await this.#client.end().catch(() => undefined);
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#lost) throw this.#lost;
      return await work();
    } catch (error) {
      const { code = "" } = error as { code?: string };
      if (this.#lost || isTransient(code)) {
        throw new StoreUnavailable(`The database cannot be used now: ${(error as Error).message}.`, { cause: error });
      }
      throw error;
    }
  }
}

/**
 * Returns true for errors that a retry can fix: a lost connection, lack of resources, a shutdown, a deadlock, a query
 * that a replica cancelled.
 */
const isTransient = (code: string) =>
  /^(08|53|57P0)/.test(code) || ["40001", "40P01", "ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT"].includes(code);

function connectionError(error: unknown, { host, port, database, user }: pg.Client): Error {
  const { code = "", message } = error as Error & { code?: string };
  const place = `PostgreSQL at ${host}:${port}`;
  // A retry does not fix a wrong password, user or database.
  if (code.startsWith("28") || code === "3D000") {
    return new UserError(
      `${place} refuses user ${user} for database ${database}: ${message}. Check the database URL.`,
      {
        cause: error,
      },
    );
  }
  return new StoreUnavailable(`${place} cannot be reached (${message || code}). Start it, or check the database URL.`, {
    cause: error,
  });
}

const BYTEA = 17;
const INT8 = 20;

function parserOf(oid: number): (text: string) => unknown {
  if (oid === INT8) return BigInt;
  if (oid === BYTEA) return (text) => `0x${text.slice(2)}`;
  return pg.types.getTypeParser(oid, "text") as (text: string) => unknown;
}
