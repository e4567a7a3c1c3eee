// Runs all that a contributor needs before a commit, one step after the other, and closes with `N passed, N failed`.
//
//   npm test                  everything
//   npm test -- types gas     only the steps so named
import { spawn } from "node:child_process";

interface Step {
  name: string;
  command: string[];
  /** Finds how many tests passed and failed in what the step printed; a step without tests counts as one. */
  count?: (output: string) => { passed: number; failed: number };
  /** Run only where it is named. */
  onDemand?: true;
}

const sumOf = (output: string, pattern: RegExp) =>
  [...output.matchAll(pattern)].reduce((sum, [, count]) => sum + Number(count), 0);
const mochaCount = (output: string) => ({
  passed: sumOf(output, /^\s*(\d+) passing/gm),
  failed: sumOf(output, /^\s*(\d+) failing/gm),
});

const steps: Step[] = [
  { name: "build", command: ["hardhat", "build"] },
  { name: "format", command: ["prettier", "--check", "--log-level", "warn", "."] },
  { name: "lint", command: ["oxlint"] },
  { name: "solhint", command: ["solhint", "--noPoster", "--max-warnings", "0", "contracts/**/*.sol"] },
  { name: "types", command: ["tsc", "--noEmit", "-p", "."] },
  // What runs in browsers knows them.
  { name: "types:explorer", command: ["tsc", "--noEmit", "-p", "explorer"] },
  { name: "types:pages", command: ["tsc", "--noEmit", "-p", "test/explorer"] },
  { name: "gas", command: ["node", "test/gas/bench.ts"] },
  { name: "mocha", command: ["mocha", "--exit"], count: mochaCount },
  // Parts of the step before; by themselves for the long run.
  {
    name: "differential",
    command: ["mocha", "--no-config", "--exit", "test/differential/*.test.ts"],
    count: mochaCount,
    onDemand: true,
  },
  {
    name: "simulation",
    command: ["mocha", "--no-config", "--exit", "test/simulation/*.test.ts"],
    count: mochaCount,
    onDemand: true,
  },
  { name: "coverage", command: ["node", "test/coverage/run.ts"] },
  { name: "solidity", command: ["hardhat", "test", "solidity"], count: mochaCount },
  { name: "prove", command: ["node", "test/proof/smtchecker.ts"] },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(", ")}. There are ${steps.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const failedSteps: string[] = [];
for (const step of steps) {
  if (wanted.length > 0 ? !wanted.includes(step.name) : step.onDemand) continue;
  console.log(`\n── ${step.name}: ${step.command.join(" ")}`);
  const { output, exitCode } = await run(step.command);
  const counted = step.count?.(output) ?? { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 };
  // A step that ran no test, or broke off, has failed whatever it counted.
  const broken = counted.failed === 0 && (exitCode !== 0 || counted.passed === 0);
  passed += counted.passed;
  failed += counted.failed + (broken ? 1 : 0);
  if (exitCode !== 0 || broken) failedSteps.push(step.name);
}
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(", ")}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function run([command = "", ...args]: string[]): Promise<{ output: string; exitCode: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ] as const) {
      from.on("data", (chunk) => {
        output += String(chunk);
        to.write(chunk);
      });
    }
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ output, exitCode: exitCode ?? 1 }));
  });
}
