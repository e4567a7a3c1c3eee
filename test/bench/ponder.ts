// Measures the back-fill of the same chain into an empty PostgreSQL, by the indexer and by Ponder, whose handlers store
// the
// same rows: one chain with many events a block, and one with few, as most chains have. A bare loop, which does only
// what is
// necessary, shows how much faster than Ponder any program could be. Ponder is installed for this part only, in a
// temporary
// folder. If the installation fails, this part is skipped.
import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../support/rpc/freePort.ts";
import { startPostgres, type TestPostgres } from "../support/indexer/postgres.ts";
import { report } from "./figure.ts";
import { type Density, startBusyChain } from "./support/busyChain.ts";
import { inDatabase, runBackfill } from "./support/backfills.ts";
import { installPonder, writePonderProject } from "./support/ponderProject.ts";

const EVENTS = Number(process.env.BENCH_CHAIN_EVENTS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 2);
/**
 * The goal is this ratio to Ponder. If the bare loop itself is too slow for it, the goal is `OF_BARE_LOOP` of its
 * ratio.
 */
const TIMES_PONDER = 8;
const OF_BARE_LOOP = 0.6;
const LONGEST_MS = 3_600_000;

const postgres = await startPostgres();
const folder = await installPonder().catch((error: Error) => {
  console.error(`Ponder cannot be installed, so there is no comparison with it: ${error.message.split("\n")[0]}`);
});
if (!postgres)
  console.error("PostgreSQL is not installed (apt-get install postgresql), so there is no comparison with Ponder.");
if (postgres && folder) {
  for (const density of ["dense", "sparse"] as const) await compare(postgres, folder, density);
}
if (folder) await rm(folder, { recursive: true });
await postgres?.stop();

async function compare(server: TestPostgres, project: string, density: Density): Promise<void> {
  const onProgress = (events: number) => console.error(`  ${events} events on the ${density} chain`);
  const chain = await startBusyChain(EVENTS, onProgress, density);
  try {
    await writePonderProject(project, chain.url, chain.source);
    const backfillBy = (by: "indexer" | "bare loop") => async (databaseUrl: string) => {
      const start = performance.now();
      await runBackfill({ by, target: { databaseUrl }, ...chain });
      return performance.now() - start;
    };
    const ways = {
      ours: backfillBy("indexer"),
      "bare loop": backfillBy("bare loop"),
      Ponder: (databaseUrl: string) => runPonder(project, databaseUrl),
    };
    const none = { ms: Infinity, nodeCpuMs: 0 };
    const best = { ours: none, "bare loop": none, Ponder: none };
    for (let round = 0; round < ROUNDS; round++) {
      for (const who of ["ours", "bare loop", "Ponder"] as const) {
        const before = await chain.nodeCpuMs();
        const ms = await inDatabase(server.url, ways[who]);
        const nodeCpuMs = (await chain.nodeCpuMs()) - before;
        console.error(`  ${density}, ${who}: ${Math.round(ms)} ms; the node's processor: ${Math.round(nodeCpuMs)} ms`);
        if (ms < best[who].ms) best[who] = { ms, nodeCpuMs };
      }
    }
    const { ours, "bare loop": bare, Ponder } = best;
    const perBlock = (chain.events / Number(chain.head - chain.source.startBlock + 1n)).toFixed(0);
    const perSecond = (ms: number) => chain.events / (ms / 1_000);
    const where = `${perBlock} events a block`;
    report({ name: `Ponder 0.17.7, ${where}, not limited`, value: perSecond(Ponder.ms), unit: "events/s" });
    const name = `ours, ${where}, both from the start of the process`;
    const bareRatio = Ponder.ms / bare.ms;
    report({ name: `bare loop, ${where}`, value: perSecond(bare.ms), unit: "events/s", ratio: bareRatio });
    const goal = { least: Math.min(TIMES_PONDER, OF_BARE_LOOP * bareRatio) };
    report({ name, value: perSecond(ours.ms), unit: "events/s", ratio: Ponder.ms / ours.ms, goal });
    report({ name: `the node's processor, ${where}: for Ponder`, value: Ponder.nodeCpuMs, unit: "ms" });
    report({ name: `the node's processor, ${where}: for ours`, value: ours.nodeCpuMs, unit: "ms" });
  } finally {
    chain.close();
  }
}

/**
 * Runs Ponder until it reports that it is ready: all history is stored and indexed. Returns the time in milliseconds.
 */
async function runPonder(project: string, databaseUrl: string): Promise<number> {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [
      join(project, "node_modules/ponder/dist/esm/bin/ponder.js"),
      "start",
      "--schema",
      "ponder",
      "--port",
      String(port),
    ],
    { cwd: project, env: { ...process.env, DATABASE_URL: databaseUrl, CI: "true" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (log = `${log}${chunk}`.slice(-5_000)));
  try {
    while (performance.now() - start < LONGEST_MS) {
      if (child.exitCode !== null) break;
      const ready = await fetch(`http://127.0.0.1:${port}/ready`).catch(() => undefined);
      if (ready?.status === 200) {
        const ms = performance.now() - start;
        await requireRows(databaseUrl);
        return ms;
      }
      await sleep(50);
    }
    throw new Error(`Ponder did not become ready:\n${log}`);
  } finally {
    await end(child);
  }
}

async function requireRows(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query("SELECT count(*)::integer AS count FROM ponder.fees");
  await client.end();
  if (!(rows[0]?.count > EVENTS / 4)) throw new Error(`Ponder stored only ${rows[0]?.count} fees.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}
