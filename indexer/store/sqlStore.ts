import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Address, Hex } from "viem";
import { books } from "../books/books.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import { bookOfContract, decodeLog } from "../books/contracts.ts";
import { CopyRows } from "./copyRows.ts";
import type { Access, Copy, Driver, Session } from "./driver.ts";
import { columnsOf, EVENT_TABLES, eventRowsOf, orderOf } from "./tables.ts";
import type { FilledRange, JournalBlock, JournalLog, UnreadContract } from "../journal.ts";
import {
  type BlockRange,
  type Store,
  StoreChanged,
  type StoreChanges,
  type StoredRow,
  type StoredTables,
  type TimedLog,
} from "./store.ts";

const PAGE = 5_000;
/** The number of logs that are encoded as rows before other work gets its turn. */
const SLICE = 250;
const CHUNK_BYTES = 1 << 20;
const BLOCKS_AT_ONCE = 2_000;

type BlockRow = { number: bigint; hash: Hex; timestamp: bigint };
type LogRow = {
  block_number: bigint;
  log_index: number;
  contract: number;
  topics: Hex;
  data: Hex;
  transaction_hash: Hex;
};

const LOG_COLUMNS = "block_number, log_index, contract, topics, data, transaction_hash";

const INDEX_OF_BLOCKS = "CREATE INDEX IF NOT EXISTS blocks_by_hash ON @schema@.blocks (hash);";

/** The store, in SQL that both engines understand. */
export class SqlStore implements Store {
  readonly removalsAtOpen: bigint;
  readonly #driver: Driver;
  /** The last piece of work. Only one at a time uses the session. */
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  /**
   * The journal's end after the last write of this process. If the store has another end, another process has written.
   */
  #end: JournalBlock | undefined;
  /** A cache of contracts' names by id. The id of a contract never changes. */
  readonly #names = new ContractNames();

  private constructor(driver: Driver, removals: bigint, end: JournalBlock | undefined) {
    this.#driver = driver;
    this.removalsAtOpen = removals;
    this.#end = end;
  }

  /** Creates the store on a schema that is of this version. */
  static async over(driver: Driver): Promise<SqlStore> {
    return inTransaction(await driver.session(), "read", async (session) => {
      return new SqlStore(driver, await countRemovals(session), await highest(session));
    });
  }

  async append(blocks: readonly JournalBlock[], logs: readonly JournalLog[], final = -1n): Promise<void> {
    const [first, last] = [blocks[0], blocks.at(-1)];
    if (!first || !last) return;
    requireAscending(blocks);
    await this.#exclusive(async (session) => {
      await inTransaction(session, "write", async () => {
        const end = await highest(session);
        if (isSame(end, last)) return; // written before, but the reply was lost
        if (!isSame(end, this.#end)) {
          const [at, left] = [end, this.#end].map((block) => (block ? `block ${block.number}` : "no block"));
          throw new StoreChanged(
            `The store ends at ${at}, and this process left it at ${left}: the database has lost its last transactions, or another process has written. The blocks since then are read again.`,
          );
        }
        if (end && first.number <= end.number) throw new Error(`Block ${first.number} is not above ${end.number}.`);
        await session.copyIn(copiesOf(blocks, logs, await this.#names.ids(session)));
        await session.query("UPDATE @schema@.finality SET block_number = $1 WHERE block_number < $1", [final]);
      });
      this.#end = last;
    });
  }

  async removeAbove(blockNumber: bigint): Promise<void> {
    await this.#exclusive(async (session) => {
      this.#end = await inTransaction(session, "write", async () => {
        const end = await highest(session);
        if (!end || end.number <= blockNumber) return end;
        await session.query("DELETE FROM @schema@.blocks WHERE number > $1", [blockNumber]);
        for (const table of ["logs", "snapshots", ...Object.keys(EVENT_TABLES)]) {
          await session.query(`DELETE FROM @schema@.${table} WHERE block_number > $1`, [blockNumber]);
        }
        await recordRemoval(session, blockNumber);
        const rest = await highest(session);
        for (const contract of await unreadContracts(session)) {
          if (!rest || contract.readTo >= rest.number) await markRead(session, contract);
        }
        return rest;
      });
    });
  }

  unreadContracts(): Promise<readonly UnreadContract[]> {
    return this.#statement(unreadContracts);
  }

  fill(range: FilledRange): Promise<boolean> {
    return this.#transaction("write", async (session) => {
      const end = await highest(session);
      const contract = (await unreadContracts(session)).find(({ name }) => name === range.contract);
      const last = range.blocks.at(-1);
      if (!end || !last || !isSame(end, this.#end) || last.number > end.number) return false;
      if (!contract || last.number <= contract.readTo) return true; // written before, but the reply was lost
      if (range.from !== contract.readTo + 1n) return false;
      const stored = await blocksBetween(session, range.from, last.number);
      if (range.blocks.some(({ number, hash }) => (stored.get(number) ?? hash) !== hash)) return false;
      const missing = range.blocks.filter(({ number }) => !stored.has(number));
      await session.copyIn(copiesOf(missing, range.logs, await this.#names.ids(session)));
      if (last.number === end.number) await markRead(session, contract);
      else
        await session.query("UPDATE @schema@.contracts SET read_to = $2 WHERE name = $1", [contract.name, last.number]);
      return true;
    });
  }

  lastBlock(atOrBelow?: bigint): Promise<JournalBlock | undefined> {
    return this.#statement((session) => highest(session, atOrBelow));
  }

  blockByHash(hash: Hex): Promise<JournalBlock | undefined> {
    return this.#statement(async (session) => {
      const sql = "SELECT * FROM @schema@.blocks WHERE hash = $1 LIMIT 1";
      const [row] = await session.query<BlockRow>(sql, [bytesOf(hash)]);
      return row && blockOf(row);
    });
  }

  finalBlock(): Promise<bigint> {
    return this.#statement(finalBlock);
  }

  async *readBlocks({ above = -1n, upTo }: BlockRange = {}): AsyncGenerator<JournalBlock[]> {
    for (let after = above; ;) {
      const page = await this.#transaction("read", (session) => blocksAbove(session, after, upTo, PAGE));
      const last = page.at(-1);
      if (!last) return;
      yield page;
      after = last.number;
    }
  }

  async *readLogs({ above = -1n, upTo }: BlockRange = {}): AsyncGenerator<TimedLog[]> {
    for (let after: [bigint, number] = [above, 2 ** 31 - 1]; ;) {
      const [rows, names] = await this.#transaction("read", async (session) => {
        const found = await session.query<LogRow & { timestamp: bigint }>(
          `SELECT ${LOG_COLUMNS}, timestamp FROM @schema@.logs JOIN @schema@.blocks ON number = block_number
           WHERE (block_number, log_index) > ($1::bigint, $2::integer) AND block_number <= coalesce($3::bigint, block_number)
           ORDER BY block_number, log_index LIMIT $4`,
          [...after, upTo ?? null, PAGE],
        );
        return [found, await this.#names.of(session, found)];
      });
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map((row) => ({ ...logOf(row, names), timestamp: Number(row.timestamp) }));
      after = [last.block_number, last.log_index];
    }
  }

  readChanges(last: JournalBlock | undefined, removals: bigint): Promise<StoreChanges> {
    return this.#transaction("read", async (session) => {
      const common = await readProgress(session, last, removals);
      const above = last?.number ?? -1n;
      if (!common.isKnown || common.removedAbove !== undefined || (common.head?.number ?? -1n) <= above) {
        return { ...common, blocks: [], logs: [] };
      }
      const blocks = await blocksAbove(session, above, undefined, BLOCKS_AT_ONCE);
      const upTo = blocks.at(-1)?.number ?? above;
      const logs = await logsBetween(session, this.#names, above, upTo, PAGE + 1);
      const cut = logs[PAGE]?.blockNumber;
      if (cut === undefined) return { ...common, blocks, logs };
      // Return whole blocks only, and at least one block, however many logs it has.
      const whole = logs[0]?.blockNumber === cut ? cut : cut - 1n;
      return {
        ...common,
        blocks: blocks.filter(({ number }) => number <= whole),
        logs:
          whole === cut
            ? await logsBetween(session, this.#names, above, cut)
            : logs.filter(({ blockNumber }) => blockNumber <= whole),
      };
    });
  }

  readTables<T>(read: (tables: StoredTables) => Promise<T>): Promise<T> {
    return this.#transaction("read", async (session) => {
      return read({ block: await highest(session), rows: (table) => rowsOf(session, table) });
    });
  }

  async finishBackfill(): Promise<void> {
    const indexes = await Promise.all(books.map((book) => readFile(book.indexes, "utf8")));
    await this.#transaction("write", (session) => session.run([INDEX_OF_BLOCKS, ...indexes].join("\n")));
  }

  async saveSnapshot({ number, hash }: JournalBlock, format: number, bytes: Uint8Array): Promise<void> {
    const id = await this.#transaction("write", async (session) => {
      await session.run("DELETE FROM @schema@.snapshots WHERE chunks IS NULL"); // left by a process that was killed while it wrote one
      const [row] = await session.query<{ id: bigint }>(
        `INSERT INTO @schema@.snapshots (id, block_number, block_hash, format)
         SELECT coalesce(max(id), 0) + 1, $1::bigint, $2::bytea, $3::integer FROM @schema@.snapshots RETURNING id`,
        [number, bytesOf(hash), format],
      );
      return row?.id ?? 0n;
    });
    const chunks = Math.ceil(bytes.length / CHUNK_BYTES);
    for (let i = 0; i < chunks; i++) {
      const chunk = bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES);
      await this.#transaction("write", (session) => writeChunk(session, id, i, chunk));
    }
    await this.#transaction("write", async (session) => {
      await session.query("UPDATE @schema@.snapshots SET chunks = $2 WHERE id = $1", [id, chunks]);
      await session.query(
        `DELETE FROM @schema@.snapshots WHERE chunks IS NOT NULL AND id NOT IN
           (SELECT id FROM @schema@.snapshots WHERE format = $1 AND chunks IS NOT NULL ORDER BY block_number DESC, id DESC LIMIT 2)`,
        [format],
      );
    });
  }

  readSnapshot(format: number, atOrBelow?: bigint): Promise<{ block: JournalBlock; bytes: Uint8Array } | undefined> {
    return this.#transaction("read", async (session) => {
      const [snapshot] = await session.query<BlockRow & { id: bigint; chunks: number }>(
        `SELECT id, chunks, number, hash, timestamp FROM @schema@.snapshots JOIN @schema@.blocks ON number = block_number AND hash = block_hash
         WHERE format = $1 AND chunks IS NOT NULL AND number <= coalesce($2::bigint, number)
         ORDER BY number DESC, id DESC LIMIT 1`,
        [format, atOrBelow ?? null],
      );
      if (!snapshot) return undefined;
      const chunks: Buffer[] = [];
      for (let i = 0; i < snapshot.chunks; i++) {
        const [chunk] = await session.query<{ bytes: Hex }>(
          "SELECT bytes FROM @schema@.snapshot_chunks WHERE snapshot = $1 AND position = $2",
          [snapshot.id, i],
        );
        if (!chunk) throw new Error(`Chunk ${i} of snapshot ${snapshot.id} is missing.`);
        chunks.push(Buffer.from(chunk.bytes.slice(2), "hex"));
      }
      return { block: blockOf(snapshot), bytes: Buffer.concat(chunks) };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await this.#driver.close();
  }

  #exclusive<T>(work: (session: Session) => Promise<T>): Promise<T> {
    // After closing, this would open a session that nobody ends, and hold the writer's lock for ever.
    if (this.#closed) return Promise.reject(new Error("The store is closed."));
    const mine = this.#last.then(async () => work(await this.#driver.session()));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /**
   * Runs a single statement that reads. A writer, which has a session of its own, needs no transaction for it, and saves
   * two round trips.
   */
  #statement<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#driver.readOnly ? this.#transaction("read", work) : this.#exclusive(work);
  }

  #transaction<T>(access: Access, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#exclusive((session) => inTransaction(session, access, work));
  }
}

/** Runs the work in a transaction: all of it takes effect or nothing. */
export async function inTransaction<T>(
  session: Session,
  access: Access,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  try {
    await session.begin(access);
    const result = await work(session);
    await session.run("COMMIT");
    return result;
  } catch (error) {
    await session.run("ROLLBACK").catch(() => undefined); // the session may be gone, and the transaction with it
    throw error;
  }
}

function requireAscending(blocks: readonly JournalBlock[]): void {
  for (const [i, { number }] of blocks.entries()) {
    const before = blocks[i - 1]?.number ?? -1n;
    if (number <= before) throw new Error(`Block ${number} is not above ${before}.`);
  }
}

async function* copiesOf(
  blocks: readonly JournalBlock[],
  logs: readonly JournalLog[],
  ids: ReadonlyMap<string, number>,
): AsyncGenerator<Copy> {
  const blockRows = new CopyRows(["bigint", "bytea", "bigint"]);
  for (const { number, hash, timestamp } of blocks) blockRows.add([number, hash, timestamp]);
  yield { into: "blocks (number, hash, timestamp)", rows: [blockRows.end()] };
  if (logs.length === 0) return;
  const tables = new Map<string, CopyRows>();
  yield { into: `logs (${LOG_COLUMNS})`, rows: journalRows(logs, ids, tables) };
  for (const [table, rows] of tables) yield { into: `${table} (${columnsOf(table).join()})`, rows: [rows.end()] };
}

/** @throws {LedgerContradiction} if the contracts emit no such log: an endpoint has returned a wrong one. */
function decodedOrThrow(log: JournalLog) {
  try {
    return decodeLog(log);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LedgerContradiction(`Log ${log.logIndex} of block ${log.blockNumber} cannot be decoded: ${reason}`, {
      cause,
    });
  }
}

/** Yields the journal's rows, slice by slice, and collects the rows of the event tables in `tables`. */
async function* journalRows(
  logs: readonly JournalLog[],
  ids: ReadonlyMap<string, number>,
  tables: Map<string, CopyRows>,
): AsyncGenerator<Buffer<ArrayBuffer>> {
  const rows = new CopyRows(["bigint", "integer", "smallint", "bytea", "bytea", "bytea"]);
  for (let start = 0; start < logs.length; start += SLICE) {
    for (const log of logs.slice(start, start + SLICE)) {
      const { blockNumber, logIndex, contract, data, transactionHash } = log;
      const topics = `0x${log.topics.map((topic) => topic.slice(2)).join("")}`;
      rows.add([blockNumber, logIndex, ids.get(contract), topics, data, transactionHash]);
      const event = decodedOrThrow(log);
      if (!event) continue;
      bookOfContract(contract).addRows(event, (table, ...fields) => {
        let ofTable = tables.get(table);
        if (!ofTable) tables.set(table, (ofTable = eventRowsOf(table)));
        ofTable.add([blockNumber, logIndex, ...fields]);
      });
    }
    yield rows.take();
    await nextTurn();
  }
  yield rows.end();
}

/** Writes a chunk if it is missing and its snapshot still exists: a reorg removes the snapshot. */
async function writeChunk(session: Session, snapshot: bigint, position: number, bytes: Uint8Array): Promise<void> {
  const [wanted] = await session.query(
    `SELECT FROM @schema@.snapshots WHERE id = $1::bigint
     AND NOT EXISTS (SELECT FROM @schema@.snapshot_chunks WHERE snapshot = $1::bigint AND position = $2::integer)`,
    [snapshot, position],
  );
  if (!wanted) return;
  const row = new CopyRows(["bigint", "integer", "bytea"]);
  row.add([snapshot, position, bytes]);
  await session.copyIn([{ into: "snapshot_chunks (snapshot, position, bytes)", rows: [row.end()] }]);
}

async function* rowsOf(session: Session, table: string): AsyncGenerator<StoredRow[]> {
  const columns = columnsOf(table);
  const order = orderOf(table);
  await session.run(
    `DECLARE rows NO SCROLL CURSOR FOR SELECT ${columns.join()} FROM @schema@.${table} ORDER BY ${order.join()}`,
  );
  for (;;) {
    const page = await session.query<Record<string, unknown>>(`FETCH ${PAGE} FROM rows`);
    if (page.length === 0) break;
    yield page.map((row) => Object.fromEntries(columns.map((column) => [column, plain(row[column])])));
  }
  await session.run("CLOSE rows");
}

/**
 * Turns a value into plain JSON. Bigint columns of the event tables fit a number; larger values are numeric, which is
 * text.
 */
function plain(value: unknown): StoredRow[string] {
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(Number);
  return value as string | number | boolean | null;
}

const blockOf = ({ number, hash, timestamp }: BlockRow): JournalBlock => ({
  number,
  hash,
  timestamp: Number(timestamp),
});

const logOf = (row: LogRow, names: ReadonlyMap<number, string>): JournalLog => ({
  blockNumber: row.block_number,
  logIndex: row.log_index,
  contract: names.get(row.contract) ?? "",
  topics: topicsOf(row.topics),
  data: row.data,
  transactionHash: row.transaction_hash,
});

function topicsOf(joined: Hex): Hex[] {
  const topics: Hex[] = [];
  for (let i = 2; i < joined.length; i += 64) topics.push(`0x${joined.slice(i, i + 64)}`);
  return topics;
}

const bytesOf = (hash: Hex) => Buffer.from(hash.slice(2), "hex");

const isSame = (a: JournalBlock | undefined, b: JournalBlock | undefined) =>
  a?.number === b?.number && a?.hash.toLowerCase() === b?.hash.toLowerCase();

async function highest(session: Session, atOrBelow?: bigint): Promise<JournalBlock | undefined> {
  const [row] = await session.query<BlockRow>(
    "SELECT * FROM @schema@.blocks WHERE number <= coalesce($1::bigint, number) ORDER BY number DESC LIMIT 1",
    [atOrBelow ?? null],
  );
  return row && blockOf(row);
}

async function finalBlock(session: Session): Promise<bigint> {
  const [row] = await session.query<{ block_number: bigint }>("SELECT block_number FROM @schema@.finality");
  return row?.block_number ?? -1n;
}

async function countRemovals(session: Session): Promise<bigint> {
  const [row] = await session.query<{ count: bigint }>("SELECT coalesce(max(id), 0) AS count FROM @schema@.removals");
  return row?.count ?? 0n;
}

/** Reads everything but the new blocks and logs in one statement, because readers ask for it every half second. */
async function readProgress(session: Session, last: JournalBlock | undefined, removals: bigint) {
  const [row] = await session.query<{
    above: bigint | null;
    count: bigint;
    final: bigint | null;
    known: boolean;
    number: bigint | null;
    hash: Hex;
    timestamp: bigint;
  }>(
    `SELECT (SELECT min(above) FROM @schema@.removals WHERE id > $1) AS above,
       (SELECT coalesce(max(id), 0) FROM @schema@.removals) AS count,
       (SELECT block_number FROM @schema@.finality) AS final,
       $2::bigint IS NULL OR EXISTS (SELECT FROM @schema@.blocks WHERE blocks.number = $2 AND blocks.hash = $3) AS known,
       head.*
     FROM (VALUES (1)) AS one LEFT JOIN
       (SELECT number, hash, timestamp FROM @schema@.blocks ORDER BY number DESC LIMIT 1) AS head ON true`,
    [removals, last?.number ?? null, last ? bytesOf(last.hash) : null],
  );
  if (!row) throw new Error("The store has not answered.");
  return {
    removals: row.count,
    removedAbove: row.above ?? undefined,
    isKnown: row.known,
    final: row.final ?? -1n,
    head: row.number === null ? undefined : blockOf({ ...row, number: row.number }),
  };
}

async function blocksAbove(session: Session, above: bigint, upTo: bigint | undefined, limit: number) {
  const rows = await session.query<BlockRow>(
    "SELECT * FROM @schema@.blocks WHERE number > $1 AND number <= coalesce($2::bigint, number) ORDER BY number LIMIT $3",
    [above, upTo ?? null, limit],
  );
  return rows.map(blockOf);
}

async function logsBetween(session: Session, contracts: ContractNames, above: bigint, upTo: bigint, limit?: number) {
  const rows = await session.query<LogRow>(
    `SELECT ${LOG_COLUMNS} FROM @schema@.logs WHERE block_number > $1 AND block_number <= $2
     ORDER BY block_number, log_index LIMIT $3::bigint`,
    [above, upTo, limit ?? null],
  );
  const names = await contracts.of(session, rows);
  return rows.map((row) => logOf(row, names));
}

/** Returns the hashes of the journal's blocks in a range, by number. */
async function blocksBetween(session: Session, from: bigint, to: bigint): Promise<Map<bigint, Hex>> {
  const rows = await session.query<BlockRow>("SELECT * FROM @schema@.blocks WHERE number BETWEEN $1 AND $2", [
    from,
    to,
  ]);
  return new Map(rows.map(({ number, hash }) => [number, hash]));
}

/** Records for readers that blocks above a number were removed or changed. */
async function recordRemoval(session: Session, above: bigint): Promise<void> {
  await session.query("INSERT INTO @schema@.removals SELECT coalesce(max(id), 0) + 1, $1 FROM @schema@.removals", [
    above,
  ]);
}

/**
 * Marks a contract as read: the journal has all its logs now. Snapshots without them are dropped, and readers are
 * notified.
 */
async function markRead(session: Session, { name, fromBlock }: UnreadContract): Promise<void> {
  await session.query("UPDATE @schema@.contracts SET read_to = NULL WHERE name = $1", [name]);
  await session.run("DELETE FROM @schema@.snapshots");
  await recordRemoval(session, fromBlock - 1n);
}

async function unreadContracts(session: Session): Promise<UnreadContract[]> {
  const rows = await session.query<{ name: string; address: Address; from_block: bigint; read_to: bigint }>(
    "SELECT * FROM @schema@.contracts WHERE read_to IS NOT NULL ORDER BY id",
  );
  return rows.map(({ name, address, from_block: fromBlock, read_to: readTo }) => ({
    name,
    address,
    fromBlock,
    readTo,
  }));
}

/** A cache of the contracts' names and ids. Another process may add contracts while this one reads. */
class ContractNames {
  #names = new Map<number, string>();

  async ids(session: Session): Promise<ReadonlyMap<string, number>> {
    if (this.#names.size === 0) await this.#read(session);
    return new Map(Array.from(this.#names, ([id, name]) => [name, id]));
  }

  /** Returns the names of all cached contracts, with at least those of these logs. */
  async of(session: Session, logs: readonly LogRow[]): Promise<ReadonlyMap<number, string>> {
    if (logs.some(({ contract }) => !this.#names.has(contract))) await this.#read(session);
    return this.#names;
  }

  async #read(session: Session): Promise<void> {
    const rows = await session.query<{ id: number; name: string }>("SELECT id, name FROM @schema@.contracts");
    this.#names = new Map(rows.map(({ id, name }) => [id, name]));
  }
}
