import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { CommandRequest, CommandResult } from "./host.ts";

const ROOT = join(import.meta.dirname, "../../..");

/**
 * Runs Hardhat's command lines in one process, one after the other, for tests that are not about the process: a process
 * for each costs seconds of loading.
 *
 * @param folder The project's folder, or a copy of it.
 */
export async function startCommandHost(folder = ROOT, environment: NodeJS.ProcessEnv = process.env) {
  const child = fork(join(import.meta.dirname, "host.ts"), {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exited = once(child, "exit").then(() => Promise.reject(new Error("The host of commands has ended.")));
  exited.catch(() => undefined); // it ends by `stop`, too
  const answer = async () => ((await Promise.race([once(child, "message"), exited])) as [unknown])[0];
  await answer();
  let last: Promise<unknown> = Promise.resolve();
  return {
    /** Runs a command line after those that were requested before. */
    run: (args: string[], variables: Record<string, string> = {}): Promise<CommandResult> => {
      const result = last.then(async () => {
        child.send({ args, environment: variables } satisfies CommandRequest);
        return (await answer()) as CommandResult;
      });
      last = result.catch(() => undefined);
      return result;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

export type CommandHost = Awaited<ReturnType<typeof startCommandHost>>;
