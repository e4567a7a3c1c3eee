import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { stringToHex } from "viem";
import { isBrief } from "../../test/support/atLength.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../../test/support/indexer/postgres.ts";
import { refusal } from "../../test/support/refusal.ts";
import { skip } from "../../test/support/skip.ts";
import { encodeLog, SAMPLE_SOURCE, sampleBlock, sampleBlocks } from "../../test/support/indexer/sampleLogs.ts";
import { expectedTables, storedLogs, storedTables } from "../../test/support/indexer/storedTables.ts";
import type { ChainUpdate, JournalBlock, JournalLog } from "../journal.ts";
import { type ColumnType, CopyRows, type Field } from "./copyRows.ts";
import type { Session } from "./driver.ts";
import { EVENT_TABLES } from "./tables.ts";
import { followStore } from "./followStore.ts";
import { openStore, schemaOf } from "./openStore.ts";
import { openPGlite } from "./pgliteDriver.ts";
import { openPostgres } from "./postgresDriver.ts";
import type { Store, StoreTarget } from "./store.ts";

const APPEND_FOREVER = fileURLToPath(new URL("../../test/support/indexer/appendForever.ts", import.meta.url));
const KILLS = isBrief ? 2 : 10;

/** Applies a follower's updates until it has reached a block, and returns its blocks and logs. */
async function followUntil(
  store: Store,
  reached: (blocks: JournalBlock[], logs: JournalLog[]) => boolean,
  update?: (u: ChainUpdate) => void,
) {
  const blocks: JournalBlock[] = [];
  const logs: JournalLog[] = [];
  const stop = new AbortController();
  const updates = followStore({
    store,
    lastBlock: async (atOrBelow) => blocks.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow),
    signal: stop.signal,
    pollingIntervalMs: 10,
  });
  for await (const change of updates) {
    if (change.type === "reorg") {
      const above = change.ancestor?.number ?? -1n;
      blocks.splice(blocks.findIndex(({ number }) => number > above));
      while ((logs.at(-1)?.blockNumber ?? -1n) > above) logs.pop();
    } else {
      blocks.push(...change.blocks);
      logs.push(...change.logs);
    }
    update?.(change);
    if (reached(blocks, logs)) stop.abort();
  }
  return { blocks, logs };
}

function storeSuite(engine: {
  target: () => StoreTarget;
  session: () => Promise<{ session: Session; close: () => Promise<void> }>;
}) {
  let store: Store;
  const open = async () => (store = await openStore(engine.target(), SAMPLE_SOURCE));
  before(open);
  after(() => store?.close());
  beforeEach(() => store.removeAbove(-1n));

  const inTables = async () => {
    await store.close();
    const { session, close } = await engine.session();
    const tables = await storedTables(session);
    await close();
    await open();
    return tables;
  };

  it("returns what was written, also after it was opened again", async () => {
    const first = sampleBlocks(1, 40, 200);
    const second = sampleBlocks(41, 3, 2);
    await store.append(first.blocks, first.logs);
    await store.append(second.blocks, second.logs);
    const logs = [...first.logs, ...second.logs];
    expect(await storedLogs(store)).to.deep.equal(logs);
    await store.finishBackfill();
    await store.finishBackfill();
    expect(await inTables()).to.deep.equal(expectedTables(logs));
    expect(await storedLogs(store, { above: 39n, upTo: 41n })).to.deep.equal(
      logs.filter(({ blockNumber }) => blockNumber === 40n || blockNumber === 41n),
    );
    expect(await store.lastBlock()).to.deep.equal(sampleBlock(43));
    expect(await store.lastBlock(7n)).to.deep.equal(sampleBlock(7));
    expect(await store.lastBlock(0n)).to.equal(undefined);
    const blocks: JournalBlock[] = [];
    for await (const page of store.readBlocks({ above: 10n })) blocks.push(...page);
    expect(blocks).to.deep.equal([...first.blocks, ...second.blocks].slice(10));
  });

  it("removes blocks with everything that was computed from them", async () => {
    const { blocks, logs } = sampleBlocks(1, 10, 20);
    await store.append(blocks, logs);
    await store.removeAbove(6n);
    const kept = logs.filter(({ blockNumber }) => blockNumber <= 6n);
    const other = sampleBlocks(7, 2, 20, "other");
    await store.append(other.blocks, other.logs);
    expect(await storedLogs(store)).to.deep.equal([...kept, ...other.logs]);
    expect(await inTables()).to.deep.equal(expectedTables([...kept, ...other.logs]));
  });

  it("stays closed for later calls, and can be opened again at once", async () => {
    const closing = store.close();
    const late = refusal(store.lastBlock());
    await closing;
    expect(await late).to.equal("Error: The store is closed.");
    expect(await refusal(store.append([sampleBlock(1)], []))).to.equal("Error: The store is closed.");
    await open();
    expect(await store.lastBlock()).to.equal(undefined);
  });

  it("adds a batch once, and refuses blocks that do not ascend", async () => {
    const { blocks, logs } = sampleBlocks(1, 3, 5);
    await store.append(blocks, logs);
    await store.append(blocks, logs); // as after a lost reply
    expect(await storedLogs(store)).to.deep.equal(logs);
    expect(await refusal(store.append([sampleBlock(2, "other")], []))).to.contain("not above");
    expect(await refusal(store.append([sampleBlock(5), sampleBlock(4)], []))).to.contain("not above");
    await store.append([], []);
    expect(await store.lastBlock()).to.deep.equal(sampleBlock(3));
  });

  it("writes nothing from a batch that fails", async () => {
    const { blocks, logs } = sampleBlocks(1, 3, 5);
    const broken = logs.map((log, i) => (i === 14 ? { ...log, logIndex: 0 } : log));
    expect(await refusal(store.append(blocks, broken))).to.not.equal("accepted");
    expect(await store.lastBlock()).to.equal(undefined);
    await store.append(blocks, logs);
    expect(await storedLogs(store)).to.deep.equal(logs);
  });

  it("copies values of every type exactly", async () => {
    const rows: [ColumnType, ...[Field, string | null][]][] = [
      ["smallint", [0, "0"], [255, "255"], [-32_768, "-32768"], [undefined, null]],
      ["integer", [0, "0"], [2_147_483_647, "2147483647"], [-1, "-1"], [undefined, null]],
      ["bigint", [0, "0"], [2n ** 63n - 1n, "9223372036854775807"], [-(2n ** 40n) - 1n, "-1099511627777"]],
      ["bigint", [2 ** 53 - 1, "9007199254740991"], [-1, "-1"], [2 ** 32, "4294967296"], [undefined, null]],
      ["numeric", [0n, "0"], [9_999, "9999"], [10_000n, "10000"], [2n ** 256n - 1n, String(2n ** 256n - 1n)]],
      ["numeric", [10n ** 48n, `1${"0".repeat(48)}`], [123_456_789n, "123456789"], [undefined, null]],
      ["boolean", [true, "true"], [false, "false"], [undefined, null]],
      [
        "text",
        ["", ""],
        ["a\0b", "ab"],
        ["\ud800 \ud83d\ude00\\N\t\n", "\ufffd \ud83d\ude00\\N\t\n"],
        [undefined, null],
      ],
      ["bytea", ["0x", "\\x"], ["0x00ff", "\\x00ff"], [Buffer.from([1, 254]), "\\x01fe"], [undefined, null]],
      ["bytea", [`0x${"a7".repeat(9_000)}`, `\\x${"a7".repeat(9_000)}`]],
      ["bigint[]", [[], "{}"], [[7], "{7}"], [[1, 2 ** 40, 3], "{1,1099511627776,3}"], [undefined, null]],
    ];
    await store.close();
    const { session, close } = await engine.session();
    for (const [type, ...values] of rows) {
      await session.run(`CREATE TABLE @schema@.copied (position integer, value ${type})`);
      const copied = new CopyRows(["integer", type]);
      const parts: Buffer<ArrayBuffer>[] = [];
      for (const [i, [value]] of values.entries()) {
        copied.add([i, value]);
        if (i % 2 === 0) parts.push(copied.take());
      }
      await session.copyIn([{ into: "copied (position, value)", rows: [...parts, copied.end()] }]);
      const found = await session.query<{ value: string | null }>(
        "SELECT value::text AS value FROM @schema@.copied ORDER BY position",
      );
      expect(found.map(({ value }) => value)).to.deep.equal(values.map(([, text]) => text));
      await session.run("DROP TABLE @schema@.copied");
    }
    const columns = await session.query<{ table: string; column: string; type: string }>(
      `SELECT relname AS table, attname AS column, format_type(atttypid, NULL) AS type FROM pg_attribute
       JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = '@schema@'::regnamespace AND relkind = 'r' AND attnum > 2 ORDER BY attnum`,
    );
    for (const [table, types] of Object.entries(EVENT_TABLES)) {
      const found = columns.filter((each) => each.table === table).map(({ column, type }) => [column, type]);
      expect(found, table).to.deep.equal(Object.entries(types));
    }
    await close();
    await open();
  });

  it("accepts any text that the chain can contain", async () => {
    const texts = ["a\0b", "\\N", "tab\tnew\nline\r\\.", "{}\"',", "\ud83d\ude00 \u202e", "\\x41", ""];
    const asset = (metadata: string, id: number) =>
      encodeLog("registry", "AssetRegistered", {
        asset: id,
        registrant: SAMPLE_SOURCE.ledger,
        kind: 2,
        keep: 0,
        metadata,
      });
    const encoded = [
      ...texts.map((text, i) => asset(stringToHex(JSON.stringify({ name: text, organization: text })), i)),
      ...texts.map((text, i) => asset(stringToHex(text), i)),
      asset("0xff00fe5c0a", 1),
      asset(stringToHex('{"name":"\\ud800 half"}'), 2),
      encodeLog("ledger", "CurrencyAdmitted", { currency: SAMPLE_SOURCE.ledger, symbol: "\0\t\\", decimals: 255 }),
      encodeLog("ledger", "TransferSingle", {
        operator: SAMPLE_SOURCE.ledger,
        from: SAMPLE_SOURCE.ledger,
        to: SAMPLE_SOURCE.ledger,
        id: 2n ** 256n - 1n,
        value: 0n,
      }),
    ];
    const logs = encoded.map((log, logIndex) => ({
      ...log,
      logIndex,
      blockNumber: 1n,
      transactionHash: sampleBlock(1).hash,
    }));
    await store.append([sampleBlock(1)], logs);
    expect(await storedLogs(store)).to.deep.equal(logs);
    const { assets = [] } = await inTables();
    const metadata = assets.map((row) => (JSON.parse(row) as string[]).at(-2));
    for (const text of texts) expect(metadata).to.include(text.replace("\0", "\ufffd"));
    expect(assets.length).to.equal(2 * texts.length + 2);
  });

  it("keeps the two newest snapshots, and none of a removed block", async () => {
    const { blocks, logs } = sampleBlocks(1, 9, 1);
    await store.append(blocks, logs);
    const large = randomBytes(52_000_000);
    const [third, fifth, seventh] = [blocks[2], blocks[4], blocks[6]] as [JournalBlock, JournalBlock, JournalBlock];
    await store.saveSnapshot(third, 1, Buffer.from("third"));
    const saving = store.saveSnapshot(fifth, 1, large);
    const more = sampleBlocks(10, 1, 1);
    await store.append(more.blocks, more.logs); // blocks can be appended meanwhile
    await saving;
    const found = await store.readSnapshot(1);
    expect(found?.block).to.deep.equal(fifth);
    expect(large.equals(found?.bytes ?? Buffer.of())).to.equal(true);
    await store.saveSnapshot(seventh, 1, Buffer.from("seventh"));
    const at = async (atOrBelow?: bigint) => (await store.readSnapshot(1, atOrBelow))?.block.number;
    expect([await at(), await at(6n), await at(4n)]).to.deep.equal([7n, 5n, undefined]);
    expect(await store.readSnapshot(2)).to.equal(undefined);
    await store.removeAbove(6n);
    expect(await at()).to.equal(5n);
    await store.saveSnapshot(seventh, 1, Buffer.from("seventh"));
    expect(await at()).to.equal(5n);
  });

  it("lets a reader follow through reorgs", async () => {
    const { blocks, logs } = sampleBlocks(1, 30, 300);
    expect(await store.finalBlock()).to.equal(-1n);
    await store.append(blocks, logs, 8n);
    expect(await store.finalBlock()).to.equal(8n);
    let step = 0;
    const seen = await followUntil(
      store,
      (has) => step === 2 && has.at(-1)?.hash === sampleBlock(40, "c").hash,
      (change) => {
        if (change.type === "blocks") expect(change.final).to.equal(8n);
        step++;
        if (step === 1) {
          void store
            .removeAbove(20n)
            .then(() => store.append([sampleBlock(40, "b")], []))
            .then(() => store.removeAbove(10n))
            .then(() => store.append([sampleBlock(11, "c"), sampleBlock(40, "c")], []));
        } else step = 2;
      },
    );
    expect(seen.blocks).to.deep.equal([...blocks.slice(0, 10), sampleBlock(11, "c"), sampleBlock(40, "c")]);
    expect(seen.logs).to.deep.equal(logs.filter(({ blockNumber }) => blockNumber <= 10n));
  });

  it("notifies a reader about a block that was removed and added again with the same hash", async () => {
    const { blocks, logs } = sampleBlocks(1, 5, 4);
    await store.append(blocks, logs.slice(0, -1)); // a node withheld a log
    let undone = false;
    const seen = await followUntil(
      store,
      (_, has) => has.length === logs.length,
      () => {
        if (undone) return;
        undone = true;
        const again = logs.filter(({ blockNumber }) => blockNumber > 2n);
        void store.removeAbove(2n).then(() => store.append(blocks.slice(2), again));
      },
    );
    expect(seen.logs).to.deep.equal(logs);
  });

  it("adds earlier logs of a new contract, and keeps the rows of the others", async () => {
    const { blocks, logs } = sampleBlocks(1, 40, 20);
    await store.append(blocks, logs);
    await store.saveSnapshot(sampleBlock(40), 1, Buffer.from("state"));
    const removals = (await store.readChanges(undefined, 0n)).removals;
    const ledgerTables = await inTables();
    expect(await store.unreadContracts()).to.deep.equal([]);

    const site = { address: `0x${"1E".repeat(20)}`, fromBlock: 11 } as const;
    await store.close();
    store = await openStore(engine.target(), { ...SAMPLE_SOURCE, periphery: { inlets: site } });
    const inlets = { name: "inlets", address: site.address.toLowerCase(), fromBlock: 11n };
    expect(await store.unreadContracts()).to.deep.equal([{ ...inlets, readTo: 10n }]);
    const opened = (block: number, release: number): JournalLog => ({
      ...encodeLog("inlets", "InletOpened", { release, inlet: `0x${release.toString(16).padStart(40, "0")}` }),
      blockNumber: BigInt(block),
      logIndex: 20,
      transactionHash: sampleBlock(block).hash,
    });
    const [first, second, third] = [opened(12, 1), opened(25, 2), opened(40, 3)];
    const range = (from: number, to: number, ...found: JournalLog[]) => ({
      contract: "inlets",
      from: BigInt(from),
      blocks: [...new Set([...found.map(({ blockNumber }) => Number(blockNumber)), to])].map((n) => sampleBlock(n)),
      logs: found,
    });
    // A range must not follow a gap, be of another branch, or end beyond the journal.
    expect(await store.fill(range(20, 30, second))).to.equal(false);
    const reorganised = () => ({ ...range(11, 20, first), blocks: [sampleBlock(12, "other"), sampleBlock(20)] });
    expect(await store.fill(reorganised())).to.equal(false);
    expect(await store.fill(range(11, 41, first))).to.equal(false);
    expect(await store.fill(range(11, 20, first))).to.equal(true);
    expect(await store.fill(range(11, 20, first))).to.equal(true); // as after a lost reply
    expect(await store.unreadContracts()).to.deep.equal([{ ...inlets, readTo: 20n }]);
    expect(await store.readSnapshot(1)).not.to.equal(undefined);
    expect(await store.fill(range(21, 40, second, third))).to.equal(true);
    expect(await store.fill(range(21, 40, second, third))).to.equal(true);
    expect(await store.unreadContracts()).to.deep.equal([]);

    expect(await store.readSnapshot(1)).to.equal(undefined);
    const { removals: now, removedAbove } = await store.readChanges(sampleBlock(40), removals);
    expect([now, removedAbove]).to.deep.equal([removals + 1n, 10n]);
    const all = [...logs, first, second, third].sort(
      (a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex,
    );
    expect(await storedLogs(store)).to.deep.equal(all);
    await store.close();
    const { session, close } = await engine.session();
    const tables = await storedTables(session);
    await close();
    expect(tables).to.deep.equal({ ...ledgerTables, inlets: expectedTables(all).inlets });

    expect(await refusal(openStore(engine.target(), SAMPLE_SOURCE))).to.contain("does not name it");
    const moved = { ...site, address: `0x${"2E".repeat(20)}` } as const;
    expect(await refusal(openStore(engine.target(), { ...SAMPLE_SOURCE, periphery: { inlets: moved } }))).to.contain(
      `names it at ${moved.address.toLowerCase()}`,
    );
    // The file names an earlier first block: all logs of the contract are read again.
    const earlier = { ...SAMPLE_SOURCE, periphery: { inlets: { ...site, fromBlock: 5 } } };
    store = await openStore(engine.target(), earlier);
    expect(await store.unreadContracts()).to.deep.equal([{ ...inlets, fromBlock: 5n, readTo: 4n }]);
    expect(await storedLogs(store)).to.deep.equal(logs);
    expect(await store.fill(range(5, 30, opened(6, 1)))).to.equal(true);
    await store.removeAbove(35n);
    expect(await store.unreadContracts()).to.deep.equal([{ ...inlets, fromBlock: 5n, readTo: 30n }]);
    // No unread block is left: the next blocks have its logs.
    await store.removeAbove(20n);
    expect(await store.unreadContracts()).to.deep.equal([]);
    await store.close();
    const { session: last, close: end } = await engine.session();
    await last.query("DELETE FROM @schema@.contracts WHERE name = $1", ["inlets"]); // the other tests do not have this contract
    await end();
    await open();
  });

  it("refuses a contract that no book follows", async () => {
    const unknown = { pools: { address: SAMPLE_SOURCE.ledger, fromBlock: 1 } };
    expect(await refusal(openStore(engine.target(), { ...SAMPLE_SOURCE, periphery: unknown })))
      .to.contain("UserError")
      .and.contain("pools");
  });

  it("refuses a store of another deployment", async () => {
    await store.close();
    const other = { ...SAMPLE_SOURCE, startBlock: 9n };
    expect(await refusal(openStore(engine.target(), other))).to.match(
      /^UserError: .*another deployment.*Choose another/,
    );
    await open();
  });

  it("refuses a store of a newer version", async () => {
    await store.close();
    const { session, close } = await engine.session();
    await session.query("INSERT INTO @schema@.migrations VALUES ('99-future.sql')");
    await close();
    expect(await refusal(openStore(engine.target(), SAMPLE_SOURCE))).to.match(/^UserError: .*newer version.*Update/);
    const again = await engine.session();
    await again.session.query("DELETE FROM @schema@.migrations WHERE name = '99-future.sql'");
    await again.close();
    await open();
  });

  it("refuses a second writer", async () => {
    expect(await refusal(openStore(engine.target(), SAMPLE_SOURCE))).to.match(/^UserError: .*(in use|Another process)/);
  });

  it(`loses nothing and repeats nothing when the process is killed (${KILLS} times)`, async () => {
    await store.close();
    const target = engine.target();
    const place = "folder" in target ? target.folder : target.databaseUrl;
    let acknowledged = 0;
    for (let kill = 0; kill <= KILLS; kill++) {
      const child = spawn(process.execPath, [APPEND_FOREVER, place], { stdio: ["ignore", "pipe", "inherit"] });
      const exited = once(child, "exit");
      const killSoon = () => void sleep(kill === KILLS ? 0 : Math.random() * 400).then(() => child.kill("SIGKILL"));
      for await (const line of createInterface(child.stdout)) {
        const said = JSON.parse(line) as { last: number; agree: boolean; complete: boolean } | { acknowledged: number };
        // The first life is killed after it has written something, the others at any moment.
        if ("acknowledged" in said) {
          if (acknowledged === 0) killSoon();
          acknowledged = said.acknowledged;
        } else {
          expect(said).to.include({ agree: true, complete: true });
          expect(said.last).to.be.at.least(acknowledged);
          expect((said.last - acknowledged) % 5).to.equal(0);
          acknowledged = said.last;
          if (kill > 0) killSoon();
        }
      }
      await exited;
    }
    expect(acknowledged).to.be.greaterThan(0);
    await open();
  });
}

describe("the store, embedded", function () {
  this.timeout(180_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-store-"));
  });
  after(() => rm(folder, { recursive: true }));

  storeSuite({
    target: () => ({ folder }),
    session: async () => {
      const driver = await openPGlite({ folder, schema: "tributary", readOnly: false });
      return { session: await driver.session(), close: () => driver.close() };
    },
  });

  it("does not block the thread that uses it", async () => {
    const store = await openStore({ folder: join(folder, "other") }, SAMPLE_SOURCE);
    const { blocks, logs } = sampleBlocks(1, 10, 300);
    const ofThread = process.threadCpuUsage();
    const ofAll = process.cpuUsage();
    await store.append(blocks, logs);
    const thread = process.threadCpuUsage(ofThread);
    const all = process.cpuUsage(ofAll);
    await store.close();
    // In this thread, the database would use nearly all of the time.
    expect(thread.user + thread.system).to.be.lessThan((all.user + all.system) / 2);
  });

  it("reports that there is no store to read", async () => {
    const nothing = openStore({ folder: join(folder, "nothing") }, SAMPLE_SOURCE, { readOnly: true });
    expect(await refusal(nothing)).to.match(/^UserError: There is no store in /);
  });
});

describe("the store, in PostgreSQL", function () {
  this.timeout(180_000);
  let server: TestPostgres | undefined;
  let url: string;
  before(async function () {
    if (process.env.TEST_DATABASE_URL) url = process.env.TEST_DATABASE_URL;
    else {
      server = await startPostgres();
      if (!server) skip(this, `${NO_POSTGRES}, and TEST_DATABASE_URL names no server.`);
      url = server.url;
    }
  });
  after(() => server?.stop());

  const session = async () => {
    const driver = await openPostgres({ databaseUrl: url, schema: schemaOf(SAMPLE_SOURCE), readOnly: false });
    return { session: await driver.session(), close: () => driver.close() };
  };
  storeSuite({ target: () => ({ databaseUrl: url }), session });

  it("separates deployments in one database", async () => {
    const other = { ...SAMPLE_SOURCE, chainId: 5 };
    const [one, two] = [
      await openStore({ databaseUrl: url }, { ...SAMPLE_SOURCE, chainId: 6 }),
      await openStore({ databaseUrl: url }, other),
    ];
    await one.append([sampleBlock(1)], []);
    expect(await two.lastBlock()).to.equal(undefined);
    await one.close();
    await two.close();
  });

  it("lets readers read beside the writer, and on a replica, but not write", async function () {
    if (!server) skip(this, "it needs a server of its own, and TEST_DATABASE_URL names one of others.");
    const source = { ...SAMPLE_SOURCE, chainId: 7 };
    expect(await refusal(openStore({ databaseUrl: url }, source, { readOnly: true }))).to.match(/^UserError: .*empty/);
    const writer = await openStore({ databaseUrl: url }, source);
    const { blocks, logs } = sampleBlocks(1, 20, 10);
    await writer.append(blocks.slice(0, 10), logs.slice(0, 100));
    const replica = await server.startReplica();
    for (const databaseUrl of [url, replica.url]) {
      const reader = await openStore({ databaseUrl }, source, { readOnly: true });
      expect(await refusal(reader.append([sampleBlock(50)], []))).to.contain("cannot execute");
      const following = followUntil(reader, (has) => has.length === 20);
      if (databaseUrl === url) await writer.append(blocks.slice(10), logs.slice(100));
      expect(await following).to.deep.equal({ blocks, logs });
      await reader.close();
    }
    await writer.close();
  });

  it("continues after the server was unavailable", async function () {
    if (!server) skip(this, "it needs a server of its own, and TEST_DATABASE_URL names one of others.");
    const store = await openStore({ databaseUrl: url }, { ...SAMPLE_SOURCE, chainId: 8 });
    const { blocks, logs } = sampleBlocks(1, 2, 10);
    await store.append(blocks.slice(0, 1), logs.slice(0, 10));
    await server.restart();
    expect(await refusal(store.append(blocks.slice(1), logs.slice(10)))).to.match(/^(StoreUnavailable|accepted)/);
    await store.append(blocks.slice(1), logs.slice(10));
    expect(await storedLogs(store)).to.deep.equal(logs);
    await store.close();
  });

  it("names the server that cannot be reached or refuses", async () => {
    const open = (databaseUrl: string) => refusal(openStore({ databaseUrl }, SAMPLE_SOURCE));
    expect(await open("postgres://someone:secret@127.0.0.1:1/x")).to.match(
      /^UserError: .*127.0.0.1:1 cannot be reached/,
    );
    expect(await open(url.replace(/[^/]*$/, "nowhere"))).to.match(/^UserError: .*refuses/);
  });
});
