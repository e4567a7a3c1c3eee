import type { Hex } from "viem";
import { Endpoints, type EndpointStatus, NodesAway } from "#node/rpc/endpoints.ts";
import { pause } from "#node/abortable.ts";
import { UserError } from "#protocol/userError.ts";
import { firstBlockOf } from "../books/contracts.ts";
import { transfersTo } from "../chain/transfersTo.ts";
import type { JournalBlock, JournalSource } from "../journal.ts";
import type { LedgerState } from "../ledger/state.ts";
import { openStore } from "../store/openStore.ts";
import type { Store } from "../store/store.ts";
import { canPass } from "../store/storeFailure.ts";
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

/** The parts that exist once the store was opened. */
interface Opened {
  store: Store;
  books: LiveBooks;
  verifier: Verifier | undefined;
  /** Undefined in a reader. */
  writer: Writer | undefined;
  follow: () => Promise<void>;
}

/** The parts that differ between a writer and a reader. */
interface Role {
  source: JournalSource;
  endpoints: Endpoints | undefined;
  isReader: boolean;
  firstBlock: bigint;
  urls: readonly string[];
  open: (signal: AbortSignal, health: HealthRecord) => Promise<Opened>;
  onRetry: StartIndexerParameters["onRetry"];
  onFailure: StartIndexerParameters["onFailure"];
}

/** The number of times that a reader opens a journal that the writer is about to mend. */
const CONSISTENT_TRIES = 20;
const OBSERVE_EVERY_MS = 1_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * The indexer of one deployment: chain → store → books. A writer follows the chain and writes the store. A reader
 * follows a store that another process writes. `state` and `block` always belong together. They only change while other
 * code awaits, so code that does not await sees one block.
 */
export class Indexer implements ViewSource {
  /** Resolves once the store is open and the nodes have answered. Rejects if that cannot be, or after {@link stop}. */
  readonly started: Promise<void>;
  readonly #role: Role;
  readonly #health: HealthRecord;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<(update: BlockUpdate) => void>();
  readonly #observing: NodeJS.Timeout;
  #opened: Opened | undefined;
  #running: Promise<unknown> = Promise.resolve();

  private constructor(role: Role, { isPatient }: { isPatient: boolean }) {
    this.#role = role;
    const { endpoints, isReader, firstBlock, urls } = role;
    const books = () => this.#opened?.books;
    this.#health = new HealthRecord({ endpoints, isReader, books, firstBlock, urls });
    this.#observing = setInterval(() => this.#health.observe(), OBSERVE_EVERY_MS).unref();
    this.started = this.#start(isPatient);
    this.started.catch(() => undefined); // a caller that does not wait finds the failure in health
  }

  /**
   * Opens the store, folds its journal and begins to follow the chain.
   *
   * @throws {UserError} if no node answers, or the store cannot be opened.
   */
  static async start(parameters: StartIndexerParameters): Promise<Indexer> {
    return startedOrThrow(new Indexer(writerOf(parameters), { isPatient: false }));
  }

  /** Opens a store that another process writes, and follows it. Any number of readers can follow one store. */
  static async read(parameters: StartReaderParameters): Promise<Indexer> {
    return startedOrThrow(new Indexer(readerOf(parameters), { isPatient: false }));
  }

  /**
   * Returns an indexer at once, which starts as soon as the nodes and the store answer; see {@link started}. Until then
   * its health says what it waits for.
   */
  static startPatiently(parameters: StartIndexerParameters): Indexer {
    return new Indexer(writerOf(parameters), { isPatient: true });
  }

  /** Returns a reader at once, which starts as soon as the store answers; see {@link startPatiently}. */
  static readPatiently(parameters: StartReaderParameters): Indexer {
    return new Indexer(readerOf(parameters), { isPatient: true });
  }

  get source(): JournalSource {
    return this.#role.source;
  }

  /** The ledger's state at the newest indexed block. */
  get state(): LedgerState {
    return this.#open.books.state;
  }

  /** The newest indexed block, which `state` belongs to; undefined before the first. */
  get block(): JournalBlock | undefined {
    return this.#opened?.books.block;
  }

  get health(): Health {
    return this.#health;
  }

  get verification(): Verification | undefined {
    return this.#opened?.verifier?.verification;
  }

  /** The status of each endpoint of the chain. */
  get endpoints(): readonly EndpointStatus[] {
    return this.#role.endpoints?.status ?? [];
  }

  get request(): Request | undefined {
    const { endpoints } = this.#role;
    return endpoints && requestOf(endpoints);
  }

  view(): View | undefined {
    return this.#opened?.books.view;
  }

  async viewAt(blockNumber: bigint): Promise<View> {
    return this.#open.books.viewAt(blockNumber);
  }

  async blockByHash(hash: Hex): Promise<JournalBlock | undefined> {
    return this.#open.books.blockByHash(hash);
  }

  onBlock(listener: (update: BlockUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async transfersTo(parameters: TransfersToParameters): Promise<TransfersResult> {
    return transfersTo(required(this.#role.endpoints), parameters);
  }

  /** Compares the index with the chain; see {@link Verifier}. */
  async verify(parameters: IndexerVerifyParameters = {}): Promise<VerifyResult> {
    return required(this.#open.verifier).verify(parameters);
  }

  /** Waits until a block is indexed. */
  async waitForBlock(blockNumber: bigint, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((this.block?.number ?? -1n) < blockNumber) {
      const { failure } = this.#health;
      if (failure) throw failure;
      if (Date.now() > deadline) throw new Error(`Block ${blockNumber} was not indexed within ${timeoutMs} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Stops at the next safe point, saves a snapshot for the next start, and closes the store. */
  async stop(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#observing);
    await this.#role.endpoints?.close();
    await this.started.catch(() => undefined);
    await this.#running;
    if (!this.#opened) return;
    const { writer, books, store } = this.#opened;
    if (writer && !this.#health.failure) await books.saveSnapshot().catch(() => undefined); // a snapshot only saves time
    await store.close();
  }

  /** @throws {UserError} if the store is not open yet. */
  get #open(): Opened {
    if (!this.#opened) throw new UserError("No block is indexed yet: the indexer waits for its nodes or its store.");
    return this.#opened;
  }

  async #start(isPatient: boolean): Promise<void> {
    const { open, onRetry } = this.#role;
    const { signal } = this.#stop;
    for (let failures = 0; ; failures++) {
      try {
        const opened = await open(signal, this.#health);
        this.#health.recordStart();
        this.#run(opened);
        return;
      } catch (error) {
        const isOfNodes = error instanceof NodesAway;
        if (!isPatient || signal.aborted || !(error instanceof Error)) throw error;
        if (!isOfNodes && !canPass(error)) throw error;
        const waitMs = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS);
        this.#health.recordStartError(error, !isOfNodes);
        onRetry?.(new Error(`${error.message} The indexer tries again by itself.`, { cause: error }), waitMs);
        await pause(waitMs, signal);
        signal.throwIfAborted();
      }
    }
  }

  #run(opened: Opened): void {
    this.#opened = opened;
    const { books, verifier, follow } = opened;
    books.onUpdate((update) => {
      for (const listener of this.#listeners) listener(update);
    });
    const followed = follow().catch((error: unknown) => {
      if (this.#stop.signal.aborted) return;
      this.#health.failure = error;
      this.#role.onFailure?.(error);
    });
    this.#running = Promise.all([followed, verifier?.verifyRegularly()]);
  }
}

async function startedOrThrow(indexer: Indexer): Promise<Indexer> {
  try {
    await indexer.started;
    return indexer;
  } catch (error) {
    await indexer.stop();
    throw error;
  }
}

function writerOf(parameters: StartIndexerParameters): Role {
  const { source, target, onRetry, onFailure } = parameters;
  const urls = [parameters.rpcUrl].flat();
  const firstBlock = firstBlockOf(source); // refuses a source before anything is begun
  let record: HealthRecord | undefined;
  const endpoints = endpointsOf(parameters, urls, (error, restMs) => {
    record?.recordEndpointError(error);
    onRetry?.(error, restMs);
  });
  endpoints.bloomsAreTrue = parameters.useBlooms ?? true;
  const open = async (signal: AbortSignal, health: HealthRecord): Promise<Opened> => {
    record = health;
    await endpoints.ready();
    await requireDeployment(endpoints, source, signal);
    const store = await (parameters.openStore ?? openStore)(target, source);
    return closingOnError(store, async () => {
      const books = await health.during("computing", () => openBooks(store, source));
      const shared = { ...parameters, store, books, source, health, signal };
      const writer = new Writer({ ...shared, endpoints });
      const verifier = new Verifier({ ...shared, writer, request: requestOf(endpoints) });
      return { store, books, verifier, writer, follow: () => writer.follow() };
    });
  };
  return { source, endpoints, isReader: false, firstBlock, urls, open, onRetry, onFailure };
}

function readerOf(parameters: StartReaderParameters): Role {
  const { source, target, rpcUrl, onRetry, onFailure } = parameters;
  const urls = rpcUrl === undefined ? [] : [rpcUrl].flat();
  const firstBlock = firstBlockOf(source); // refuses a source before anything is begun
  const endpoints = rpcUrl === undefined ? undefined : endpointsOf(parameters, urls);
  const open = async (signal: AbortSignal, health: HealthRecord): Promise<Opened> => {
    const store = await openStore(target, source, { readOnly: true });
    return closingOnError(store, async () => {
      const books = await whenConsistent(() => LiveBooks.open(store, source, { readOnly: true }), {
        signal,
        tries: CONSISTENT_TRIES,
      });
      const shared = { ...parameters, store, books, source, health, signal };
      const verifier = endpoints && new Verifier({ ...shared, writer: undefined, request: requestOf(endpoints) });
      return { store, books, verifier, writer: undefined, follow: () => followWriter(shared) };
    });
  };
  return { source, endpoints, isReader: true, firstBlock, urls, open, onRetry, onFailure };
}

async function closingOnError<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await store.close();
    throw error;
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
  urls: readonly string[],
  onRetry?: (error: Error, restMs: number) => void,
): Endpoints {
  const { source, requestsPerSecond, finalityDepth, pollingIntervalMs, timeoutMs, shortestRestMs } = parameters;
  return new Endpoints({
    urls,
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
