import type { Hex } from "viem";
import { Endpoints, type EndpointStatus } from "#node/rpc/endpoints.ts";
import { UserError } from "#protocol/userError.ts";
import { transfersTo } from "../chain/transfersTo.ts";
import type { JournalBlock, JournalSource } from "../journal.ts";
import type { LedgerState } from "../ledger/state.ts";
import { openStore } from "../store/openStore.ts";
import type { Store } from "../store/store.ts";
import type { VerifyResult } from "../verify/result.ts";
import { followWriter } from "./followWriter.ts";
import { HealthRecord } from "./healthRecord.ts";
import { LiveBooks } from "./liveBooks.ts";
import { openBooks, whenConsistent } from "./openBooks.ts";
import type { IndexerVerifyParameters, StartIndexerParameters, StartReaderParameters } from "./parameters.ts";
import { requireDeployment } from "./requireDeployment.ts";
import { Verifier } from "./verifier.ts";
import type {
  BlockUpdate,
  Health,
  Request,
  TransfersResult,
  TransfersToParameters,
  Verification,
  View,
  ViewSource,
} from "./view.ts";
import { Writer } from "./writer.ts";

/** The number of times that a reader opens a journal that the writer is about to mend. */
const CONSISTENT_TRIES = 20;

/** The parts of a writer or a reader. */
interface Parts {
  source: JournalSource;
  store: Store;
  books: LiveBooks;
  endpoints: Endpoints | undefined;
  health: HealthRecord;
  verifier: Verifier | undefined;
  stop: AbortController;
  /** Undefined in a reader. */
  writer: Writer | undefined;
}

/**
 * The indexer of one deployment: chain → store → books. A writer follows the chain and writes the store. A reader
 * follows a store that another process writes. `state` and `block` always belong together. They only change while other
 * code awaits, so code that does not await sees one block.
 */
export class Indexer implements ViewSource {
  readonly #parts: Parts;
  readonly #running: Promise<unknown>;

  private constructor(parts: Parts, follow: () => Promise<void>, onFailure?: (error: unknown) => void) {
    this.#parts = parts;
    const { stop, health, verifier } = parts;
    const followed = follow().catch((error: unknown) => {
      if (stop.signal.aborted) return;
      health.failure = error;
      onFailure?.(error);
    });
    this.#running = Promise.all([followed, verifier?.verifyRegularly()]);
  }

  /** Opens the store, folds its journal and begins to follow the chain. */
  static async start(parameters: StartIndexerParameters): Promise<Indexer> {
    const { source, target, rpcUrl, onRetry, onFailure } = parameters;
    const health = new HealthRecord();
    const endpoints = endpointsOf(parameters, rpcUrl, (error, restMs) => {
      health.lastError = error.message;
      onRetry?.(error, restMs);
    });
    endpoints.bloomsAreTrue = parameters.useBlooms ?? true;
    let store: Store | undefined;
    try {
      await endpoints.ready();
      await requireDeployment(endpoints, source);
      store = await (parameters.openStore ?? openStore)(target, source);
      const books = await openBooks(store, source);
      const stop = new AbortController();
      const shared = { ...parameters, store, books, source, health, signal: stop.signal };
      const writer = new Writer({ ...shared, endpoints });
      const verifier = new Verifier({ ...shared, writer, request: requestOf(endpoints) });
      const parts = { source, store, books, endpoints, health, verifier, stop, writer };
      return new Indexer(parts, () => writer.follow(), onFailure);
    } catch (error) {
      await store?.close();
      await endpoints.close();
      throw error;
    }
  }

  /** Opens a store that another process writes, and follows it. Any number of readers can follow one store. */
  static async read(parameters: StartReaderParameters): Promise<Indexer> {
    const { source, target, rpcUrl, onFailure } = parameters;
    const health = new HealthRecord();
    const store = await openStore(target, source, { readOnly: true });
    const endpoints = rpcUrl === undefined ? undefined : endpointsOf(parameters, rpcUrl);
    try {
      const stop = new AbortController();
      const books = await whenConsistent(() => LiveBooks.open(store, source, { readOnly: true }), {
        signal: stop.signal,
        tries: CONSISTENT_TRIES,
      });
      const shared = { ...parameters, store, books, source, health, signal: stop.signal };
      const verifier = endpoints && new Verifier({ ...shared, writer: undefined, request: requestOf(endpoints) });
      const parts = { source, store, books, endpoints, health, verifier, stop, writer: undefined };
      return new Indexer(parts, () => followWriter({ ...shared, endpoints }), onFailure);
    } catch (error) {
      await store.close();
      await endpoints?.close();
      throw error;
    }
  }

  get source(): JournalSource {
    return this.#parts.source;
  }

  /** The ledger's state at the newest indexed block. */
  get state(): LedgerState {
    return this.#parts.books.state;
  }

  /** The newest indexed block, which `state` belongs to; undefined before the first. */
  get block(): JournalBlock | undefined {
    return this.#parts.books.block;
  }

  get health(): Health {
    const { health, writer, endpoints, books } = this.#parts;
    const { head, lastContact, lastError, failure } = health;
    const headFrom = writer || endpoints?.head ? "chain" : "store";
    return { head, lastContact, lastError, failure, headFrom, final: books.final };
  }

  get verification(): Verification | undefined {
    return this.#parts.verifier?.verification;
  }

  /** The status of each endpoint of the chain. */
  get endpoints(): readonly EndpointStatus[] {
    return this.#parts.endpoints?.status ?? [];
  }

  get request(): Request | undefined {
    const { endpoints } = this.#parts;
    return endpoints && requestOf(endpoints);
  }

  view(): View | undefined {
    return this.#parts.books.view;
  }

  viewAt(blockNumber: bigint): Promise<View> {
    return this.#parts.books.viewAt(blockNumber);
  }

  onBlock(listener: (update: BlockUpdate) => void): () => void {
    return this.#parts.books.onUpdate(listener);
  }

  async transfersTo(parameters: TransfersToParameters): Promise<TransfersResult> {
    return transfersTo(required(this.#parts.endpoints), parameters);
  }

  /** Compares the index with the chain; see {@link Verifier}. */
  async verify(parameters: IndexerVerifyParameters = {}): Promise<VerifyResult> {
    return required(this.#parts.verifier).verify(parameters);
  }

  /** Waits until a block is indexed. */
  async waitForBlock(blockNumber: bigint, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((this.block?.number ?? -1n) < blockNumber) {
      const { failure } = this.#parts.health;
      if (failure) throw failure;
      if (Date.now() > deadline) throw new Error(`Block ${blockNumber} was not indexed within ${timeoutMs} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Stops at the next safe point, saves a snapshot for the next start, and closes the store. */
  async stop(): Promise<void> {
    const { stop, endpoints, writer, health, books, store } = this.#parts;
    stop.abort();
    await endpoints?.close();
    await this.#running;
    if (writer && !health.failure) await books.saveSnapshot().catch(() => undefined); // a snapshot only saves time
    await store.close();
  }
}

const requestOf =
  (endpoints: Endpoints): Request =>
  (call) =>
    endpoints.request(call);

/** @throws {UserError} if the indexer was started without a node. */
function required<T>(needsNode: T | undefined): T {
  if (!needsNode) throw new UserError("This needs a node of the chain, and none was given. Start with --rpc URL.");
  return needsNode;
}

function endpointsOf(
  parameters: Omit<StartIndexerParameters, "rpcUrl">,
  urls: string | readonly string[],
  onRetry?: (error: Error, restMs: number) => void,
): Endpoints {
  const { source, requestsPerSecond, finalityDepth, pollingIntervalMs, timeoutMs, shortestRestMs } = parameters;
  return new Endpoints({
    urls: typeof urls === "string" ? [urls] : urls,
    chainId: source.chainId,
    genesis: source.genesis?.toLowerCase() as Hex | undefined,
    requestsPerSecond,
    finalityDepth,
    pollingIntervalMs,
    timeoutMs,
    shortestRestMs,
    onRetry,
  });
}
