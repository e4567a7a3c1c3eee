import { type Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { UserError } from "#protocol/userError.ts";
import { type Access, beginStatement, type Copy, inSchema, type Session, type SqlValue } from "./driver.ts";
import { type Failure, INSUFFICIENT_PRIVILEGE, NO_PASSWORD, READ_ONLY, unavailable } from "./postgresErrors.ts";
import { isTransient } from "./storeFailure.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

const KEEP_ALIVE_AFTER_MS = 15_000;

/**
 * Settings of a transaction, in place of those that a role or a database can have: a long statement such as the
 * creation of an index may run to its end, and a reader may process rows within a transaction. A lock that another
 * session holds becomes an error, so that it can be shown.
 */
const SETTINGS =
  "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = '20s'";

/** PostgreSQL 17 and later also limit a whole transaction. */
const TRANSACTION_SETTINGS = "; SET LOCAL transaction_timeout = 0";
const HAS_TRANSACTION_TIMEOUT = 170_000;

/** The parts of the driver's connection that its types leave out. */
interface Wire {
  attachListeners: (stream: Duplex) => void;
  password: (password: unknown) => void;
  emit: (event: "error", error: Error) => void;
}

/**
 * Makes errors of a client from what the driver throws while it reads: a kind of login that it does not know, an answer
 * of something that is not PostgreSQL, or a password that is missing. Thrown in an event of the socket, they would end
 * the process.
 */
function catchFaults(client: pg.Client): void {
  const { connection } = client as pg.Client & { connection: Wire };
  const attachListeners = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    attachListeners(stream);
    for (const listener of stream.listeners("data") as ((bytes: Buffer) => void)[]) {
      stream.off("data", listener);
      stream.on("data", (bytes: Buffer) => {
        try {
          if (!stream.destroyed) listener(bytes);
        } catch (error) {
          stream.destroy(error as Error);
        }
      });
    }
  };
  const sendPassword = connection.password.bind(connection);
  connection.password = (password) => {
    if (typeof password === "string") sendPassword(password);
    else connection.emit("error", new Error(NO_PASSWORD));
  };
}

/** The facts of a session that decide whether it can be used. Names are quoted as SQL needs it. */
export interface SessionFacts {
  /** The id of the server's process. */
  pid: number;
  /** The server's version, such as 150004. */
  version: number;
  role: string;
  database: string;
  encoding: string;
  /** True on a streaming replica. */
  replica: boolean;
  /** True if transactions are read-only by default. */
  readOnly: boolean;
  /** True if the role may create schemas. */
  canCreate: boolean;
  /** The owner of the store's schema; null if there is no such schema. */
  owner: string | null;
}

export interface PostgresSessionParameters {
  config: pg.ClientConfig;
  schema: string;
  readOnly: boolean;
}

/** One connection to a PostgreSQL server. */
export class PostgresSession implements Session {
  readonly #client: pg.Client;
  readonly #schema: string;
  readonly #readOnly: boolean;
  #lost: Error | undefined;
  #facts: SessionFacts | undefined;
  #locked = false;

  constructor({ config, schema, readOnly }: PostgresSessionParameters) {
    this.#client = new pg.Client({
      ...config,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      types: { getTypeParser: parserOf },
    });
    catchFaults(this.#client);
    this.#schema = schema;
    this.#readOnly = readOnly;
    // Without this listener, a lost connection would end the process.
    this.#client.on("error", (error) => (this.#lost ??= error));
    this.#client.on("end", () => (this.#lost ??= new Error("The database has closed the connection.")));
  }

  get alive(): boolean {
    return this.#lost === undefined;
  }

  /** The user and the database of the login, with the driver's defaults. */
  get login(): { user: string | undefined; database: string | undefined } {
    return { user: this.#client.user, database: this.#client.database };
  }

  /** True if something between this process and the server answers in the server's name, such as a pooler. */
  get isProxied(): boolean {
    // The type of the driver leaves out the process id that the other side announced.
    return (this.#client as pg.Client & { processID?: number | null }).processID !== this.#facts?.pid;
  }

  /** @throws {Failure} as the driver throws it. */
  async connect(): Promise<void> {
    // The driver reports some faults of a login in this event alone, and would wait on.
    const fault = new Promise<never>((_resolve, reject) => this.#client.once("error", reject));
    await Promise.race([this.#client.connect(), fault]);
  }

  async readFacts(): Promise<SessionFacts> {
    const [facts] = await this.query<SessionFacts>(
      `SELECT pg_backend_pid() AS pid, current_setting('server_version_num')::integer AS version, quote_ident(current_user) AS role, quote_ident(datname) AS database,
         pg_encoding_to_char(encoding) AS encoding, pg_is_in_recovery() AS replica,
         current_setting('default_transaction_read_only') = 'on' AS "readOnly",
         has_database_privilege(datname, 'CREATE') AS "canCreate",
         (SELECT quote_ident(pg_get_userbyid(nspowner)) FROM pg_namespace WHERE nspname = $1) AS owner
       FROM pg_database WHERE datname = current_database()`,
      [this.#schema],
    );
    if (!facts) throw new Error("The server does not list the database.");
    this.#facts = facts;
    return facts;
  }

  /** Takes the writer's lock, which this session holds until it ends. Returns false if another session holds it. */
  async tryLock(): Promise<boolean> {
    const [row] = await this.query<{ taken: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken",
      [this.#schema],
    );
    this.#locked = row?.taken === true;
    // This session is no other application's, so the name may stay while it is idle.
    if (this.#locked) await this.query("SELECT set_config('application_name', 'tributary @schema@', false)");
    return this.#locked;
  }

  async query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.#guard(async () => {
      const { rows } = await this.#client.query(inSchema(this.#schema, sql), [...values]);
      return rows as Row[]; // the caller knows the columns of its own statement
    });
  }

  async run(sql: string): Promise<void> {
    await this.#guard(() => this.#client.query(inSchema(this.#schema, sql)));
  }

  async begin(access: Access): Promise<void> {
    const more = (this.#facts?.version ?? 0) < HAS_TRANSACTION_TIMEOUT ? "" : TRANSACTION_SETTINGS;
    const statements = `${beginStatement(access, this.#readOnly)}; ${SETTINGS}${more}`;
    if (!this.#locked) return this.run(`${statements}; SET LOCAL application_name = 'tributary @schema@'`);
    // One message to the server, so this costs nothing more.
    const results = await this.#guard(() => this.#client.query(`${statements}; SELECT pg_backend_pid() AS pid`));
    const [row] = ([results].flat().at(-1)?.rows ?? []) as { pid: number }[];
    // Another process of the server does not hold the lock.
    if (row?.pid !== this.#facts?.pid) throw new UserError(SHARED_SESSION);
  }

  async copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void> {
    for await (const { into, rows } of copies) {
      const copy = `COPY ${this.#schema}.${into} FROM STDIN (FORMAT binary)`;
      await this.#guard(() => pipeline(Readable.from(rows, { objectMode: true }), this.#client.query(copyFrom(copy))));
    }
  }

  async end(): Promise<void> {
    // A pooler may keep the server's session, and the lock with it.
    if (this.#locked && this.alive) {
      await this.query("SELECT pg_advisory_unlock(hashtextextended($1, 0))", [this.#schema]).catch(() => undefined);
    }
    await this.#client.end().catch(() => undefined);
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (this.#lost) throw this.#lost;
      return await work();
    } catch (error) {
      const failure = error as Failure;
      const { code = "", message } = failure;
      if (message.includes("statement pooling")) throw new UserError(STATEMENT_POOLING, { cause: error });
      if (code === READ_ONLY && !this.#readOnly) this.#lost ??= failure; // the next session may reach the primary
      if (this.#lost || isTransient(code)) throw unavailable(failure);
      // An administrator who took a right away can give it back while the process waits.
      if (code === INSUFFICIENT_PRIVILEGE) throw new StoreUnavailable(this.#missingRight(message), { cause: error });
      throw error;
    }
  }

  #missingRight(message: string): string {
    const { role = "", owner } = this.#facts ?? {};
    const schema = this.#schema;
    if (this.#readOnly) {
      const from = owner ?? "the owner of the schema";
      return `The role ${role} may not read the schema ${schema} (${message}). Let ${from} run: ${readerGrants(schema, role, owner)}`;
    }
    const refusal = `The role ${role} may not write to the schema ${schema} (${message})`;
    // The schema was its own when the session began.
    if (!owner || owner === role) {
      return `${refusal}. Let an administrator run: GRANT ALL ON SCHEMA ${schema} TO ${role}; GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO ${role};`;
    }
    return `${refusal}. Connect as its owner, ${owner}, or let an administrator run: GRANT ${owner} TO ${role};`;
  }
}

/** Lists the statements that let a role read a schema, also the tables that later versions add. */
const readerGrants = (schema: string, role: string, owner: string | null = null) =>
  [
    `GRANT USAGE ON SCHEMA ${schema} TO ${role};`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO ${role};`,
    `ALTER DEFAULT PRIVILEGES ${owner ? `FOR ROLE ${owner} ` : ""}IN SCHEMA ${schema} GRANT SELECT ON TABLES TO ${role};`,
  ].join(" ");

/** The refusal of a writer behind a pooler that gives each transaction another session. */
export const SHARED_SESSION =
  "The database URL leads through a pooler in transaction mode. The process that writes needs a session of its own, because its lock against a second writer belongs to the session. Give it a direct connection to the server, or a pool in session mode. Processes that only read (serve, verify, export) can use this URL.";

const STATEMENT_POOLING =
  "The database URL leads through a pooler in statement mode, which allows no transactions. Use a pool in session or transaction mode, or a direct connection to the server.";

const BYTEA = 17;
const INT8 = 20;
const fromEscapes = pg.types.getTypeParser(BYTEA, "text") as (text: string) => Buffer;

function parserOf(oid: number): (text: string) => unknown {
  if (oid === INT8) return BigInt;
  if (oid === BYTEA) return bytesOf;
  return pg.types.getTypeParser(oid, "text") as (text: string) => unknown;
}

/** Parses bytes in either of PostgreSQL's formats: a role or a database can choose one (`bytea_output`). */
const bytesOf = (text: string) =>
  text.startsWith("\\x") ? `0x${text.slice(2)}` : `0x${fromEscapes(text).toString("hex")}`;
