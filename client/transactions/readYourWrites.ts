import { classifyFailure, type FailureKind } from "#protocol/failures/failure.ts";
import { type Hex, parseTransaction, recoverTransactionAddress, type TransactionSerialized } from "viem";

/** Sends one JSON-RPC request to an endpoint. Throws the endpoint's error. */
export type Send = (method: string, params: readonly unknown[]) => Promise<unknown>;

export interface ReadYourWritesParameters {
  /** Time in ms for which an answer that is behind is requested again. Default: 30,000. */
  patienceMs?: number;
  /** Time in ms between two requests. Default: 250. */
  pauseMs?: number;
}

/** The index of the parameter that names a block, by method. */
const BLOCK_PARAMETER: Readonly<Record<string, number>> = {
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getStorageAt: 2,
};

/** Methods whose answer is null for what the node does not know. */
const MAY_BE_NULL: ReadonlySet<string> = new Set([
  "eth_getBlockByNumber",
  "eth_getBlockByHash",
  "eth_getTransactionByHash",
  "eth_getTransactionReceipt",
  "eth_getTransactionByBlockNumberAndIndex",
  "eth_getTransactionByBlockHashAndIndex",
]);

/** The number of answers that the height is taken from at first; a balancer gives them to its endpoints in turn. */
const HEIGHT_SAMPLES = 3;

/** Consecutive answers that must have a block before its logs are taken for complete from any endpoint. */
const SETTLED_SAMPLES = 6;

/** A transaction that no endpoint has shown for this time, in ms, can have been dropped or replaced: the caller is told. */
const DROPPED_MS = 5_000;

/** The newest height may be this old, in ms, before a read asks for it again. */
const HEIGHT_AGE_MS = 1_000;

/**
 * Makes the reads of a session see its own writes, behind a balancer whose endpoints are at different heights.
 *
 * It knows the highest block that any endpoint has named, the last receipt's among them, and the nonces that were used. A
 * read of the latest state names that block, so an endpoint that does not have it cannot answer from older state. An answer that contradicts what is known (a lower nonce, a missing transaction
 * or block) is requested again. A revert counts only from an endpoint that has the block. Logs are read when all endpoints
 * have their last block, because an endpoint leaves out what it does not have.
 */
export class ReadYourWrites {
  readonly #patienceMs: number;
  readonly #pauseMs: number;
  #height = 0;
  #heightAt = 0;
  /** Time since which every answer was lower than the height; undefined if the last one was not. */
  #lowerSince: number | undefined;
  #opened: Promise<void> | undefined;
  /** The next nonce of each account, from what it has sent. */
  readonly #nonces = new Map<string, number>();
  /** Transactions of this session, by hash: account and nonce. */
  readonly #sent = new Map<string, { from: string; nonce: number }>();
  readonly #mined = new Set<string>();
  /** Accounts whose pending transactions were counted by several endpoints. */
  readonly #counted = new Set<string>();
  /** The highest block that all endpoints are known to have. */
  #settled = -1;

  constructor({ patienceMs = 30_000, pauseMs = 250 }: ReadYourWritesParameters = {}) {
    this.#patienceMs = patienceMs;
    this.#pauseMs = pauseMs;
  }

  /** Sends a request, again if its answer is behind what this session knows. */
  async request(endpoint: Send, method: string, params: readonly unknown[] = []): Promise<unknown> {
    const send: Send = async (each, values) => {
      const result = await endpoint(each, values);
      // Libraries take null for no data, for 0 or for an empty account, which it does not mean.
      if ((result ?? null) === null && each.startsWith("eth_") && !MAY_BE_NULL.has(each))
        throw new Error(`Invalid JSON-RPC response: the answer to ${each} is null`);
      return result;
    };
    if (method in BLOCK_PARAMETER || method === "eth_getTransactionCount") await this.#ready(send);
    switch (method) {
      case "eth_blockNumber":
        this.#sawBlock(await send(method, params));
        return toHex(this.#height);
      case "eth_getBlockByNumber":
        return this.#block(send, params);
      case "eth_getTransactionCount":
        return this.#transactionCount(send, params);
      case "eth_getTransactionReceipt":
        return this.#receipt(send, params);
      case "eth_getTransactionByHash": {
        const isKnown = this.#sent.has(String(params[0]).toLowerCase());
        return this.#until(
          () => send(method, params),
          (result) => result !== null || !isKnown,
          DROPPED_MS,
        );
      }
      case "eth_getLogs":
        return this.#logs(send, params);
      case "eth_sendTransaction":
        return this.#sendTransaction(send, params);
      case "eth_sendRawTransaction":
        return this.#sendRawTransaction(send, params);
      default: {
        const place = BLOCK_PARAMETER[method];
        return place === undefined ? send(method, params) : this.#readState(send, method, params, place);
      }
    }
  }

  /** Opens the session once; again if that failed. */
  #ready(send: Send): Promise<void> {
    this.#opened ??= this.#open(send).catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  /** Learns the height before the first read: an earlier session may have written, and one answer may be behind. */
  async #open(send: Send): Promise<void> {
    for (let i = 0; i < HEIGHT_SAMPLES; i++) this.#sawBlock(await send("eth_blockNumber", []));
  }

  /** Remembers a transaction that was sent past this session, such as by a wallet. */
  sent(hash: string, from: string, nonce: number): void {
    this.#record(hash, from, nonce);
  }

  async #block(send: Send, params: readonly unknown[]): Promise<unknown> {
    const [block] = params;
    const least = block === "latest" ? this.#height : isHeight(block) && Number(block) <= this.#height ? 0 : -1;
    const result = await this.#until(
      () => send("eth_getBlockByNumber", params),
      (reply) => least < 0 || numberOf(reply) >= least,
    );
    if (block === "latest") this.#sawBlock((result as { number?: unknown } | null)?.number);
    return result;
  }

  async #transactionCount(send: Send, params: readonly unknown[]): Promise<unknown> {
    const [account, block = "latest"] = params;
    const key = String(account).toLowerCase();
    if (isHeight(block)) return this.#untilKnown(() => send("eth_getTransactionCount", params), Number(block));
    const mined = await this.#atHeight(send, (height) => send("eth_getTransactionCount", [account, height]));
    if (block !== "pending") return mined;
    if (!this.#counted.has(key)) {
      // An earlier session may have sent transactions that not all endpoints know.
      this.#counted.add(key);
      for (let i = 1; i < HEIGHT_SAMPLES; i++)
        this.#recordNonce(key, Number(await send("eth_getTransactionCount", params)));
    }
    const least = Math.max(Number(mined), this.#nonces.get(key) ?? 0);
    return this.#until(
      () => send("eth_getTransactionCount", params),
      (count) => Number(count) >= least,
    );
  }

  async #logs(send: Send, [given, ...rest]: readonly unknown[]): Promise<unknown> {
    const filter = given as { toBlock?: unknown; blockHash?: unknown };
    const { toBlock = "latest" } = filter;
    if (filter.blockHash !== undefined || (toBlock !== "latest" && !isHeight(toBlock)))
      return send("eth_getLogs", [given, ...rest]);
    await this.#ready(send);
    if (toBlock === "latest") this.#sawBlock(await send("eth_blockNumber", []));
    const last = toBlock === "latest" ? this.#height : Number(toBlock);
    await this.#settle(send, last);
    return send("eth_getLogs", [{ ...filter, toBlock: toHex(last) }, ...rest]);
  }

  /** Waits until all endpoints have a block. */
  async #settle(send: Send, block: number): Promise<void> {
    const begin = Date.now();
    if (block <= this.#settled || block > this.#height) return;
    for (let heads: number[] = []; ;) {
      const head = await send("eth_blockNumber", []);
      this.#sawBlock(head);
      heads = Number(head) >= block ? [...heads, Number(head)] : [];
      if (heads.length === SETTLED_SAMPLES) {
        this.#settled = Math.min(...heads);
        return;
      }
      if (heads.length > 0) continue;
      if (Date.now() - begin > this.#patienceMs) return;
      await this.#pause();
    }
  }

  async #receipt(send: Send, params: readonly unknown[]): Promise<unknown> {
    const hash = String(params[0]).toLowerCase();
    const result = (await this.#until(
      () => send("eth_getTransactionReceipt", params),
      (receipt) => receipt !== null || !this.#mined.has(hash),
    )) as { blockNumber?: unknown } | null;
    const transaction = this.#sent.get(hash);
    if (!result || !isHeight(result.blockNumber)) return result;
    this.#sawBlock(result.blockNumber);
    if (!transaction) return result;
    this.#mined.add(hash);
    return result;
  }

  async #sendTransaction(send: Send, [given, ...rest]: readonly unknown[]): Promise<unknown> {
    const transaction = given as { from: string; nonce?: unknown };
    for (const begin = Date.now(); ;) {
      const nonce = transaction.nonce ?? (await this.#transactionCount(send, [transaction.from, "pending"]));
      try {
        const hash = await send("eth_sendTransaction", [{ ...transaction, nonce }, ...rest]);
        this.#record(String(hash), transaction.from, Number(nonce));
        return hash;
      } catch (error) {
        // An endpoint that is behind counted too few transactions of an earlier session. This one was not accepted.
        const isTooLow = transaction.nonce === undefined && /nonce too low/i.test(String((error as Error).message));
        if (!isTooLow || Date.now() - begin > this.#patienceMs) throw error;
        this.#recordNonce(transaction.from, Number(nonce) + 1);
      }
    }
  }

  async #sendRawTransaction(send: Send, params: readonly unknown[]): Promise<unknown> {
    const serialized = params[0] as TransactionSerialized;
    const hash = await send("eth_sendRawTransaction", params);
    const from = await recoverTransactionAddress({ serializedTransaction: serialized });
    this.#record(String(hash), from, parseTransaction(serialized as Hex).nonce ?? 0);
    return hash;
  }

  #record(hash: string, from: string, nonce: number): void {
    this.#sent.set(hash.toLowerCase(), { from: from.toLowerCase(), nonce });
    this.#recordNonce(from, nonce + 1);
  }

  #recordNonce(from: string, next: number): void {
    const account = from.toLowerCase();
    this.#nonces.set(account, Math.max(this.#nonces.get(account) ?? 0, next));
  }

  /** Reads the latest state at the height that is known, so that no endpoint answers from older state. */
  async #readState(send: Send, method: string, params: readonly unknown[], place: number): Promise<unknown> {
    const block = params[place] ?? "latest";
    if (isHeight(block)) return this.#untilKnown(() => send(method, params), Number(block));
    if (block !== "latest" && block !== "pending") return send(method, params);
    return this.#atHeight(send, (height) => {
      const named = [...params];
      named[place] = height;
      return send(method, named);
    });
  }

  async #atHeight(send: Send, read: (height: string) => Promise<unknown>): Promise<unknown> {
    try {
      return await this.#untilKnown(async () => {
        if (Date.now() - this.#heightAt > HEIGHT_AGE_MS) this.#sawBlock(await send("eth_blockNumber", []));
        return read(toHex(this.#height));
      }, this.#height);
    } catch (error) {
      if (isRevert(error) || !isAnswer(error)) throw error;
      // No endpoint has the block any more: the chain was cut back or started again.
      this.#height = 0;
      await this.#open(send);
      return read(toHex(this.#height));
    }
  }

  /** Sends a request about a block again while an endpoint fails that may not have the block. */
  async #untilKnown(ask: () => Promise<unknown>, block: number): Promise<unknown> {
    for (const begin = Date.now(); ;) {
      try {
        return await ask();
      } catch (error) {
        const isFinal = block > this.#height || isRevert(error) || !isAnswer(error);
        if (isFinal || Date.now() - begin > this.#patienceMs) throw error;
        await this.#pause();
      }
    }
  }

  async #until(
    ask: () => Promise<unknown>,
    isCurrent: (result: unknown) => boolean,
    mostMs = this.#patienceMs,
  ): Promise<unknown> {
    const patienceMs = Math.min(mostMs, this.#patienceMs);
    for (const begin = Date.now(); ;) {
      const result = await ask();
      if (isCurrent(result) || Date.now() - begin > patienceMs) return result;
      await this.#pause();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.#pauseMs));
  }

  #sawBlock(number: unknown): void {
    if (!isHeight(number)) return;
    this.#heightAt = Date.now();
    if (Number(number) >= this.#height) this.#lowerSince = undefined;
    else this.#lowerSince ??= this.#heightAt;
    // After the patience with lower answers only, the chain was cut back.
    const isCutBack = this.#heightAt - (this.#lowerSince ?? this.#heightAt) > this.#patienceMs;
    this.#height = isCutBack ? Number(number) : Math.max(this.#height, Number(number));
  }
}

const isHeight = (block: unknown): block is string => typeof block === "string" && block.startsWith("0x");
const toHex = (height: number) => `0x${height.toString(16)}`;
const numberOf = (block: unknown) => Number((block as { number?: unknown } | null)?.number ?? -1);

/** Kinds of failures that no other endpoint or later answer would change. */
const FINAL: ReadonlySet<FailureKind> = new Set([
  "unreachable",
  "tooLarge",
  "unauthorized",
  "unsupported",
  "notNode",
  "noTls",
  "badKey",
]);

/** Returns true for the error of an endpoint that may be behind; false if none was reached, or a wallet refused (4xxx). */
function isAnswer(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  // A wallet gives its node's failure the code of an internal error.
  if (FINAL.has(classifyFailure(error).kind)) return false;
  return typeof code === "number" && code !== -1 && (code < 4_000 || code > 4_999);
}

/** Returns true for an error with the contract's own refusal, which only an endpoint can give that has the block. */
function isRevert(error: unknown): boolean {
  const { code, message, data } = (error ?? {}) as { code?: unknown; message?: unknown; data?: unknown };
  return code === 3 || (typeof data === "string" && data.startsWith("0x")) || /revert/i.test(String(message));
}
