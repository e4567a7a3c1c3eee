import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../../indexer/store/store.ts";
import { StoreUnavailable } from "../../indexer/store/storeUnavailable.ts";
import type { Random } from "../differential/world.ts";

/** What may go wrong, each with its probability per piece of work. */
export interface StoreFaults {
  /** It is not done. */
  before: number;
  /** It is done, but nobody is told. */
  after: number;
  /** It takes up to `delayMs` longer. */
  delay: number;
  delayMs: number;
}

export const NO_STORE_FAULTS: StoreFaults = { before: 0, after: 0, delay: 0, delayMs: 0 };

/** A store that cannot be reached at times. */
export function faultyStore(store: Store, random: Random, faults: () => StoreFaults): Store {
  const spoiled = async <T>(work: () => Promise<T>): Promise<T> => {
    const { before, after, delay, delayMs } = faults();
    if (random.next() < delay) await sleep(random.between(0, delayMs));
    if (random.next() < before) throw new StoreUnavailable("The store is away.");
    const result = await work();
    if (random.next() < after) throw new StoreUnavailable("The store's answer was lost.");
    return result;
  };
  async function* spoiledPages<T>(pages: AsyncGenerator<T>): AsyncGenerator<T> {
    for await (const page of pages) yield await spoiled(async () => page);
  }
  return {
    removalsAtOpen: store.removalsAtOpen,
    append: (...given) => spoiled(() => store.append(...given)),
    removeAbove: (...given) => spoiled(() => store.removeAbove(...given)),
    unreadContracts: () => spoiled(() => store.unreadContracts()),
    fill: (...given) => spoiled(() => store.fill(...given)),
    lastBlock: (...given) => spoiled(() => store.lastBlock(...given)),
    finalBlock: () => spoiled(() => store.finalBlock()),
    readBlocks: (...given) => spoiledPages(store.readBlocks(...given)),
    readLogs: (...given) => spoiledPages(store.readLogs(...given)),
    readTables: (read) => spoiled(() => store.readTables(read)),
    readChanges: (...given) => spoiled(() => store.readChanges(...given)),
    finishBackfill: () => spoiled(() => store.finishBackfill()),
    saveSnapshot: (...given) => spoiled(() => store.saveSnapshot(...given)),
    readSnapshot: (...given) => spoiled(() => store.readSnapshot(...given)),
    close: () => store.close(),
  };
}
