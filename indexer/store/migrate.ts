import { readFile } from "node:fs/promises";
import { Umzug } from "umzug";
import { books } from "../books/books.ts";
import type { Migration } from "../books/fold.ts";
import { UserError } from "#protocol/userError.ts";
import type { Session } from "./driver.ts";
import { rewriteTables } from "./rewriteTables.ts";

const own = (name: string): Migration => ({ name, file: new URL(`./migrations/${name}`, import.meta.url) });

/** All migrations in the order in which they run: those of the journal, then those of each book. */
const MIGRATIONS: readonly Migration[] = [
  own("01-journal.sql"),
  own("04-contracts.sql"),
  ...books.flatMap(({ migrations: ofBook }) => ofBook),
];

/**
 * Brings a schema to this version. Must run in a transaction, so that it is done as a whole or not at all.
 *
 * @throws {UserError} if a newer version has written to the store.
 */
export async function migrate(session: Session): Promise<void> {
  // IF NOT EXISTS would need the right to create a table also where it exists.
  if (!(await isCreated(session))) await session.run("CREATE TABLE @schema@.migrations (name text PRIMARY KEY)");
  const umzug = migrations(session);
  await refuseNewer(session, umzug);
  await umzug.up();
}

/** @throws {UserError} if the schema is not of exactly this version. */
export async function requireMigrated(session: Session): Promise<void> {
  if (!(await isCreated(session)))
    throw new UserError("The store is empty. Start the indexer that writes to it first.");
  const umzug = migrations(session);
  await refuseNewer(session, umzug);
  if ((await umzug.pending()).length > 0) {
    throw new UserError(
      "The store has the schema of an older version. Start the indexer that writes to it in this version first.",
    );
  }
}

async function isCreated(session: Session): Promise<boolean> {
  const [row] = await session.query<{ found: boolean }>(
    "SELECT to_regclass('@schema@.migrations') IS NOT NULL AS found",
  );
  return row?.found === true;
}

function migrations(session: Session) {
  return new Umzug({
    migrations: MIGRATIONS.map(({ name, file, rewrites }) => ({
      name,
      up: async () => {
        await session.run(await readFile(file, "utf8"));
        if (rewrites) await rewriteTables(session, rewrites);
      },
    })),
    storage: {
      executed: () => executed(session),
      logMigration: async ({ name }) => {
        await session.query("INSERT INTO @schema@.migrations VALUES ($1)", [name]);
      },
      unlogMigration: async () => {
        throw new Error("A migration is never undone.");
      },
    },
    logger: undefined,
  });
}

async function refuseNewer(session: Session, umzug: ReturnType<typeof migrations>): Promise<void> {
  const names = new Set((await umzug.migrations({})).map(({ name }) => name));
  const newer = (await executed(session)).find((name) => !names.has(name));
  if (newer !== undefined) {
    throw new UserError(
      `A newer version has written to the store (it has ${newer}). Update this indexer, or choose another store.`,
    );
  }
}

async function executed(session: Session): Promise<string[]> {
  const rows = await session.query<{ name: string }>('SELECT name FROM @schema@.migrations ORDER BY name COLLATE "C"');
  return rows.map(({ name }) => name);
}
