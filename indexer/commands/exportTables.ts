import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { csvLine } from "../api/csv.ts";
import type { Log } from "#node/log.ts";
import { columnsOf, EVENT_TABLES } from "../store/tables.ts";
import { openStore } from "../store/openStore.ts";
import type { StoredRow, StoredTables } from "../store/store.ts";
import { strictJson } from "#protocol/texts/wellFormed.ts";
import { UserError } from "#protocol/userError.ts";
import type { ChainSettings } from "./settings.ts";
import { STANDARD_OUTPUT, writeOut } from "./writeOut.ts";

export interface ExportTablesSettings {
  chain: ChainSettings;
  /** The names of the tables. If empty: all. */
  tables: readonly string[];
  format: "csv" | "ndjson";
  /** The path of a folder; -: the standard output. */
  to: string;
}

/**
 * Writes tables of the store as files, all as of the same block. A file gets its name once it is complete.
 * `export.json`, which names the block, is written last.
 */
export async function exportTables(settings: ExportTablesSettings, log: Log, stop: AbortSignal): Promise<void> {
  const { chain, format, to } = settings;
  const tables = settings.tables.length > 0 ? settings.tables.map(asTable) : Object.keys(EVENT_TABLES);
  const [only] = tables;
  if (to === STANDARD_OUTPUT && (tables.length > 1 || !only))
    throw new UserError(
      "Only one table can be written to the standard output. Name one table, or write to a folder with --to.",
    );
  const store = await openStore(chain.target, chain.source, { readOnly: true });
  try {
    await store.readTables(async (stored) => {
      const { block } = stored;
      if (!block) throw new UserError("No block is indexed yet. Try again in a moment.");
      const at = { number: String(block.number), hash: block.hash, timestamp: block.timestamp };
      if (to === STANDARD_OUTPUT && only) {
        await writeOut(
          to,
          linesOf(stored, only, format, () => undefined),
          stop,
        );
      } else {
        const rows: Record<string, number> = {};
        await mkdir(to, { recursive: true });
        for (const table of tables) {
          rows[table] = 0;
          const lines = linesOf(stored, table, format, (count) => (rows[table] = (rows[table] ?? 0) + count));
          await writeOut(join(to, `${table}.${format}`), lines, stop);
        }
        const { chainId, registry, ledger } = chain.source;
        const about = `${JSON.stringify({ chainId, registry, ledger, block: at, rows }, null, 2)}\n`;
        await writeOut(join(to, "export.json"), textOf(about), stop);
      }
      log.info(`Exported ${tables.join(", ")} from chain ${chain.source.chainId}, block ${at.number} (${at.hash}).`);
    });
  } finally {
    await store.close();
  }
}

async function* textOf(text: string): AsyncGenerator<string> {
  yield text;
}

async function* linesOf(
  stored: StoredTables,
  table: string,
  format: ExportTablesSettings["format"],
  onRows: (count: number) => void,
): AsyncGenerator<string> {
  const columns = columnsOf(table);
  if (format === "csv") yield csvLine(columns);
  for await (const page of stored.rows(table)) {
    onRows(page.length);
    yield page
      .map((row) => (format === "csv" ? csvLine(columns.map((column) => cellOf(row[column]))) : `${strictJson(row)}\n`))
      .join("");
  }
}

const cellOf = (value: StoredRow[string] | undefined) =>
  Array.isArray(value) ? JSON.stringify(value) : String(value ?? "");

function asTable(name: string): string {
  if (Object.hasOwn(EVENT_TABLES, name)) return name;
  throw new UserError(`There is no table ${name}. The tables are ${Object.keys(EVENT_TABLES).join(", ")}.`);
}
