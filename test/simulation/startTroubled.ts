import { Indexer } from "../../indexer/live/indexer.ts";
import type { JournalSource } from "../../indexer/journal.ts";
import { openStore } from "../../indexer/store/openStore.ts";
import type { Store, StoreTarget } from "../../indexer/store/store.ts";
import { StoreUnavailable } from "../../indexer/store/storeUnavailable.ts";
import { pause } from "#node/abortable.ts";
import { UserError } from "#protocol/userError.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { faultyStore, type StoreFaults } from "./faultyStore.ts";

export interface TroubledParameters {
  rpcUrl: string[];
  target: StoreTarget;
  source: JournalSource;
  finalityDepth: number;
  seed: number;
}

/**
 * Starts an indexer on a faulty store, with short waits. If it does not start, because the nodes or the store are
 * unavailable, it is started again, as a supervisor would do.
 */
export async function startTroubled(
  { rpcUrl, target, source, finalityDepth, seed }: TroubledParameters,
  storeFaults: () => StoreFaults,
  onFailure: (error: unknown) => void,
  signal: AbortSignal,
): Promise<{ indexer: Indexer; store: Store } | undefined> {
  const random = seededRandom(seed);
  let store: Store | undefined;
  while (!signal.aborted) {
    try {
      const indexer = await Indexer.start({
        rpcUrl,
        target,
        source,
        finalityDepth,
        pollingIntervalMs: 30,
        timeoutMs: 3_000,
        shortestRestMs: 5,
        openStore: async (...given) => {
          store = await openStore(...given);
          return faultyStore(store, random, storeFaults);
        },
        onFailure,
      });
      return store && { indexer, store };
    } catch (error) {
      if (!(error instanceof UserError || error instanceof StoreUnavailable)) throw error;
      await pause(50, signal);
    }
  }
  return undefined;
}
