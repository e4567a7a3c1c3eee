import { setImmediate as nextTurn } from "node:timers/promises";
import { decodeContractLog } from "#protocol/events.ts";
import { Semaphore } from "../scheduling/semaphore.ts";
import { applyEvent } from "../ledger/applyEvent.ts";
import { loadSnapshot, saveSnapshot, SNAPSHOT_FORMAT } from "../ledger/snapshot.ts";
import { LedgerState } from "../ledger/state.ts";
import type { JournalBlock, JournalLog, JournalSource } from "../journal.ts";
import type { OpenStoreOptions } from "../store/openStore.ts";
import type { Store, TimedLog } from "../store/store.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";
import type { ChainUpdate } from "../chain/followChain.ts";
import { Turns } from "../scheduling/turns.ts";
import { UserError } from "#protocol/userError.ts";
import type { BlockUpdate, FinalBlock, RecordedEvent, View } from "./view.ts";

/** After so many logs a new snapshot is worth its time: to fold them again takes about as long as to write it. */
const SNAPSHOT_LOGS = 100_000;
/** So many logs are folded before questions get their turn. */
const LOGS_A_TURN = 1_000;
/** How many earlier states are kept for questions about the past. */
const KEPT_VIEWS = 3;

/** Of the earlier states that this process makes, each as large as the newest, one is made at a time. */
const folds = new Semaphore(1, 8);

type LedgerStore = Pick<Store, "readLogs" | "lastBlock" | "finalBlock" | "readSnapshot" | "saveSnapshot">;

/**
 * The ledger as of the newest block, kept up to date, and as of earlier ones on request. It folds what the store has
 * journalled: every update must be in the store before it is applied here.
 */
export class LiveLedger {
  readonly #store: LedgerStore;
  readonly #source: JournalSource;
  readonly #turns = new Turns();
  readonly #listeners = new Set<(applied: BlockUpdate) => void>();
  readonly #earlier = new Map<bigint, Promise<View>>();
  #state: LedgerState;
  #block: JournalBlock | undefined;
  /** Journalled blocks that can still be taken back, and the one before them; ascending. */
  #recent: JournalBlock[] = [];
  /** Up to here nothing is ever taken back; -1 before that is known. Never falls. */
  #final = -1n;
  #logsSinceSnapshot = 0;
  readonly #readOnly: boolean;

  private constructor(store: LedgerStore, source: JournalSource, readOnly: boolean) {
    this.#store = store;
    this.#source = source;
    this.#readOnly = readOnly;
    this.#state = emptyState(source);
  }

  /** Folds what the store has, from its newest snapshot on. */
  static async open(
    store: LedgerStore,
    source: JournalSource,
    { readOnly = false }: OpenStoreOptions = {},
  ): Promise<LiveLedger> {
    const ledger = new LiveLedger(store, source, readOnly);
    await ledger.rebuild();
    ledger.#final = await store.finalBlock();
    return ledger;
  }

  /** The ledger as of the newest block; undefined before the first. */
  get view(): View | undefined {
    return this.#block && { state: this.#state, block: this.#block, turns: this.#turns };
  }

  get state(): LedgerState {
    return this.#state;
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
  async apply(update: ChainUpdate): Promise<void> {
    if (update.type === "reorg") return this.#undoTo(update.ancestor);
    for (const part of partsOf(update.blocks, update.logs)) await this.#applyPart(part, update.final);
    this.#logsSinceSnapshot += update.logs.length;
    if (this.#logsSinceSnapshot >= SNAPSHOT_LOGS) await this.saveSnapshot();
  }

  /** Folds everything anew from the store, and puts it in the place of what was. */
  async rebuild(): Promise<void> {
    const before = this.#block;
    const { state, block, folded } = await this.#foldUpTo(undefined);
    await this.#turns.change(() => {
      this.#state = state;
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
      await this.#store.saveSnapshot(this.#block, SNAPSHOT_FORMAT, saveSnapshot(this.#state));
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
    const { state, block } = await this.#foldUpTo(blockNumber).finally(release);
    if (!block) throw new UserError(`Nothing is indexed at or before block ${blockNumber}.`);
    return { state, block, turns: new Turns() };
  }

  async #foldUpTo(upTo: bigint | undefined) {
    const snapshot = await this.#store.readSnapshot(SNAPSHOT_FORMAT, upTo);
    const state = snapshot ? loadSnapshot(emptyState(this.#source).ledger, snapshot.bytes) : emptyState(this.#source);
    let folded = 0;
    for await (const logs of this.#store.readLogs({ above: snapshot?.block.number, upTo })) {
      for (const [i, log] of logs.entries()) {
        applyLog(state, log, log.timestamp);
        if (i % LOGS_A_TURN === LOGS_A_TURN - 1) await nextTurn();
      }
      folded += logs.length;
    }
    return { state, block: await this.#store.lastBlock(upTo), folded };
  }

  async #undoTo(ancestor: JournalBlock | undefined): Promise<void> {
    const reorgedFrom = this.#block;
    for (const number of this.#earlier.keys()) if (number > (ancestor?.number ?? -1n)) this.#earlier.delete(number);
    let undone = false;
    if (ancestor) {
      await this.#turns.change(() => {
        undone = this.#state.history.undoTo(ancestor.number);
        if (!undone) return;
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
      const { history } = this.#state;
      this.#block = undefined; // until it is whole
      history.recording = last.number > final;
      if (!history.recording) history.forgetAll();
      else if (before) history.endBlock(before.number);
      let at = 0;
      for (const block of blocks) {
        for (let log = logs[at]; log?.blockNumber === block.number; log = logs[++at]) {
          const applied = applyLog(this.#state, log, block.timestamp);
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

const emptyState = ({ ledger }: JournalSource) => new LedgerState(ledger.toLowerCase() as `0x${string}`);

function applyLog(state: LedgerState, log: JournalLog | TimedLog, timestamp: number) {
  const event = decodeContractLog(log.contract, log);
  if (!event) return undefined;
  const { blockNumber, logIndex, transactionHash } = log;
  const position = { blockNumber, logIndex, timestamp, transactionHash };
  applyEvent(state, event, position);
  return { event, position };
}
