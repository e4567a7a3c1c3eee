import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { UserError } from "#protocol/userError.ts";
import { type DatabaseUrl, readDatabaseUrl } from "./databaseUrl.ts";
import { waysToConnect } from "./databaseTls.ts";
import type { Driver, Session } from "./driver.ts";
import { connectionError, type Failure, hasNoTls, isRefusalOfWay, wantsTls } from "./postgresErrors.ts";
import { PostgresSession, type SessionFacts, SHARED_SESSION } from "./postgresSession.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

export interface OpenPostgresParameters {
  databaseUrl: string;
  schema: string;
  readOnly: boolean;
}

/** The time that a server may need to notice that the process with the lock has ended. */
const LOCK_PATIENCE_MS = 5_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** The time that a pooler may need to give a second session. One in session mode may have none. */
const PROBE_TIMEOUT_MS = 2_000;
/** Encodings that can store each text. In SQL_ASCII, PostgreSQL stores the bytes of UTF-8 as they are. */
const ENCODINGS = ["UTF8", "SQL_ASCII"];

/**
 * Opens a schema in a PostgreSQL database. A writer holds an advisory lock in the same session that it writes in, so a
 * writer that has lost the lock cannot write any more. A reader takes no lock and works on a replica and through any
 * pooler.
 *
 * @throws {UserError} if the server cannot be reached, refuses the login or cannot be used, or if another process
 * writes to this schema.
 */
export async function openPostgres({ databaseUrl, schema, readOnly }: OpenPostgresParameters): Promise<Driver> {
  const driver = new PostgresDriver(readDatabaseUrl(databaseUrl), schema, readOnly);
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
  readonly readOnly: boolean;
  readonly #url: DatabaseUrl;
  readonly #schema: string;
  #session: PostgresSession | undefined;

  constructor(url: DatabaseUrl, schema: string, readOnly: boolean) {
    this.#url = url;
    this.#schema = schema;
    this.readOnly = readOnly;
  }

  async session(): Promise<Session> {
    if (this.#session?.alive) return this.#session;
    await this.#session?.end();
    this.#session = undefined;
    this.#session = await this.#open();
    return this.#session;
  }

  async close(): Promise<void> {
    await this.#session?.end();
  }

  /** Opens a session with the first server that can be used. */
  async #open(): Promise<PostgresSession> {
    const failures: StoreUnavailable[] = [];
    for (const server of this.#url.servers) {
      let session: PostgresSession | undefined;
      try {
        session = await this.#connect(server);
        await this.#prepare(session, server);
        return session;
      } catch (error) {
        await session?.end();
        if (!(error instanceof StoreUnavailable)) throw error;
        failures.push(error);
      }
    }
    const [first, ...others] = failures;
    if (first && others.length === 0) throw first;
    throw new StoreUnavailable(failures.map(({ message }) => message).join(" "), { cause: failures.at(-1) });
  }

  async #connect(
    server: { host: string; port: number },
    timeoutMs = this.#url.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
  ): Promise<PostgresSession> {
    const { user, password, database, options, channelBinding, directTls } = this.#url;
    const config: pg.ClientConfig = {
      ...server,
      ...(user !== undefined && { user }),
      ...(password !== undefined && { password }),
      ...(database !== undefined && { database }),
      ...(options !== undefined && { options }),
      connectionTimeoutMillis: timeoutMs,
      enableChannelBinding: channelBinding,
    };
    let failure: Failure | undefined;
    let login: PostgresSession["login"] = { user, database };
    let hasTriedTls = false;
    for (const ssl of await waysToConnect(this.#url.tls, server.host)) {
      const direct = directTls && ssl !== false;
      const session = new PostgresSession({
        config: { ...config, ssl, ...(direct && { sslnegotiation: "direct" }) },
        schema: this.#schema,
        readOnly: this.readOnly,
      });
      try {
        await session.connect();
        return session;
      } catch (cause) {
        const error = cause as Failure; // the driver throws nothing else
        await session.end();
        ({ login } = session);
        // A failure on one way says more than the lack of TLS on the other, at the server or here.
        if (!failure || hasNoTls(failure) || !(hasNoTls(error) || wantsTls(error))) failure = error;
        hasTriedTls ||= ssl !== false;
        if (!isRefusalOfWay(error)) break;
      }
    }
    throw connectionError(failure ?? new Error("no way to connect"), {
      url: this.#url,
      ...server,
      ...login,
      hasTriedTls,
    });
  }

  async #prepare(session: PostgresSession, server: { host: string; port: number }): Promise<void> {
    const facts = await session.readFacts();
    const { host, port } = server;
    if (facts.replica && (!this.readOnly || this.#url.primary)) {
      throw new StoreUnavailable(
        `PostgreSQL at ${host}:${port} is a replica, which cannot be written to. Name the primary server in the database URL. (serve, verify and export can read from a replica.)`,
      );
    }
    if (this.readOnly) return;
    this.#requireWritable(facts);
    if (session.isProxied && (await this.#isShared(session, server))) throw new UserError(SHARED_SESSION);
    await takeLock(session, this.#schema);
    if (facts.owner === null) {
      this.#requireCreate(facts);
      await session.run(`CREATE SCHEMA IF NOT EXISTS ${this.#schema}`);
    }
  }

  #requireWritable({ encoding, database, role, readOnly }: SessionFacts): void {
    if (!ENCODINGS.includes(encoding)) {
      const name = database.replace(/^"?(.*?)"?$/, '"$1_utf8"');
      throw new UserError(
        `The database ${database} is encoded in ${encoding}, in which most texts on the chain cannot be stored. Let an administrator create one in UTF-8, and name it in the database URL: CREATE DATABASE ${name} OWNER ${role} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0;`,
      );
    }
    if (readOnly) {
      throw new StoreUnavailable(
        `The role ${role} cannot write to the database ${database}: default_transaction_read_only is on. Some providers turn it on when the disk is nearly full. Make room, or let an administrator run: ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = off;`,
      );
    }
  }

  #requireCreate({ canCreate, database, role }: SessionFacts): void {
    if (canCreate) return;
    throw new UserError(
      `The role ${role} may not create the schema ${this.#schema} in the database ${database}. Let an administrator create it there: CREATE SCHEMA ${this.#schema} AUTHORIZATION ${role};`,
    );
  }

  /**
   * Returns true if a pooler gives the same session of the server to different connections, or different sessions to
   * one connection, as it does in transaction mode. The order of the statements finds this in pools of any size,
   * whether the pooler takes the session that was used last or first.
   */
  async #isShared(session: PostgresSession, server: { host: string; port: number }): Promise<boolean> {
    const pidOf = async (each: PostgresSession) =>
      (await each.query<{ pid: number }>("SELECT pg_backend_pid() AS pid"))[0]?.pid;
    const other = await this.#connect(server, PROBE_TIMEOUT_MS).catch(() => undefined);
    if (!other) return false; // there is no second session, so the first one is not shared now
    const compare = async () => {
      const own = new Set([await pidOf(session)]);
      const others = new Set([await pidOf(other), await pidOf(other)]);
      own.add(await pidOf(session));
      others.add(await pidOf(other));
      return own.size > 1 || others.size > 1 || [...own].some((pid) => others.has(pid));
    };
    const timeout = new AbortController();
    try {
      return await Promise.race([compare(), sleep(PROBE_TIMEOUT_MS, false, { signal: timeout.signal })]);
    } catch (error) {
      if (!session.alive) throw error;
      return false;
    } finally {
      timeout.abort();
      await other.end();
    }
  }
}

async function takeLock(session: PostgresSession, schema: string): Promise<void> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    if (await session.tryLock()) return;
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
