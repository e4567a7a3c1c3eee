// The first run: starts a local chain, registers a real lineage, pays fees, indexes them and reports where the money went.
// Then it serves the explorer and the API, and leaves what commands need: a deployment file, and accounts with keys.
//
//   npm start                            open the URLs that it prints; stop it with Ctrl-C
//   npm start -- --help                  list the options
import { join } from "node:path";
import { abortable, whenAborted } from "#node/abortable.ts";
import { createLog } from "#node/log.ts";
import { runProgram } from "#node/orderlyStop.ts";
import { buildContracts, buildPathsIn, isBuilt } from "../tasks/buildContracts.ts";
import { HELP, readOptions } from "./options.ts";
import { step } from "./step.ts";

/** Functions that stop what was started, called in reverse order. */
const ends: (() => Promise<unknown>)[] = [];
/** Logs lines for people, even if the output is piped. */
const log = createLog({ isTTY: true, write: (text) => process.stderr.write(text) });

// A terminal that is closed stops it, too.
process.on("SIGHUP", () => process.kill(process.pid, "SIGTERM"));

await runProgram(log, async (stop) => {
  // Read before anything else, so that neither help nor a mistake waits for a compiler.
  const options = readOptions();
  if (!options) return void console.log(HELP);
  // After an abort nobody waits for the work that is still under way, and it fails as its chain ends.
  void whenAborted(stop).then(() => process.on("unhandledRejection", () => undefined));
  try {
    await abortable(compile(), stop);
    const { firstRun } = await abortable(import("./firstRun.ts"), stop);
    // Whatever it waits for, an abort ends the wait.
    await abortable(firstRun(options, ends, stop), stop);
    if (options.once) return;
    await whenAborted(stop);
    console.log("\nStopped. The chain, the index and the deployment file of this run are deleted.");
  } finally {
    for (const end of ends.toReversed()) await end().catch((error: unknown) => log.error("While stopping:", error));
  }
});

/** Compiles the contracts if they have changed. */
async function compile(): Promise<void> {
  if (await isBuilt(buildPathsIn(join(import.meta.dirname, "../..")))) return;
  step("Compiling the contracts, which takes about a minute");
  const { default: hre } = await import("hardhat");
  await buildContracts(hre);
}
