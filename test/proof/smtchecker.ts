// Has the compiler's model checker (z3, in the pinned solc) prove what test/proof/SplitProof.sol states, and closes with a
// table. Fails where a property that is recorded here as proved is proved no more.
//
//   node test/proof/smtchecker.ts                     every property
//   node test/proof/smtchecker.ts TwoPortionsFit      only these
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { failUsage } from "#node/programOptions.ts";

type Engine = "chc" | "bmc";

/**
 * Which engine proved each property when this was last tried. None of them has a loop, so the bounded one (bmc) leaves out
 * nothing. `attempt`: with which it is tried where neither did.
 */
const properties: { name: string; provedBy?: Engine; attempt?: Engine }[] = [
  { name: "PortionNeverFalls", provedBy: "chc" },
  { name: "PortionIsAtMostTheTotal", provedBy: "chc" },
  { name: "PortionBetweenDoesNotWrap", provedBy: "chc" },
  { name: "TwoPortionsFit", provedBy: "bmc" },
  { name: "ThreePortionsFit", provedBy: "bmc" },
  { name: "StepIsTheGrowth", provedBy: "chc" },
  // Follows from the one above by addition; the solver gives up on the six products at once.
  { name: "StepsComeToTheSame", attempt: "chc" },
  { name: "InheritedFloorFits", provedBy: "chc" },
  { name: "InheritedFloorHolds", provedBy: "chc" },
  { name: "InheritedFloorIsTheSmallest", provedBy: "chc" },
];
const LIMIT_MS = 30_000;
const HARNESS = "test/proof/SplitProof.sol";
const LIBRARY = "contracts/libraries/Split.sol";

/** The compiler's codes for an assertion that holds in every case. */
const PROVED_CODES = new Set(["9576", "2961"]);

interface Diagnostic {
  severity: string;
  errorCode?: string;
  message: string;
}

/** Asks the compiler about one property and prints its diagnostics. Blocks, so it is run in a process of its own. */
function check(name: string, engine: Engine) {
  const require = createRequire(import.meta.url);
  const wrap = require("solc/wrapper");
  const root = new URL("../../", import.meta.url);
  const content = (path: string) => ({ content: readFileSync(new URL(path, root), "utf8") });
  const input = {
    language: "Solidity",
    sources: { [HARNESS]: content(HARNESS), [LIBRARY]: content(LIBRARY) },
    settings: {
      modelChecker: {
        engine,
        targets: ["assert"],
        showProvedSafe: true,
        showUnproved: true,
        solvers: ["z3"],
        contracts: { [HARNESS]: [name] },
        // No timeout: it crashes this build of the compiler.
      },
    },
  };
  const output = JSON.parse(wrap(require("solc/soljson.js")).compile(JSON.stringify(input)));
  console.log(JSON.stringify(output.errors ?? []));
}

/** Undefined if the time was up. */
function diagnosticsOf(name: string, engine: Engine): Promise<Diagnostic[] | undefined> {
  return new Promise((resolve, reject) => {
    const self = fileURLToPath(import.meta.url);
    const child = spawn(process.execPath, [self, "--check", name, engine], { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
    child.once("error", reject);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve(undefined);
      else if (code === 0) resolve(JSON.parse(output));
      else reject(new Error(`The compiler failed on ${name} with code ${code}.`));
    });
  });
}

/** Exactly one assertion, and it is safe: a harness that asserts nothing proves nothing. */
async function isProved(name: string, engine: Engine): Promise<boolean> {
  const diagnostics = await diagnosticsOf(name, engine);
  const failure = diagnostics?.find(({ severity }) => severity === "error");
  if (failure) throw new Error(failure.message);
  const aboutAssertions = diagnostics?.filter(({ message }) => /Assertion violation/.test(message)) ?? [];
  return aboutAssertions.length === 1 && PROVED_CODES.has(aboutAssertions[0]?.errorCode ?? "");
}

const args = process.argv.slice(2);
if (args[0] === "--check") check(String(args[1]), args[2] === "bmc" ? "bmc" : "chc");
else await prove(args);

async function prove(names: string[]) {
  const unknown = names.filter((each) => !properties.some(({ name }) => name === each));
  if (unknown.length > 0) {
    failUsage("npm run prove -- [property…]", `There is no property ${unknown.join(", ")}.`);
  }
  const chosen = properties.filter(({ name }) => names.length === 0 || names.includes(name));
  let provedCount = 0;
  let lostCount = 0;
  for (const { name, provedBy, attempt } of chosen) {
    const engine = provedBy ?? attempt ?? "bmc";
    const start = performance.now();
    const proved = await isProved(name, engine);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const verdict = proved ? "PROVED" : "NOT PROVED";
    const wasProved = provedBy !== undefined;
    const note = proved === wasProved ? "" : proved ? "  (record it)" : "  (was proved before)";
    console.log(`${verdict.padEnd(10)}  ${name.padEnd(28)} ${engine} ${seconds.padStart(5)} s${note}`);
    if (proved) provedCount += 1;
    else if (wasProved) lostCount += 1;
  }
  console.log(`\n${provedCount} of ${chosen.length} proved, ${lostCount} proved no more`);
  process.exitCode = lostCount > 0 ? 1 : 0;
}
