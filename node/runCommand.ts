import { setMaxListeners } from "node:events";
import type { Log } from "./log.ts";
import { UserError } from "#protocol/userError.ts";

/** A second Ctrl-C ends the process; but npm passes on at once the one that the terminal has sent already. */
const SAME_SIGNAL_MS = 300;
const INTERRUPTED = 130;

/**
 * Runs a command to its end, and ends the process. The first SIGINT or SIGTERM aborts the signal, a second ends the
 * process at once. What the command throws is told, and the exit code is 1; 130 if it was interrupted.
 *
 * @param command Answers its exit code, where that is not 0.
 */
export async function runCommand(log: Log, command: (stop: AbortSignal) => Promise<number | void>): Promise<void> {
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  let firstMs: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (firstMs === undefined) {
        firstMs = Date.now();
        log.info(`Stopping on ${signal}; another ends it at once.`);
        stop.abort(new UserError("Interrupted."));
      } else if (Date.now() - firstMs > SAME_SIGNAL_MS) process.exit(INTERRUPTED);
    });
  }
  try {
    process.exitCode = (await command(stop.signal)) ?? 0;
  } catch (error) {
    log.error("", error);
    process.exitCode = stop.signal.aborted ? INTERRUPTED : 1;
  }
  // Nothing that is still open is ours to wait for.
  process.exit();
}
