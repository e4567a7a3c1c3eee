// Runs the tests, and closes with `N passed, N failed`.
//
//   npm test                     every kind of check, briefly: what a contributor needs before a commit
//   npm run test:all             every check at full length
//   npm test -- types gas        only these steps; `npm run test:all -- types gas` at full length
import { spawn } from "node:child_process";
import { join } from "node:path";

interface Step {
  name: string;
  command: string[];
  /** The command in a brief run, where it is another. */
  brief?: string[];
  /** Finds how many tests passed and failed in what the step printed; a step without tests counts as one. */
  count?: (output: string) => { passed: number; failed: number };
  /** True for a step that runs only if it is named. */
  onDemand?: true;
}

/** A step that either succeeds or fails. */
const step = (name: string, ...command: string[]): Step => ({ name, command });
/** A step of many tests, as mocha and Hardhat report them. */
const suite = (name: string, ...command: string[]): Step => ({ name, command, count: countTests });

const sumOf = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
const countTests = (output: string) => ({
  passed: sumOf(output, /^\s*(\d+) passing/gm),
  failed: sumOf(output, /^\s*(\d+) failing/gm),
});

/** Node keeps compiled modules here: the tests start hundreds of processes, which load the same ones. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/node");
/** Tests that take long as a whole; test/support/atLength.ts leaves out single ones. */
const LONG_FILES = "**/*.long.test.ts";
const TSC = ["node", "node_modules/typescript-native/bin/tsc", "--noEmit"];
const TWO_FILES = ["--parallel", "--jobs", "2"];
/** Tests that start processes of their own: the commands, the services, the packages, browsers. */
const WHOLE_SYSTEM = ["participant", "explorer", "endToEnd", "packages"].map((folder) => `test/${folder}/**/*.test.ts`);

function mocha(name: string, ...args: string[]): Step {
  return { ...suite(name, "mocha", ...args), brief: ["mocha", "--ignore", LONG_FILES, ...args] };
}

/** One property for each of the solver's engines. */
const PROVED_BRIEFLY = ["PortionIsAtMostTheTotal", "TwoPortionsFit"];

/**
 * One stage after the other; the steps of a stage two at a time, for most of them keep one core busy. What takes longest
 * comes first.
 */
const stages: Step[][] = [
  [
    step("build", "hardhat", "build"),
    step("format", "prettier", "--check", "--log-level", "warn", "."),
    step("solhint", "solhint", "--noPoster", "--max-warnings", "0", "contracts/**/*.sol"),
    step("lint", "oxlint"),
  ],
  [
    step("gas", "node", "test/gas/bench.ts"),
    step("types", ...TSC, "-p", "."),
    // Two test files would build it at the same time.
    step("build:explorer", "node", "scripts/explorer/build.ts"),
    // Code that runs in browsers knows them.
    step("types:explorer", ...TSC, "-p", "explorer"),
    step("types:pages", ...TSC, "-p", "test/explorer"),
  ],
  [mocha("mocha", ...TWO_FILES, "--exit", ...WHOLE_SYSTEM.flatMap((files) => ["--ignore", files]))],
  [mocha("system", "--no-config", "--timeout", "20000", ...TWO_FILES, "--exit", ...WHOLE_SYSTEM)],
  // Parts of other steps; by themselves for the long run.
  [{ ...mocha("differential", "--no-config", "--exit", "test/differential/*.test.ts"), onDemand: true }],
  [{ ...mocha("simulation", "--no-config", "--exit", "test/simulation/*.test.ts"), onDemand: true }],
  [{ ...mocha("pairs", "--no-config", "--exit", "test/endToEnd/hostilePairs*.long.test.ts"), onDemand: true }],
  [
    suite("solidity", "hardhat", "test", "solidity"),
    { ...step("coverage", "node", "test/coverage/run.ts"), brief: ["node", "test/coverage/run.ts", "periphery"] },
    {
      ...step("prove", "node", "test/proof/smtchecker.ts"),
      brief: ["node", "test/proof/smtchecker.ts", ...PROVED_BRIEFLY],
    },
  ],
];

/** The heading under which the closing lines repeat why a step failed. `.ci/run` looks for it. */
const FAILURES_OF = "── failures of";
const MOST_REASON_LINES = 120;

/** Finds the summary of failures that a test runner prints last; of any other output, its end. */
function reasonsIn(output: string): string {
  const summary = output.search(/^\s*\d+ failing/m);
  const lines = output.slice(Math.max(summary, 0)).trimEnd().split("\n");
  return (summary < 0 ? lines.slice(-MOST_REASON_LINES) : lines.slice(0, MOST_REASON_LINES)).join("\n");
}

const argv = process.argv.slice(2);
const isBrief = !argv.includes("--all");
const wanted = argv.filter((arg) => arg !== "--all");
const names = stages.flat().map(({ name }) => name);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are ${names.join(", ")}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const failedSteps: { name: string; reasons: string }[] = [];
for (const stage of stages) {
  const chosen = stage.filter(({ name, onDemand }) => (wanted.length > 0 ? wanted.includes(name) : !onDemand));
  const waiting = [...chosen];
  // The output of a step that runs alone is shown as it comes.
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await take(next, chosen.length === 1);
  };
  await Promise.all([work(), work()]);
}
for (const { name, reasons } of failedSteps) console.log(`\n${FAILURES_OF} ${name}\n${reasons}`);
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.map(({ name }) => name).join(", ")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function take({ name, command: whole, brief, count }: Step, alone: boolean): Promise<void> {
  const command = (isBrief && brief) || whole;
  const title = `── ${name}: ${command.join(" ")}`;
  console.log(alone ? `\n${title}` : `${title} … (what it prints follows)`);
  const begun = performance.now();
  const { output, exitCode } = await run(command, alone);
  if (!alone) console.log(`\n${title}\n${output.trimEnd()}`);
  console.log(
    `── ${name}: ${exitCode === 0 ? "done" : "failed"} in ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
  );
  const counted = count?.(output) ?? { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 };
  // A step that ran no test, or broke off, has failed whatever it counted.
  const broken = counted.failed === 0 && (exitCode !== 0 || counted.passed === 0);
  passed += counted.passed;
  failed += counted.failed + (broken ? 1 : 0);
  if (exitCode !== 0 || broken) failedSteps.push({ name, reasons: reasonsIn(output) });
}

function run([command = "", ...args]: string[], show: boolean): Promise<{ output: string; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_COMPILE_CACHE, TESTS: isBrief ? "brief" : "all" },
    });
    let output = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on("data", (chunk) => {
        output += String(chunk);
        if (show) to.write(chunk);
      });
    }
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ output, exitCode: exitCode ?? 1 }));
  });
}
