// A process for a test to kill: it prints what is stored, then appends until it is killed.
import { openPGlite } from "../../../indexer/store/pgliteDriver.ts";
import { openPostgres } from "../../../indexer/store/postgresDriver.ts";
import { schemaOf } from "../../../indexer/store/openStore.ts";
import { SqlStore } from "../../../indexer/store/sqlStore.ts";
import { SAMPLE_SOURCE, sampleBlocks } from "./sampleLogs.ts";
import { expectedTables, storedLogs, storedTables } from "./storedTables.ts";

const [place = ""] = process.argv.slice(2);
const driver = place.startsWith("postgres:")
  ? await openPostgres({ databaseUrl: place, schema: schemaOf(SAMPLE_SOURCE), readOnly: false })
  : await openPGlite({ folder: place, schema: "tributary", readOnly: false });
const store = await SqlStore.over(driver);
const logs = await storedLogs(store);
const blocks: bigint[] = [];
for await (const page of store.readBlocks()) blocks.push(...page.map(({ number }) => number));

let next = Number((await store.lastBlock())?.number ?? 0n) + 1;
const agree = JSON.stringify(await storedTables(await driver.session())) === JSON.stringify(expectedTables(logs));
const complete =
  blocks.every((number, i) => number === BigInt(i + 1)) &&
  blocks.length === next - 1 &&
  logs.length === 30 * (next - 1);
console.log(JSON.stringify({ last: next - 1, agree, complete }));

for (; ; next += 5) {
  const batch = sampleBlocks(next, 5, 30);
  await store.append(batch.blocks, batch.logs);
  console.log(JSON.stringify({ acknowledged: next + 4 }));
}
