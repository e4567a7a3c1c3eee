// The same chain from a fresh start into PostgreSQL by us and by Ponder, whose handlers store the same rows. Ponder is
// installed for this alone, in a temporary folder; where that fails, this part is skipped.
import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort } from "../support/freePort.ts";
import { startPostgres } from "../support/postgres.ts";
import { report } from "./figure.ts";
import { startBusyChain } from "./support/busyChain.ts";
import { inDatabase, runBackfill } from "./support/backfills.ts";
import { installPonder, URL_LISTED, writePonderProject } from "./support/ponderProject.ts";

const EVENTS = Number(process.env.BENCH_CHAIN_EVENTS ?? 100_000);
const GOAL = { least: 8 };
const LONGEST_MS = 3_600_000;

const postgres = await startPostgres();
const folder = await installPonder().catch((error: Error) => {
  console.error(`Ponder cannot be installed, so it is not compared with: ${error.message.split("\n")[0]}`);
});
if (!postgres)
  console.error("PostgreSQL is not installed (apt-get install postgresql), so Ponder is not compared with.");
if (postgres && folder) {
  const chain = await startBusyChain(EVENTS, (events) => console.error(`  ${events} events on the local chain`));
  try {
    await writePonderProject(folder, chain.url, chain.source);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < 2; round++) {
      ours.push(
        await inDatabase(postgres.url, async (databaseUrl) => {
          const start = performance.now();
          await runBackfill({ by: "indexer", target: { databaseUrl }, ...chain });
          return performance.now() - start;
        }),
      );
      theirs.push(await inDatabase(postgres.url, (databaseUrl) => runPonder(folder, databaseUrl)));
      console.error(`  ours ${Math.round(ours.at(-1) ?? 0)} ms, Ponder ${Math.round(theirs.at(-1) ?? 0)} ms`);
    }
    const [own, other] = [Math.min(...ours), Math.min(...theirs)];
    const perSecond = (ms: number) => chain.events / (ms / 1_000);
    const how = `its URL listed ${URL_LISTED} times, so that its limiter does not bind`;
    report({ name: `Ponder 0.17.7, ${how}`, value: perSecond(other), unit: "events/s" });
    const name = "ours beside it, both from the start of the process";
    report({ name, value: perSecond(own), unit: "events/s", ratio: other / own, goal: GOAL });
  } finally {
    chain.close();
  }
}
if (folder) await rm(folder, { recursive: true });
await postgres?.stop();

/** Until it says that it is ready: all history is stored and indexed. */
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
    throw new Error(`Ponder did not get ready:\n${log}`);
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
