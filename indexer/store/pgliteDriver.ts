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

/** A request to the worker. */
export type PGliteRequest =
  | { do: "query"; sql: string; values: readonly SqlValue[] }
  | { do: "run"; sql: string }
  | { do: "copyIn"; copies: { into: string; rows: Uint8Array<ArrayBuffer>[] }[] }
  | { do: "close" };

export type PGliteAnswer = { id: number } & ({ rows: unknown[] } | { error: Error });

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
  const worker = new PGliteWorker(dataDir, schema, readOnly);
  const close = async () => {
    await worker.close();
    await unlock();
  };
  try {
    if (!readOnly) await worker.run("CREATE SCHEMA IF NOT EXISTS @schema@");
  } catch (error) {
    await close();
    throw error;
  }
  return { readOnly, session: async () => worker, close };
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
      if ("error" in answer) waiting?.reject(answer.error);
      else waiting?.resolve(answer.rows);
    });
    this.#worker.once("error", (error) => this.#end(error as Error));
    this.#worker.once("exit", () => this.#end(new Error("The embedded database has ended.")));
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
