import { pause } from "#node/abortable.ts";
import type { JournalBlock, JournalUpdate } from "../journal.ts";
import type { Store } from "./store.ts";
import { whenAvailable, type WhenAvailableParameters } from "./whenAvailable.ts";

export interface FollowStoreParameters {
  /** Opened before the reader read anything from it. */
  store: Store;
  /** The highest block that the reader has at or below a number; of all unless given. */
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>;
  signal: AbortSignal;
  pollingIntervalMs?: number;
  /** Told each time that the store could not be reached, before it is tried again. */
  onRetry?: WhenAvailableParameters["onRetry"];
  /** Told the store's newest block each time that it is read. */
  onHead?: (head: bigint) => void;
}

/**
 * Follows what another process writes to the store, as `followChain` follows the chain. Each update must be taken in
 * before the next is asked for. Ends when the signal aborts.
 */
export async function* followStore(parameters: FollowStoreParameters): AsyncGenerator<JournalUpdate> {
  const { store, lastBlock, signal, pollingIntervalMs = 500, onRetry, onHead } = parameters;
  let removals = store.removalsAtOpen;
  const read = async () => {
    const last = await lastBlock();
    const changes = await store.readChanges(last, removals);
    if (changes.head) onHead?.(changes.head.number);
    const { known, removedAbove } = changes;
    const undo = last && (!known || (removedAbove !== undefined && removedAbove < last.number));
    const ancestor = undo ? await commonAncestor(store, lastBlock, last, removedAbove) : undefined;
    return { last, changes, undo, ancestor };
  };
  while (!signal.aborted) {
    let found: Awaited<ReturnType<typeof read>>;
    try {
      found = await whenAvailable(read, { signal, onRetry });
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    const { last, changes, undo, ancestor } = found;
    if (undo) yield { type: "reorg", ancestor };
    removals = changes.removals;
    if (undo || changes.removedAbove !== undefined) continue;
    const { blocks, logs, final } = changes;
    if (blocks.length > 0) yield { type: "blocks", blocks, logs, final, after: last?.number };
    else await pause(pollingIntervalMs, signal);
  }
}

/** The reader's highest block that the store has, too, and that was there all along. */
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
