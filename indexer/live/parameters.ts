import type { Progress } from "../chain/progress.ts";
import type { JournalSource } from "../journal.ts";
import type { openStore } from "../store/openStore.ts";
import type { StoreTarget } from "../store/store.ts";
import type { VerifyResult } from "../verify/result.ts";

export interface StartIndexerParameters {
  /** URLs of the chain's nodes: http(s) or ws(s). */
  rpcUrl: string | readonly string[];
  /** The highest rate for each node. Default: unlimited. */
  requestsPerSecond?: number | undefined;
  /** Depth in blocks at which a block is final. Default: as the nodes report, else 64. */
  finalityDepth?: number | undefined;
  /**
   * False: ignore the chain's bloom filters, because they are known to be untrue. Logs that a single endpoint leaves out
   * are then not noticed. Default: true, until they contradict the logs.
   */
  useBlooms?: boolean | undefined;
  /** The store, which is created if it does not exist. */
  target: StoreTarget;
  source: JournalSource;
  pollingIntervalMs?: number | undefined;
  /** Timeout of a request to a node, in milliseconds. */
  timeoutMs?: number | undefined;
  /** The first backoff: after a failure of a node, and after a contradiction in the journal. In milliseconds. */
  shortestRestMs?: number | undefined;
  /** Opens the store. Tests pass a store that fails. */
  openStore?: typeof openStore | undefined;
  onRetry?: ((error: Error, waitMs: number) => void) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Called once on a fatal error. The indexer follows the chain no longer and answers no questions. */
  onFailure?: ((error: unknown) => void) | undefined;
  /** The interval of verifications. None runs while the indexer is far behind the chain. Default: never. */
  verifyEveryMs?: number | undefined;
  /** The approximate number of contract answers to compare each time. The sample changes each time. Default: all. */
  verifySample?: number | undefined;
  onVerified?: ((result: VerifyResult) => void) | undefined;
  /** Called when a regular verification failed. */
  onVerifyFailed?: ((error: unknown) => void) | undefined;
  /** Called after each batch that was written to the store, with the time that it took. */
  onStored?: ((batch: { events: number; seconds: number }) => void) | undefined;
}

export interface StartReaderParameters extends Pick<
  StartIndexerParameters,
  | "target"
  | "source"
  | "requestsPerSecond"
  | "pollingIntervalMs"
  | "onRetry"
  | "onFailure"
  | "verifyEveryMs"
  | "verifySample"
  | "onVerified"
  | "onVerifyFailed"
> {
  /** Nodes for `verify` and for questions that read from the chain. Without one, both fail. */
  rpcUrl?: string | readonly string[] | undefined;
}

export interface IndexerVerifyParameters {
  /** The block to compare at. Default: the newest. */
  block?: bigint | undefined;
  /**
   * The approximate number of contract answers to compare; of the journal, only 10,000 blocks are compared. Default:
   * all.
   */
  sample?: number | undefined;
  /** Selects the sample. */
  seed?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called with the number of answers or blocks that were compared. */
  onProgress?: ((compared: number, all: number) => void) | undefined;
}
