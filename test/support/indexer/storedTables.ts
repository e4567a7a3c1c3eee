import { bookOfContract, decodeLog } from "../../../indexer/books/contracts.ts";
import type { Session } from "../../../indexer/store/driver.ts";
import type { Field } from "../../../indexer/store/copyRows.ts";
import { columnsOf, EVENT_TABLES } from "../../../indexer/store/tables.ts";
import type { JournalLog } from "../../../indexer/journal.ts";
import type { BlockRange, Store } from "../../../indexer/store/store.ts";

/** The rows of each table, sorted, each field as text. */
export type Tables = Record<string, string[]>;

const names = Object.keys(EVENT_TABLES);

/** Reads the content of the tables. */
export async function storedTables(session: Session): Promise<Tables> {
  const tables: Tables = {};
  for (const name of names) {
    const columns = columnsOf(name).map((column) => `${column}::text`);
    const rows = await session.query<{ fields: string[] }>(
      `SELECT ARRAY[${columns.join(", ")}] AS fields FROM @schema@.${name}`,
    );
    tables[name] = rows.map(({ fields }) => JSON.stringify(fields)).sort();
  }
  return tables;
}

/** Returns the content that the tables should have for these logs. */
export function expectedTables(logs: readonly JournalLog[]): Tables {
  const tables: Tables = Object.fromEntries(names.map((name) => [name, []]));
  for (const log of logs) {
    const event = decodeLog(log);
    if (!event) continue;
    bookOfContract(log.contract).addRows(event, (table, ...fields) => {
      tables[table]?.push(JSON.stringify([String(log.blockNumber), String(log.logIndex), ...fields.map(asText)]));
    });
  }
  for (const rows of Object.values(tables)) rows.sort();
  return tables;
}

function asText(field: Field): string | null {
  if (field === undefined) return null;
  if (typeof field === "object") return `{${field.join()}}`;
  return String(field);
}

/** Reads the journal's logs in the order of their appending. */
export async function storedLogs(store: Store, range?: BlockRange): Promise<JournalLog[]> {
  const logs: JournalLog[] = [];
  for await (const page of store.readLogs(range)) {
    for (const { blockNumber, logIndex, contract, topics, data, transactionHash } of page) {
      logs.push({ blockNumber, logIndex, contract, topics, data, transactionHash });
    }
  }
  return logs;
}
