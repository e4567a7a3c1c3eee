import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import { LEDGER_TABLES } from "../../../indexer/books/ledger/tables.ts";
import type { JournalSource } from "../../../indexer/journal.ts";

const INDEXER = join(import.meta.dirname, "../../../indexer");

/**
 * The number of times that the URL is listed. Ponder allows 20 requests a second for each entry, so the limit has no
 * effect.
 */
const URL_LISTED = 16;

const INTEGERS = /^(decimals|.*_ppm|position|asset|release|built_from)$/;
const BIGINTS = /^(amount|shares|identity)$/;
const BOOLEANS = /^(by_grant|retired|granted)$/;
const typeOf = (column: string) => {
  if (column === "assets") return "t.integer().array()";
  if (INTEGERS.test(column)) return "t.integer()";
  if (BIGINTS.test(column)) return "t.bigint()";
  return BOOLEANS.test(column) ? "t.boolean()" : "t.text()";
};

/**
 * Installs Ponder in its own folder, and writes a project that stores the same rows as our tables, from the same
 * mapping, with the same indexes.
 *
 * @throws {Error} if it cannot be installed.
 */
export async function installPonder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-ponder-"));
  const project = {
    name: "ponder-bench",
    private: true,
    type: "module",
    dependencies: { ponder: "0.17.7", hono: "4.9.9", viem: "2.57.1" },
    overrides: { "@ponder/utils": "0.2.18", viem: "2.57.1" },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(project));
  await promisify(execFile)("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: folder });
  return folder;
}

export async function writePonderProject(folder: string, url: string, source: JournalSource): Promise<void> {
  await mkdir(join(folder, "src/api"), { recursive: true });
  await writeFile(join(folder, "abis.json"), JSON.stringify({ registry: registryAbi, ledger: ledgerAbi }));
  await writeFile(join(folder, "ponder.config.ts"), config(url, source));
  await writeFile(join(folder, "ponder.schema.ts"), await schema());
  await writeFile(join(folder, "src/index.ts"), handlers());
  await writeFile(
    join(folder, "src/api/index.ts"),
    'import { Hono } from "hono";\nconst app = new Hono();\nexport default app;\n',
  );
}

const config = (url: string, { chainId, registry, ledger, startBlock }: JournalSource) => `
import { createConfig } from "ponder";
import abis from "./abis.json";

export default createConfig({
  database: { kind: "postgres", connectionString: process.env.DATABASE_URL },
  chains: { local: { id: ${chainId}, rpc: Array(${URL_LISTED}).fill("${url}") } },
  contracts: {
    registry: { chain: "local", abi: abis.registry, address: "${registry}", startBlock: ${startBlock} },
    ledger: { chain: "local", abi: abis.ledger, address: "${ledger}", startBlock: ${startBlock} },
  },
});
`;

async function schema(): Promise<string> {
  const sql = await readFile(join(INDEXER, "books/ledger/indexes.sql"), "utf8");
  const indexes = [...sql.matchAll(/CREATE INDEX IF NOT EXISTS (\w+) ON @schema@\.(\w+) \((\w+)\)/g)];
  const tables = Object.entries(LEDGER_TABLES).map(([table, columns]) => {
    const fields = Object.keys(columns).map((column) => `${column}: ${typeOf(column)},`);
    const keys = indexes.flatMap(([, name, on, column]) =>
      on === table ? [`${name}: index().on(row.${column}),`] : [],
    );
    return `export const ${table} = onchainTable("${table}", (t) => ({
  block_number: t.bigint().notNull(), log_index: t.integer().notNull(), part: t.integer().notNull(),
  ${fields.join(" ")}
}), (row) => ({ key: primaryKey({ columns: [row.block_number, row.log_index, row.part] }), ${keys.join(" ")} }));`;
  });
  return `import { index, onchainTable, primaryKey } from "ponder";\n${tables.join("\n")}\n`;
}

/** The events that have rows in our tables. */
const EVENTS = {
  registry:
    "AssetRegistered MetadataChanged ReleasePublished Transfer AccountGrantSet AssetGrantSet GrantSpent IdentityBound",
  ledger:
    "LedgerCreated CurrencyAdmitted RetiredSet SharesAllocated FeePaid Settled Claimed ClaimedToCredit CommonsSwept Deposited Withdrawn TransferSingle TransferBatch",
};

const handlers = () => `
import { ponder } from "ponder:registry";
import * as tables from "ponder:schema";
import { addLedgerRows, LEDGER_TABLES } from ${JSON.stringify(join(INDEXER, "books/ledger/tables.ts"))};

const INTEGERS = ${INTEGERS};
const BIGINTS = ${BIGINTS};
const plain = (column, value) => {
  if (value === undefined) return null;
  if (INTEGERS.test(column)) return Number(value);
  return BIGINTS.test(column) ? BigInt(value) : value;
};

for (const [contract, names] of Object.entries(${JSON.stringify(EVENTS)})) {
  for (const eventName of names.split(" ")) {
    ponder.on(\`\${contract}:\${eventName}\`, async ({ event, context }) => {
      const rows = new Map();
      addLedgerRows({ contract, eventName, args: event.args }, (table, ...fields) => {
        const of = rows.get(table) ?? [];
        const row = { block_number: event.block.number, log_index: event.log.logIndex, part: of.length };
        Object.keys(LEDGER_TABLES[table]).forEach((column, i) => (row[column] = plain(column, fields[i])));
        rows.set(table, [...of, row]);
      });
      for (const [table, values] of rows) await context.db.insert(tables[table]).values(values);
    });
  }
}
`;
