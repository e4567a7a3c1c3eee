import { type Hex, webSocket } from "viem";
import { abortable, pause } from "../abortable.ts";
import { askAll } from "./askAll.ts";
import { type Answer, readAnswer, sortAnswers } from "./answers.ts";
import { BatchSize } from "./batchSize.ts";
import { classifyError, EndpointError, type FailedRequest } from "./endpointError.ts";
import type { Header } from "./header.ts";
import { HttpRpc } from "./httpRpc.ts";

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
/** Number of blocks below the newest from which a block that a node does not know is one that it no longer has. */
export const OLD_BLOCKS = 256n;
/** Upper bound for a wait between the calls of one request. After a longer rest, another endpoint may be asked. */
const LONGEST_WAIT_MS = 5_000;
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
  /** Height up to which it has proved to have blocks, after it said that it is ahead of the other endpoints. */
  provenTo = -1n;
  /** Height of its `finalized` block; undefined if the node does not report one. */
  finalized: bigint | undefined;
  /** True once it reported its newest block as final, as development chains do. Its `finalized` tag is then ignored. */
  isFinalizedLatest = false;
  /** True if it has proved that it serves this chain since its last wrong answer. */
  isIdentified = false;
  /** Hash of its block 0 at identification; undefined if the node has pruned it. */
  genesis: Hex | undefined;
  /** Consecutive failures to read block 0, and the final block, of which it may have neither. */
  readonly missed = { genesis: 0, finalized: 0 };
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
  readonly #batches = new BatchSize();
  #nextId = 1;
  readonly #parameters: EndpointParameters;
  readonly #timeoutMs: number;
  /** Undefined: a WebSocket is used. */
  readonly #http: HttpRpc | undefined;
  readonly #askSocket: ((body: { id: number; method: string; params: unknown }) => Promise<unknown>) | undefined;
  readonly #subscribe: Subscribe | undefined;
  readonly #closeSocket: () => Promise<void>;

  constructor(parameters: EndpointParameters) {
    this.#parameters = parameters;
    this.#timeoutMs = parameters.timeoutMs ?? 30_000;
    const { url } = parameters;
    this.name = parameters.name ?? new URL(url).host;
    this.subscription = /^wss?:/.test(url) ? "none" : "impossible";
    if (this.subscription === "impossible") {
      this.#http = new HttpRpc(url);
      this.#closeSocket = async () => undefined;
      return;
    }
    const config = { retryCount: 0, reconnect: false, timeout: this.#timeoutMs }; // failover and backoff handle failures
    const transport = webSocket(url, config)({});
    this.#askSocket = async (body) =>
      (await transport.value?.getRpcClient())?.requestAsync({ body, timeout: this.#timeoutMs });
    this.#subscribe = transport.value?.subscribe as Subscribe;
    // viem does not reopen a failed socket. Closing it makes viem forget it, and the next request opens a new one.
    this.#closeSocket = async () => (await transport.value?.getRpcClient())?.close();
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
    return resultOf(await this.#askOne({ method, params }, signal));
  }

  /**
   * Sends several requests in as few round trips as the node allows, and returns the answers in the same order. What a batch
   * leaves open is asked for in smaller ones, down to single calls.
   *
   * @throws {EndpointError} if there is no usable answer to one of them.
   */
  async requestAll(calls: readonly Call[], signal: AbortSignal): Promise<unknown[]> {
    return askAll(calls, {
      batches: this.#http && this.#batches,
      askOne: (call) => this.#askOne(call, signal),
      askBatch: (batch) => this.#askBatch(batch, signal),
      rest: async (failure) => {
        if (this.#restAfter(failure, "read") > LONGEST_WAIT_MS) return false;
        await pause(this.recordFailure(failure, "read"), signal);
        signal.throwIfAborted();
        return true;
      },
    });
  }

  /** Records that its answers to a batch were not those to the batch's calls. */
  recordUntrueBatch(): void {
    this.#batches.recordUntrue();
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
      if (deadline.aborted) throw late(error);
      throw classifyError(error, { endpoint: this.name, method: "eth_subscribe" });
    }
  }

  /** Records a success, which resets the backoff of this kind of request. */
  recordSuccess(what: "poll" | "read"): void {
    this.#failures[what] = 0;
    if (this.#failures.poll + this.#failures.read === 0) this.lastError = undefined;
  }

  /** Records a failure: lets the endpoint rest, longer with each consecutive one. Returns the time in milliseconds. */
  recordFailure(error: EndpointError, what: "poll" | "read"): number {
    const restMs = this.#restAfter(error, what);
    this.#failures[what]++;
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

  #restAfter({ retryAfterMs = 0 }: EndpointError, what: "poll" | "read"): number {
    const { shortestRestMs = SHORTEST_REST_MS } = this.#parameters;
    const backOffMs = shortestRestMs * 2 ** Math.min(this.#failures[what], MOST_DOUBLINGS);
    return Math.max(backOffMs, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
  }

  async close(): Promise<void> {
    await this.#closeSocket().catch(() => undefined); // a socket that never opened needs no closing
  }

  #halve(blocks: number): void {
    this.#range = Math.max(1, Math.min(this.#range, Math.floor(blocks / 2)));
  }

  /** Sends one call. A failure is returned. */
  async #askOne(call: Call, signal: AbortSignal): Promise<Answer> {
    const body = this.#bodyOf(call);
    const request = this.#describe(call);
    try {
      return await this.#withDeadline(1, signal, async (deadline) => {
        if (!this.#http) return readAnswer(await this.#askSocket?.(body), request);
        const { body: reply, ...answered } = await this.#http.post(body, deadline, request);
        return readAnswer(reply, { ...request, ...answered });
      });
    } catch (error) {
      return failed(error, signal);
    }
  }

  /** Sends a batch. Returns the answer to each call, or undefined where there is none. */
  async #askBatch(calls: readonly Call[], signal: AbortSignal): Promise<(Answer | undefined)[]> {
    const bodies = calls.map((call) => this.#bodyOf(call));
    const requests = calls.map((call) => this.#describe(call));
    const [{ isOld: _, ...common } = {}] = requests;
    try {
      return await this.#withDeadline(calls.length, signal, async (deadline) => {
        const answered = await this.#http?.post(bodies, deadline, common);
        if (!answered) return [];
        const { body: reply, ...rest } = answered;
        // One answer for all of them is an error, or no answer to a batch.
        if (!Array.isArray(reply)) {
          const answer = readAnswer(reply, { ...common, ...rest });
          return calls.map(() => ("error" in answer ? answer : undefined));
        }
        const sorted = sortAnswers(
          reply,
          bodies.map(({ id }) => id),
        );
        return sorted.map((each, i) =>
          each === undefined ? undefined : readAnswer(each, { ...requests[i], ...rest }),
        );
      });
    } catch (error) {
      const answer = failed(error, signal);
      return calls.map(() => answer);
    }
  }

  #bodyOf({ method, params }: Call) {
    return { jsonrpc: "2.0", id: this.#nextId++, method, params };
  }

  #describe({ method, params }: Call): FailedRequest {
    return { endpoint: this.name, method, isOld: isBelow(params[0], (this.head?.number ?? 0n) - OLD_BLOCKS) };
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
        if (deadline.aborted) throw late(error);
        throw classifyError(error, { endpoint: this.name });
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

const late = (cause: unknown) => new EndpointError("unreachable", "no answer in time", { cause, isTimeout: true });

/** Returns a failure as an answer, unless the signal ended the request. */
function failed(error: unknown, signal: AbortSignal): { error: EndpointError } {
  signal.throwIfAborted();
  return { error: classifyError(error) };
}

function resultOf(answer: Answer): unknown {
  if ("error" in answer) throw answer.error;
  return answer.result;
}

/** Returns true if a call's first parameter, a block's number or a filter, is about blocks below a height only. */
function isBelow(parameter: unknown, height: bigint): boolean {
  const { toBlock = parameter } = (typeof parameter === "object" ? (parameter ?? {}) : {}) as { toBlock?: unknown };
  return typeof toBlock === "string" && /^0x[0-9a-f]{1,13}$/.test(toBlock) && BigInt(toBlock) < height;
}
