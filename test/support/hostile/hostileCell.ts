import { setTimeout as sleep } from "node:timers/promises";
import { Indexer } from "../../../indexer/live/indexer.ts";
import type { Notice } from "#node/rpc/notices.ts";
import { memoryStore } from "../indexer/memoryStore.ts";
import type { QuirkName } from "../rpc/quirks/quirks.ts";
import type { HostileChain } from "./hostileChain.ts";

export interface Cell {
  quirks: readonly QuirkName[];
  /** True if there is a second endpoint, which is honest. */
  isPaired: boolean;
}

export interface CellLimits {
  /** The time without a new block after which no other is waited for. */
  patienceMs: number;
  /** True if the cell may end once a condition is named that stops the indexer. */
  mayStop: boolean;
  /** True if the provider's newest block does not change. */
  isIdle: boolean;
}

export interface CellOutcome {
  /** The newest block that was indexed. */
  block: number;
  /** The newest block of the chain. */
  head: number;
  /** Blocks at which the state was not that of the honest chain. */
  wrong: number[];
  /** Errors that ended the indexer, or its start. */
  ended: string[];
  /** The conditions that lasted at the end. */
  problems: readonly Notice[];
  completeness: string | undefined;
  /** The error of the last failed request. */
  lastError: string | undefined;
  /** The number of answers that the quirks have changed. */
  met: Partial<Record<QuirkName, number>>;
  seconds: number;
}

/**
 * Indexes a hostile provider from its first block, then new blocks, then some more after a restart. Ends early if the head
 * is not indexed in time.
 */
export async function runCell(chain: HostileChain, cell: Cell, limits: CellLimits): Promise<CellOutcome> {
  const { patienceMs, mayStop, isIdle } = limits;
  const begunMs = performance.now();
  let head = chain.first;
  const hostile = await chain.serve(() => head);
  hostile.setQuirks(cell.quirks);
  const honest = cell.isPaired ? await chain.serve(() => head) : undefined;
  const store = memoryStore();
  const wrong = new Set<number>();
  const ended: string[] = [];
  const told = (error: unknown) => void ended.push(String(error));
  const start = () =>
    Indexer.startPatiently({
      rpcUrl: [hostile.url, ...(honest ? [honest.url] : [])],
      source: chain.source,
      target: { folder: "none" },
      openStore: async () => store,
      pollingIntervalMs: 10,
      timeoutMs: 2_000,
      shortestRestMs: 2,
      onFailure: told,
    });
  const check = ({ state, block }: Indexer) => {
    if (block && !chain.isTrue(state, Number(block.number))) wrong.add(Number(block.number));
  };
  const life: { indexer: Indexer | undefined } = { indexer: undefined };
  const run = (): void => {
    const started = start();
    life.indexer = started;
    started.started.catch(told);
    started.onBlock(() => check(started));
  };
  /** Adds blocks to the chain. Returns false if the newest one is not indexed in time. */
  const follow = async (blocks: number): Promise<boolean> => {
    head += blocks;
    const wanted = isIdle ? chain.first : head;
    const { indexer } = life;
    if (!indexer) return false;
    let { block } = indexer;
    for (let sinceMs = Date.now(); Date.now() < sinceMs + patienceMs; await sleep(5)) {
      if (Number(indexer.block?.number ?? -1n) === wanted) return true;
      if (indexer.block !== block) sinceMs = Date.now();
      ({ block } = indexer);
      if (ended.length > 0 || (mayStop && indexer.health.problems.some(({ stops }) => stops))) return false;
    }
    return false;
  };
  const end = async (): Promise<void> => {
    await life.indexer?.stop();
    life.indexer = undefined;
  };
  try {
    run();
    if ((await follow(0)) && (await follow(1)) && (await follow(2))) {
      await end();
      head++;
      run();
      if (await follow(0)) await follow(chain.last - head);
    }
    const { indexer } = life;
    if (indexer?.block) check(indexer);
    return {
      block: Number(indexer?.block?.number ?? -1n),
      head,
      wrong: [...wrong],
      ended: [...new Set(ended)],
      problems: indexer?.health.problems ?? [],
      completeness: indexer?.health.completeness,
      lastError: indexer?.health.lastError,
      met: hostile.stats.quirks,
      seconds: (performance.now() - begunMs) / 1_000,
    };
  } finally {
    await end();
    await hostile.close();
    await honest?.close();
  }
}
