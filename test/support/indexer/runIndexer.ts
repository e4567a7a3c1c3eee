import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JournalSource } from "../../../indexer/journal.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** Runs the indexer's command line in a process of its own. */
export function runIndexer(...args: string[]) {
  const { DATABASE_URL: _database, RPC_URL: _rpc, ...env } = process.env;
  const child: ChildProcess = spawn(process.execPath, ["indexer/main.ts", ...args], {
    cwd: ROOT,
    env: { ...env, NO_COLOR: "1" },
  });
  let output = "";
  let stdout = "";
  child.stdout?.on("data", (chunk) => {
    output += String(chunk);
    stdout += String(chunk);
  });
  child.stderr?.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<{ exitCode: number | null; output: string; stdout: string }>((resolve) =>
    child.once("close", (exitCode) => resolve({ exitCode, output, stdout })),
  );
  const says = (text: string) =>
    until(
      `it says "${text}"`,
      () => output.includes(text),
      () => child.exitCode !== null && output,
    );
  return { child, ended, says, output: () => output };
}

export type RunningIndexer = ReturnType<typeof runIndexer>;

/** Waits until a condition holds. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  isHopeless: () => string | false = () => false,
): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!(await isSo())) {
    const hopeless = isHopeless();
    if (hopeless !== false || Date.now() > deadline) throw new Error(`Not so that ${what}. ${hopeless || ""}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Writes a deployment file as `npm run deploy` does. */
export async function writeDeploymentFile(file: string, source: JournalSource): Promise<string> {
  await writeFile(file, JSON.stringify({ ...source, startBlock: Number(source.startBlock) }));
  return file;
}
