import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { BackfillOutcome, BackfillRun } from "./backfillRun.ts";

/** Runs one back-fill in its own process. */
export function runBackfill({ by, target, url, source, head }: BackfillRun): Promise<BackfillOutcome> {
  const child = fork(join(import.meta.dirname, "backfillRun.ts"), {
    serialization: "advanced",
    execArgv: process.env.BENCH_PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [],
  });
  child.send({ by, target, url, source, head } satisfies BackfillRun);
  return new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (exitCode) => reject(new Error(`The ${by} ended with ${exitCode}.`)));
  });
}

/** Provides an empty folder, and removes it afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Provides an empty database, and removes it afterwards. */
export async function inDatabase<T>(url: string, use: (databaseUrl: string) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("CREATE DATABASE bench");
    return await use(url.replace(/postgres$/, "bench"));
  } finally {
    await client.query("DROP DATABASE IF EXISTS bench WITH (FORCE)");
    await client.end();
  }
}
