import { followedContracts } from "../books/contracts.ts";
import { UserError } from "#protocol/userError.ts";
import type { Session } from "./driver.ts";
import type { JournalSource } from "../journal.ts";
import { migrate, requireMigrated } from "./migrate.ts";
import { openPGlite } from "./pgliteDriver.ts";
import { openPostgres } from "./postgresDriver.ts";
import { addContracts } from "./addContracts.ts";
import { inTransaction, SqlStore } from "./sqlStore.ts";
import type { Store, StoreTarget } from "./store.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

export interface OpenStoreOptions {
  /** Write nothing and take no writer's lock. This works beside a writer, and on a replica of its server. */
  readOnly?: boolean;
}

/**
 * Opens the store of a deployment, and creates it if it does not exist. In PostgreSQL each deployment has its own
 * schema, named after its chain and ledger.
 *
 * @example
 * const store = await openStore({ folder: ".tributary/1" }, { chainId: 1, registry, ledger, startBlock: 23_000_000n });
 * for await (const logs of store.readLogs()) console.log(logs.length);
 * await store.close();
 *
 * @throws {UserError} if the store cannot be reached, another process writes to it, it belongs to another deployment or
 * a newer version, or the deployment names a contract that no book follows.
 */
export async function openStore(
  target: StoreTarget,
  source: JournalSource,
  { readOnly = false }: OpenStoreOptions = {},
): Promise<Store> {
  followedContracts(source); // throws before anything is opened
  const driver =
    "folder" in target
      ? await openPGlite({ folder: target.folder, schema: "tributary", readOnly })
      : await openPostgres({ databaseUrl: target.databaseUrl, schema: schemaOf(source), readOnly });
  try {
    const session = await driver.session();
    await inTransaction(session, readOnly ? "read" : "write", async () => {
      await (readOnly ? requireMigrated : migrate)(session);
      await requireSource(session, source, readOnly);
      if (!readOnly) await addContracts(session, source);
    });
    return await SqlStore.over(driver);
  } catch (error) {
    await driver.close();
    if (error instanceof StoreUnavailable) throw new UserError(error.message, { cause: error });
    throw error;
  }
}

/** Returns the name of a deployment's schema in a PostgreSQL database. */
export const schemaOf = ({ chainId, ledger }: JournalSource) =>
  `tributary_${chainId}_${ledger.slice(2, 18).toLowerCase()}`;

async function requireSource(session: Session, source: JournalSource, readOnly: boolean): Promise<void> {
  const given = [source.chainId, source.registry.toLowerCase(), source.ledger.toLowerCase(), source.startBlock];
  if (!readOnly) {
    await session.query(
      "INSERT INTO @schema@.deployment (chain_id, registry, ledger, start_block) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      given,
    );
  }
  const [row] = await session.query<{ chain_id: bigint; registry: string; ledger: string; start_block: bigint }>(
    "SELECT * FROM @schema@.deployment",
  );
  if (!row) throw new UserError("The store is empty. Start the indexer that writes to it first.");
  if ([row.chain_id, row.registry, row.ledger, row.start_block].join() !== given.join()) {
    throw new UserError(
      `The store belongs to another deployment (chain ${row.chain_id}, registry ${row.registry}, ledger ${row.ledger}, from block ${row.start_block}). Choose another folder or database, or delete the store.`,
    );
  }
}
