import { pause } from "#node/abortable.ts";
import type { JournalBlock, JournalUpdate } from "../journal.ts";
import type { Store } from "./store.ts";
import { whenAvailable, type WhenAvailableParameters } from "./whenAvailable.ts";

export interface FollowStoreParameters {
  /** The store. It must have been opened before the reader read anything from it. */
  store: Store;
  /** Returns the reader's highest block at or below a number. Default: the highest of all. */
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>;
  signal: AbortSignal;
  pollingIntervalMs?: number;
  /** Called each time that the store was unavailable, before the next try. */
  onRetry?: WhenAvailableParameters["onRetry"];
  /** Called with the store's newest block each time that the store was read; undefined if it has none. */
  onHead?: (head: bigint | undefined) => void;
}

/**
 * Follows a store that another process writes, as `followChain` follows the chain. Each update must be applied before
 * the next one is requested. The generator ends when the signal aborts.
 */
export async function* followStore(parameters: FollowStoreParameters): AsyncGenerator<JournalUpdate> {
  const { store, lastBlock, signal, pollingIntervalMs = 500, onRetry, onHead } = parameters;
  let removals = store.removalsAtOpen;
  const read = async () => {
    const last = await lastBlock();
    const changes = await store.readChanges(last, removals);
    onHead?.(changes.head?.number);
    const { isKnown, removedAbove } = changes;
    const undo = last && (!isKnown || (removedAbove !== undefined && removedAbove < last.number));
    const ancestor = undo ? await commonAncestor(store, lastBlock, last, removedAbove) : undefined;
    return { last, changes, undo, ancestor };
  };
  while (!signal.aborted) {
    let result: Awaited<ReturnType<typeof read>>;
    try {
      result = await whenAvailable(read, { signal, onRetry });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    const { last, changes, undo, ancestor } = result;
    if (undo) yield { type: "reorg", ancestor };
    removals = changes.removals;
    if (undo || changes.removedAbove !== undefined) continue;
    const { blocks, logs, final } = changes;
    if (blocks.length > 0) yield { type: "blocks", blocks, logs, final, after: last?.number };
    else await pause(pollingIntervalMs, signal);
  }
}

/** Finds the reader's highest block that the store also has and never removed in between. */
async function commonAncestor(
  store: Store,
  lastBlock: FollowStoreParameters["lastBlock"],
  last: JournalBlock,
  removedAbove: bigint | undefined,
): Promise<JournalBlock | undefined> {
  const highest = removedAbove !== undefined && removedAbove < last.number ? removedAbove : last.number;
  let candidate = await lastBlock(highest);
  while (candidate) {
    const stored = await store.lastBlock(candidate.number);
    if (stored?.number === candidate.number && stored.hash === candidate.hash) return candidate;
    candidate = await lastBlock(candidate.number - 1n);
  }
  return undefined;
}
