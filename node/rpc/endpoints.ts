import { setMaxListeners } from "node:events";
import { type Hex, numberToHex } from "viem";
import { withoutSecrets } from "../withoutSecrets.ts";
import { UserError } from "#protocol/userError.ts";
import { pause } from "../abortable.ts";
import { Endpoint } from "./endpoint.ts";
import { classifyError, EndpointError } from "./endpointError.ts";
import { type Header, parseHeader, parseQuantity } from "./header.ts";

export interface EndpointsParameters {
  /** http(s) and ws(s). The first ones are preferred where several would do. */
  urls: readonly string[];
  chainId: number;
  /** Block 0, where it is known beforehand. Else that of those in use, the first of which is believed. */
  genesis?: Hex | undefined;
  /**
   * How many blocks below the newest one a block is final. Unless given, the node's `finalized` tag decides; where it
   * has none, or calls its newest block final as development chains do, 64.
   */
  finalityDepth?: number | undefined;
  /** Per endpoint. Unlimited unless given. */
  requestsPerSecond?: number | undefined;
  timeoutMs?: number | undefined;
  /** How long an endpoint rests after a first failure; doubled with each in turn, up to 64 times as long. */
  shortestRestMs?: number | undefined;
  pollingIntervalMs?: number | undefined;
  /** Told of each failure, and for how long that endpoint is left alone. */
  onRetry?: ((error: EndpointError, restMs: number) => void) | undefined;
}

export interface EndpointStatus {
  name: string;
  head: bigint | undefined;
  state: "used" | "resting" | "behind" | "unknown";
  lastError: string | undefined;
  requests: number;
  /** How often it was of no use. */
  errors: number;
  /** For how long it is left alone. */
  restMs: number;
}

const DEFAULT_DEPTH = 64;
/** Polled at different moments, nodes differ by so much at any time. */
const USUAL_LAG_BLOCKS = 3n;
/** A subscription is checked by polling so much more seldom than heads are polled without one. */
const SUBSCRIBED_POLLING_FACTOR = 10;
/** How many blocks later the final block is asked for anew. */
const FINALIZED_EVERY_BLOCKS = 8n;

/**
 * Several nodes of one chain, as one. Watches their heads from the moment it is made until it is closed. A node is used
 * while it answers, is of the chain, and is not behind the others; a failure lets it rest, the longer the more there
 * were in turn.
 *
 * @example
 * const endpoints = new Endpoints({ urls: ["https://one.example", "wss://two.example"], chainId: 1 });
 * await endpoints.ready();
 * const head = endpoints.head?.number;
 * await endpoints.close();
 */
export class Endpoints {
  readonly all: readonly Endpoint[];
  readonly pollingIntervalMs: number;
  /** How deep a block is final where the nodes do not tell. */
  readonly finalityDepth: bigint;
  readonly #parameters: EndpointsParameters;
  readonly #stop = new AbortController();
  /** Called when anything changed that somebody may wait for. */
  #waiting = new Set<() => void>();
  /** How many endpoints have been tried at least once. */
  #tried = 0;
  readonly #watching: Promise<void>[];

  constructor(parameters: EndpointsParameters) {
    const { urls, requestsPerSecond, timeoutMs, shortestRestMs, pollingIntervalMs = 1_000 } = parameters;
    for (const url of urls) {
      if (!URL.canParse(url) || !/^(https?|wss?):$/.test(new URL(url).protocol)) {
        throw new UserError(
          `${withoutSecrets(url)} is no URL of a node. It must begin with http://, https://, ws:// or wss://.`,
        );
      }
    }
    if (urls.length === 0) throw new UserError("Name at least one node's URL.");
    this.#parameters = parameters;
    this.pollingIntervalMs = pollingIntervalMs;
    this.finalityDepth = BigInt(parameters.finalityDepth ?? DEFAULT_DEPTH);
    setMaxListeners(0, this.#stop.signal);
    const names = namesOf(urls);
    this.all = urls.map(
      (url, i) => new Endpoint({ url, name: names[i], requestsPerSecond, timeoutMs, shortestRestMs }),
    );
    this.#watching = this.all.map((endpoint) => this.#watch(endpoint));
  }

  /**
   * Waits until one can be used.
   *
   * @throws {UserError} if each has been tried, and none can.
   */
  async ready(): Promise<void> {
    while (!this.leader && !this.#stop.signal.aborted) {
      if (this.#tried === this.all.length) throw new UserError(this.#whyNone());
      await this.#change(this.#stop.signal, 1_000);
    }
  }

  /** The newest block of those in use. */
  get head(): Header | undefined {
    return this.leader?.head;
  }

  /** The highest final block on which all in use agree; falls with the newest block. */
  get final(): bigint {
    let lowest: bigint | undefined;
    for (const { head, finalized } of this.#inUse()) {
      if (!head) continue;
      const final = finalized ?? head.number - this.finalityDepth;
      if (lowest === undefined || final < lowest) lowest = final;
    }
    return lowest !== undefined && lowest > 0n ? lowest : 0n;
  }

  /** The one with the newest block; the first of several. */
  get leader(): Endpoint | undefined {
    let leader: Endpoint | undefined;
    for (const endpoint of this.#answering()) {
      if (!leader || endpoint.head.number > (leader.head?.number ?? 0n)) leader = endpoint;
    }
    return leader;
  }

  get status(): EndpointStatus[] {
    const inUse = new Set(this.#inUse());
    return this.all.map((endpoint) => {
      const { name, head, lastError, requests, errors, resting, restUntilMs } = endpoint;
      const behind = head ? "behind" : "unknown";
      return {
        name,
        head: head?.number,
        state: inUse.has(endpoint) ? "used" : resting ? "resting" : behind,
        lastError,
        requests,
        errors,
        restMs: Math.max(0, restUntilMs - Date.now()),
      };
    });
  }

  /** The least busy one that has a block; other than those named, if there is any other. Waits for one. */
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

  /** One that has a block, other than those named; undefined if there is none now. */
  another(reaching: bigint, than: readonly Endpoint[]): Endpoint | undefined {
    return this.#inUse().find((each) => !than.includes(each) && each.head && each.head.number >= reaching);
  }

  /** Lets an endpoint rest that was of no use. Nobody is to blame for a chain that changed. */
  blame(endpoint: Endpoint, error: EndpointError, what: "poll" | "read" = "read"): void {
    const restMs = error.kind === "changed" ? 0 : endpoint.failed(error, what);
    this.#parameters.onRetry?.(
      new EndpointError(error.kind, `${endpoint.name}: ${error.message}`, { cause: error }),
      restMs,
    );
  }

  /** Waits until a head, or whether an endpoint can be used, may have changed; at most one polling interval. */
  async change(signal: AbortSignal): Promise<void> {
    await this.#change(signal, this.pollingIntervalMs);
  }

  /** One call, of whichever endpoint answers: for `custom(endpoints)` as a transport of viem. */
  async request({ method, params }: { method: string; params?: unknown }): Promise<unknown> {
    let lastError: EndpointError | undefined;
    for (let attempt = 0; attempt <= this.all.length; attempt++) {
      const endpoint = await this.choose(0n, this.#stop.signal);
      try {
        const answer = await endpoint.request(method, (params ?? []) as unknown[], this.#stop.signal);
        endpoint.succeeded("read");
        return answer;
      } catch (error) {
        this.#stop.signal.throwIfAborted();
        lastError = classifyError(error);
        // An error as answer to a call, such as a revert, is the answer.
        if (lastError.kind === "refused") throw lastError.cause ?? lastError;
        this.blame(endpoint, lastError);
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
      (each): each is Endpoint & { head: Header } => each.identified && each.head !== undefined && !each.resting,
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

  #whyNone(): string {
    const [first] = this.all;
    if (this.all.length === 1 && first) {
      const url = withoutSecrets(this.#parameters.urls[0] ?? "");
      return first.lastError?.startsWith(OTHER_CHAIN)
        ? `The node at ${url} ${first.lastError}.`
        : `No Ethereum node answers at ${url} (${first.lastError}). Start it, or name another URL.`;
    }
    const reasons = this.all.map(({ name, lastError }) => `  ${name}: ${lastError}`);
    return `No Ethereum node answers of those that were named:\n${reasons.join("\n")}\nStart one, or name others.`;
  }

  async #watch(endpoint: Endpoint): Promise<void> {
    const { signal } = this.#stop;
    let tried = false;
    while (!signal.aborted) {
      const known = endpoint.head?.number ?? 0n;
      try {
        if (!endpoint.identified) await this.#identify(endpoint, signal);
        await this.#pollHead(endpoint, signal);
        endpoint.succeeded("poll");
        // It told us nothing of what we found by asking.
        const missed = (endpoint.head?.number ?? 0n) - known;
        if (endpoint.subscription === "alive" && endpoint.headsTold === 0 && missed > 1n) {
          throw new EndpointError("unreachable", "its subscription is dead");
        }
        endpoint.headsTold = 0;
        if (endpoint.subscription === "none") await this.#subscribe(endpoint, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (endpoint.subscription === "alive") endpoint.subscription = "none";
        this.blame(endpoint, classifyError(error), "poll");
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

  async #identify(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    endpoint.head = undefined;
    const { chainId } = this.#parameters;
    const [idReply, genesisReply] = await endpoint.requestAll(
      [
        { method: "eth_chainId", params: [] },
        { method: "eth_getBlockByNumber", params: ["0x0", false] },
      ],
      signal,
    );
    const id = parseQuantity(idReply);
    if (id !== chainId) {
      throw new EndpointError("wrong", `${OTHER_CHAIN} ${id}, but the deployment is on chain ${chainId}`);
    }
    // A node that has thrown its oldest blocks away is believed.
    const genesis = parseHeader(genesisReply, 0n)?.hash;
    // Held against others only: what it said itself before may have been wrong.
    const others = this.all.filter((each) => each !== endpoint && each.identified).map((each) => each.genesis);
    const expected = this.#parameters.genesis ?? others.find((each) => each !== undefined);
    if (genesis !== undefined && expected !== undefined && genesis !== expected) {
      throw new EndpointError("wrong", `its block 0 is ${genesis}, but that of this chain is ${expected}`);
    }
    endpoint.genesis = genesis;
    endpoint.identified = true;
  }

  async #pollHead(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const head = await headerOf(endpoint, "latest", signal);
    if (!head) throw new EndpointError("wrong", "it has no newest block");
    const known = endpoint.head?.number;
    this.#found(endpoint, head);
    const asked = this.#parameters.finalityDepth === undefined && !endpoint.finalizedIsLatest;
    if (!asked || (known !== undefined && head.number / FINALIZED_EVERY_BLOCKS === known / FINALIZED_EVERY_BLOCKS))
      return;
    const finalized = await headerOf(endpoint, "finalized", signal).catch((error: unknown) => {
      if (classifyError(error).kind !== "refused") throw error;
      return undefined; // it does not know the tag
    });
    if (finalized && finalized.number >= head.number && head.number > 0n) endpoint.finalizedIsLatest = true;
    endpoint.finalized = endpoint.finalizedIsLatest ? undefined : finalized?.number;
  }

  async #subscribe(endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const onHead = (reply: unknown) => {
      try {
        const head = parseHeader(reply);
        endpoint.headsTold++;
        if (head && endpoint.identified) this.#found(endpoint, head);
      } catch (error) {
        this.blame(endpoint, classifyError(error), "poll");
      }
    };
    try {
      await endpoint.subscribeHeads(onHead, signal);
    } catch (error) {
      if (signal.aborted || classifyError(error).kind !== "refused") throw error;
      endpoint.subscription = "impossible";
    }
  }

  #found(endpoint: Endpoint, head: Header): void {
    const changed = endpoint.head?.hash !== head.hash;
    endpoint.head = head;
    endpoint.lastSeenMs = Date.now();
    if (changed) this.#wake();
  }
}

const OTHER_CHAIN = "is of chain";

/** Hosts; those that several URLs share are numbered. */
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
 * A block's header by number or tag; undefined if the node does not have it.
 *
 * @throws {EndpointError} if it does not answer, or wrongly.
 */
export async function headerOf(
  endpoint: Endpoint,
  which: bigint | "latest" | "finalized",
  signal: AbortSignal,
): Promise<Header | undefined> {
  const asked = typeof which === "bigint";
  const params = [asked ? numberToHex(which) : which, false];
  const reply = await endpoint.request("eth_getBlockByNumber", params, signal);
  return parseHeader(reply, asked ? which : undefined);
}
