import { type EIP1193RequestFn, type Hex, http, webSocket } from "viem";
import { abortable, pause } from "../abortable.ts";
import { classifyError, EndpointError, parseRetryAfter } from "./endpointError.ts";
import type { Header } from "./header.ts";

export interface Call {
  method: string;
  params: readonly unknown[];
}

export interface EndpointParameters {
  /** Name of the endpoint. Default: its host. */
  name?: string | undefined;
  /** URL with the scheme http, https, ws or wss. */
  url: string;
  /** Rate limit in requests a second, spread evenly. Each call of a batch counts. Default: no limit. */
  requestsPerSecond?: number | undefined;
  timeoutMs?: number | undefined;
  /** Backoff after the first failure, in milliseconds. Doubles with each further failure, up to 64 times. Default: 250. */
  shortestRestMs?: number | undefined;
}

const SHORTEST_REST_MS = 250;
const MOST_DOUBLINGS = 6;
/** Upper bound for `Retry-After`: after this time the node is tried again in any case. */
const LONGEST_RETRY_AFTER_MS = 300_000;
/** Bounds the memory of each request in flight. A larger reply counts as a refusal. */
const LARGEST_REPLY_BYTES = 128 * 1024 * 1024;
const CALLS_PER_BATCH = 100;
/** Number of consecutive batches that may fail, while the same calls succeed one by one, before batches are given up. */
const BATCHES_TRIED = 3;
const LARGEST_RANGE = 100_000;
/** Number of ranges that must succeed before a refused size is tried again. */
const RANGES_BEFORE_RETRY = 64;
/** A range with more logs is halved: the next range is read while one is stored, so several small ones are faster. */
const MOST_LOGS = 8_000;
const FIRST_RANGE = 20;

type Subscribe = (parameters: {
  params: ["newHeads"];
  onData: (data: { result?: unknown }) => void;
  onError: (error: unknown) => void;
}) => Promise<unknown>;

/**
 * The JSON-RPC endpoint of one node, with its state: head, failures, and the size of the requests that it accepts.
 */
export class Endpoint {
  /** The URL's host: paths and passwords may be secret. */
  readonly name: string;
  /** State of its subscription to new heads. */
  subscription: "alive" | "none" | "impossible";
  /** Number of heads that the subscription announced since the last poll. */
  announcedHeads = 0;
  /** Its newest block as last seen; undefined until it has answered and proved that it serves this chain. */
  head: Header | undefined;
  /** Height of its `finalized` block; undefined if the node does not report one. */
  finalized: bigint | undefined;
  /** True once it reported its newest block as final, as development chains do. Its `finalized` tag is then ignored. */
  isFinalizedLatest = false;
  /** True if it has proved that it serves this chain since its last wrong answer. */
  isIdentified = false;
  /** Hash of its block 0 at identification; undefined if the node has pruned it. */
  genesis: Hex | undefined;
  /** Time at which its head was last seen, in milliseconds since 1970. */
  lastSeenMs = 0;
  lastError: string | undefined;
  /** Its last failure, even if it has answered since. */
  lastFailure: EndpointError | undefined;
  /** Number of requests in flight. */
  inFlight = 0;
  /** Number of requests sent. Each call of a batch counts. */
  requests = 0;
  /** Number of requests, or batches of them, that were answered. */
  answers = 0;
  /** Number of failures. */
  errors = 0;

  /** Size of a range, in blocks. Grows with each success, and halves at a refusal. */
  #range = FIRST_RANGE;
  #refusedRange: number | undefined;
  #sinceRefusal = 0;
  /** Consecutive failures, counted apart: polling the head may succeed while all other requests fail. */
  readonly #failures = { poll: 0, read: 0 };
  #restUntilMs = 0;
  #nextRequestMs = 0;
  #failedBatches = 0;
  readonly #parameters: EndpointParameters;
  readonly #timeoutMs: number;
  readonly #request: EIP1193RequestFn;
  readonly #requestInBatch: EIP1193RequestFn | undefined;
  readonly #subscribe: Subscribe | undefined;
  readonly #closeSocket: () => Promise<void>;

  constructor(parameters: EndpointParameters) {
    this.#parameters = parameters;
    this.#timeoutMs = parameters.timeoutMs ?? 30_000;
    const { url } = parameters;
    this.name = parameters.name ?? new URL(url).host;
    this.subscription = /^wss?:/.test(url) ? "none" : "impossible";
    const retryCount = 0; // failover and backoff handle failures
    if (this.subscription === "none") {
      const transport = webSocket(url, { retryCount, reconnect: false, timeout: this.#timeoutMs })({});
      this.#request = transport.request;
      this.#subscribe = transport.value?.subscribe as Subscribe;
      // viem does not reopen a failed socket. Closing it makes viem forget it, and the next request opens a new one.
      this.#closeSocket = async () => (await transport.value?.getRpcClient())?.close();
      return;
    }
    const config = {
      retryCount,
      timeout: 0,
      maxResponseBodySize: LARGEST_REPLY_BYTES,
      // Runs before viem reads the body: a JSON-RPC error in the body would hide the header.
      onFetchResponse: ({ status, headers }: Response) => {
        const retryAfterMs = parseRetryAfter(headers.get("Retry-After"), Date.now());
        if (status !== 429 && !(status === 503 && retryAfterMs !== undefined)) return;
        throw new EndpointError("limited", `HTTP ${status}`, retryAfterMs === undefined ? {} : { retryAfterMs });
      },
    };
    this.#request = http(url, config)({}).request;
    this.#requestInBatch = http(url, { ...config, batch: { batchSize: CALLS_PER_BATCH } })({}).request;
    this.#closeSocket = async () => undefined;
  }

  /** Number of blocks to request at once. */
  get range(): number {
    return this.#range;
  }

  /** Time at which it may be used again, in milliseconds since 1970. */
  get restUntilMs(): number {
    return this.#restUntilMs;
  }

  get isResting(): boolean {
    return Date.now() < this.#restUntilMs;
  }

  /**
   * Sends one request. The signal ends it at once, even if the node hangs.
   *
   * @throws {EndpointError} if there is no usable answer.
   */
  async request(method: string, params: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    return this.#send(this.#request, { method, params }, signal);
  }

  /** Sends several requests in as few round trips as the node allows, and returns the answers in the same order. */
  async requestAll(calls: readonly Call[], signal: AbortSignal): Promise<unknown[]> {
    const inBatch = this.#requestInBatch;
    if (inBatch && calls.length > 1 && this.#failedBatches < BATCHES_TRIED) {
      try {
        const answers = [];
        for (let i = 0; i < calls.length; i += CALLS_PER_BATCH) {
          const batch = calls.slice(i, i + CALLS_PER_BATCH);
          answers.push(...(await this.#sendAll(inBatch, batch, signal)));
        }
        this.#failedBatches = 0;
        return answers;
      } catch (error) {
        const kind = error instanceof EndpointError ? error.kind : undefined;
        if (signal.aborted || (kind !== "refused" && kind !== "wrong")) throw error;
      }
      const answers = await this.#sendAll(this.#request, calls, signal);
      this.#failedBatches++;
      return answers;
    }
    return this.#sendAll(this.#request, calls, signal);
  }

  /** Subscribes to new heads: calls back with each reply until the subscription fails. */
  async subscribeHeads(onHead: (reply: unknown) => void, signal: AbortSignal): Promise<void> {
    if (!this.#subscribe) return;
    const onError = () => {
      this.subscription = "none";
    };
    const subscribed = this.#subscribe({ params: ["newHeads"], onData: ({ result }) => onHead(result), onError });
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]);
    try {
      await abortable(subscribed, deadline);
      this.subscription = "alive";
    } catch (error) {
      signal.throwIfAborted();
      if (deadline.aborted) throw new EndpointError("unreachable", "no answer in time", { cause: error });
      throw classifyError(error);
    }
  }

  /** Records a success, which resets the backoff of this kind of request. */
  recordSuccess(what: "poll" | "read"): void {
    this.#failures[what] = 0;
    if (this.#failures.poll + this.#failures.read === 0) this.lastError = undefined;
  }

  /** Records a failure: lets the endpoint rest, longer with each consecutive one. Returns the time in milliseconds. */
  recordFailure(error: EndpointError, what: "poll" | "read"): number {
    const { shortestRestMs = SHORTEST_REST_MS } = this.#parameters;
    const backOffMs = shortestRestMs * 2 ** Math.min(this.#failures[what]++, MOST_DOUBLINGS);
    const wantedMs = Math.min(error.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
    const restMs = Math.max(backOffMs, wantedMs);
    this.#restUntilMs = Math.max(this.#restUntilMs, Date.now() + restMs);
    this.lastError = error.message;
    this.lastFailure = error;
    this.errors++;
    if (error.kind === "wrong") this.isIdentified = false;
    if (error.kind === "unreachable") void this.close();
    return restMs;
  }

  /** Records an answered range. Larger ranges are tried then. */
  recordRangeSuccess(blocks: number, logs: number): void {
    if (logs > MOST_LOGS) this.#halve(blocks);
    if (logs > MOST_LOGS / 2 || blocks < this.#range) return;
    if (++this.#sinceRefusal > RANGES_BEFORE_RETRY) this.#refusedRange = undefined;
    const larger = Math.min(this.#range * 2, LARGEST_RANGE);
    if (this.#refusedRange === undefined || larger < this.#refusedRange) this.#range = larger;
  }

  /** Records a refused range. Smaller ranges are tried then. */
  recordRangeRefusal(blocks: number): void {
    this.#refusedRange = blocks;
    this.#sinceRefusal = 0;
    this.#halve(blocks);
  }

  async close(): Promise<void> {
    await this.#closeSocket().catch(() => undefined); // a socket that never opened needs no closing
  }

  #halve(blocks: number): void {
    this.#range = Math.max(1, Math.min(this.#range, Math.floor(blocks / 2)));
  }

  async #sendAll(request: EIP1193RequestFn, calls: readonly Call[], signal: AbortSignal): Promise<unknown[]> {
    // All calls share one deadline, because viem batches only requests with the same signal.
    return this.#withDeadline(calls.length, signal, (deadline) =>
      Promise.all(calls.map(({ method, params }) => rawRequest(request, method, params, deadline))),
    );
  }

  async #send(request: EIP1193RequestFn, { method, params }: Call, signal: AbortSignal): Promise<unknown> {
    return this.#withDeadline(1, signal, (deadline) => rawRequest(request, method, params, deadline));
  }

  async #withDeadline<T>(count: number, signal: AbortSignal, send: (deadline: AbortSignal) => Promise<T>): Promise<T> {
    this.inFlight++;
    try {
      await this.#waitForRate(count, signal);
      signal.throwIfAborted();
      this.requests += count;
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]);
      try {
        const answer = await abortable(send(deadline), deadline);
        this.answers++;
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.aborted) throw new EndpointError("unreachable", "no answer in time", { cause: error });
        throw classifyError(error);
      }
    } finally {
      this.inFlight--;
    }
  }

  async #waitForRate(count: number, signal: AbortSignal): Promise<void> {
    const { requestsPerSecond } = this.#parameters;
    if (requestsPerSecond === undefined) return;
    const nowMs = Date.now();
    const turnMs = Math.max(this.#nextRequestMs, nowMs);
    this.#nextRequestMs = turnMs + (1_000 * count) / requestsPerSecond;
    if (turnMs > nowMs) await pause(turnMs - nowMs, signal);
  }
}

/** Sends a request without viem's types per method: callers check the answers themselves. */
function rawRequest(request: EIP1193RequestFn, method: string, params: readonly unknown[], signal: AbortSignal) {
  const untyped = request as (args: object, options: { signal: AbortSignal }) => Promise<unknown>;
  return untyped({ method, params }, { signal });
}
