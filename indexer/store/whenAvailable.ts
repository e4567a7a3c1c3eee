import { pause } from "#node/abortable.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";

export interface WhenAvailableParameters {
  signal: AbortSignal;
  /** Called each time that the store was unavailable, before the next try. */
  onRetry?: ((error: Error, waitMs: number) => void) | undefined;
  /** Called once the work is done. */
  onAvailable?: (() => void) | undefined;
}

const LONGEST_WAIT_MS = 15_000;

/** Runs work on a store, and retries with backoff while the store is unavailable, until the signal aborts. */
export async function whenAvailable<T>(
  work: () => Promise<T>,
  { signal, onRetry, onAvailable }: WhenAvailableParameters,
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      const result = await work();
      onAvailable?.();
      return result;
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || signal.aborted) throw error;
      const waitMs = Math.min(250 * 2 ** failures, LONGEST_WAIT_MS);
      onRetry?.(error, waitMs);
      await pause(waitMs, signal);
      if (signal.aborted) throw error;
    }
  }
}
