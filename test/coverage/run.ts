// Runs the unit tests of the contracts on a copy that keeps account of every statement, and of every condition's being
// true and being false, in all code that money goes through. Fails where the tests leave anything out.
//
//   node test/coverage/run.ts                 all of it
//   node test/coverage/run.ts periphery       the contracts around the ledger, by their own tests
import { spawn } from "node:child_process";
import { globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyProject, ROOT, scratchEnvironment } from "../support/deploy/scratchCopy.ts";
import { programOptions } from "#node/programOptions.ts";
import { addProbes } from "./addProbes.ts";
import { report } from "./report.ts";

const { positionals } = programOptions("npm run test:coverage -- [folder of contracts]", { allowPositionals: true });
const part = positionals[0] === undefined ? "" : `${positionals[0]}/`;
/** All code that money goes through; an interface has no statements. */
const FILES = `contracts/${part}**/*.sol`;
const OTHER_FILES = ["contracts/doubles/**", "contracts/interfaces/**"];
const TESTS = `test/contracts/${part}**/*.test.ts`;
/** The copy is larger than what is deployed. */
const LEFT_OUT = "test/contracts/size.test.ts";

const scratch = join(tmpdir(), `tributary-coverage-${process.pid}`);
try {
  const files = globSync(FILES, { cwd: ROOT, exclude: OTHER_FILES }).sort();
  const originals = Object.fromEntries(files.map((file) => [file, readFileSync(join(ROOT, file), "utf8")]));
  const { sources, probes } = addProbes(originals);
  copyProject(scratch);
  for (const [file, source] of Object.entries(sources)) writeFileSync(join(scratch, file), source);
  await runTests();
  const { text, missedCount } = report(probes, numbersHit());
  console.log(`${text}\n\n${probes.length - missedCount} of ${probes.length} statements and branches covered`);
  process.exitCode = missedCount > 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function runTests(): Promise<void> {
  const tests = globSync(TESTS, { cwd: ROOT, exclude: [LEFT_OUT] }).sort();
  const args = ["--config", "test/coverage/hardhat.config.ts", "test", "mocha", "--coverage", ...tests];
  return new Promise((resolve, reject) => {
    const child = spawn("hardhat", args, {
      cwd: scratch,
      env: scratchEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The tests fail on the copy:\n${output}`));
    });
  });
}

/** Hardhat leaves a file for each process that ran tests: how often each number was sent, in hexadecimal. */
function numbersHit(): Set<number> {
  const folder = join(scratch, "coverage/data/mocha");
  const counts = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
  return new Set(counts.flatMap(Object.keys).map((hex) => Number(`0x${hex}`)));
}
