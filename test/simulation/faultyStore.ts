import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../../indexer/store/store.ts";
import { StoreUnavailable } from "../../indexer/store/storeUnavailable.ts";
import type { Random } from "../differential/world.ts";

/** The faults of a store, each with its probability for one piece of work. */
export interface StoreFaults {
  /** The work is not done. */
  before: number;
  /** The work is done, but the reply is lost. */
  after: number;
  /** The work takes up to `delayMs` longer. */
  delay: number;
  delayMs: number;
}

export const NO_STORE_FAULTS: StoreFaults = { before: 0, after: 0, delay: 0, delayMs: 0 };

/** Wraps a store that is unavailable at times. */
export function faultyStore(store: Store, random: Random, faults: () => StoreFaults): Store {
  const withFaults = async <T>(work: () => Promise<T>): Promise<T> => {
    const { before, after, delay, delayMs } = faults();
    if (random.next() < delay) await sleep(random.between(0, delayMs));
    if (random.next() < before) throw new StoreUnavailable("The store is unavailable.");
    const result = await work();
    if (random.next() < after) throw new StoreUnavailable("The store's reply was lost.");
    return result;
  };
  async function* pagesWithFaults<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
    for await (const page of pages) yield await withFaults(async () => page);
  }
  return {
    removalsAtOpen: store.removalsAtOpen,
    append: (...given) => withFaults(() => store.append(...given)),
    removeAbove: (...given) => withFaults(() => store.removeAbove(...given)),
    unreadContracts: () => withFaults(() => store.unreadContracts()),
    fill: (...given) => withFaults(() => store.fill(...given)),
    lastBlock: (...given) => withFaults(() => store.lastBlock(...given)),
    blockByHash: (...given) => withFaults(() => store.blockByHash(...given)),
    finalBlock: () => withFaults(() => store.finalBlock()),
    readBlocks: (...given) => pagesWithFaults(store.readBlocks(...given)),
    readLogs: (...given) => pagesWithFaults(store.readLogs(...given)),
    readTables: (read) => withFaults(() => store.readTables(read)),
    readChanges: (...given) => withFaults(() => store.readChanges(...given)),
    finishBackfill: () => withFaults(() => store.finishBackfill()),
    saveSnapshot: (...given) => withFaults(() => store.saveSnapshot(...given)),
    readSnapshot: (...given) => withFaults(() => store.readSnapshot(...given)),
    close: () => store.close(),
  };
}
