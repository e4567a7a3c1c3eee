import { type EIP1193RequestFn, type Hex, http, webSocket } from "viem";
import { abortable, pause } from "../abortable.ts";
import { classifyError, EndpointError, parseRetryAfter } from "./endpointError.ts";
import type { Header } from "./header.ts";

export interface Call {
  method: string;
  params: readonly unknown[];
}

export interface EndpointParameters {
  /** What it is called; its host unless given. */
  name?: string | undefined;
  /** http, https, ws or wss. */
  url: string;
  /** At most so many requests a second, evenly; each call of a batch counts. Unlimited unless given. */
  requestsPerSecond?: number | undefined;
  timeoutMs?: number | undefined;
  /** How long it rests after a first failure; doubled with each in turn, up to 64 times as long. */
  shortestRestMs?: number | undefined;
}

const SHORTEST_REST_MS = 250;
const MOST_DOUBLINGS = 6;
/** A node that wants longer than this is asked again all the same, to see whether it still does. */
const LONGEST_RETRY_AFTER_MS = 300_000;
/** Memory is bounded by this times the requests in flight. A larger reply counts as a refusal. */
const LARGEST_REPLY_BYTES = 128 * 1024 * 1024;
const CALLS_PER_BATCH = 100;
/** After so many batches in turn that failed where single calls then did not, no more batches are tried. */
const BATCHES_TRIED = 3;
const LARGEST_RANGE = 100_000;
/** How many ranges must succeed before a size that was refused is tried again. */
const RANGES_BEFORE_RETRY = 64;
/** Ranges of more logs are made smaller: the next is read while one is stored, so several small ones go faster. */
const MOST_LOGS = 8_000;
const FIRST_RANGE = 20;

type Subscribe = (parameters: {
  params: ["newHeads"];
  onData: (data: { result?: unknown }) => void;
  onError: (error: unknown) => void;
}) => Promise<unknown>;

/**
 * One node's JSON-RPC, with what is known of it: how it has behaved, what it can be asked, how far it is.
 */
export class Endpoint {
  /** The URL's host: paths and passwords may be secret. */
  readonly name: string;
  /** Whether it tells its new heads by itself. */
  subscription: "alive" | "none" | "impossible";
  /** How many heads it told of since it was last polled. */
  headsTold = 0;
  /** Its newest block as last seen; undefined before it answered, and while it is not known to be of our chain. */
  head: Header | undefined;
  /** What it calls final; undefined if it does not say. */
  finalized: bigint | undefined;
  /** Set once it proved to call its newest block final, as development chains do: that promises nothing. */
  finalizedIsLatest = false;
  /** Whether it proved to be of our chain since it last failed. */
  identified = false;
  /** Its block 0, as it said when it was identified; undefined if it has thrown that away. */
  genesis: Hex | undefined;
  /** When its head was last seen, in milliseconds since 1970. */
  lastSeenMs = 0;
  lastError: string | undefined;
  /** How many questions it is busy with. */
  inFlight = 0;
  /** How many requests it was sent; a batch is as many as it holds. */
  requests = 0;
  /** How often it was of no use. */
  errors = 0;

  /** In blocks. Grows with each success, and halves when refused. */
  #range = FIRST_RANGE;
  #refusedRange: number | undefined;
  #sinceRefusal = 0;
  /** Failures in turn; polling its head may succeed while all else fails. */
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
    const retryCount = 0; // failures are answered by failover and rest
    if (this.subscription === "none") {
      const transport = webSocket(url, { retryCount, reconnect: false, timeout: this.#timeoutMs })({});
      this.#request = transport.request;
      this.#subscribe = transport.value?.subscribe as Subscribe;
      // A socket that failed is not opened anew by viem: closed, it is forgotten, and the next request opens another.
      this.#closeSocket = async () => (await transport.value?.getRpcClient())?.close();
      return;
    }
    const config = {
      retryCount,
      timeout: 0,
      maxResponseBodySize: LARGEST_REPLY_BYTES,
      // Before viem reads the body: a JSON-RPC error in it would hide the header.
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

  /** How many blocks to ask for at once. */
  get range(): number {
    return this.#range;
  }

  /** When it may be asked again, in milliseconds since 1970. */
  get restUntilMs(): number {
    return this.#restUntilMs;
  }

  get resting(): boolean {
    return Date.now() < this.#restUntilMs;
  }

  /**
   * Asks one thing. The signal ends it at once, whatever the node does.
   *
   * @throws {EndpointError} if there is no answer.
   */
  async request(method: string, params: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    return this.#send(this.#request, { method, params }, signal);
  }

  /** Asks several things, in as few round trips as the node allows; answers in the same order. */
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

  /** Calls back with each new head's reply until the subscription dies. */
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

  succeeded(what: "poll" | "read"): void {
    this.#failures[what] = 0;
    if (this.#failures.poll + this.#failures.read === 0) this.lastError = undefined;
  }

  /** Lets it rest, the longer the more often it failed; answers for how long. */
  failed(error: EndpointError, what: "poll" | "read"): number {
    const { shortestRestMs = SHORTEST_REST_MS } = this.#parameters;
    const backOffMs = shortestRestMs * 2 ** Math.min(this.#failures[what]++, MOST_DOUBLINGS);
    const wantedMs = Math.min(error.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
    const restMs = Math.max(backOffMs, wantedMs);
    this.#restUntilMs = Math.max(this.#restUntilMs, Date.now() + restMs);
    this.lastError = error.message;
    this.errors++;
    if (error.kind === "wrong") this.identified = false;
    if (error.kind === "unreachable") void this.close();
    return restMs;
  }

  /** Ranges of this size are answered: larger ones may be, too. */
  rangeAnswered(blocks: number, logs: number): void {
    if (logs > MOST_LOGS) this.#halve(blocks);
    if (logs > MOST_LOGS / 2 || blocks < this.#range) return;
    if (++this.#sinceRefusal > RANGES_BEFORE_RETRY) this.#refusedRange = undefined;
    const larger = Math.min(this.#range * 2, LARGEST_RANGE);
    if (this.#refusedRange === undefined || larger < this.#refusedRange) this.#range = larger;
  }

  rangeRefused(blocks: number): void {
    this.#refusedRange = blocks;
    this.#sinceRefusal = 0;
    this.#halve(blocks);
  }

  async close(): Promise<void> {
    await this.#closeSocket().catch(() => undefined); // a socket that never opened need not be closed
  }

  #halve(blocks: number): void {
    this.#range = Math.max(1, Math.min(this.#range, Math.floor(blocks / 2)));
  }

  async #sendAll(request: EIP1193RequestFn, calls: readonly Call[], signal: AbortSignal): Promise<unknown[]> {
    // One deadline for all, as viem puts only requests with the same signal into one batch.
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
      await this.#turn(count, signal);
      signal.throwIfAborted();
      this.requests += count;
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(this.#timeoutMs)]);
      try {
        return await abortable(send(deadline), deadline);
      } catch (error) {
        signal.throwIfAborted();
        if (deadline.aborted) throw new EndpointError("unreachable", "no answer in time", { cause: error });
        throw classifyError(error);
      }
    } finally {
      this.inFlight--;
    }
  }

  async #turn(count: number, signal: AbortSignal): Promise<void> {
    const { requestsPerSecond } = this.#parameters;
    if (requestsPerSecond === undefined) return;
    const nowMs = Date.now();
    const turnMs = Math.max(this.#nextRequestMs, nowMs);
    this.#nextRequestMs = turnMs + (1_000 * count) / requestsPerSecond;
    if (turnMs > nowMs) await pause(turnMs - nowMs, signal);
  }
}

/** viem's types know each method's parameters; we know what we ask, and check what is answered. */
function rawRequest(request: EIP1193RequestFn, method: string, params: readonly unknown[], signal: AbortSignal) {
  const untyped = request as (args: object, options: { signal: AbortSignal }) => Promise<unknown>;
  return untyped({ method, params }, { signal });
}
