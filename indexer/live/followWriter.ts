import { followStore } from "../store/followStore.ts";
import type { Store } from "../store/store.ts";
import { whenAvailable } from "../store/whenAvailable.ts";
import type { HealthRecord } from "./healthRecord.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import { whenConsistent } from "./openBooks.ts";
import type { LiveBooks } from "./liveBooks.ts";
import type { StartReaderParameters } from "./parameters.ts";

interface FollowWriterParameters extends Pick<StartReaderParameters, "pollingIntervalMs" | "onRetry"> {
  store: Store;
  books: LiveBooks;
  health: HealthRecord;
  signal: AbortSignal;
}

/** Follows the store that another process writes, until the signal aborts. */
export async function followWriter(parameters: FollowWriterParameters): Promise<void> {
  const { store, books, health, signal, pollingIntervalMs } = parameters;
  const onRetry = (error: Error, waitMs: number) => {
    health.recordStoreError(error);
    parameters.onRetry?.(error, waitMs);
  };
  const updates = followStore({
    store,
    lastBlock: async (atOrBelow) => books.lastBlock(atOrBelow),
    signal,
    ...(pollingIntervalMs !== undefined && { pollingIntervalMs }),
    onRetry,
    onHead: (head) => health.recordStoreContact(head),
  });
  const onAvailable = () => health.recordStoreContact();
  for await (const update of updates) {
    if (signal.aborted) return;
    const options = { signal, onRetry, onAvailable };
    try {
      await whenAvailable(() => books.apply(update), options);
    } catch (error) {
      if (!(error instanceof LedgerContradiction)) throw error;
      await whenConsistent(() => whenAvailable(() => books.rebuild(), options), options);
    }
  }
}
