import { type ChildProcess, spawn } from "node:child_process";
import { ROOT } from "../deploy/scratchCopy.ts";

export interface StartFirstRunParameters {
  /** The command and its arguments. */
  command: readonly [file: string, ...args: string[]];
  /** Default: the checkout. */
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Runs the first run as a person does, in a process group of its own like a terminal's, and reads what it prints. */
export function startFirstRun({ command, cwd = ROOT, env = process.env }: StartFirstRunParameters) {
  const [file, ...args] = command;
  const child: ChildProcess = spawn(file, args, { cwd, env: { ...env, NO_COLOR: "1" }, detached: true });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += String(chunk)));
  child.stderr?.on("data", (chunk) => (output += String(chunk)));
  let hasEnded = false;
  const ended = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => {
      hasEnded = true;
      resolve(code);
    }),
  );
  return {
    child,
    ended,
    output: () => output,
    /** Waits until it has printed a text. */
    says: async (text: string, patienceMs = 240_000) => {
      const deadline = Date.now() + patienceMs;
      while (!output.includes(text)) {
        if (hasEnded || Date.now() > deadline) throw new Error(`It never said "${text}":\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    /** Sends a signal to the whole group, as a terminal does at Ctrl-C. Does nothing if it has ended. */
    signal: (signal: NodeJS.Signals) => {
      if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, signal);
    },
  };
}

export type RunningFirstRun = ReturnType<typeof startFirstRun>;
