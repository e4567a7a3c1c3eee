import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { csvLine } from "../api/csv.ts";
import type { Log } from "../service/log.ts";
import { EVENT_TABLES, type EventTable } from "../store/eventRows.ts";
import { openStore } from "../store/openStore.ts";
import type { StoredRow, StoredTables } from "../store/store.ts";
import { UserError } from "../userError.ts";
import type { ChainSettings } from "./settings.ts";

export interface ExportSettings {
  chain: ChainSettings;
  /** All unless named. */
  tables: readonly string[];
  format: "csv" | "ndjson";
  /** A folder, or - for the standard output. */
  to: string;
}

/**
 * Writes tables of the store as files, all as of the same block. A file has its name once it is whole; `export.json`,
 * which says the block, comes last.
 */
export async function runExport(settings: ExportSettings, log: Log, stop: AbortSignal): Promise<void> {
  const { chain, format, to } = settings;
  const tables =
    settings.tables.length > 0 ? settings.tables.map(asTable) : (Object.keys(EVENT_TABLES) as EventTable[]);
  const [only] = tables;
  if (to === "-" && (tables.length > 1 || !only))
    throw new UserError("One table at a time goes to the standard output.");
  const store = await openStore(chain.target, chain.source, { readOnly: true });
  try {
    await store.readTables(async (stored) => {
      const { block } = stored;
      if (!block) throw new UserError("No block is indexed yet. Try again in a moment.");
      const at = { number: String(block.number), hash: block.hash, timestamp: block.timestamp };
      if (to === "-" && only) {
        await toStandardOutput(
          linesOf(stored, only, format, () => undefined),
          stop,
        );
      } else {
        const rows: Record<string, number> = {};
        await mkdir(to, { recursive: true });
        for (const table of tables) rows[table] = await writeTable(stored, table, format, to, stop);
        const { chainId, registry, ledger } = chain.source;
        await writeWhole(
          join(to, "export.json"),
          `${JSON.stringify({ chainId, registry, ledger, block: at, rows }, null, 2)}\n`,
        );
      }
      log.info(`Exported ${tables.join(", ")} of chain ${chain.source.chainId} as of block ${at.number} (${at.hash}).`);
    });
  } finally {
    await store.close();
  }
}

async function toStandardOutput(lines: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(Readable.from(lines), process.stdout, { end: false, signal });
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error; // whoever reads it has read enough
  }
}

async function writeTable(
  stored: StoredTables,
  table: EventTable,
  format: ExportSettings["format"],
  folder: string,
  signal: AbortSignal,
): Promise<number> {
  const file = join(folder, `${table}.${format}`);
  let rows = 0;
  const lines = linesOf(stored, table, format, (count) => (rows += count));
  try {
    await pipeline(Readable.from(lines), createWriteStream(`${file}.part`), { signal });
  } catch (error) {
    await rm(`${file}.part`, { force: true });
    signal.throwIfAborted();
    throw error;
  }
  await rename(`${file}.part`, file);
  return rows;
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

async function* linesOf(
  stored: StoredTables,
  table: EventTable,
  format: ExportSettings["format"],
  counted: (rows: number) => void,
): AsyncGenerator<string> {
  const columns = ["block_number", "log_index", ...EVENT_TABLES[table]];
  if (format === "csv") yield csvLine(columns);
  for await (const page of stored.rows(table)) {
    counted(page.length);
    yield page
      .map((row) =>
        format === "csv" ? csvLine(columns.map((column) => cellOf(row[column]))) : `${JSON.stringify(row)}\n`,
      )
      .join("");
  }
}

const cellOf = (value: StoredRow[string] | undefined) =>
  Array.isArray(value) ? JSON.stringify(value) : String(value ?? "");

function asTable(name: string): EventTable {
  if (Object.hasOwn(EVENT_TABLES, name)) return name as EventTable;
  throw new UserError(`There is no table ${name}. There are ${Object.keys(EVENT_TABLES).join(", ")}.`);
}
