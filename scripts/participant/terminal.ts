import { createInterface } from "node:readline/promises";
import { UserError } from "#protocol/userError.ts";

/** The terminal at which a command speaks and asks. */
export interface Terminal {
  /** True if somebody is there to answer. */
  isInteractive: boolean;
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  ask: (question: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * Asks before money is spent.
 *
 * @throws {UserError} if the answer is not yes, or nobody is there to answer.
 */
export async function confirm(terminal: Terminal, question: string, signal: AbortSignal): Promise<void> {
  if (!terminal.isInteractive) {
    throw new UserError("Nobody is there to be asked. Say --yes if it is to be done without asking.");
  }
  if (!(await terminal.ask(question, signal))) throw new UserError("Nothing was sent.");
}

/** The terminal that the process runs in. */
export function processTerminal(): Terminal {
  return {
    isInteractive: process.stdin.isTTY === true,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    async ask(question, signal) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const stop = new AbortController();
      // While it reads a line, Ctrl-C and Ctrl-D reach the terminal's reader, not the process.
      lines.once("SIGINT", () => stop.abort());
      lines.once("close", () => stop.abort());
      try {
        const answer = await lines.question(`${question} [y/N] `, { signal: AbortSignal.any([signal, stop.signal]) });
        return /^y(es)?$/i.test(answer.trim());
      } catch {
        return false;
      } finally {
        lines.close();
      }
    },
  };
}
