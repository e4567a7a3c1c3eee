// Runs an indexer in its own process, so that it can be killed. It sends the hash of each indexed block to its parent,
// which
// sends the faults of the store.
import type { Hex } from "viem";
import { NO_STORE_FAULTS, type StoreFaults } from "./faultyStore.ts";
import { startTroubled, type TroubledParameters } from "./startTroubled.ts";

export type ToProcess = { start: TroubledParameters } | { storeFaults: StoreFaults } | "stop";
export type FromProcess = { block: Hex };

let storeFaults = NO_STORE_FAULTS;
const stopped = new AbortController();

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}

async function run(parameters: TroubledParameters): Promise<void> {
  const started = await startTroubled(parameters, () => storeFaults, fail, stopped.signal);
  if (!started) return process.exit(0);
  const { indexer } = started;
  const tell = (block: Hex | undefined) => block && process.send?.({ block } satisfies FromProcess);
  tell(indexer.block?.hash);
  indexer.onBlock(({ block }) => tell(block.hash));
  const stop = () => void indexer.stop().then(() => process.exit(0), fail);
  if (stopped.signal.aborted) stop();
  else stopped.signal.addEventListener("abort", stop);
}

process.on("message", (message: ToProcess) => {
  if (message === "stop") stopped.abort();
  else if ("start" in message) run(message.start).catch(fail);
  else storeFaults = message.storeFaults;
});
process.on("disconnect", () => process.exit(1));
