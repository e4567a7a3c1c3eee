import { setMaxListeners } from "node:events";
import { type Hex, numberToHex } from "viem";
import { withoutSecrets } from "../withoutSecrets.ts";
import { classifyFailure, describeFailure, type FailureKind } from "#protocol/failures/failure.ts";
import { OTHER_GENESIS_ADVICE, parseGenesis } from "#protocol/failures/genesis.ts";
import { UserError } from "#protocol/userError.ts";
import { pause } from "../abortable.ts";
import { Endpoint } from "./endpoint.ts";
import { classifyError, EndpointError, type EndpointErrorKind } from "./endpointError.ts";
import { type Header, parseChainId, parseHeader } from "./header.ts";
import { Notices } from "./notices.ts";

export interface EndpointsParameters {
  /** URLs with the scheme http(s) or ws(s). The first ones are preferred. */
  urls: readonly string[];
  chainId: number;
  /** Expected hash of block 0. Default: that of the first endpoint in use, which the others must match. */
  genesis?: Hex | undefined;
  /**
   * Depth at which a block is final, in blocks below the newest. Default: the node's `finalized` tag decides. If the node
   * has no such tag, or reports its newest block as final, as development chains do: 64.
   */
  finalityDepth?: number | undefined;
  /** Rate limit of each endpoint, in requests a second. Default: no limit. */
  requestsPerSecond?: number | undefined;
  timeoutMs?: number | undefined;
  /** Backoff after the first failure, in milliseconds. Doubles with each further failure, up to 64 times. Default: 250. */
  shortestRestMs?: number | undefined;
  pollingIntervalMs?: number | undefined;
  /** Time without an answer of any endpoint, after the polls that were due, after which a notice says so. Default: 10 s. */
  silenceMs?: number | undefined;
  /** Called for each failure, with the time for which that endpoint rests. */
  onRetry?: ((error: EndpointError, restMs: number) => void) | undefined;
}

/** The nodes do not answer at the moment, or not all that a start needs. Another try may succeed. */
export class NodesAway extends UserError {
  override name = "NodesAway";
}

export interface EndpointStatus {
  name: string;
  head: bigint | undefined;
  state: "used" | "resting" | "behind" | "unknown";
  lastError: string | undefined;
  requests: number;
  /** Number of failures. */
  errors: number;
  /** Remaining rest, in milliseconds. */
  restMs: number;
}

const DEFAULT_DEPTH = 64;
/** Usual difference between nodes, which are polled at different moments. */
const USUAL_LAG_BLOCKS = 3n;
/** Distance from its newest block within which an endpoint's blocks are not checked. Behind a balancer, nodes lag. */
const NEAR_BLOCKS = 64n;
/** Number of blocks after which its blocks are checked again. */
const FAR_BLOCKS = 1_024n;
/** With a subscription, heads are polled this many times less often, to check that the subscription is alive. */
const SUBSCRIBED_POLLING_FACTOR = 10;
/** Time for which a failure that may pass is waited for. */
const PATIENCE_MS = 5_000;
const SILENCE_MS = 10_000;
const SILENCE_CHECKS = 5;
/** Number of times that block 0 or the final block may fail to be read before the endpoint counts as having none. */
const MOST_MISSED = 3;
/** Interval at which the final block is read again, in blocks. */
const FINALIZED_EVERY_BLOCKS = 8n;

/**
 * Several endpoints of one chain, used as one. Watches their heads from its creation until it is closed. An endpoint is in
 * use while it answers, serves this chain, and is not behind the others. After a failure it rests, longer with each
 * consecutive failure.
 *
 * @example
 * const endpoints = new Endpoints({ urls: ["https://one.example", "wss://two.example"], chainId: 1 });
 * await endpoints.ready();
 * const head = endpoints.head?.number;
 * await endpoints.close();
 */
export class Endpoints {
  readonly all: readonly Endpoint[];
  /** Conditions that an operator should know of. Health and metrics report them. */
  readonly notices = new Notices();
  /** True while the chain's bloom filters match its logs, as far as is known. Then they show whether logs are missing. */
  bloomsAreTrue = true;
  readonly pollingIntervalMs: number;
  /** Depth at which a block is final if the nodes do not report it, in blocks. */
  readonly finalityDepth: bigint;
  readonly #parameters: EndpointsParameters;
  readonly #stop = new AbortController();
  /** Callbacks that wake waiting callers after any change. */
  #waiting = new Set<() => void>();
  /** Number of endpoints that were tried at least once. */
  #tried = 0;
  readonly #watching: Promise<void>[];

  constructor(parameters: EndpointsParameters) {
    const { urls, requestsPerSecond, timeoutMs, shortestRestMs, pollingIntervalMs = 1_000 } = parameters;
    for (const url of urls) {
      if (!URL.canParse(url) || !/^(https?|wss?):$/.test(new URL(url).protocol)) {
        throw new UserError(
          `${withoutSecrets(url)} is not a URL of a node. It must begin with http://, https://, ws:// or wss://.`,
        );
      }
    }
    if (urls.length === 0) throw new UserError("No node is named. Give the URL of at least one node.");
    this.#parameters = parameters;
    this.pollingIntervalMs = pollingIntervalMs;
    this.finalityDepth = BigInt(parameters.finalityDepth ?? DEFAULT_DEPTH);
    setMaxListeners(0, this.#stop.signal);
    const names = namesOf(urls);
    this.all = urls.map(
      (url, i) => new Endpoint({ url, name: names[i], requestsPerSecond, timeoutMs, shortestRestMs }),
    );
    this.#watching = [...this.all.map((endpoint) => this.#watch(endpoint)), this.#watchSilence()];
  }

  /**
   * Waits until an endpoint can be used; not where every endpoint failed for a reason that waiting does not mend.
   *
   * @throws {NodesAway} if none can be used after some seconds.
   * @throws {UserError} if all of them serve another chain.
   */
  async ready(): Promise<void> {
    const { signal } = this.#stop;
    const untilMs = Date.now() + PATIENCE_MS;
    while (!this.leader && !signal.aborted) {
      const isTold = this.all.every(isLasting) || Date.now() >= untilMs;
      if (this.#tried === this.all.length && isTold) {
        const isOther = this.all.every(({ lastFailure }) => lastFailure && isOtherChain(lastFailure));
        throw new (isOther ? UserError : NodesAway)(this.#failureMessage());
      }
      await this.#change(signal, Math.min(1_000, untilMs - Date.now() + 1));
    }
  }

  /** The newest block of the endpoints in use. */
  get head(): Header | undefined {
    return this.leader?.head;
  }

  /** Height of the highest block that is final for all endpoints in use. It can fall when the newest block does. */
  get final(): bigint {
    let lowest: bigint | undefined;
    for (const { head, finalized } of this.#inUse()) {
      if (!head) continue;
      const final = finalized ?? head.number - this.finalityDepth;
      if (lowest === undefined || final < lowest) lowest = final;
    }
    return lowest !== undefined && lowest > 0n ? lowest : 0n;
  }

  /** The endpoint with the newest block; the first one of several. */
  get leader(): Endpoint | undefined {
    let leader: Endpoint | undefined;
    for (const endpoint of this.#answering()) {
      if (!leader || endpoint.head.number > (leader.head?.number ?? 0n)) leader = endpoint;
    }
    return leader;
  }

  /**
   * Returns how missing logs would be noticed: `compared` with another endpoint in use, by the `blooms` of the blocks, or
   * not at all (`unchecked`).
   */
  get completeness(): "compared" | "blooms" | "unchecked" {
    if (this.#inUse().length > 1) return "compared";
    return this.bloomsAreTrue && this.head?.logsBloom !== undefined ? "blooms" : "unchecked";
  }

  get status(): EndpointStatus[] {
    const inUse = new Set(this.#inUse());
    return this.all.map((endpoint) => {
      const { name, head, lastError, requests, errors, isResting, restUntilMs } = endpoint;
      const behind = head ? "behind" : "unknown";
      return {
        name,
        head: head?.number,
        state: inUse.has(endpoint) ? "used" : isResting ? "resting" : behind,
        lastError,
        requests,
        errors,
        restMs: Math.max(0, restUntilMs - Date.now()),
      };
    });
  }

  /** Waits for an endpoint that has a block, and returns the least busy one; one of `except` only if there is no other. */
  async choose(reaching: bigint, signal: AbortSignal, except: readonly Endpoint[] = []): Promise<Endpoint> {
    for (;;) {
      signal.throwIfAborted();
      const able = this.#inUse().filter(({ head }) => head && head.number >= reaching);
      const others = able.filter((endpoint) => !except.includes(endpoint));
      const [chosen] = (others.length > 0 ? others : able).toSorted((a, b) => a.inFlight - b.inFlight);
      if (chosen) return chosen;
      await this.#change(signal, this.#untilRested());
    }
  }

  /** Returns an endpoint that has a block, other than the named ones; undefined if there is none now. */
  findOther(reaching: bigint, than: readonly Endpoint[]): Endpoint | undefined {
    return this.#inUse().find((each) => !than.includes(each) && each.head && each.head.number >= reaching);
  }

  /** Lets an endpoint rest after a failure. A reorg during a read is not a failure of the endpoint. */
  reportFailure(endpoint: Endpoint, error: EndpointError, what: "poll" | "read" = "read"): void {
    const restMs = error.kind === "changed" ? 0 : endpoint.recordFailure(error, what);
    this.#parameters.onRetry?.(
      new EndpointError(error.kind, `${endpoint.name}: ${error.message}`, { cause: error }),
      restMs,
    );
  }

  /** Waits until a head or the state of an endpoint may have changed; at most one polling interval. */
  async waitForChange(signal: AbortSignal): Promise<void> {
    await this.#change(signal, this.pollingIntervalMs);
  }

  /** Sends one call to any endpoint that answers it. Makes `custom(endpoints)` a transport of viem. */
  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    let lastError: EndpointError | undefined;
    /** Endpoints that answered with an error. */
    const refused: Endpoint[] = [];
    for (let attempt = 0; attempt <= this.all.length; attempt++) {
      const endpoint = await this.choose(0n, this.#stop.signal, refused);
      if (refused.includes(endpoint)) break;
      try {
        const answer = await endpoint.request(method, (params ?? []) as unknown[], this.#stop.signal);
        endpoint.recordSuccess("read");
        return answer;
      } catch (error) {
        this.#stop.signal.throwIfAborted();
        lastError = classifyError(error);
        // A revert answers the call. Viem looks for its data in the cause.
        if (lastError.isRevert) throw lastError.cause ?? lastError;
        if (ANSWERED.has(lastError.kind)) refused.push(endpoint);
        else this.reportFailure(endpoint, lastError);
      }
    }
    throw lastError ?? new Error("There is no endpoint.");
  }

  /** Ends all watching and every request, without waiting for any node. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#watching);
    for (const endpoint of this.all) void endpoint.close();
  }

  #answering(): (Endpoint & { head: Header })[] {
    return this.all.filter(
      (each): each is Endpoint & { head: Header } => each.isIdentified && each.head !== undefined && !each.isResting,
    );
  }

  #inUse(): Endpoint[] {
    const best = this.leader?.head?.number ?? 0n;
    return this.#answering().filter(({ head }) => head.number + USUAL_LAG_BLOCKS >= best);
  }

  #untilRested(): number {
    const nowMs = Date.now();
    const rests = this.all.map(({ restUntilMs }) => restUntilMs - nowMs).filter((ms) => ms > 0);
    return Math.min(this.pollingIntervalMs, ...rests);
  }

  async #change(signal: AbortSignal, atMostMs: number): Promise<void> {
    const ended = new AbortController();
    const wake = () => ended.abort();
    this.#waiting.add(wake);
    await pause(atMostMs, AbortSignal.any([signal, ended.signal]));
    this.#waiting.delete(wake);
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  #failureMessage(): string {
    const [first] = this.all;
    if (this.all.length === 1 && first) {
      const url = withoutSecrets(this.#parameters.urls[0] ?? "");
      if (first.lastError?.startsWith(OTHER_CHAIN)) {
        return `The node at ${url} ${first.lastError}. Name a node of the deployment's chain.`;
      }
      if (first.lastError?.startsWith(OTHER_GENESIS)) return `The node at ${url} ${first.lastError}`;
      const failure = classifyFailure(first.lastFailure);
      return ANSWERS.has(failure.kind)
        ? `${describeFailure(failure, `The node at ${url}`)}`
        : `No Ethereum node answers at ${url} (${first.lastError}). Start the node, or name another URL.`;
    }
    const reasons = this.all.map(({ name, lastError }) => `  ${name}: ${lastError}`);
    return `No Ethereum node answers. All that were named failed:\n${reasons.join("\n")}\nStart one, or name another.`;
  }

  async #watch(endpoint: Endpoint): Promise<void> {
    const { signal } = this.#stop;
    let tried = false;
    while (!signal.aborted) {
      const polledHead = endpoint.head?.number ?? 0n;
      try {
        if (!endpoint.isIdentified) await this.#identify(endpoint, signal);
        await this.#pollHead(endpoint, signal);
        endpoint.recordSuccess("poll");
        // The poll found new blocks that the subscription did not announce.
        const missed = (endpoint.head?.number ?? 0n) - polledHead;
        if (endpoint.subscription === "alive" && endpoint.announcedHeads === 0 && missed > 1n) {
          throw new EndpointError("unreachable", "its subscription no longer reports blocks");
        }
        endpoint.announcedHeads = 0;
        if (endpoint.subscription === "none") await this.#subscribe(endpoint, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (endpoint.subscription === "alive") endpoint.subscription = "none";
        const failure = classifyError(error);
        this.reportFailure(endpoint, failure, "poll");
        if (isOtherChain(failure)) {
          const message = `${endpoint.name} ${failure.message.replace(/\.$/, "")}. It is not used.`;
          this.notices.raise({ code: "wrongChain", endpoints: [endpoint.name], message, stops: false });
        }
      }
      if (!tried) this.#tried++;
      tried = true;
      this.#wake();
      const polledUntilMs = Date.now() + this.pollingIntervalMs;
      const factor = SUBSCRIBED_POLLING_FACTOR - 1;
      await pause(Math.max(endpoint.restUntilMs - Date.now(), this.pollingIntervalMs), signal);
      while (endpoint.subscription === "alive" && Date.now() < polledUntilMs + factor * this.pollingIntervalMs) {
        await pause(this.pollingIntervalMs, signal);
        if (signal.aborted) return;
      }
    }
  }

  /** Tells the operator when no endpoint has answered for some time. */
  async #watchSilence(): Promise<void> {
    const { signal } = this.#stop;
    const { silenceMs = SILENCE_MS } = this.#parameters;
    const limitMs = silenceMs + SUBSCRIBED_POLLING_FACTOR * this.pollingIntervalMs;
    const startMs = Date.now();
    for (;;) {
      await pause(silenceMs / SILENCE_CHECKS, signal);
      if (signal.aborted) return;
      const seenMs = Math.max(startMs, ...this.all.map(({ lastSeenMs }) => lastSeenMs));
      if (Date.now() - seenMs <= limitMs) {
        this.notices.clear("noEndpoint");
        continue;
      }
      const reasons = this.all.map(
        ({ name, lastError }) => `${name} (${lastError?.replace(/\.$/, "") ?? "no answer"})`,
      );
      const message = `No endpoint can be used: ${reasons.join(", ")}. Repair one, or name another with --rpc.`;
      this.notices.raise({ code: "noEndpoint", endpoints: [], message, stops: true });
    }
  }

  async #identify(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    endpoint.head = undefined;
    const { chainId } = this.#parameters;
    const id = parseChainId(await endpoint.request("eth_chainId", [], signal), chainId);
    if (id !== chainId) {
      throw new EndpointError("wrong", `${OTHER_CHAIN} ${id}, but the deployment is on chain ${chainId}`);
    }
    // A node that has pruned its oldest blocks is trusted.
    const block = await this.#readIfAny(endpoint, "genesis", () =>
      endpoint.request("eth_getBlockByNumber", ["0x0", false], signal),
    );
    const genesis = parseGenesis(block);
    // Compared with other endpoints only: its own earlier answer may have been wrong.
    const others = this.all.filter((each) => each !== endpoint && each.isIdentified).map((each) => each.genesis);
    const expected = this.#parameters.genesis ?? others.find((each) => each !== undefined);
    if (genesis !== undefined && expected !== undefined && genesis !== expected) {
      throw new EndpointError(
        "wrong",
        this.#parameters.genesis === undefined
          ? `its block 0 is ${genesis}, but that of this chain is ${expected}`
          : `${OTHER_GENESIS}: its block 0 is ${genesis}, not ${expected}. ${OTHER_GENESIS_ADVICE}`,
      );
    }
    endpoint.genesis = genesis;
    endpoint.isIdentified = true;
    this.notices.clear("wrongChain", [endpoint.name]);
  }

  async #pollHead(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const head = await headerOf(endpoint, "latest", signal);
    if (!head) throw new EndpointError("wrong", "it has no newest block");
    const previousHead = endpoint.head?.number;
    await this.#requireBlocksBelow(endpoint, head.number, signal);
    this.#updateHead(endpoint, head);
    const readsFinalized = this.#parameters.finalityDepth === undefined && !endpoint.isFinalizedLatest;
    if (
      !readsFinalized ||
      (previousHead !== undefined && head.number / FINALIZED_EVERY_BLOCKS === previousHead / FINALIZED_EVERY_BLOCKS)
    )
      return;
    const finalized = await this.#readIfAny(endpoint, "finalized", () => headerOf(endpoint, "finalized", signal));
    if (finalized && finalized.number >= head.number && head.number > 0n) endpoint.isFinalizedLatest = true;
    endpoint.finalized = endpoint.isFinalizedLatest ? undefined : (finalized?.number ?? endpoint.finalized);
  }

  /**
   * Checks that one of several endpoints has the blocks up to its newest one, as far as it is ahead of the others: it would be
   * followed alone.
   *
   * @throws {EndpointError} if it does not have them.
   */
  async #requireBlocksBelow(endpoint: Endpoint, number: bigint, signal: AbortSignal): Promise<void> {
    if (this.all.length === 1) return;
    const others = this.#answering().filter((each) => each !== endpoint);
    const heads = others.map(({ head }) => head.number + USUAL_LAG_BLOCKS + 1n);
    const first = heads.length > 0 ? heads.reduce((most, each) => (each > most ? each : most)) : number;
    for (const below of number - endpoint.provenTo > FAR_BLOCKS ? [number - NEAR_BLOCKS, first] : [first]) {
      if (below >= number || below <= endpoint.provenTo) continue;
      if (!(await headerOf(endpoint, below, signal))) {
        throw new EndpointError(
          "wrong",
          `it says that its newest block is ${number}, but does not have block ${below}`,
        );
      }
      endpoint.provenTo = below;
    }
  }

  /**
   * Reads a block that an endpoint may not have or may not know by this name; undefined if it says so, or if every other
   * request is answered but this one is not.
   *
   * @throws {EndpointError} if it fails for a reason that may pass.
   */
  async #readIfAny<T>(
    endpoint: Endpoint,
    what: "genesis" | "finalized",
    read: () => Promise<T>,
  ): Promise<T | undefined> {
    const { missed } = endpoint;
    try {
      const block = await read();
      missed[what] = 0;
      return block;
    } catch (error) {
      this.#stop.signal.throwIfAborted();
      const { kind } = classifyError(error);
      if (ANSWERED.has(kind)) return undefined;
      if (kind === "limited" || ++missed[what] < MOST_MISSED) throw error;
      return undefined;
    }
  }

  async #subscribe(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const onHead = (reply: unknown) => {
      try {
        const head = parseHeader(reply);
        endpoint.announcedHeads++;
        if (head && endpoint.isIdentified) this.#updateHead(endpoint, head);
      } catch (error) {
        this.reportFailure(endpoint, classifyError(error), "poll");
      }
    };
    try {
      await endpoint.subscribeHeads(onHead, signal);
    } catch (error) {
      if (signal.aborted || !ANSWERED.has(classifyError(error).kind)) throw error;
      endpoint.subscription = "impossible";
    }
  }

  #updateHead(endpoint: Endpoint, head: Header): void {
    const changed = endpoint.head?.hash !== head.hash;
    endpoint.head = head;
    endpoint.lastSeenMs = Date.now();
    if (changed) this.#wake();
  }
}

const OTHER_CHAIN = "serves chain";
const OTHER_GENESIS = "serves another chain with the same id";
/** Kinds of failures by which an endpoint says that it will not answer this call, whatever else it answers. */
const ANSWERED: ReadonlySet<EndpointErrorKind> = new Set(["refused", "pruned", "unsupported"]);
/** Failures that are answers: the node is there, and another remedy than starting it is needed. */
const ANSWERS: ReadonlySet<FailureKind> = new Set(["limited", "unauthorized"]);

const isOtherChain = ({ message }: EndpointError) =>
  message.startsWith(OTHER_CHAIN) || message.startsWith(OTHER_GENESIS);

/** Kinds of failures that last until somebody changes the URL or the node. */
const LASTING: ReadonlySet<FailureKind> = new Set(["unauthorized", "noTls", "badUrl"]);

/** Returns true if an endpoint's last failure is one that waiting does not mend. */
function isLasting({ lastFailure }: Endpoint): boolean {
  if (!lastFailure) return false;
  const { message, status = 0 } = lastFailure;
  if (isOtherChain(lastFailure) || /ECONNREFUSED|ENOTFOUND|web page/.test(message)) return true;
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return true;
  return LASTING.has(classifyFailure(lastFailure).kind);
}

/** Returns the host of each URL. Numbers the hosts that several URLs share. */
function namesOf(urls: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return urls.map((url) => {
    const { host } = new URL(url);
    const before = seen.get(host) ?? 0;
    seen.set(host, before + 1);
    return before === 0 ? host : `${host} #${before + 1}`;
  });
}

/**
 * Reads a block's header by number or tag; undefined if the node does not have it.
 *
 * @throws {EndpointError} if the node does not answer, or if its answer is wrong.
 */
export async function headerOf(
  endpoint: Endpoint,
  which: bigint | "latest" | "finalized",
  signal: AbortSignal,
): Promise<Header | undefined> {
  const isNumber = typeof which === "bigint";
  const params = [isNumber ? numberToHex(which) : which, false];
  const reply = await endpoint.request("eth_getBlockByNumber", params, signal);
  return parseHeader(reply, isNumber ? which : undefined);
}
