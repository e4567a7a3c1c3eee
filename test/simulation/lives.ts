import { fork } from "node:child_process";
import { join } from "node:path";
import { inspect } from "node:util";
import type { StoreFaults } from "./faultyStore.ts";
import type { FromProcess, ToProcess } from "./indexerProcess.ts";
import { startTroubled, type TroubledParameters } from "./startTroubled.ts";

type Running = NonNullable<Awaited<ReturnType<typeof startTroubled>>>;

/** The life of an indexer, from its start to its end. */
export interface Life {
  /** Returns the hash of the newest indexed block. */
  block(): string | undefined;
  spoilStore(faults: StoreFaults): void;
  end(how: "stop" | "kill"): Promise<void>;
  /** Returns the error that ended it. It should never end by itself. */
  failure(): unknown;
}

/** Starts an indexer in the test's own process. It cannot be killed, only stopped. */
export function liveHere(
  parameters: TroubledParameters,
  storeFaults: StoreFaults,
): Life & { running(): Running; whereabouts(): string } {
  const ended = new AbortController();
  let faults = storeFaults;
  let failure: unknown;
  let running: Running | undefined;
  const fail = (error: unknown) => {
    failure ??= error;
  };
  const start = async () => {
    running = await startTroubled(parameters, () => faults, fail, ended.signal);
  };
  const started = start().catch(fail);
  return {
    running: () => {
      if (!running) throw new Error("It has not started yet.");
      return running;
    },
    whereabouts: () => {
      if (!running) return "it has not started";
      const { block, health, endpoints } = running.indexer;
      return inspect({ block, health, endpoints }, { depth: 4, breakLength: Infinity });
    },
    block: () => running?.indexer.block?.hash,
    spoilStore: (some) => {
      faults = some;
    },
    end: async () => {
      if (ended.signal.aborted) return;
      ended.abort();
      await started;
      await running?.indexer.stop();
    },
    failure: () => failure,
  };
}

export function liveInOwnProcess(parameters: TroubledParameters, storeFaults: StoreFaults): Life {
  const child = fork(join(import.meta.dirname, "indexerProcess.ts"), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let block: string | undefined;
  let failure: unknown;
  let said = "";
  let ending = false;
  const send = (message: ToProcess) => {
    if (child.connected) child.send(message);
  };
  child.stderr?.on("data", (chunk) => (said += String(chunk)));
  child.on("message", (message: FromProcess) => {
    block = message.block;
  });
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      if (!ending || (code !== null && code !== 0)) failure = new Error(`It ended by ${signal ?? code}:\n${said}`);
      resolve();
    });
  });
  send({ storeFaults });
  send({ start: parameters });
  return {
    block: () => block,
    spoilStore: (faults) => send({ storeFaults: faults }),
    end: async (how) => {
      ending = true;
      if (how === "stop") send("stop");
      else child.kill("SIGKILL");
      await exited;
    },
    failure: () => failure,
  };
}
