import { UserError } from "#protocol/userError.ts";

/** Runs a command: Ctrl-C aborts the signal, and a failure that a person can mend is told in one sentence. */
export async function runForPeople(command: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupt = new AbortController();
  const abort = () => interrupt.abort(new UserError("Interrupted. Run the same command again to go on."));
  process.once("SIGINT", abort);
  process.once("SIGTERM", abort);
  try {
    await command(interrupt.signal);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  } finally {
    process.off("SIGINT", abort);
    process.off("SIGTERM", abort);
  }
}
