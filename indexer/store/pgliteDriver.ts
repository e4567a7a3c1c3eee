import { access, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { UserError } from "#protocol/userError.ts";
import {
  type Access,
  beginStatement,
  type Copy,
  type Driver,
  inSchema,
  type Session,
  type SqlValue,
} from "./driver.ts";
import { lockFolder } from "#node/lockFolder.ts";
import { canPass } from "./storeFailure.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

/** A request to the worker. */
export type PGliteRequest =
  | { do: "query"; sql: string; values: readonly SqlValue[] }
  | { do: "run"; sql: string }
  | { do: "copyIn"; copies: { into: string; rows: Uint8Array<ArrayBuffer>[] }[] }
  | { do: "close" };

export type PGliteAnswer = { id: number } & ({ rows: unknown[] } | { error: PGliteError });

export interface PGliteError {
  message: string;
  /** PostgreSQL's code (SQLSTATE), or that of the operating system. */
  code: string | undefined;
  /** True if the database has ended, as it does when it cannot write its log because the disk is full. */
  isFatal: boolean;
}

export interface OpenPGliteParameters {
  folder: string;
  schema: string;
  readOnly: boolean;
}

/**
 * Opens the embedded PostgreSQL in a folder. It runs in a worker, because each statement blocks the thread that runs
 * it. Only one process at a time can use the folder, even to read.
 *
 * @throws {UserError} if another process uses the folder, or if a reader finds no store in it.
 */
export async function openPGlite({ folder, schema, readOnly }: OpenPGliteParameters): Promise<Driver> {
  const dataDir = join(folder, "pglite");
  if (readOnly) {
    await access(dataDir).catch((cause: unknown) => {
      throw new UserError(`There is no store in ${folder}. Start the indexer on it first, or choose another folder.`, {
        cause,
      });
    });
  }
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  const driver = new PGliteDriver(dataDir, { folder, schema, readOnly }, unlock);
  try {
    await driver.session();
  } catch (error) {
    await driver.close();
    throw error;
  }
  return driver;
}

class PGliteDriver implements Driver {
  readonly #dataDir: string;
  readonly #parameters: OpenPGliteParameters;
  readonly #unlock: () => Promise<void>;
  #worker: PGliteWorker | undefined;

  constructor(dataDir: string, parameters: OpenPGliteParameters, unlock: () => Promise<void>) {
    this.#dataDir = dataDir;
    this.#parameters = parameters;
    this.#unlock = unlock;
  }

  get readOnly(): boolean {
    return this.#parameters.readOnly;
  }

  async session(): Promise<Session> {
    if (this.#worker?.alive) return this.#worker;
    const { schema, readOnly } = this.#parameters;
    await this.#worker?.close();
    const worker = (this.#worker = new PGliteWorker(this.#dataDir, schema, readOnly));
    if (!readOnly) await worker.run("CREATE SCHEMA IF NOT EXISTS @schema@");
    return worker;
  }

  async close(): Promise<void> {
    await this.#worker?.close();
    await this.#unlock();
  }
}

class PGliteWorker implements Session {
  readonly #worker: Worker;
  readonly #schema: string;
  readonly #readOnly: boolean;
  readonly #waiting = new Map<number, { resolve: (rows: unknown[]) => void; reject: (error: unknown) => void }>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(dataDir: string, schema: string, readOnly: boolean) {
    this.#schema = schema;
    this.#readOnly = readOnly;
    this.#worker = new Worker(new URL("./pgliteWorker.ts", import.meta.url), { workerData: { dataDir } });
    this.#worker.on("message", (answer: PGliteAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (!("error" in answer)) return waiting?.resolve(answer.rows);
      const error = errorOf(answer.error);
      waiting?.reject(error);
      if (answer.error.isFatal) this.#end(error);
      return undefined;
    });
    this.#worker.once("error", (error) => {
      const { message, code } = error as NodeJS.ErrnoException;
      this.#end(errorOf({ message, code, isFatal: true }));
    });
    this.#worker.once("exit", () => this.#end(new StoreUnavailable("The embedded database has ended.")));
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  async query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    // The caller knows the columns of its own statement.
    return (await this.#ask({ do: "query", sql: inSchema(this.#schema, sql), values })) as Row[];
  }

  async run(sql: string): Promise<void> {
    await this.#ask({ do: "run", sql: inSchema(this.#schema, sql) });
  }

  async begin(kind: Access): Promise<void> {
    await this.run(beginStatement(kind, this.#readOnly));
  }

  async copyIn(copies: AsyncIterable<Copy> | Iterable<Copy>): Promise<void> {
    const collected: { into: string; rows: Uint8Array<ArrayBuffer>[] }[] = [];
    for await (const { into, rows } of copies) {
      const buffers: Uint8Array<ArrayBuffer>[] = [];
      for await (const buffer of rows) buffers.push(buffer);
      collected.push({ into: `${this.#schema}.${into}`, rows: buffers });
    }
    const moved = collected.flatMap(({ rows }) => rows.map(({ buffer }) => buffer));
    await this.#ask({ do: "copyIn", copies: collected }, moved);
  }

  async close(): Promise<void> {
    if (!this.#ended) await this.#ask({ do: "close" });
    await this.#worker.terminate();
  }

  #ask(request: PGliteRequest, moved: readonly ArrayBuffer[] = []): Promise<unknown[]> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request }, moved);
    });
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** Returns the error that the caller gets. After a fatal one, the next session is a new database on the same folder. */
function errorOf({ message, code, isFatal }: PGliteError): Error {
  const cause = Object.assign(new Error(message), { code });
  return isFatal || canPass(cause)
    ? new StoreUnavailable(`The database cannot be used now: ${message}.`, { cause })
    : cause;
}
