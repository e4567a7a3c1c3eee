import { createInterface } from "node:readline/promises";
import { UserError } from "#protocol/userError.ts";

/** The terminal of a command: its output and its questions. */
export interface Terminal {
  /** True if a person can answer questions. */
  isInteractive: boolean;
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  ask: (question: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * Asks for confirmation before money is spent.
 *
 * @throws {UserError} if the answer is not yes, or if nobody can answer.
 */
export async function confirm(terminal: Terminal, question: string, signal: AbortSignal): Promise<void> {
  if (!terminal.isInteractive) {
    throw new UserError(
      "This needs a confirmation, but there is no terminal to ask at. Give --yes to go on without confirmation.",
    );
  }
  if (!(await terminal.ask(question, signal))) throw new UserError("Not confirmed. Nothing was signed or sent.");
}

/** Returns the terminal that the process runs in. */
export function processTerminal(): Terminal {
  return {
    isInteractive: process.stdin.isTTY === true,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    async ask(question, signal) {
      const lines = createInterface({ input: process.stdin, output: process.stderr });
      const stop = new AbortController();
      // While a line is read, Ctrl-C and Ctrl-D reach the reader instead of the process.
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
