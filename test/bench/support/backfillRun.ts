// Runs one back-fill in a new process: by the indexer's own sync, store and fold, or by a bare loop. Reports the time.
import { readFile } from "node:fs/promises";
import { type Hex, numberToHex } from "viem";
import { decodeLog } from "../../../indexer/books/contracts.ts";
import { Indexer } from "../../../indexer/live/indexer.ts";
import type { CopyRows } from "../../../indexer/store/copyRows.ts";
import type { Session } from "../../../indexer/store/driver.ts";
import { ledgerBook } from "../../../indexer/books/ledger/book.ts";
import type { LedgerEvent } from "#protocol/events.ts";
import { columnsOf, eventRowsOf } from "../../../indexer/store/tables.ts";
import type { JournalSource } from "../../../indexer/journal.ts";
import { openPGlite } from "../../../indexer/store/pgliteDriver.ts";
import { openPostgres } from "../../../indexer/store/postgresDriver.ts";
import type { StoreTarget } from "../../../indexer/store/store.ts";

export interface BackfillRun {
  by: "indexer" | "bare loop";
  url: string;
  target: StoreTarget;
  source: JournalSource;
  head: bigint;
}

export interface BackfillOutcome {
  ms: number;
  /** The processor time of this process. */
  cpuMs: number;
  /** The time in which the engine created an empty database. It is not included in `ms`. */
  preparationMs: number;
  /** The number of events in the tables. */
  events: number;
}

process.once("message", async (run: BackfillRun) => {
  const preparationMs = await prepare(run.target);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const events = await (run.by === "indexer" ? runIndexer(run) : runBareLoop(run));
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1_000;
  process.send?.({ ms: performance.now() - start, cpuMs, preparationMs, events } satisfies BackfillOutcome);
  process.disconnect();
});

/** Creates the empty database before measuring: PGlite takes longer to create one than to fill it. */
async function prepare(target: StoreTarget): Promise<number> {
  const start = performance.now();
  if ("folder" in target) await (await openPGlite({ folder: target.folder, schema: "bare", readOnly: false })).close();
  return performance.now() - start;
}

/**
 * Runs the indexer until everything is on disk: the journal, the tables and their indexes, and a snapshot of the state.
 */
async function runIndexer({ url, target, source, head }: BackfillRun): Promise<number> {
  let events = 0;
  const indexer = await Indexer.start({
    rpcUrl: url,
    target,
    source,
    onProgress: (progress) => (events = progress.events),
  });
  await indexer.waitForBlock(head, 3_600_000);
  await indexer.stop();
  return events;
}

const BLOCKS_AT_ONCE = 100n;
/** The views read the journal, which the bare loop does not have. */
const VIEWS = "03-views.sql";

/**
 * Runs the bare loop: logs → decoders → COPY into the same tables, then the same indexes. No journal, no fold, no
 * checks.
 */
async function runBareLoop({ url, target, source, head }: BackfillRun): Promise<number> {
  const schema = "bare";
  const driver =
    "folder" in target
      ? await openPGlite({ folder: target.folder, schema, readOnly: false })
      : await openPostgres({ databaseUrl: target.databaseUrl, schema, readOnly: false });
  const session = await driver.session();
  for (const { name, file } of ledgerBook.migrations) {
    if (name !== VIEWS) await session.run(await readFile(file, "utf8"));
  }
  let events = 0;
  for (let from = source.startBlock; from <= head; from += BLOCKS_AT_ONCE) {
    const logs = await rawLogs(url, source, from, from + BLOCKS_AT_ONCE - 1n);
    await session.run("BEGIN");
    await copyRows(session, source, logs);
    await session.run("COMMIT");
    events += logs.length;
  }
  await session.run(await readFile(ledgerBook.indexes, "utf8"));
  await driver.close();
  return events;
}

interface RawLog {
  address: string;
  blockNumber: Hex;
  logIndex: Hex;
  topics: Hex[];
  data: Hex;
}

async function rawLogs(url: string, { registry, ledger }: JournalSource, from: bigint, to: bigint): Promise<RawLog[]> {
  const filter = { address: [registry, ledger], fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_getLogs", params: [filter] });
  const response = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  const { result } = (await response.json()) as { result?: RawLog[] };
  if (!result) throw new Error("The node returned no logs.");
  return result;
}

async function copyRows(session: Session, { registry }: JournalSource, logs: readonly RawLog[]): Promise<void> {
  const tables = new Map<string, CopyRows>();
  for (const log of logs) {
    const contract = log.address === registry.toLowerCase() ? "registry" : "ledger";
    const event = decodeLog({ ...log, contract });
    if (!event) continue;
    const at = [Number(log.blockNumber), Number(log.logIndex)];
    ledgerBook.addRows(event as LedgerEvent, (table, ...fields) => {
      let rows = tables.get(table);
      if (!rows) tables.set(table, (rows = eventRowsOf(table)));
      rows.add([...at, ...fields]);
    });
  }
  await session.copyIn(
    Array.from(tables, ([table, rows]) => ({ into: `${table} (${columnsOf(table).join()})`, rows: [rows.end()] })),
  );
}
