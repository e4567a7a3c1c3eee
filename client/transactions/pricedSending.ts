import { createPublicClient, custom, type PublicClient } from "viem";
import { UserError } from "#protocol/userError.ts";
import { readGasPrice } from "./cost.ts";
import type { FeeChoice } from "./feeOptions.ts";
import { type GasPrice, type Offer, Prices } from "./prices.ts";
import type { Send } from "./readYourWrites.ts";
import { offerFields, sendAtPrice } from "./sendAtPrice.ts";

export interface PricedSendingParameters {
  /** Prices that the person chose. */
  choice: FeeChoice;
  /** Called before a higher price is offered than the node suggests or than was agreed to. Throws if it shall not be. */
  accept: (raised: GasPrice) => Promise<void>;
}

interface Transaction extends Record<string, unknown> {
  from: string;
  nonce?: unknown;
}

interface PendingTransaction {
  hash: unknown;
  from: string;
  nonce: string;
  blockHash?: string | null;
  gasPrice?: string | null;
  maxFeePerGas?: string | null;
  maxPriorityFeePerGas?: string | null;
}

/**
 * Gives each transaction of a session the price of the network's rules and the person's choice, whatever the library that
 * sends it suggests, and a higher one where the node refuses it.
 */
export class PricedSending {
  readonly #choice: FeeChoice;
  readonly #accept: PricedSendingParameters["accept"];
  #prices: Promise<Prices> | undefined;
  /** The last transaction of each account and nonce, with its price: sent here, or by an earlier run. */
  readonly #sent = new Map<string, { hash: unknown; price: GasPrice }>();

  constructor({ choice, accept }: PricedSendingParameters) {
    this.#choice = choice;
    this.#accept = accept;
  }

  async request(send: Send, method: string, params: readonly unknown[] = []): Promise<unknown> {
    switch (method) {
      case "eth_sendTransaction":
        return this.#sendTransaction(send, params);
      case "eth_call":
      case "eth_estimateGas": {
        // A node may refuse to simulate at a price that is not the one to be offered.
        const [transaction, ...rest] = params as [Transaction, ...unknown[]];
        return send(method, [withoutPrice(transaction), ...rest]);
      }
      case "eth_getTransactionByHash": {
        const found = await send(method, params);
        this.#noteOwn(found as PendingTransaction | null);
        return found;
      }
      default:
        return send(method, params);
    }
  }

  /**
   * Notes a pending transaction that the library asks for by its hash: an earlier run has sent it, and what has its nonce
   * now replaces it.
   */
  #noteOwn(found: PendingTransaction | null): void {
    if (!found || (found.blockHash ?? null) !== null) return;
    const key = `${found.from}:${Number(found.nonce)}`.toLowerCase();
    const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = found;
    const most = BigInt(maxFeePerGas ?? gasPrice ?? 0);
    const offer =
      maxFeePerGas === undefined || maxFeePerGas === null
        ? { gasPrice: most }
        : { maxFeePerGas: most, maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas ?? 0) };
    this.#sent.set(key, { hash: found.hash, price: { now: most, most, offer } });
  }

  async #sendTransaction(send: Send, [given, ...rest]: readonly unknown[]): Promise<unknown> {
    const transaction = withoutPrice(given as Transaction);
    const client = createPublicClient({
      transport: custom({ request: ({ method, params }) => send(method, params ?? []) }, { retryCount: 0 }),
    });
    const prices = await this.#pricesOf(client);
    const key = transaction.nonce === undefined ? undefined : `${transaction.from}:${Number(transaction.nonce)}`;
    const earlier = key === undefined ? undefined : this.#sent.get(key.toLowerCase());
    try {
      const current = await readGasPrice(client, prices);
      const { sent, price } = await sendAtPrice({
        prices,
        price: earlier ? prices.replacing(current, earlier.price) : current,
        replaces: earlier !== undefined,
        accept: this.#accept,
        send: (offer: Offer) => send("eth_sendTransaction", [{ ...transaction, ...offerFields(offer) }, ...rest]),
      });
      if (key !== undefined) this.#sent.set(key.toLowerCase(), { hash: sent, price });
      return sent;
    } catch (error) {
      // No more may be offered: the earlier transaction stays, and may still be mined.
      if (earlier && error instanceof UserError) return earlier.hash;
      throw error;
    }
  }

  #pricesOf(client: PublicClient): Promise<Prices> {
    this.#prices ??= client.getChainId().then(
      (chainId) => new Prices(chainId, this.#choice),
      (error: unknown) => {
        this.#prices = undefined; // the next transaction asks again
        throw error;
      },
    );
    return this.#prices;
  }
}

function withoutPrice(transaction: Transaction): Transaction {
  const { gasPrice: _, maxFeePerGas: __, maxPriorityFeePerGas: ___, type: ____, ...rest } = transaction;
  return rest as Transaction;
}
