import { numberToHex } from "viem";
import type { GasPrice, Offer, Prices } from "./prices.ts";
import { readUnderpriced } from "./underpriced.ts";

/** Refusals of one transaction that are answered with a higher price; then the last one is thrown. */
const MOST_RAISES = 8;

export interface SendAtPriceParameters<T> {
  prices: Prices;
  price: GasPrice;
  send: (offer: Offer) => Promise<T>;
  /** Called before a higher price is offered. Throws if it shall not be. */
  accept: (raised: GasPrice) => Promise<void>;
  /** True if an earlier transaction with the same nonce is pending, which this one replaces. Default: false. */
  replaces?: boolean;
}

/**
 * Sends a transaction, again at a higher price where the node refuses it because of the price.
 *
 * @throws {UserError} if the node asks for more than the person's choice or the network's highest price.
 */
export async function sendAtPrice<T>({ prices, price, send, accept, replaces = false }: SendAtPriceParameters<T>) {
  for (let raises = 0; ; raises++) {
    try {
      return { sent: await send(price.offer), price };
    } catch (error) {
      const refusal = readUnderpriced(messageOf(error));
      if (!refusal || (refusal.replaces && !replaces) || raises >= MOST_RAISES) throw error;
      const raised = prices.raised(price, refusal);
      await accept(raised);
      price = raised;
    }
  }
}

/** Returns an offer's fields as a request to a node has them. */
export const offerFields = (offer: Offer): Record<string, string> =>
  Object.fromEntries(Object.entries(offer).map(([name, wei]) => [name, numberToHex(wei)]));

/** Returns the node's own words, which libraries and wallets wrap in different ways. */
function messageOf(error: unknown): string {
  let last = error as { message?: unknown; details?: unknown; data?: unknown; cause?: unknown } | null | undefined;
  while (last?.cause instanceof Error) last = last.cause;
  const { message = String(error), details = String(message).split("\n")[0], data } = last ?? {};
  const inner = (data as { message?: unknown } | null | undefined)?.message;
  return `${String(details)}${inner === undefined ? "" : ` ${String(inner)}`}`;
}
