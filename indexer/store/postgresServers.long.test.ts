import { readFile } from "node:fs/promises";
import { expect } from "chai";
import pg from "pg";
import { stringToHex } from "viem";
import { type Administrator, connectAsAdministrator } from "../../test/support/indexer/administrator.ts";
import {
  hasPgbouncer,
  NO_PGBOUNCER,
  startPgbouncer,
  type TestPgbouncer,
} from "../../test/support/indexer/pgbouncer.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../../test/support/indexer/postgres.ts";
import { encodeLog, SAMPLE_SOURCE, sampleBlock, sampleBlocks } from "../../test/support/indexer/sampleLogs.ts";
import { storedLogs } from "../../test/support/indexer/storedTables.ts";
import { refusal } from "../../test/support/refusal.ts";
import { skip } from "../../test/support/skip.ts";
import type { JournalSource } from "../journal.ts";
import { openStore, schemaOf } from "./openStore.ts";

/** Returns the statements that a message tells an administrator to run. */
const statementsIn = (message: string) => /: ((?:CREATE|GRANT|ALTER) .*;)$/.exec(message)?.[1] ?? message;

describe("the store, in PostgreSQL as people have it", function () {
  this.timeout(180_000);
  let server: TestPostgres;
  let administrator: Administrator;
  let admin: pg.Client;
  let names = 0;

  before(async function () {
    const started = await startPostgres();
    if (!started) skip(this, `${NO_POSTGRES}.`);
    server = started;
    administrator = await connectAsAdministrator(server);
    admin = administrator.admin;
  });
  after(async () => {
    await admin?.end();
    await server?.stop();
  });

  const quoted = (name: string) => pg.escapeIdentifier(name);
  const urlOf: Administrator["urlOf"] = (parts) => administrator.urlOf(parts);
  const asAdmin: Administrator["runIn"] = (database, sql) => administrator.runIn(database, sql);
  /** Creates a database, and a role that may log in and nothing more. */
  const create = async (options = "", role = `role${names++}`) => {
    const database = `database${names++}`;
    await admin.query(`CREATE DATABASE ${database} ${options}`);
    await admin.query(`CREATE ROLE ${quoted(role)} LOGIN`);
    return { role, database, url: urlOf({ role, database }) };
  };
  const clients: pg.Client[] = [];
  const connect = async (url: string) => {
    const client = new pg.Client(url);
    client.on("error", () => undefined); // its pooler is killed
    await client.connect();
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end();
  });
  const write = (databaseUrl: string, source: JournalSource = SAMPLE_SOURCE) => openStore({ databaseUrl }, source);
  const read = (databaseUrl: string) => openStore({ databaseUrl }, SAMPLE_SOURCE, { readOnly: true });
  /** Writes blocks, and reads them again in another process' way. */
  const roundTrip = async (url: string, readerUrl = url) => {
    const { blocks, logs } = sampleBlocks(1, 5, 40);
    const bytes = Buffer.from([0, 1, 92, 127, 128, 255]);
    const writer = await write(url);
    await writer.append(blocks, logs, 2n);
    await writer.finishBackfill();
    await writer.saveSnapshot(sampleBlock(5), 1, bytes);
    const reader = await read(readerUrl);
    expect(await storedLogs(reader)).to.deep.equal(logs);
    expect((await reader.readChanges(undefined, reader.removalsAtOpen)).logs).to.deep.equal(logs);
    expect(bytes.equals((await reader.readSnapshot(1))?.bytes ?? Buffer.of())).to.equal(true);
    await writer.removeAbove(3n);
    expect(await reader.lastBlock()).to.deep.equal(sampleBlock(3));
    await writer.removeAbove(-1n);
    await reader.close();
    await writer.close();
  };

  describe("behind PgBouncer", () => {
    const roles = ["postgres", "pooled"];
    const poolers: TestPgbouncer[] = [];
    before(async function () {
      if (!hasPgbouncer()) skip(this, `${NO_PGBOUNCER}.`);
      await admin.query("CREATE ROLE pooled LOGIN SUPERUSER");
    });
    afterEach(async () => {
      for (const pooler of poolers.splice(0)) await pooler.stop();
    });
    const start = async (settings: Record<string, string | number>) => {
      const pooler = await startPgbouncer(server, roles, settings);
      poolers.push(pooler);
      return pooler;
    };
    /** Waits until a pooler for one connection has noticed that the earlier one has ended. */
    const firstOf = async (url: string) => {
      for (;;) {
        const client = await connect(url).catch(() => undefined);
        await client?.end();
        if (client) return;
      }
    };
    const advisoryLocks = async () => (await admin.query("SELECT FROM pg_locks WHERE locktype = 'advisory'")).rowCount;

    for (const size of [1, 3]) {
      it(`reads through transaction mode without a trace in the sessions of others (pool of ${size})`, async () => {
        const { database } = await create();
        const { port } = await start({ pool_mode: "transaction", default_pool_size: size });
        const pooled = urlOf({ role: "pooled", port, database });
        const writer = await write(urlOf({ role: "pooled", database }));
        const { blocks, logs } = sampleBlocks(1, 6, 50);
        await writer.append(blocks, logs);
        const others = await Promise.all(Array.from({ length: size }, () => connect(pooled)));
        const settings = async () => {
          // All at once, so that each is in another session.
          await Promise.all(others.map((other) => other.query("BEGIN")));
          const found = await Promise.all(
            others.map((other) =>
              other.query("SELECT name, setting FROM pg_settings WHERE source = 'session' ORDER BY 1"),
            ),
          );
          await Promise.all(others.map((other) => other.query("COMMIT")));
          return found.map(({ rows }) => rows as unknown);
        };
        const before = await settings();
        const reader = await read(pooled);
        expect(await storedLogs(reader)).to.deep.equal(logs);
        await Promise.all(Array.from({ length: 8 }, () => reader.readChanges(undefined, 0n)));
        const tables = await reader.readTables(async ({ rows }) => {
          let count = 0;
          for await (const page of rows("fees")) count += page.length;
          return count;
        });
        expect(tables).to.be.greaterThan(0);
        expect(await refusal(reader.append([sampleBlock(50)], []))).to.contain("cannot execute");
        expect(await settings()).to.deep.equal(before);
        for (const other of others) await other.query("CREATE TABLE IF NOT EXISTS of_another_application ()");
        await writer.append([sampleBlock(7)], []);
        expect((await reader.readChanges(sampleBlock(6), reader.removalsAtOpen)).blocks).to.deep.equal([
          sampleBlock(7),
        ]);
        await reader.close();
        expect(await settings()).to.deep.equal(before);
        await writer.close();
      });

      for (const order of [0, 1]) {
        it(`refuses to write through transaction mode, and leaves no lock (pool of ${size}, round robin ${order})`, async () => {
          const { database } = await create();
          const { port } = await start({
            pool_mode: "transaction",
            default_pool_size: size,
            server_round_robin: order,
          });
          const url = urlOf({ role: "pooled", port, database });
          const others = await Promise.all(Array.from({ length: size }, () => connect(url)));
          await Promise.all(others.map((other) => other.query("BEGIN")));
          await Promise.all(others.map((other) => other.query("COMMIT")));
          expect(await refusal(write(url))).to.match(/^UserError: .*pooler in transaction mode.*pool in session mode/);
          expect(await advisoryLocks()).to.equal(0);
        });
      }
    }

    it("stops a writer whose session changes, where the pooler has none to compare with at the start", async () => {
      const { database } = await create();
      const { port } = await start({ pool_mode: "transaction", max_client_conn: 1 });
      const url = urlOf({ role: "pooled", port, database });
      await firstOf(url);
      const writer = await write(url);
      await writer.append([sampleBlock(1)], []);
      await admin.query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
      while ((await advisoryLocks()) !== 0) await admin.query("SELECT pg_sleep(0.05)");
      const append = () => writer.append([sampleBlock(2)], []);
      const refused = await refusal(append());
      expect(refused.startsWith("StoreUnavailable") ? await refusal(append()) : refused).to.match(
        /^UserError: .*pooler in transaction mode/,
      );
      await writer.close();
    });

    it("writes through session mode, one writer at a time, and goes on after the pooler was killed", async () => {
      const { database } = await create();
      const pooler = await start({ pool_mode: "session", default_pool_size: 4, server_reset_query: "" });
      const url = urlOf({ role: "pooled", port: pooler.port, database });
      await roundTrip(url);
      const writer = await write(url);
      expect(await refusal(write(url))).to.match(/^UserError: Another process writes/);
      await pooler.restart();
      const append = () => writer.append([sampleBlock(4)], []);
      expect(await refusal(append())).to.match(/^(StoreUnavailable|accepted)/);
      await append();
      await writer.close();
      // No lock is left in the pool, even though this pooler resets nothing.
      expect(await advisoryLocks()).to.equal(0);
      await (await write(url)).close();
    });

    it("writes through the only session of a pool in session mode", async () => {
      const { database } = await create();
      const { port } = await start({ pool_mode: "session", default_pool_size: 1 });
      const writer = await write(urlOf({ role: "pooled", port, database }));
      await writer.append([sampleBlock(1)], []);
      await writer.close();
    });

    it("says what a pooler refuses", async () => {
      const { database } = await create();
      const statement = await start({ pool_mode: "statement" });
      const url = urlOf({ role: "pooled", port: statement.port, database });
      await (await write(urlOf({ database }))).close();
      expect(await refusal(read(url))).to.match(/^UserError: .*statement mode/);
      const full = await start({ pool_mode: "session", max_client_conn: 1 });
      await firstOf(urlOf({ role: "pooled", port: full.port, database }));
      const first = await read(urlOf({ role: "pooled", port: full.port, database }));
      expect(await refusal(read(urlOf({ role: "pooled", port: full.port, database })))).to.match(
        /^UserError: .*no free connection/,
      );
      await first.close();
      const options = urlOf({ role: "pooled", port: full.port, database, query: "?options=-c%20work_mem%3D8MB" });
      expect(await refusal(read(options))).to.match(/^UserError: .*refuses the parameter "options".*Remove it/);
      expect(await refusal(read(urlOf({ role: "nobody", port: full.port, database })))).to.match(
        /^UserError: .*refuses user/,
      );
    });
  });

  describe("with rights and settings that an administrator chose", () => {
    for (const role of ["writer", 'Odd "Role"']) {
      it(`writes as ${role} that owns its schema and cannot create one`, async () => {
        const { database, url } = await create("", role);
        await asAdmin(
          database,
          `REVOKE ALL ON DATABASE ${database} FROM PUBLIC; GRANT CONNECT ON DATABASE ${database} TO ${quoted(role)}`,
        );
        const refused = await refusal(write(url));
        expect(refused).to.match(/^UserError: The role .* may not create the schema/);
        await asAdmin(database, statementsIn(refused));
        await roundTrip(url);
        await roundTrip(url);
      });
    }

    it("runs with the rights that docs/indexer.md lists", async () => {
      const page = await readFile(new URL("../../docs/indexer.md", import.meta.url), "utf8");
      const statements = (block: string) =>
        (new RegExp(`^\`\`\`sql ${block}\\n(.*?)^\`\`\``, "ms").exec(page)?.[1] ?? "").trim().split("\n");
      for (const statement of statements("administrator")) await admin.query(statement);
      for (const statement of statements("schema")) {
        await asAdmin("tributary", statement.replaceAll(/tributary_84532_\w+/g, schemaOf(SAMPLE_SOURCE)));
      }
      const [writer, reader] = ["index_writer", "index_reader"].map((role) => urlOf({ role, database: "tributary" }));
      await roundTrip(writer ?? "", reader);
    });

    it("names the grants that a reader lacks, which also hold for later tables", async () => {
      const { database } = await create();
      const { role, url: notHere } = await create("", 'The "Reader"');
      const url = notHere.replace(/[^/]*$/, database);
      const owner = urlOf({ database });
      expect(await refusal(read(url))).to.match(/^UserError: .*empty/);
      await (await write(owner)).close();
      const refused = await refusal(read(url));
      expect(refused).to.contain('The role "The ""Reader""" may not read the schema').and.contain("Let postgres run");
      await asAdmin(database, statementsIn(refused));
      await roundTrip(owner, url);
      const schema = schemaOf(SAMPLE_SOURCE);
      await asAdmin(database, `CREATE TABLE ${schema}.later ()`);
      const [later] = await asAdmin(
        database,
        `SELECT has_table_privilege(${pg.escapeLiteral(role)}, '${schema}.later', 'SELECT') AS granted`,
      );
      expect(later).to.deep.equal({ granted: true });
      await asAdmin(database, `REVOKE SELECT ON ${schema}.blocks FROM ${quoted(role)}`);
      expect(await refusal(read(url)))
        .to.contain("permission denied for table blocks")
        .and.contain("GRANT SELECT");
    });

    it("names the owner of a schema that another role would write to", async () => {
      const { database, url } = await create();
      await (await write(urlOf({ database }))).close();
      const refused = await refusal(write(url));
      expect(refused).to.match(/^UserError: .*may not write to the schema.*Connect as its owner, postgres/);
      await asAdmin(database, statementsIn(refused));
      await roundTrip(url);
    });

    it("waits for a right that is taken away while it writes or reads", async () => {
      const { database } = await create();
      const { role: writer, url } = await create("", "taken");
      await asAdmin(database, `GRANT CREATE ON DATABASE ${database} TO ${writer}`);
      const ofDatabase = url.replace(/[^/]*$/, database);
      const schema = schemaOf(SAMPLE_SOURCE);
      const store = await write(ofDatabase);
      const reader = await read(ofDatabase);
      const { blocks, logs } = sampleBlocks(1, 2, 4);
      const append = () => store.append(blocks, logs);
      await asAdmin(database, `ALTER SCHEMA ${schema} OWNER TO postgres; REASSIGN OWNED BY ${writer} TO postgres`);
      const refused = [await refusal(append()), await refusal(reader.readChanges(undefined, 0n))];
      expect(refused[0]).to.match(/^StoreUnavailable: The role taken may not write to the schema/);
      expect(refused[1]).to.match(/^StoreUnavailable: The role taken may not read the schema/);
      for (const message of refused) await asAdmin(database, statementsIn(message));
      await append();
      expect(await storedLogs(store)).to.deep.equal(logs);
      expect((await reader.readChanges(undefined, 0n)).logs).to.deep.equal(logs);
      await reader.close();
      await store.close();
    });

    it("does not depend on the settings of a role or of a database", async () => {
      const { role, database, url } = await create();
      await asAdmin(database, `GRANT CREATE ON DATABASE ${database} TO ${role}`);
      for (const setting of [
        "bytea_output = escape",
        "search_path = nowhere",
        "default_transaction_isolation = serializable",
        "default_transaction_deferrable = on",
        "statement_timeout = '1s'",
        "lock_timeout = '50ms'",
        "idle_in_transaction_session_timeout = '50ms'",
        "standard_conforming_strings = off",
        "extra_float_digits = -15",
        "datestyle = 'SQL, DMY'",
        "intervalstyle = sql_standard",
        "timezone = 'Asia/Kathmandu'",
        "row_security = off",
        "quote_all_identifiers = on",
        "synchronous_commit = off",
        "client_encoding = 'LATIN1'",
      ]) {
        await asAdmin(database, `ALTER ROLE ${role} SET ${setting}`);
      }
      await roundTrip(url);

      const writer = await write(url);
      const holder = await connect(urlOf({ database }));
      await holder.query(`BEGIN; LOCK TABLE ${schemaOf(SAMPLE_SOURCE)}.logs IN EXCLUSIVE MODE`);
      const { blocks, logs } = sampleBlocks(4, 1, 10);
      const appending = writer.append(blocks, logs);
      await holder.query("SELECT pg_sleep(1.5)"); // longer than the role's timeouts
      await holder.query("COMMIT");
      await appending;
      // Whoever cancels a statement or ends a session delays the writer, and no more.
      for (const [i, end] of ["pg_cancel_backend", "pg_terminate_backend"].entries()) {
        await holder.query(`BEGIN; LOCK TABLE ${schemaOf(SAMPLE_SOURCE)}.logs IN EXCLUSIVE MODE`);
        const next = sampleBlocks(5 + i, 1, 10);
        const ended = refusal(writer.append(next.blocks, next.logs));
        const waiting =
          "FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()";
        while ((await holder.query(`SELECT ${end}(pid) ${waiting}`)).rowCount === 0);
        expect(await ended).to.match(/^StoreUnavailable: The database cannot be used now: /);
        await holder.query("COMMIT");
        await writer.append(next.blocks, next.logs);
      }
      // A reader may take its time within a transaction.
      await writer.readTables(async ({ rows }) => {
        for await (const page of rows("fees")) {
          await holder.query("SELECT pg_sleep(0.2)");
          expect(page.length).to.be.greaterThan(0);
        }
      });
      await writer.close();
    });

    it("goes on from where the server is after it has lost its last transactions", async () => {
      const { database } = await create();
      const writer = await write(urlOf({ database }));
      for (let i = 1; i <= 5; i++) await writer.append([sampleBlock(i)], []);
      await asAdmin(database, `DELETE FROM ${schemaOf(SAMPLE_SOURCE)}.blocks WHERE number > 3`);
      expect(await refusal(writer.append([sampleBlock(6)], []))).to.match(
        /^StoreChanged: The store ends at block 3, and this process left it at block 5/,
      );
      await writer.removeAbove(3n);
      await writer.append([sampleBlock(4)], []);
      expect(await writer.lastBlock()).to.deep.equal(sampleBlock(4));
      await writer.close();
    });

    it("names the setting that makes a role read-only, and the replica that cannot be written to", async () => {
      const { role, database, url } = await create();
      await asAdmin(database, `GRANT CREATE ON DATABASE ${database} TO ${role}`);
      await admin.query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
      const refused = await refusal(write(url));
      expect(refused).to.match(/^UserError: .*default_transaction_read_only is on/);
      await admin.query(statementsIn(refused));
      await roundTrip(url);

      // A provider turns it on while the disk is nearly full.
      const writer = await write(url);
      const readOnly = async (value: string) => {
        await admin.query(`ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = ${value}`);
        await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
      };
      await readOnly("on");
      const append = () => writer.append([sampleBlock(1)], []);
      for (let i = 0; i < 2; i++) expect(await refusal(append())).to.match(/^StoreUnavailable/);
      expect(await refusal(append())).to.match(/^StoreUnavailable: .*default_transaction_read_only is on/);
      await readOnly("off");
      await append().catch(() => undefined); // the session was ended
      await append();
      await writer.removeAbove(-1n);
      await writer.close();

      const replica = await server.startReplica();
      const replicaUrl = urlOf({ database, port: Number(new URL(replica.url).port) });
      expect(await refusal(write(replicaUrl))).to.match(/^UserError: .*is a replica.*Name the primary/);
      const both = replicaUrl.replace(/@([^/]*)/, `@$1,127.0.0.1:${server.port}`);
      await admin.query(`ALTER DATABASE ${database} RESET default_transaction_read_only`);
      await roundTrip(both, url);
      await replica.stop();
    });
  });

  describe("in its encodings", () => {
    const texts = ["🦙", "Zürich €", "日本語", "a\0b", "\ud800", "\\x41", ""];
    const asset = (name: string, id: number) => ({
      ...encodeLog("registry", "AssetRegistered", {
        asset: id,
        registrant: SAMPLE_SOURCE.ledger,
        kind: 2,
        keep: 0,
        metadata: stringToHex(JSON.stringify({ name, organization: name })),
      }),
      logIndex: id,
      blockNumber: 1n,
      transactionHash: sampleBlock(1).hash,
    });
    const storesTexts = async (url: string) => {
      const store = await write(url);
      const logs = [...texts.map(asset), { ...asset("", texts.length), data: asset("🦙", 0).data }];
      await store.append([sampleBlock(1)], logs);
      expect(await storedLogs(store)).to.deep.equal(logs);
      await store.readTables(async ({ rows }) => {
        for await (const page of rows("assets")) {
          expect(page.map(({ name }) => name).slice(0, 3)).to.deep.equal(texts.slice(0, 3));
        }
      });
      await store.close();
    };

    for (const encoding of ["UTF8", "SQL_ASCII"]) {
      it(`stores any text in ${encoding}`, async () => {
        const { database } = await create(`ENCODING '${encoding}' TEMPLATE template0`);
        await storesTexts(urlOf({ database }));
      });
    }

    for (const encoding of ["LATIN1", "WIN1252", "EUC_JP"]) {
      it(`refuses ${encoding}, and names the statement that creates another database`, async () => {
        const { database, role, url } = await create(`ENCODING '${encoding}' TEMPLATE template0`);
        await admin.query(`ALTER DATABASE ${database} OWNER TO ${role}`);
        const refused = await refusal(write(url));
        expect(refused).to.match(new RegExp(`^UserError: The database ${database} is encoded in ${encoding}`));
        await admin.query(statementsIn(refused));
        await storesTexts(urlOf({ role, database: `${database}_utf8` }));
      });
    }
  });
});
