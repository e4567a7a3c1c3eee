import { setMaxListeners } from "node:events";
import { UserError } from "#protocol/userError.ts";
import type { Log } from "./log.ts";

/** A second Ctrl-C ends the process; but npm passes on at once the one that the terminal has sent already. */
const SAME_SIGNAL_MS = 300;
const INTERRUPTED = 130;

/**
 * Runs a program to its end, and ends the process. The first SIGINT or SIGTERM aborts the signal, a second ends the
 * process at once. The log tells why the program failed, and the exit code is 1; 130 if it was interrupted.
 *
 * @param program Answers its exit code, where that is not 0.
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
  // Nothing that is still open is ours to wait for.
  process.exit();
}

/**
 * Runs a task within a process of others', such as Hardhat's. The first SIGINT or SIGTERM aborts the signal, a second
 * ends the process at once. A failure that a person can mend is told in one sentence, and the exit code is 1.
 *
 * @throws Any other failure, which is the process's own to tell.
 */
export async function runTask(task: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const { stop, ignore } = stopOnSignal("Interrupted. Run the same command again to go on.", console.error);
  try {
    await task(stop);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    ignore();
  }
}

/** Aborts `stop` for this reason on the first signal, and ends the process on a second, until told to ignore them. */
function stopOnSignal(reason: string, tell: (text: string) => void) {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let firstMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstMs === undefined) {
      firstMs = Date.now();
      tell(`Stopping on ${signal}; another ends it at once.`);
      stop.abort(new UserError(reason));
    } else if (Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const ignore = () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  return { stop: stop.signal, ignore };
}
