// Breaks the ledger in one place after the other and asks the tests whether they notice. A change that no test notices
// either makes no difference, which test/mutation/survivors.json then argues, or shows a test that is missing.
//
//   node test/mutation/run.ts                       all of it, for hours; goes on where it was interrupted
//   node test/mutation/run.ts --sample 40 --seed 1  some, chosen by the seed
//   node test/mutation/run.ts --only 3,17           these; --list shows the numbers
//   node test/mutation/run.ts --fresh               forgets what earlier runs found
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { programOptions } from "#node/programOptions.ts";
import { copyProject, ROOT, scratchEnvironment } from "../support/deploy/scratchCopy.ts";
import { listMutants, type Mutant } from "./listMutants.ts";

type Outcome = "killed by the compiler" | "killed by unit tests" | "killed by fuzz tests" | "survived";

/** A survivor that is known, and why it may live. */
interface Survivor {
  file: string;
  /** The line as it is, and as it was changed to. */
  from: string;
  to: string;
  because: string;
}

const FILES = [
  "contracts/FeeLedger.sol",
  "contracts/libraries/Split.sol",
  "contracts/libraries/Tally.sol",
  "contracts/libraries/Edge.sol",
  "contracts/libraries/ReleaseWord.sol",
];
const UNIT_TESTS = ["test/contracts/**/*.test.ts", "test/differential/storage.test.ts"];
const FUZZ_TESTS = ["Split", "Tally", "Packing", "Shares"].map((name) => `test/fuzz/${name}.t.sol`);
const STEP_LIMIT_MS = 300_000;

const { values: options } = programOptions(
  "npm run test:mutation -- [--only FILE:LINE] [--sample N] [--seed N] [--list] [--fresh]",
  {
    options: {
      only: { type: "string" },
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      list: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
    },
  },
);

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const mutants = FILES.flatMap((file) => listMutants(file, read(file))).map((mutant, index) => ({
  number: index + 1,
  ...mutant,
}));
const describe = ({ file, line, from, to }: Mutant) => `${file}:${line}\n      - ${from}\n      + ${to || "(nothing)"}`;

const chosen = choose();
if (options.list) {
  for (const mutant of chosen) console.log(`${String(mutant.number).padStart(4)}  ${describe(mutant)}`);
} else {
  await run();
}

function choose() {
  if (options.only !== undefined) {
    const wanted = new Set(options.only.split(",").map(Number));
    return mutants.filter(({ number }) => wanted.has(number));
  }
  if (options.sample === undefined) return mutants;
  // In the order of a hash of seed and number: a larger sample contains a smaller one.
  const rank = (number: number) => createHash("sha256").update(`${options.seed}/${number}`).digest("hex");
  const ranked = mutants.map((mutant) => ({ mutant, key: rank(mutant.number) }));
  return ranked
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .slice(0, Number(options.sample))
    .map(({ mutant }) => mutant);
}

async function run() {
  // Recorded results hold for these very sources and tests; after any change, every mutant is tried again.
  const state = hashOf(["contracts", "test/contracts", "test/fuzz", "test/support", "hardhat.config.ts"]);
  const scratch = join(tmpdir(), `tributary-mutation-${state}`);
  const journal = join(tmpdir(), `tributary-mutation-${state}.jsonl`);
  if (options.fresh) rmSync(journal, { force: true });
  const known = new Map<string, Outcome>();
  if (existsSync(journal)) {
    for (const line of readFileSync(journal, "utf8").split("\n").filter(Boolean)) {
      const { key, outcome } = JSON.parse(line);
      known.set(key, outcome);
    }
  }
  copyProject(scratch);

  console.log(`${chosen.length} of ${mutants.length} mutants, ${cpus().length} processors, in ${scratch}`);
  if ((await outcomeOf(scratch)) !== "survived") throw new Error("The tests fail before anything was changed.");

  const survivors: (Mutant & { number: number })[] = [];
  const counts = new Map<Outcome, number>();
  for (const [index, mutant] of chosen.entries()) {
    const key = `${mutant.file}:${mutant.line}:${mutant.from}:${mutant.to}`;
    const start = performance.now();
    const outcome = known.get(key) ?? (await tryOut(scratch, mutant));
    if (!known.has(key)) appendFileSync(journal, `${JSON.stringify({ key, outcome })}\n`);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome === "survived") survivors.push(mutant);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(
      `${index + 1}/${chosen.length}  #${mutant.number} ${outcome}, ${seconds} s: ${mutant.file}:${mutant.line}`,
    );
  }
  rmSync(scratch, { recursive: true, force: true });
  report(survivors, counts);
}

function report(survivors: (Mutant & { number: number })[], counts: Map<Outcome, number>) {
  const accepted: Survivor[] = JSON.parse(read("test/mutation/survivors.json"));
  console.log();
  for (const [outcome, count] of counts) console.log(`${String(count).padStart(5)} ${outcome}`);
  let unexpected = 0;
  for (const mutant of survivors) {
    const match = accepted.find(
      ({ file, from, to }) => file === mutant.file && from === mutant.from && to === mutant.to,
    );
    if (!match) unexpected += 1;
    console.log(`\n#${mutant.number}  ${describe(mutant)}\n      ${match ? `known: ${match.because}` : "NOT KNOWN"}`);
  }
  console.log(`\n${chosen.length - unexpected} passed, ${unexpected} failed`);
  process.exitCode = unexpected > 0 ? 1 : 0;
}

async function tryOut(scratch: string, mutant: Mutant): Promise<Outcome> {
  const path = join(scratch, mutant.file);
  const original = readFileSync(path, "utf8");
  const lines = original.split("\n");
  const indent = /^\s*/.exec(lines[mutant.line - 1] ?? "")?.[0] ?? "";
  lines[mutant.line - 1] = indent + mutant.to;
  writeFileSync(path, lines.join("\n"));
  try {
    return await outcomeOf(scratch);
  } finally {
    writeFileSync(path, original);
  }
}

async function outcomeOf(scratch: string): Promise<Outcome> {
  if (!(await succeeds(scratch, "hardhat", ["build", "--no-tests", "--quiet"]))) return "killed by the compiler";
  const mocha = ["--no-config", "--timeout", "60000", ...UNIT_TESTS, "--exit", "--bail"];
  if (!(await succeeds(scratch, "mocha", mocha))) return "killed by unit tests";
  return (await succeeds(scratch, "hardhat", ["test", "solidity", ...FUZZ_TESTS]))
    ? "survived"
    : "killed by fuzz tests";
}

/** A test that never ends has noticed, too. */
function succeeds(cwd: string, command: string, args: string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that what it started ends with it.
    const child = spawn(command, args, { cwd, env: scratchEnvironment(), stdio: "ignore", detached: true });
    const timer = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, STEP_LIMIT_MS);
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

function hashOf(paths: string[]): string {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesIn).sort()) hash.update(file).update(read(file));
  return hash.digest("hex").slice(0, 12);
}

function filesIn(path: string): string[] {
  const entry = statSync(join(ROOT, path));
  if (!entry.isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).flatMap((name) => filesIn(join(path, name)));
}
