import pg from "pg";
import type { TestPostgres } from "./postgres.ts";

/** The parts of a database URL. Defaults: the superuser, the server itself, and the database `postgres`. */
interface UrlParts {
  role?: string;
  port?: number;
  database?: string;
  query?: string;
}

/** Connects to a test's server as the superuser, to prepare what an administrator prepares. */
export async function connectAsAdministrator(server: TestPostgres) {
  const admin = new pg.Client(server.url);
  await admin.connect();
  const urlOf = ({ role = "postgres", port = server.port, database = "postgres", query = "" }: UrlParts = {}) =>
    `postgres://${encodeURIComponent(role)}@127.0.0.1:${port}/${encodeURIComponent(database)}${query}`;
  return {
    admin,
    urlOf,
    /** Runs statements in another database. */
    runIn: async (database: string, sql: string) => {
      const client = new pg.Client(urlOf({ database }));
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    },
  };
}

export type Administrator = Awaited<ReturnType<typeof connectAsAdministrator>>;
