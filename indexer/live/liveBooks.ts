import { setImmediate as nextTurn } from "node:timers/promises";
import { Semaphore } from "../scheduling/semaphore.ts";
import { loadSnapshot, saveSnapshot, SNAPSHOT_FORMAT } from "../columns/snapshot.ts";
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

/** After so many logs a new snapshot is worth its time: to fold them again takes about as long as to write it. */
const SNAPSHOT_LOGS = 100_000;
/** Number of logs that are folded before questions get their turn. */
const LOGS_A_TURN = 1_000;
/** Number of earlier states that are kept for questions about the past. */
const KEPT_VIEWS = 3;

/** Earlier states are made one at a time in this process, since each is as large as the newest. */
const folds = new Semaphore(1, 8);

type BooksStore = Pick<Store, "readLogs" | "lastBlock" | "finalBlock" | "unread" | "readSnapshot" | "saveSnapshot">;

/**
 * The state of all books as of the newest block, kept up to date, and as of earlier ones on request. It folds what the
 * store has journalled: every update must be in the store before it is applied here.
 */
export class LiveBooks {
  readonly #store: BooksStore;
  readonly #source: JournalSource;
  readonly #turns = new Turns();
  readonly #listeners = new Set<(applied: BlockUpdate) => void>();
  readonly #earlier = new Map<bigint, Promise<View>>();
  #states: BookStates;
  /** Names of books of which the journal does not hold all logs yet. */
  #incomplete: ReadonlySet<string> = new Set();
  #block: JournalBlock | undefined;
  /** Journalled blocks that can still be taken back, and the one before them; ascending. */
  #recent: JournalBlock[] = [];
  /** Up to here nothing is ever taken back; -1 before that is known. Never falls. */
  #final = -1n;
  #logsSinceSnapshot = 0;
  readonly #readOnly: boolean;

  private constructor(store: BooksStore, source: JournalSource, readOnly: boolean) {
    this.#store = store;
    this.#source = source;
    this.#readOnly = readOnly;
    this.#states = new BookStates(books, source);
  }

  /** Folds what the store has, from its newest snapshot on. */
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

  /** The state as of the newest block; undefined before the first. */
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

  /** The highest block at or below a number that was applied and may be taken back; of all unless given. */
  lastBlock(atOrBelow?: bigint): JournalBlock | undefined {
    return this.#recent.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow);
  }

  /** Calls back after each update. Answers how to end that. */
  onUpdate(listener: (applied: BlockUpdate) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Applies an update that is in the store.
   *
   * @throws {LedgerContradiction} if the events contradict the ledger's rules. What is then in the state is of no use:
   * take the blocks out of the store, and {@link rebuild}.
   */
  async apply(update: JournalUpdate): Promise<void> {
    if (update.type === "reorg") return this.#undoTo(update.ancestor);
    for (const part of partsOf(update.blocks, update.logs)) await this.#applyPart(part, update.final);
    this.#logsSinceSnapshot += update.logs.length;
    if (this.#logsSinceSnapshot >= SNAPSHOT_LOGS) await this.saveSnapshot();
  }

  /** Folds everything anew from the store, and puts it in the place of what was. */
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
    if (before && block) this.#tell({ block, reorgedFrom: before, events: [] });
  }

  /** Keeps the state as it is, for a quicker start; if the store is away, another time. */
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
   * The ledger as of an earlier block, folded from the store for the occasion. Where nothing happened in that block, the
   * view names the last journalled block before it, since when nothing had.
   *
   * @throws {UserError} if there is no such block yet, or the deployment was not there.
   * @throws {TooBusy} if too many others are asked for.
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
    const known = this.#earlier.get(blockNumber) ?? this.#foldView(blockNumber);
    // The last asked for is the last to be forgotten.
    this.#earlier.delete(blockNumber);
    this.#earlier.set(blockNumber, known);
    for (const oldest of this.#earlier.keys()) {
      if (this.#earlier.size <= KEPT_VIEWS) break;
      this.#earlier.delete(oldest);
    }
    return known.catch((error: unknown) => {
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
    // One without a book that is new to this version is of no use: it is folded from the first log.
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
    const unread = await this.#store.unread();
    return new Set(unread.map(({ name }) => bookOfContract(name).name));
  }

  async #undoTo(ancestor: JournalBlock | undefined): Promise<void> {
    const reorgedFrom = this.#block;
    for (const number of this.#earlier.keys()) if (number > (ancestor?.number ?? -1n)) this.#earlier.delete(number);
    let undone = false;
    // Logs of a new contract that were filled in meanwhile are not folded yet.
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
    if (reorgedFrom && ancestor) this.#tell({ block: ancestor, reorgedFrom, events: [] });
  }

  async #applyPart({ blocks, logs }: Part, final: bigint): Promise<void> {
    const last = blocks.at(-1);
    const before = this.#block;
    if (!last) return;
    const events: RecordedEvent[] = [];
    await this.#turns.change(() => {
      const { history } = this.#states;
      this.#block = undefined; // until it is whole
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
    this.#tell({ block: last, events });
  }

  #tell(applied: BlockUpdate): void {
    for (const listener of this.#listeners) listener(applied);
  }
}

interface Part {
  blocks: JournalBlock[];
  logs: JournalLog[];
}

/** Cuts an update where questions may have their turn: after a block, every so many logs. */
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
  const event = decodeLog(log);
  if (!event) return undefined;
  const { blockNumber, logIndex, transactionHash } = log;
  const position = { blockNumber, logIndex, timestamp, transactionHash };
  states.apply(event, position);
  return { event, position };
}
