import type { Progress } from "../chain/progress.ts";
import type { JournalSource } from "../journal.ts";
import type { openStore } from "../store/openStore.ts";
import type { StoreTarget } from "../store/store.ts";
import type { VerifyResult } from "../verify/result.ts";

export interface StartIndexerParameters {
  /** The chain's nodes: http(s) or ws(s). */
  rpcUrl: string | readonly string[];
  /** Per node. Default: unlimited. */
  requestsPerSecond?: number | undefined;
  /** Depth in blocks at which a block is final. Default: as the nodes say, else 64. */
  finalityDepth?: number | undefined;
  /** The store of the journal, created if there is none. */
  target: StoreTarget;
  source: JournalSource;
  pollingIntervalMs?: number | undefined;
  /** Timeout of a request to a node, in milliseconds. */
  timeoutMs?: number | undefined;
  /** How long a node is left alone after a first failure, and the journal after a first contradiction. */
  shortestRestMs?: number | undefined;
  /** Opens the store: tests open one that fails. */
  openStore?: typeof openStore | undefined;
  onRetry?: ((error: Error, waitMs: number) => void) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Called once on a fatal error. The indexer serves what it has, but follows the chain no longer. */
  onFailure?: ((error: unknown) => void) | undefined;
  /** Verify at this interval, unless it is far behind the chain. Default: never. */
  verifyEveryMs?: number | undefined;
  /** About how many answers of the contracts to compare each time; others each time. Default: all. */
  verifySample?: number | undefined;
  onVerified?: ((result: VerifyResult) => void) | undefined;
  /** Called when a verification at its time could not be made. */
  onVerifyFailed?: ((error: unknown) => void) | undefined;
  /** Called for each batch that the store has taken in, with the time it took. */
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
  /** Nodes for `verify` and for questions about what is on the chain; neither can be without. */
  rpcUrl?: string | readonly string[] | undefined;
}

export interface IndexerVerifyParameters {
  /** Default: the newest. */
  block?: bigint | undefined;
  /** About how many answers of the contracts to compare, and of the journal only some blocks. Default: all. */
  sample?: number | undefined;
  /** Decides which. */
  seed?: string | undefined;
  signal?: AbortSignal | undefined;
  /** In answers and blocks. */
  onProgress?: ((compared: number, all: number) => void) | undefined;
}
