import { pause } from "#node/abortable.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { followChain } from "../chain/followChain.ts";
import type { AppendedBlocks, ChainUpdate, JournalSource } from "../journal.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import type { Store } from "../store/store.ts";
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
/** The highest number of contradictions in a row; the next one is fatal. */
const MOST_REREADS = 6;
const SHORTEST_REST_MS = 250;

/** Follows the chain, and writes its blocks and logs to the store and into the books. */
export class Writer {
  readonly #parameters: WriterParameters;
  /** The number of contradictions of the ledger's rules in a row. The first one was after the block `after`. */
  readonly #contradicted = { times: 0, after: -1n };
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
    const { store, health } = this.#parameters;
    await this.#patiently(() => store.fill(update));
    health.recordProgress();
    const unread = await this.#patiently(() => store.unreadContracts());
    if (unread.length === 0) await this.#rebuild();
  }

  /** Journals blocks and folds them concurrently: a view that is ahead of the store for a moment does no harm. */
  async #append(update: Extract<ChainUpdate, { type: "blocks" }>): Promise<void> {
    const { books } = this.#parameters;
    const before = books.block?.number;
    if (update.after !== before) return; // blocks were removed since the update was read
    const stored = this.#store(update);
    const [folded] = await Promise.allSettled([books.apply(update), stored]);
    await stored;
    if (folded.status === "rejected") await this.#reread(before ?? -1n, folded.reason);
  }

  async #store({ blocks, logs, final }: AppendedBlocks): Promise<void> {
    const { store, health, onStored } = this.#parameters;
    const started = performance.now();
    await this.#patiently(() => store.append(blocks, logs, final));
    health.recordWritten(blocks.at(-1)?.number, true);
    onStored?.({ events: logs.length, seconds: (performance.now() - started) / 1_000 });
  }

  /**
   * Handles a contradiction. Nodes may have withheld logs after this block or before: removes ever more blocks, to read
   * them again.
   */
  async #reread(after: bigint, reason: unknown): Promise<void> {
    const { shortestRestMs = SHORTEST_REST_MS, onRetry, signal } = this.#parameters;
    const times = after > this.#contradicted.after ? 1 : this.#contradicted.times + 1;
    if (times === 1) this.#contradicted.after = after;
    this.#contradicted.times = times;
    await this.#removeAbove(after - REREAD_BLOCKS * 16n ** BigInt(times - 1));
    if (!(reason instanceof LedgerContradiction) || times > MOST_REREADS) throw reason;
    const waitMs = shortestRestMs * 2 ** (times - 1);
    onRetry?.(reason, waitMs);
    await pause(waitMs, signal);
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
