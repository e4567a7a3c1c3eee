import { setImmediate as nextTurn } from "node:timers/promises";
import type { Hex } from "viem";
import { Semaphore } from "../scheduling/semaphore.ts";
import { loadSnapshot, saveSnapshot, SNAPSHOT_FORMAT } from "../columns/snapshot.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import type { LedgerState } from "../ledger/state.ts";
import type { JournalBlock, JournalLog, JournalSource, JournalUpdate } from "../journal.ts";
import { books } from "../books/books.ts";
import { bookOfContract, decodeLog } from "../books/contracts.ts";
import { ledgerBook } from "../books/ledger/book.ts";
import { BookStates } from "../books/states.ts";
import type { OpenStoreOptions } from "../store/openStore.ts";
import type { Store, TimedLog } from "../store/store.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";
import { Turns } from "../scheduling/turns.ts";
import { UserError } from "#protocol/userError.ts";
import type { BlockUpdate, FinalBlock, RecordedEvent, View } from "./view.ts";

/** The number of logs between snapshots: folding this many again takes about as long as writing a snapshot. */
const SNAPSHOT_LOGS = 100_000;
/** The number of logs that are folded before questions get their turn. */
const LOGS_A_TURN = 1_000;
/** The number of earlier states that are cached for questions about the past. */
const KEPT_VIEWS = 3;

/** Limits the computation of earlier states to one at a time, since each needs as much memory as the newest. */
const folds = new Semaphore(1, 8);

type BooksStore = Pick<
  Store,
  "readLogs" | "lastBlock" | "blockByHash" | "finalBlock" | "unreadContracts" | "readSnapshot" | "saveSnapshot"
>;

/**
 * Keeps the state of all books at the newest block up to date, and computes it at earlier blocks on request. It folds
 * the store's journal: every update must be in the store before it is applied here.
 */
export class LiveBooks {
  readonly #store: BooksStore;
  readonly #source: JournalSource;
  readonly #turns = new Turns();
  readonly #listeners = new Set<(applied: BlockUpdate) => void>();
  readonly #earlier = new Map<bigint, Promise<View>>();
  #states: BookStates;
  /** The names of books whose logs are not all in the journal yet. */
  #incomplete: ReadonlySet<string> = new Set();
  #block: JournalBlock | undefined;
  /** The journalled blocks that a reorg can still remove, and the block before them; ascending. */
  #recent: JournalBlock[] = [];
  /** The newest final block; -1 before one is known. It never decreases. */
  #final = -1n;
  #logsSinceSnapshot = 0;
  readonly #readOnly: boolean;

  private constructor(store: BooksStore, source: JournalSource, readOnly: boolean) {
    this.#store = store;
    this.#source = source;
    this.#readOnly = readOnly;
    this.#states = new BookStates(books, source);
  }

  /** Folds the store's journal, beginning at its newest snapshot. */
  static async open(
    store: BooksStore,
    source: JournalSource,
    { readOnly = false }: OpenStoreOptions = {},
  ): Promise<LiveBooks> {
    const live = new LiveBooks(store, source, readOnly);
    await live.rebuild();
    live.#final = await store.finalBlock();
    return live;
  }

  /** The view at the newest block; undefined before the first. */
  get view(): View | undefined {
    return this.#block && this.#viewOf(this.#states, this.#block, this.#turns);
  }

  /** The ledger's state. */
  get state(): LedgerState {
    return this.#states.of(ledgerBook);
  }

  get block(): JournalBlock | undefined {
    return this.#block;
  }

  get final(): FinalBlock | undefined {
    if (this.#final < 0n) return undefined;
    const [first] = this.#recent;
    return { number: this.#final, hash: first?.number === this.#final ? first.hash : undefined };
  }

  /** Returns the highest recent block at or below a number. Default: the highest of all. */
  lastBlock(atOrBelow?: bigint): JournalBlock | undefined {
    return this.#recent.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow);
  }

  /** Finds a block of the journal by its hash, in lower case. */
  async blockByHash(hash: Hex): Promise<JournalBlock | undefined> {
    return this.#recent.find((block) => block.hash.toLowerCase() === hash) ?? this.#store.blockByHash(hash);
  }

  /** Calls the listener after each update. Returns the function that unsubscribes it. */
  onUpdate(listener: (applied: BlockUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies an update that is in the store.
   *
   * @throws {LedgerContradiction} if the events contradict the ledger's rules. The state is then invalid: remove the
   * blocks from the store and {@link rebuild}.
   */
  async apply(update: JournalUpdate): Promise<void> {
    if (update.type === "reorg") return this.#undoTo(update.ancestor);
    for (const part of partsOf(update.blocks, update.logs)) await this.#applyPart(part, update.final);
    this.#logsSinceSnapshot += update.logs.length;
    if (this.#logsSinceSnapshot >= SNAPSHOT_LOGS) await this.saveSnapshot();
  }

  /** Folds the store's journal again, and replaces the state with the result. */
  async rebuild(): Promise<void> {
    const before = this.#block;
    const incomplete = await this.#readIncomplete();
    const { states, block, folded } = await this.#foldUpTo(undefined);
    await this.#turns.change(() => {
      this.#states = states;
      this.#incomplete = incomplete;
      this.#block = block;
      this.#recent = block ? [block] : [];
    });
    this.#earlier.clear();
    this.#logsSinceSnapshot = folded;
    if (before && block) this.#notify({ block, reorgedFrom: before, events: [] });
  }

  /** Saves a snapshot for a quicker start. If the store is unavailable, a later call saves it. */
  async saveSnapshot(): Promise<void> {
    const logs = this.#logsSinceSnapshot;
    if (!this.#block || logs === 0 || this.#readOnly) return;
    this.#logsSinceSnapshot = 0;
    try {
      await this.#store.saveSnapshot(this.#block, SNAPSHOT_FORMAT, saveSnapshot(this.#states));
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      this.#logsSinceSnapshot += logs;
    }
  }

  /**
   * Computes the view at an earlier block from the store. If that block has no logs, the view names the last journalled
   * block before it, since the state has not changed after that one.
   *
   * @throws {UserError} if the block is not indexed yet, or is before the deployment.
   * @throws {TooBusy} if too many other earlier views are being computed.
   */
  async viewAt(blockNumber: bigint): Promise<View> {
    const newest = this.view;
    if (!newest || blockNumber > newest.block.number) {
      const head = newest ? `The newest indexed block is ${newest.block.number}.` : "No block is indexed yet.";
      throw new UserError(`Block ${blockNumber} is not indexed. ${head}`);
    }
    if (blockNumber < this.#source.startBlock) {
      throw new UserError(`The deployment begins at block ${this.#source.startBlock}.`);
    }
    if (blockNumber === newest.block.number) return newest;
    const view = this.#earlier.get(blockNumber) ?? this.#foldView(blockNumber);
    // Least recently used: the view moves to the end, and the first ones are dropped.
    this.#earlier.delete(blockNumber);
    this.#earlier.set(blockNumber, view);
    for (const oldest of this.#earlier.keys()) {
      if (this.#earlier.size <= KEPT_VIEWS) break;
      this.#earlier.delete(oldest);
    }
    return view.catch((error: unknown) => {
      this.#earlier.delete(blockNumber);
      throw error;
    });
  }

  async #foldView(blockNumber: bigint): Promise<View> {
    const release = await folds.acquire();
    const { states, block } = await this.#foldUpTo(blockNumber).finally(release);
    if (!block) throw new UserError(`Nothing is indexed at or before block ${blockNumber}.`);
    return this.#viewOf(states, block, new Turns());
  }

  async #foldUpTo(upTo: bigint | undefined) {
    const states = new BookStates(books, this.#source);
    const snapshot = await this.#store.readSnapshot(SNAPSHOT_FORMAT, upTo);
    // A snapshot without a book that is new to this version cannot be used: everything is folded from the first log.
    const above = snapshot && loadSnapshot(states, snapshot.bytes) ? snapshot.block.number : undefined;
    let folded = 0;
    for await (const logs of this.#store.readLogs({ above, upTo })) {
      for (const [i, log] of logs.entries()) {
        applyLog(states, log, log.timestamp);
        if (i % LOGS_A_TURN === LOGS_A_TURN - 1) await nextTurn();
      }
      folded += logs.length;
    }
    return { states, block: await this.#store.lastBlock(upTo), folded };
  }

  #viewOf(states: BookStates, block: JournalBlock, turns: Turns): View {
    return { state: states.of(ledgerBook), states, incomplete: this.#incomplete, block, turns };
  }

  async #readIncomplete(): Promise<ReadonlySet<string>> {
    const unread = await this.#store.unreadContracts();
    return new Set(unread.map(({ name }) => bookOfContract(name).name));
  }

  async #undoTo(ancestor: JournalBlock | undefined): Promise<void> {
    const reorgedFrom = this.#block;
    for (const number of this.#earlier.keys()) if (number > (ancestor?.number ?? -1n)) this.#earlier.delete(number);
    let undone = false;
    // While books are incomplete, logs of a new contract may be in the journal and not be folded yet.
    if (ancestor && this.#incomplete.size === 0) {
      const incomplete = await this.#readIncomplete();
      await this.#turns.change(() => {
        undone = this.#states.history.undoTo(ancestor.number);
        if (!undone) return;
        this.#incomplete = incomplete;
        this.#block = ancestor;
        this.#recent = [...this.#recent.filter(({ number }) => number < ancestor.number), ancestor];
      });
    }
    if (!undone) return this.rebuild();
    if (reorgedFrom && ancestor) this.#notify({ block: ancestor, reorgedFrom, events: [] });
  }

  async #applyPart({ blocks, logs }: Part, final: bigint): Promise<void> {
    const last = blocks.at(-1);
    const before = this.#block;
    if (!last) return;
    const events: RecordedEvent[] = [];
    await this.#turns.change(() => {
      const { history } = this.#states;
      this.#block = undefined; // until the whole part is applied
      history.recording = last.number > final;
      if (!history.recording) history.forgetAll();
      else if (before) history.endBlock(before.number);
      let at = 0;
      for (const block of blocks) {
        for (let log = logs[at]; log?.blockNumber === block.number; log = logs[++at]) {
          const applied = applyLog(this.#states, log, block.timestamp);
          if (applied && this.#listeners.size > 0) events.push(applied);
        }
        if (history.recording) history.endBlock(block.number);
      }
      history.forgetBefore(final);
      if (final > this.#final) this.#final = final;
      this.#block = last;
      this.#recent.push(...blocks);
      const firstOpen = this.#recent.findIndex(({ number }) => number > final);
      this.#recent.splice(0, (firstOpen === -1 ? this.#recent.length : firstOpen) - 1);
    });
    this.#notify({ block: last, events });
  }

  #notify(applied: BlockUpdate): void {
    for (const listener of this.#listeners) listener(applied);
  }
}

interface Part {
  blocks: JournalBlock[];
  logs: JournalLog[];
}

/** Splits an update after a block, about every `LOGS_A_TURN` logs, so that questions can run in between. */
function* partsOf(blocks: readonly JournalBlock[], logs: readonly JournalLog[]): Generator<Part> {
  let part: Part = { blocks: [], logs: [] };
  let at = 0;
  for (const block of blocks) {
    part.blocks.push(block);
    for (let log = logs[at]; log?.blockNumber === block.number; log = logs[++at]) part.logs.push(log);
    if (part.logs.length < LOGS_A_TURN) continue;
    yield part;
    part = { blocks: [], logs: [] };
  }
  yield part;
}

function applyLog(states: BookStates, log: JournalLog | TimedLog, timestamp: number): RecordedEvent | undefined {
  const { blockNumber, logIndex, transactionHash } = log;
  try {
    const event = decodeLog(log);
    if (!event) return undefined;
    const position = { blockNumber, logIndex, timestamp, transactionHash };
    states.apply(event, position);
    return { event, position };
  } catch (error) {
    if (error instanceof LedgerContradiction) throw error;
    // The contracts emit no such log, so an endpoint has returned a wrong one.
    const reason = error instanceof Error ? error.message : String(error);
    throw new LedgerContradiction(`Log ${logIndex} of block ${blockNumber} cannot be applied: ${reason}`, {
      cause: error,
    });
  }
}
