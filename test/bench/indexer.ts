// Measures the indexer, each part in its own process, and compares it with a minimal program for the same work in the
// same
// run. Compare ratios only: the figures themselves depend on the machine and the hour. Fails if a goal is missed.
//
//   npm run bench:indexer                    everything
//   npm run bench:indexer -- replay graph    only these parts
//   npm run bench:indexer -- --json FILE     also writes [{name, value, unit, ratio?, goal?}]
import { fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { programOptions } from "#node/programOptions.ts";
import { type Figure, HEADINGS, isMissed, tableRow } from "./figure.ts";

const PARTS = ["replay", "graph", "http", "backfill", "ponder", "head"];

const { values: options, positionals } = programOptions("npm run bench:indexer -- [benchmark…] [--json FILE]", {
  options: { json: { type: "string" } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !PARTS.includes(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. The parts are ${PARTS.join(", ")}.`);
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
if (failed.length > 0) console.error(`Failed: ${failed.join(", ")}`);
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
