import { setMaxListeners } from "node:events";
import { classifyFailure, describeFailure } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";
import type { Log } from "./log.ts";

/** npm repeats at once the Ctrl-C that the terminal sends. Only a later signal counts as a second one. */
const SAME_SIGNAL_MS = 300;
const INTERRUPTED = 130;
/** Hardhat's option. */
const SHOW_STACK = "--show-stack-traces";

/**
 * Runs a program, then ends the process. The first SIGINT or SIGTERM aborts the signal; a second one ends the process at
 * once. If the program fails, logs the reason and sets the exit code to 1, or to 130 after an interrupt.
 *
 * @param program Returns its exit code. Default: 0.
 */
export async function runProgram(
  log: Pick<Log, "info" | "error">,
  program: (stop: AbortSignal) => Promise<number | void>,
): Promise<void> {
  const { stop } = stopOnSignal("Interrupted.", log.info);
  try {
    process.exitCode = (await program(stop)) ?? 0;
  } catch (error) {
    log.error("", error);
    process.exitCode = stop.aborted ? INTERRUPTED : 1;
  }
  // Handles that are still open must not keep the process alive.
  process.exit();
}

/**
 * Runs a task within another program's process, such as Hardhat's. The first SIGINT or SIGTERM aborts the signal; a second
 * one ends the process at once. Prints the reason of a failure in a sentence, and sets the exit code to 1.
 *
 * @throws An error that has a code of Hardhat's, which prints it without a stack; with `--show-stack-traces`, any error
 *   but a UserError.
 */
export async function runTask(task: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const { stop, ignore } = stopOnSignal("Interrupted. Run the same command again to continue.", console.error);
  try {
    await task(stop);
  } catch (error) {
    const isPrintedByHardhat = typeof (error as { errorCode?: unknown } | undefined)?.errorCode === "string";
    if (!(error instanceof UserError) && (isPrintedByHardhat || process.argv.includes(SHOW_STACK))) throw error;
    console.error(reasonFor(error));
    process.exitCode = 1;
  } finally {
    ignore();
  }
}

/** Describes the failure of a task in a sentence: what happened and what to do. */
export function reasonFor(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const failure = classifyFailure(error);
  return (
    describeFailure(failure) ??
    `This is a fault of the program: ${failure.reason}. Run the same command with ${SHOW_STACK} and report what it prints.`
  );
}

/** Aborts `stop` with this reason on the first signal, and ends the process on a second one, until `ignore` is called. */
function stopOnSignal(reason: string, print: (text: string) => void) {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let firstMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstMs === undefined) {
      firstMs = Date.now();
      print(`Stopping on ${signal}. A second signal ends the process at once.`);
      stop.abort(new UserError(reason));
    } else if (Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const ignore = () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  return { stop: stop.signal, ignore };
}
