import type { Address, PublicClient } from "viem";
import { type Call, type Estimate, estimateCall, readGasPrice, withReserve } from "./cost.ts";
import { type AgreedPrice, type GasPrice, type Prices, withinAgreed } from "./prices.ts";

/** Everything that sending and following a call needs. */
export interface PreparedCall extends AgreedPrice {
  /** Gas limit, with a reserve. */
  gas: bigint;
  /** The next free nonce, after the account's pending transactions. */
  nonce: number;
  /** Number of pending transactions of the account. */
  pending: number;
  /** Number of the newest block. */
  sentAt: bigint;
}

export interface PrepareCallParameters {
  /** The result of a simulation just before. Default: the call is simulated here. */
  estimate?: Estimate | undefined;
  /** The chain's rules and the person's choice. Default: nothing is known or chosen. */
  prices?: Prices;
  /** The price that the person agreed to. Default: any. */
  agreed?: GasPrice | undefined;
}

/**
 * Prepares a call for sending at once.
 *
 * @throws {Refusal} if it would revert.
 */
export async function prepareCall(
  client: PublicClient,
  account: Address,
  call: Call,
  { estimate, prices, agreed }: PrepareCallParameters = {},
): Promise<PreparedCall> {
  const price = await readGasPrice(client, prices);
  const { gas } = estimate ?? (await estimateCall(client, account, call, price));
  const [mined, nonce, sentAt] = await Promise.all([
    client.getTransactionCount({ address: account }),
    client.getTransactionCount({ address: account, blockTag: "pending" }),
    client.getBlockNumber({ cacheTime: 0 }),
  ]);
  return { gas: withReserve(gas), ...withinAgreed(price, agreed), nonce, pending: nonce - mined, sentAt };
}
