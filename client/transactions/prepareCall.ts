import type { Address, PublicClient } from "viem";
import { type Call, type Estimate, estimateCall, type GasPrice, readGasPrice, withReserve } from "./cost.ts";

/** A call with all that sending and following it takes. */
export interface PreparedCall {
  /** With the reserve. */
  gas: bigint;
  price: GasPrice;
  /** After what the account has under way already. */
  nonce: number;
  /** Transactions of the account that are under way. */
  waiting: number;
  /** The newest block. */
  sentAt: bigint;
}

/**
 * Prepares a call to be sent at once.
 *
 * @param tried What it takes, where that was just tried.
 * @throws {Refused} if it would revert.
 */
export async function prepareCall(
  client: PublicClient,
  account: Address,
  call: Call,
  tried?: Estimate,
): Promise<PreparedCall> {
  const price = await readGasPrice(client);
  const { gas } = tried ?? (await estimateCall(client, account, call, price));
  const [mined, nonce, sentAt] = await Promise.all([
    client.getTransactionCount({ address: account }),
    client.getTransactionCount({ address: account, blockTag: "pending" }),
    client.getBlockNumber({ cacheTime: 0 }),
  ]);
  return { gas: withReserve(gas), price, nonce, waiting: nonce - mined, sentAt };
}
