import type { Endpoint } from "#node/rpc/endpoint.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { type Notice, type NoticeCode, Notices } from "#node/rpc/notices.ts";
import { describeStoreFailure } from "../store/storeFailure.ts";
import { describeStuck, type WriterWork } from "./describeStuck.ts";
import type { LiveBooks } from "./liveBooks.ts";
import { redactor } from "./redactor.ts";
import type { Health } from "./view.ts";

/** The parts of the endpoints that health depends on. */
export type WatchedEndpoints = Pick<Endpoints, "status" | "completeness" | "notices"> & {
  all: readonly Pick<Endpoint, "name" | "isIdentified" | "head" | "lastSeenMs" | "answers" | "lastError">[];
};

export interface HealthRecordParameters {
  /** Undefined in a reader without nodes. */
  endpoints?: WatchedEndpoints | undefined;
  isReader?: boolean;
  /** Returns the state of the index; undefined before the store was opened. */
  books?: () => Pick<LiveBooks, "block" | "final"> | undefined;
  /** The first block that can contain a log. Default: 0. */
  firstBlock?: bigint;
  /** URLs whose secret parts no text may contain. */
  urls?: readonly string[];
  /** Returns the time of a clock that never jumps, in milliseconds. */
  now?: () => number;
}

/** The codes of problems that are found here. */
const OWN_CODES: ReadonlySet<NoticeCode> = new Set(["stuck", "storeFails"]);
/** The time without any progress after which the indexer counts as stuck. */
const STUCK_MS = 20_000;
/** The same while the state or an index is computed, which takes minutes for a large journal. */
const STUCK_COMPUTING_MS = 600_000;
/** A head that an endpoint reported longer ago counts only if no endpoint has a newer report. */
const STALE_HEAD_MS = 60_000;
/** An index that goes back farther than this is being read again. Shorter steps back and forth are no progress. */
const REREAD_BLOCKS = 64n;

/**
 * The record of what the indexer knows of its chain and its store, and of what fails. It takes the head from the
 * endpoints themselves, so that the lag grows while the indexer waits for something else. Ages are measured by a
 * monotonic clock: a jump of the system's clock does not change them.
 */
export class HealthRecord implements Health {
  failure: unknown;
  #startFails = false;
  /** The writer's work at the moment; the oldest first. */
  readonly #works = new Set<{ name: WriterWork; sinceMs: number }>();
  readonly #parameters: HealthRecordParameters;
  readonly #notices: Notices;
  readonly #now: () => number;
  readonly #redact: (text: string) => string;
  #head: bigint | undefined;
  #storeHead: bigint | undefined;
  /** The last report of each endpoint: the time by its own clock, and by ours. */
  readonly #reports = new Map<unknown, { lastSeenMs: number; atMs: number; answers: number }>();
  #contact: { atMs: number; date: Date | undefined };
  #storeContact: { atMs: number; date: Date | undefined };
  #endpointError: { message: string; atMs: number } | undefined;
  #storeError: string | undefined;
  /** The newest block that a writer has stored. */
  #written: bigint | undefined;
  #lastAppend: Date | undefined;
  /** The oldest head that was seen and is not indexed yet. */
  #waiting: { block: bigint; sinceMs: number } | undefined;
  /** The highest indexed block, and the time at which it was indexed. */
  #progress: { block: bigint; atMs: number };

  constructor(parameters: HealthRecordParameters = {}) {
    this.#parameters = parameters;
    this.#notices = parameters.endpoints?.notices ?? new Notices();
    this.#now = parameters.now ?? (() => performance.now());
    this.#redact = redactor(parameters.urls ?? []);
    const atMs = this.#now();
    this.#contact = { atMs, date: undefined };
    this.#storeContact = { atMs, date: undefined };
    this.#progress = { block: -1n, atMs };
  }

  get head(): bigint | undefined {
    const { isReader } = this.#parameters;
    if (!isReader) return this.#head;
    const chainHead = this.headFrom === "chain" ? this.#head : undefined;
    if (this.#storeHead === undefined || chainHead === undefined) return chainHead ?? this.#storeHead;
    return chainHead > this.#storeHead ? chainHead : this.#storeHead;
  }

  /** The source of `head`. A reader whose nodes are silent knows only the store's. */
  get headFrom(): Health["headFrom"] {
    if (!this.#parameters.isReader) return "chain";
    return this.#head !== undefined && this.#now() - this.#contact.atMs <= STALE_HEAD_MS ? "chain" : "store";
  }

  get final(): Health["final"] {
    return this.#parameters.books?.()?.final;
  }

  get lastContact(): Date | undefined {
    return this.#ownContact.date;
  }

  get silentMs(): number {
    return this.#now() - this.#ownContact.atMs;
  }

  get waitingMs(): number {
    return this.#waiting ? this.#now() - this.#waiting.sinceMs : 0;
  }

  get lastAppend(): Date | undefined {
    return this.#lastAppend;
  }

  get lastError(): string | undefined {
    const error = this.#storeError ?? this.#endpointError?.message;
    return error === undefined ? undefined : this.#redact(error);
  }

  get problems(): readonly Notice[] {
    const { isReader } = this.#parameters;
    return this.#notices.all.map((notice) => ({
      ...notice,
      message: this.#redact(notice.message),
      // A reader needs its store, not its nodes.
      stops: notice.stops && (!isReader || OWN_CODES.has(notice.code)),
    }));
  }

  get completeness(): Health["completeness"] {
    const { endpoints, isReader } = this.#parameters;
    return isReader ? undefined : endpoints?.completeness;
  }

  get endpoints(): Health["endpoints"] {
    return (this.#parameters.endpoints?.status ?? []).map((status) => ({
      ...status,
      lastError: status.lastError === undefined ? undefined : this.#redact(status.lastError),
    }));
  }

  /** Looks at the endpoints and at the index. Call it about once a second. */
  observe(): void {
    const nowMs = this.#now();
    this.#observeEndpoints(nowMs);
    this.#observeProgress(nowMs);
    this.#observeStuck(nowMs);
  }

  /** Records the failure of a request to a node. */
  recordEndpointError({ message }: Error): void {
    this.#endpointError = { message, atMs: this.#now() };
  }

  /** Records the failure of the store. It lasts until {@link recordStoreContact}. */
  recordStoreError(error: Error): void {
    this.#storeError = error.message;
    this.#raise("storeFails", describeStoreFailure(error), true);
  }

  /** Records that the store has answered, and in a reader its newest block. */
  recordStoreContact(head?: bigint): void {
    this.#storeContact = { atMs: this.#now(), date: new Date() };
    if (head !== undefined) this.#storeHead = head;
    if (this.#storeError === undefined) return;
    this.#storeError = undefined;
    this.#notices.clear("storeFails");
  }

  /** Records the newest block of the store after a change, and whether blocks were appended. */
  recordWritten(block: bigint | undefined, isAppended: boolean): void {
    this.#written = block;
    if (isAppended) this.#lastAppend = new Date();
    this.#observeProgress(this.#now());
  }

  /** Records progress that does not change the newest block, such as logs of a new contract. */
  recordProgress(): void {
    this.#progress.atMs = this.#now();
  }

  /** Runs work of the writer. Health names it if it does not end. */
  async during<T>(name: WriterWork, work: () => Promise<T>): Promise<T> {
    const begun = { name, sinceMs: this.#now() };
    this.#works.add(begun);
    try {
      return await work();
    } finally {
      this.#works.delete(begun);
    }
  }

  /** Records that the indexer could not be started yet. Lasts until the next call, or until {@link recordStart}. */
  recordStartError(error: Error, isOfStore: boolean): void {
    this.recordStart();
    this.#startFails = true;
    if (isOfStore) return this.recordStoreError(error);
    this.#endpointError = { message: error.message, atMs: Infinity };
    this.#raise("stuck", `${error.message} The indexer tries again by itself.`, true);
  }

  /** Records that the indexer has started. */
  recordStart(): void {
    if (!this.#startFails) return;
    this.#startFails = false;
    this.#endpointError = undefined;
    this.#notices.clear("stuck");
    this.recordStoreContact();
  }

  /** The contact that this process needs: of a writer with the nodes, of a reader with the store. */
  get #ownContact() {
    return this.#parameters.isReader ? this.#storeContact : this.#contact;
  }

  #observeEndpoints(nowMs: number): void {
    const { endpoints } = this.#parameters;
    let newest: bigint | undefined;
    for (const endpoint of endpoints?.all ?? []) {
      const { isIdentified, head, lastSeenMs, answers } = endpoint;
      if (!isIdentified) continue;
      const before = this.#reports.get(endpoint);
      const isSeen = lastSeenMs > 0 && lastSeenMs !== before?.lastSeenMs;
      const atMs = isSeen ? nowMs : (before?.atMs ?? -Infinity);
      this.#reports.set(endpoint, { lastSeenMs, atMs, answers });
      // While blocks wait, a rate limit may delay the polls of the head for long.
      const isAnswering = this.#waiting !== undefined && before !== undefined && answers !== before.answers;
      if (isSeen || isAnswering) this.#contact = { atMs: nowMs, date: new Date() };
      if (!head || nowMs - atMs > STALE_HEAD_MS) continue;
      if (newest === undefined || head.number > newest) newest = head.number;
    }
    this.#head = newest ?? this.#head;
    if (this.#endpointError && this.#contact.atMs > this.#endpointError.atMs) this.#endpointError = undefined;
  }

  #observeProgress(nowMs: number): void {
    const { isReader, books, firstBlock = 0n } = this.#parameters;
    const block = (isReader ? books?.()?.block?.number : this.#written) ?? -1n;
    const { head } = this;
    if (block > this.#progress.block || block + REREAD_BLOCKS < this.#progress.block) {
      this.#progress = { block, atMs: nowMs };
    }
    if (head === undefined || head <= block || head < firstBlock) this.#waiting = undefined;
    else if (!this.#waiting || block >= this.#waiting.block) this.#waiting = { block: head, sinceMs: nowMs };
    else if (head < this.#waiting.block) this.#waiting = { ...this.#waiting, block: head };
  }

  #observeStuck(nowMs: number): void {
    const { endpoints, isReader = false } = this.#parameters;
    const silentMs = endpoints ? nowMs - this.#contact.atMs : 0;
    const waitingMs = this.#waiting ? nowMs - Math.max(this.#waiting.sinceMs, this.#progress.atMs) : 0;
    const works = [...this.#works].map(({ name, sinceMs }) => ({ name, forMs: nowMs - sinceMs }));
    const work = works.find(({ name }) => name === "computing") ?? works[0];
    if (this.#startFails) return; // the reason is known
    const isExplained = this.problems.some(({ code, stops }) => stops && code !== "stuck");
    const limitMs = work?.name === "computing" ? STUCK_COMPUTING_MS : STUCK_MS;
    if (isExplained || this.failure || Math.max(silentMs, waitingMs) < limitMs) return this.#notices.clear("stuck");
    const failures = (endpoints?.all ?? []).map(({ name, lastError }) => ({ name, error: lastError }));
    const silentForMs = silentMs >= STUCK_MS ? silentMs : undefined;
    const waiting =
      this.#waiting && waitingMs >= STUCK_MS ? { block: this.#waiting.block, forMs: waitingMs } : undefined;
    const message = describeStuck({ isReader, silentForMs, waiting, work, failures });
    this.#raise("stuck", message, !isReader || waiting !== undefined, Math.max(silentMs, waitingMs));
  }

  #raise(code: NoticeCode, message: string, stops: boolean, forMs = 0): void {
    const since = new Date(Date.now() - Math.round(forMs));
    this.#notices.raise({ code, endpoints: [], message: this.#redact(message), stops, since });
  }
}
