import type { Hex } from "viem";
import { bookOfContract, decodeLog } from "../books/contracts.ts";
import type { CopyRows } from "./copyRows.ts";
import type { Session } from "./driver.ts";
import { columnsOf, eventRowsOf } from "./tables.ts";

const PAGE = 5_000;

interface LogRow {
  block_number: bigint;
  log_index: number;
  contract: string;
  topics: Hex;
  data: Hex;
}

/** Computes the rows of tables again, from all logs of the journal: after a change of how events become rows. */
export async function rewriteTables(session: Session, tables: readonly string[]): Promise<void> {
  for (const table of tables) await session.query(`DELETE FROM @schema@.${table}`);
  for (let after: [bigint, number] = [-1n, 0]; ;) {
    const logs = await session.query<LogRow>(
      `SELECT block_number, log_index, name AS contract, topics, data
       FROM @schema@.logs JOIN @schema@.contracts AS known ON known.id = contract
       WHERE (block_number, log_index) > ($1::bigint, $2::integer)
       ORDER BY block_number, log_index LIMIT ${PAGE}`,
      after,
    );
    const last = logs.at(-1);
    if (!last) return;
    const copies = Array.from(rowsOf(logs, tables), ([table, rows]) => ({
      into: `${table} (${columnsOf(table).join()})`,
      rows: [rows.end()],
    }));
    await session.copyIn(copies);
    after = [last.block_number, last.log_index];
  }
}

function rowsOf(logs: readonly LogRow[], tables: readonly string[]): Map<string, CopyRows> {
  const rows = new Map<string, CopyRows>();
  for (const { block_number: blockNumber, log_index: logIndex, contract, topics, data } of logs) {
    const split = (topics.slice(2).match(/.{64}/g) ?? []).map((topic): Hex => `0x${topic}`);
    const event = decodeLog({ contract, topics: split, data });
    if (!event) continue;
    bookOfContract(contract).addRows(event, (table, ...fields) => {
      if (!tables.includes(table)) return;
      let ofTable = rows.get(table);
      if (!ofTable) rows.set(table, (ofTable = eventRowsOf(table)));
      ofTable.add([blockNumber, logIndex, ...fields]);
    });
  }
  return rows;
}
