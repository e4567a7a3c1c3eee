// Measures the indexer, each part in a process of its own, beside the least that does the same work in the same run.
// Ratios tell; the figures alone are of this machine and hour. Fails when a goal is missed.
//
//   npm run bench:indexer                    everything
//   npm run bench:indexer -- replay graph    only the parts so named
//   npm run bench:indexer -- --json FILE     also writes [{name, value, unit, ratio?, goal?}]
import { fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, HEADINGS, isMissed, tableRow } from "./figure.ts";

const PARTS = ["replay", "graph", "http", "backfill", "ponder", "head"];

const { values: options, positionals } = parseArgs({ options: { json: { type: "string" } }, allowPositionals: true });
const unknown = positionals.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. There are ${PARTS.join(", ")}.`);
  process.exit(2);
}

const figures: Figure[] = [];
const failed: string[] = [];
console.log(HEADINGS);
for (const part of positionals.length > 0 ? positionals : PARTS) {
  if ((await run(part)) !== 0) failed.push(part);
}
if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);

const missed = figures.filter(isMissed);
console.log(`\n${figures.filter(({ goal }) => goal).length - missed.length} goals met, ${missed.length} missed`);
if (failed.length > 0) console.error(`Broke off: ${failed.join(", ")}`);
process.exitCode = missed.length + failed.length > 0 ? 1 : 0;

function run(part: string): Promise<number> {
  const child = fork(join(import.meta.dirname, `${part}.ts`), {
    execArgv: ["--expose-gc", "--max-old-space-size=8192"],
  });
  child.on("message", (figure: Figure) => {
    figures.push(figure);
    console.log(tableRow(figure));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
}
