import { pause } from "#node/abortable.ts";
import type { JournalSource } from "../journal.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import type { Store } from "../store/store.ts";
import { LiveBooks } from "./liveBooks.ts";

/** The number of blocks at the journal's end that are removed first. Each further time it is sixteen times as many. */
const REMOVED_BLOCKS = 256n;

/**
 * Opens the books of a writer. If the journal contradicts the ledger's rules, because the process ended between storing
 * wrong logs and removing them again, then its end is removed, to be read again.
 */
export async function openBooks(store: Store, source: JournalSource): Promise<LiveBooks> {
  for (let removed = REMOVED_BLOCKS; ; removed *= 16n) {
    try {
      return await LiveBooks.open(store, source);
    } catch (error) {
      const last = error instanceof LedgerContradiction ? await store.lastBlock() : undefined;
      if (!last) throw error;
      await store.removeAbove(last.number - removed);
    }
  }
}

const RETRY_MS = 500;

export interface WhenConsistentParameters {
  signal: AbortSignal;
  onRetry?: ((error: Error, waitMs: number) => void) | undefined;
  /** The highest number of tries. Default: no limit. */
  tries?: number;
}

/** Runs work of a reader again while the journal contradicts the ledger's rules: the writer will remove these blocks. */
export async function whenConsistent<T>(
  work: () => Promise<T>,
  { signal, onRetry, tries = Infinity }: WhenConsistentParameters,
): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LedgerContradiction) || signal.aborted || left <= 1) throw error;
      onRetry?.(error, RETRY_MS);
      await pause(RETRY_MS, signal);
    }
  }
}
