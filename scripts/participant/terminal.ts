import { createInterface } from "node:readline/promises";
import { UserError } from "#protocol/userError.ts";

/** The terminal of a command: its output and its questions. */
export interface Terminal {
  /** True if a person can answer questions. */
  isInteractive: boolean;
  /** True if a person sees all that the command prints. */
  isSeen: boolean;
  stdout: (text: string) => void;
  stderr: (text: string) => void;
  ask: (question: string, signal: AbortSignal) => Promise<boolean>;
  /** Reads a line; undefined if the person gave none. A terminal without it has yes or no questions only. */
  answer?: (question: string, signal: AbortSignal) => Promise<string | undefined>;
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
    isSeen: process.stdout.isTTY === true && process.stderr.isTTY === true,
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    ask: async (question, signal) => /^y(es)?$/i.test(((await readLine(`${question} [y/N]`, signal)) ?? "").trim()),
    answer: readLine,
  };
}

async function readLine(question: string, signal: AbortSignal): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const stop = new AbortController();
  // While a line is read, Ctrl-C and Ctrl-D reach the reader instead of the process.
  lines.once("SIGINT", () => stop.abort());
  lines.once("close", () => stop.abort());
  try {
    return await lines.question(`${question} `, { signal: AbortSignal.any([signal, stop.signal]) });
  } catch {
    return undefined;
  } finally {
    lines.close();
  }
}
