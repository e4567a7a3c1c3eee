import { createInterface } from "node:readline/promises";
import { UserError } from "../../indexer/userError.ts";

/**
 * Asks before money is spent.
 *
 * @throws {UserError} if the answer is not yes, or nobody is there to answer.
 */
export async function confirm(question: string, yes: boolean, signal: AbortSignal): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new UserError("There is no terminal to ask at. Add --yes to go on without asking.");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `, { signal }).finally(() => terminal.close());
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError("Nothing was sent.");
}
