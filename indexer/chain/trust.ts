import type { Hex } from "viem";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import type { Header } from "#node/rpc/header.ts";
import type { ReadLog } from "./replies.ts";

/** The result of reading one endpoint's logs so far. */
export interface LogRecord {
  /** False: its replies to requests by block hash are errors, or of other blocks. */
  byHash: "untried" | "works" | "unusable";
  /** The number of requests by block hash in a row that it refused. */
  hashRefusals: number;
  /** The number of requests by block hash in a row that failed where the same request by number succeeded. */
  hashFailures: number;
  /** The logs of a block that it returned for a range; they show whether requests by block hash work. */
  witness: readonly ReadLog[] | undefined;
  /** True once a block was looked for that shows whether requests by block hash work. */
  wasProbed: boolean;
  /** False: its logs have other times than its headers. Undefined: not compared yet. */
  hasTrueTimes: boolean | undefined;
  /** Its longest complete reply: the number of logs and of blocks. */
  longest: { logs: number; blocks: number };
  /** The number of logs in its longest reply for a range, complete or not. */
  most: number;
  /** Lengths of replies that turned out to be cut, with the number of times. */
  cuts: Map<number, number>;
  /** The first block that was read from it in a range. */
  firstRead: bigint | undefined;
  /** True if it was shown to leave out logs, or to return wrong ones, in a way that may recur. */
  withholds: boolean;
  /** True if another endpoint had more logs of a new block, until both have the same logs again. */
  wasBehind: boolean;
  /** The highest block that it is known to keep no logs of. */
  prunedTo: bigint | undefined;
}

/** The time after which an endpoint that does not answer is not waited for, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;
/** An endpoint that is farther behind the others is not waited for, in blocks. */
const LARGEST_LAG_BLOCKS = 64n;

/** A block whose logs no other endpoint had when they were read. */
export interface PostponedBlock {
  endpoint: Endpoint;
  header: Header;
  logs: readonly ReadLog[];
}

/** The number of blocks that are kept to be compared. */
const MOST_POSTPONED = 64;
/** The number of blocks with logs on which two endpoints must agree after they disagreed on another one. */
const AGREEMENTS = 4;

const keyOf = (pair: readonly Endpoint[]) =>
  pair
    .map(({ name }) => name)
    .toSorted()
    .join();

const trusts = new WeakMap<Endpoints, Trust>();

/** Returns the record of how far the endpoints' logs can be trusted. */
export function trustOf(endpoints: Endpoints): Trust {
  let trust = trusts.get(endpoints);
  if (!trust) trusts.set(endpoints, (trust = new Trust(endpoints)));
  return trust;
}

/** The record of how far each endpoint's logs can be trusted. It decides which endpoint is asked. */
export class Trust {
  /**
   * Hashes of blocks on whose logs two endpoints contradict each other. Nothing is known of these blocks until two
   * endpoints agree.
   */
  readonly disputed = new Set<Hex>();
  /** Hashes of blocks with logs that the bloom filter excludes, according to one endpoint. */
  readonly excluded = new Set<Hex>();
  /** The number of blocks whose bloom filter hinted at logs that do not exist, although this is improbable. */
  falseHints = 0;
  /** Rises with each block whose bloom filter is so full that it hints at everything, and falls with each other one. */
  fullBlooms = 0;
  /** The number of replies in a row that showed that the chain cannot be followed. */
  unfollowable = 0;
  readonly #endpoints: Endpoints;
  /**
   * The last block on which each pair of endpoints disagreed, with the number of blocks with logs on which they have
   * agreed since.
   */
  readonly #disagreements = new Map<string, { block: bigint; agreed: number }>();
  readonly #records = new Map<Endpoint, LogRecord>();
  #postponed: PostponedBlock[] = [];
  #rereadFrom: bigint | undefined;

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints;
  }

  of(endpoint: Endpoint): LogRecord {
    let record = this.#records.get(endpoint);
    if (!record) {
      record = {
        byHash: "untried",
        hashRefusals: 0,
        hashFailures: 0,
        witness: undefined,
        wasProbed: false,
        hasTrueTimes: undefined,
        longest: { logs: 0, blocks: 0 },
        most: 0,
        cuts: new Map(),
        firstRead: undefined,
        withholds: false,
        wasBehind: false,
        prunedTo: undefined,
      };
      this.#records.set(endpoint, record);
    }
    return record;
  }

  /** True if blocks that were read before must be read again, from another endpoint. */
  get mustReread(): boolean {
    return this.#rereadFrom !== undefined;
  }

  /** Returns the first block that must be read again, once. */
  takeReread(): bigint | undefined {
    const from = this.#rereadFrom;
    this.#rereadFrom = undefined;
    return from;
  }

  /**
   * Records that an endpoint leaves out logs. From now on it is asked only if no other endpoint can be, and everything
   * that was read from it is read again from the others.
   */
  distrust(endpoint: Endpoint): void {
    const record = this.of(endpoint);
    if (record.withholds) return;
    record.withholds = true;
    if (this.hasOther(endpoint)) this.readAgain(endpoint);
  }

  /** Keeps the logs of a block, to compare them later. */
  postpone(block: PostponedBlock): void {
    this.#postponed.push(block);
    if (this.#postponed.length > MOST_POSTPONED) this.#postponed.shift();
  }

  /** Returns the blocks that were kept and that another endpoint has now, once. */
  takePostponed(other: Endpoint): PostponedBlock[] {
    const isReady = ({ endpoint, header }: PostponedBlock) =>
      endpoint !== other && other.head !== undefined && header.number <= other.head.number;
    const ready = this.#postponed.filter(isReady);
    this.#postponed = this.#postponed.filter((block) => !isReady(block));
    return ready;
  }

  /** Makes a block, and all after it, be read again. */
  readAgainFrom(block: bigint): void {
    if (this.#rereadFrom === undefined || block < this.#rereadFrom) this.#rereadFrom = block;
  }

  /** Makes all ranges that were read from an endpoint be read again. */
  readAgain(endpoint: Endpoint): void {
    const { firstRead } = this.of(endpoint);
    if (firstRead !== undefined) this.readAgainFrom(firstRead);
  }

  /** Records that two endpoints disagree on a block, or on a range that begins with it. */
  recordDisagreement(pair: readonly [Endpoint, Endpoint], block: bigint): void {
    this.#disagreements.set(keyOf(pair), { block, agreed: 0 });
  }

  /**
   * Records that two endpoints agree on logs, of a block or of a range that begins with it. They agree again once they
   * do so on the block on which they disagreed, or on several others.
   */
  recordAgreement(pair: readonly [Endpoint, Endpoint], block: bigint): void {
    const disagreement = this.#disagreements.get(keyOf(pair));
    if (!disagreement || (block !== disagreement.block && ++disagreement.agreed < AGREEMENTS)) return;
    this.#disagreements.delete(keyOf(pair));
    this.#endpoints.notices.clear(
      "endpointsDisagree",
      pair.map(({ name }) => name),
    );
  }

  /** Returns true if another endpoint was named that has given no reason for distrust. */
  hasOther(endpoint: Endpoint): boolean {
    return this.#endpoints.all.some((each) => each !== endpoint && !this.of(each).withholds);
  }

  /** Returns true if no other endpoint that can be trusted has answered lately. */
  isAlone(endpoint: Endpoint): boolean {
    return !this.#endpoints.all.some(
      (each) => each !== endpoint && !this.of(each).withholds && Date.now() - each.lastSeenMs < LONGEST_WAIT_MS,
    );
  }

  /** Returns an endpoint in use that has a block, other than the named ones; undefined if there is none now. */
  findOther(reaching: bigint, than: readonly Endpoint[]): Endpoint | undefined {
    const pruned = this.#endpoints.all.filter((each) => (this.of(each).prunedTo ?? -1n) >= reaching);
    return this.#endpoints.findOther(reaching, [...than, ...pruned]);
  }

  /** Records that an endpoint keeps nothing of the blocks up to a height. */
  recordPruned(endpoint: Endpoint, to: bigint): void {
    const record = this.of(endpoint);
    if (record.prunedTo === undefined || record.prunedTo < to) record.prunedTo = to;
  }

  /**
   * Waits for an endpoint that has a block and can be trusted with a range that begins at `from`. Returns another one
   * only if none of those has answered for a while.
   */
  async choose(reaching: bigint, from: bigint, signal: AbortSignal, except: readonly Endpoint[] = []) {
    const endpoints = this.#endpoints;
    for (;;) {
      const unfit = endpoints.all.filter((each) => {
        const { withholds, prunedTo = -1n } = this.of(each);
        return withholds || prunedTo >= from;
      });
      const chosen = await endpoints.choose(reaching, signal, [...except, ...unfit]);
      if (!unfit.includes(chosen)) return chosen;
      if (
        !endpoints.all.some((each) => !unfit.includes(each) && !except.includes(each) && this.#returns(each, reaching))
      )
        return chosen;
      await endpoints.waitForChange(signal);
    }
  }

  /** Waits for the endpoint to follow: the one with the newest block, of those that can be trusted. */
  async lead(signal: AbortSignal): Promise<Endpoint> {
    const endpoints = this.#endpoints;
    for (;;) {
      const unfit = endpoints.all.filter((each) => this.of(each).withholds || this.of(each).wasBehind);
      const reaching = endpoints.head?.number ?? 0n;
      if (unfit.length === 0 || unfit.length === endpoints.all.length) return endpoints.choose(reaching, signal);
      signal.throwIfAborted();
      const fit = endpoints.all.filter((each) => !unfit.includes(each) && this.#returns(each, reaching));
      if (fit.length === 0) return endpoints.choose(reaching, signal);
      const [leader] = fit
        .filter(({ isIdentified, isResting }) => isIdentified && !isResting)
        .toSorted((a, b) => Number((b.head?.number ?? 0n) - (a.head?.number ?? 0n)));
      if (leader) return leader;
      await endpoints.waitForChange(signal);
    }
  }

  /** Returns true if an endpoint has answered lately and is near the newest block, so that it is worth waiting for. */
  #returns({ head, lastSeenMs }: Endpoint, reaching: bigint): boolean {
    return (
      head !== undefined && head.number + LARGEST_LAG_BLOCKS >= reaching && Date.now() - lastSeenMs < LONGEST_WAIT_MS
    );
  }
}
