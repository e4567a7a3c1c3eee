import { pause } from "#node/abortable.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { followChain } from "../chain/followChain.ts";
import { trustOf } from "../chain/trust.ts";
import type { AppendedBlocks, ChainUpdate, JournalSource } from "../journal.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import { type Store, StoreChanged } from "../store/store.ts";
import { whenAvailable } from "../store/whenAvailable.ts";
import type { HealthRecord } from "./healthRecord.ts";
import type { LiveBooks } from "./liveBooks.ts";
import type { StartIndexerParameters } from "./parameters.ts";

interface WriterParameters extends Pick<
  StartIndexerParameters,
  "onProgress" | "onRetry" | "onStored" | "shortestRestMs"
> {
  store: Store;
  books: LiveBooks;
  endpoints: Endpoints;
  source: JournalSource;
  health: HealthRecord;
  signal: AbortSignal;
}

/**
 * The number of blocks before a contradiction that are read again. Each contradiction in a row multiplies it by
 * sixteen.
 */
const REREAD_BLOCKS = 256n;
/** The number of times that the number of blocks grows. */
const MOST_GROWTHS = 6;
/** The number of times that the rest after a contradiction doubles. */
const MOST_DOUBLINGS = 11;
const SHORTEST_REST_MS = 250;
/** The time before logs of a new contract that contradict its interface are read again. */
const FILL_REST_MS = 5_000;

/** Follows the chain, and writes its blocks and logs to the store and into the books. */
export class Writer {
  readonly #parameters: WriterParameters;
  /**
   * The number of contradictions of the ledger's rules in a row. The first one was after the block `after`; the last one
   * was at the block `end` or before.
   */
  readonly #contradicted = { times: 0, after: -1n, end: -1n };
  /** The last change of the store. Changes run one after the other. */
  #writing: Promise<void> = Promise.resolve();

  constructor(parameters: WriterParameters) {
    this.#parameters = parameters;
  }

  /** Follows the chain until the signal aborts. */
  async follow(): Promise<void> {
    const { store, books, endpoints, source, health, signal, onProgress } = this.#parameters;
    let head: bigint | undefined;
    const updates = followChain({
      endpoints,
      source,
      lastBlock: (atOrBelow) => this.#patiently(() => store.lastBlock(atOrBelow)),
      unreadContracts: () => this.#patiently(() => store.unreadContracts()),
      isDeployed: true,
      signal,
      final: books.final?.number,
      ...(onProgress && { onProgress }),
      onHead: (number) => (head = number),
    });
    health.recordWritten(books.block?.number, false);
    let backfilled = false;
    for await (const update of updates) {
      if (signal.aborted) return;
      await this.#exclusively(() => this.#write(update));
      if (backfilled || books.block?.number !== head) continue;
      await this.#patiently(() => health.during("computing", () => store.finishBackfill()));
      await health.during("computing", () => books.saveSnapshot());
      backfilled = true;
    }
  }

  /** Removes all blocks above a number from the store, so that they are read again. */
  rereadAbove(blockNumber: bigint): Promise<void> {
    return this.#exclusively(() => this.#removeAbove(blockNumber));
  }

  #write(update: ChainUpdate): Promise<void> {
    if (update.type === "blocks") return this.#append(update);
    return update.type === "reorg" ? this.#undo(update) : this.#fill(update);
  }

  async #undo(update: Extract<ChainUpdate, { type: "reorg" }>): Promise<void> {
    const { store, books } = this.#parameters;
    await this.#patiently(() => store.removeAbove(update.ancestor?.number ?? -1n));
    await this.#patiently(() => books.apply(update));
    this.#parameters.health.recordWritten(books.block?.number, false);
  }

  /**
   * Adds logs of a contract that is new to the store. Once no contract is new any more, the whole journal is folded
   * again.
   */
  async #fill(update: Extract<ChainUpdate, { type: "filled" }>): Promise<void> {
    const { store, health, endpoints, onRetry, signal } = this.#parameters;
    let isFilled: boolean;
    try {
      isFilled = await this.#patiently(() => store.fill(update));
    } catch (error) {
      if (!(error instanceof LedgerContradiction)) throw error;
      const message = `${error.message}. The blocks are read again. If this lasts, name another endpoint with --rpc.`;
      endpoints.notices.raise({ code: "logsContradict", endpoints: [], message, stops: true });
      onRetry?.(error, FILL_REST_MS);
      return pause(FILL_REST_MS, signal);
    }
    endpoints.notices.clear("logsContradict");
    if (!isFilled) return this.#rejoin();
    health.recordProgress();
    const unread = await this.#patiently(() => store.unreadContracts());
    if (unread.length === 0) await this.#rebuild();
  }

  /** Journals blocks and folds them concurrently: a view that is ahead of the store for a moment does no harm. */
  async #append(update: Extract<ChainUpdate, { type: "blocks" }>): Promise<void> {
    const { books } = this.#parameters;
    const before = books.block?.number;
    if (update.after !== before) return this.#rejoin(); // blocks were removed since the update was read
    const stored = this.#store(update);
    const [folded, kept] = await Promise.allSettled([books.apply(update), stored]);
    if (kept.status === "rejected" && kept.reason instanceof StoreChanged) return this.#rejoin(kept.reason);
    if (kept.status === "rejected" && !(kept.reason instanceof LedgerContradiction)) throw kept.reason;
    const failed = [folded, kept].find((each) => each.status === "rejected");
    if (failed) await this.#reread(before ?? -1n, failed.reason, update);
    else if (this.#contradicted.times > 0 && (books.block?.number ?? -1n) >= this.#contradicted.end) this.#agree();
  }

  /** Goes on from the store's end, if that is not the block of the books: the store has lost its last transactions. */
  async #rejoin(reason?: StoreChanged): Promise<void> {
    const { store, books, onRetry } = this.#parameters;
    const end = await this.#patiently(() => store.lastBlock());
    const isSame = end?.number === books.block?.number && end?.hash === books.block?.hash;
    if (isSame && !reason) return;
    if (reason) onRetry?.(reason, 0);
    await this.#removeAbove(end?.number ?? -1n);
  }

  async #store({ blocks, logs, final }: AppendedBlocks): Promise<void> {
    const { store, health, onStored } = this.#parameters;
    const started = performance.now();
    await this.#patiently(() => store.append(blocks, logs, final));
    health.recordWritten(blocks.at(-1)?.number, true);
    onStored?.({ events: logs.length, seconds: (performance.now() - started) / 1_000 });
  }

  /**
   * Handles a contradiction. Endpoints may have withheld logs after this block or before: removes ever more blocks, to
   * read them again, more and more slowly. The endpoint that returned the last of them is asked only if no other answers.
   */
  async #reread(after: bigint, reason: unknown, { blocks, endpoint: name }: AppendedBlocks): Promise<void> {
    if (!(reason instanceof LedgerContradiction)) throw reason;
    const { endpoints, shortestRestMs = SHORTEST_REST_MS, onRetry, signal } = this.#parameters;
    const contradicted = this.#contradicted;
    contradicted.times = after > contradicted.after ? 1 : contradicted.times + 1;
    if (contradicted.times === 1) contradicted.after = after;
    contradicted.end = blocks.at(-1)?.number ?? after;
    const doublings = Math.min(contradicted.times - 1, MOST_DOUBLINGS);
    await this.#removeAbove(after - REREAD_BLOCKS * 16n ** BigInt(Math.min(doublings, MOST_GROWTHS)));
    const endpoint = endpoints.all.find((each) => each.name === name);
    endpoints.notices.raise({
      code: "logsContradict",
      endpoints: [],
      message: `${reason.message} So logs are missing or wrong${endpoint ? ` (the last ones came from ${endpoint.name})` : ""}. The blocks are read again. If this lasts, name another endpoint with --rpc.`,
      stops: true,
    });
    if (endpoint) {
      endpoints.reportFailure(endpoint, new EndpointError("wrong", reason.message));
      trustOf(endpoints).distrust(endpoint);
    }
    const waitMs = shortestRestMs * 2 ** doublings;
    onRetry?.(reason, waitMs);
    await pause(waitMs, signal);
  }

  /** Ends a contradiction, once the blocks after which it occurred are indexed. */
  #agree(): void {
    this.#contradicted.times = 0;
    this.#parameters.endpoints.notices.clear("logsContradict");
  }

  async #removeAbove(blockNumber: bigint): Promise<void> {
    const { store, books, health } = this.#parameters;
    await this.#patiently(() => store.removeAbove(blockNumber));
    await this.#rebuild();
    health.recordWritten(books.block?.number, false);
  }

  #rebuild(): Promise<void> {
    const { books, health } = this.#parameters;
    return this.#patiently(() => health.during("computing", () => books.rebuild()));
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => undefined); // the caller gets the error
    return done;
  }

  #patiently<T>(work: () => Promise<T>): Promise<T> {
    const { signal, health } = this.#parameters;
    const onRetry = (error: Error, waitMs: number) => {
      health.recordStoreError(error);
      this.#parameters.onRetry?.(error, waitMs);
    };
    const onAvailable = () => health.recordStoreContact();
    return whenAvailable(() => health.during("storing", work), { signal, onRetry, onAvailable });
  }
}
