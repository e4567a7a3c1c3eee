import type { Address, PublicClient } from "viem";
import { type Call, type Estimate, estimateCall, type GasPrice, readGasPrice, withReserve } from "./cost.ts";

/** Everything that sending and following a call needs. */
export interface PreparedCall {
  /** Gas limit, with a reserve. */
  gas: bigint;
  price: GasPrice;
  /** The next free nonce, after the account's pending transactions. */
  nonce: number;
  /** Number of pending transactions of the account. */
  pending: number;
  /** Number of the newest block. */
  sentAt: bigint;
}

/**
 * Prepares a call for sending at once.
 *
 * @param estimate The result of a simulation just before. Default: the call is simulated here.
 * @throws {Refusal} if it would revert.
 */
export async function prepareCall(
  client: PublicClient,
  account: Address,
  call: Call,
  estimate?: Estimate,
): Promise<PreparedCall> {
  const price = await readGasPrice(client);
  const { gas } = estimate ?? (await estimateCall(client, account, call, price));
  const [mined, nonce, sentAt] = await Promise.all([
    client.getTransactionCount({ address: account }),
    client.getTransactionCount({ address: account, blockTag: "pending" }),
    client.getBlockNumber({ cacheTime: 0 }),
  ]);
  return { gas: withReserve(gas), price, nonce, pending: nonce - mined, sentAt };
}
