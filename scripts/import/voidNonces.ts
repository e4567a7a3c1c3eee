import { setTimeout as sleep } from "node:timers/promises";
import { type Address, type EIP1193Provider, type Hash, numberToHex, type TransactionReceipt } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { innermostMessage } from "#client/errors/explain.ts";
import { toUserError } from "#client/errors/refusal.ts";
import { readGasPrice, withReserve } from "#client/transactions/cost.ts";
import { offerFields, sendAtPrice } from "#client/transactions/sendAtPrice.ts";
import { UserError } from "#protocol/userError.ts";

export interface VoidNoncesParameters {
  chain: Chain;
  /** Signs and sends for the account. */
  provider: Pick<EIP1193Provider, "request">;
  account: Address;
  /** The account's next nonce. */
  nonce: number;
  /** Number of nonces. */
  count: number;
  confirmations?: number;
  report: (line: string) => void;
  signal?: AbortSignal;
  /** Time after which waiting ends, in milliseconds. Default: 120,000. */
  patienceMs?: number;
}

const PAUSE_MS = 200;
const EMPTY_TRANSACTION_GAS = 21_000n;

/**
 * Sends empty transactions of the account to itself with its next nonces, and waits until these are used: by them, or by
 * earlier transactions with the same nonces that nodes had forgotten. Afterwards nothing sent earlier can be mined.
 *
 * @returns The receipts of the empty transactions that were mined.
 * @throws {UserError} if the node does not take them, or the nonces are not used in time.
 */
export async function voidNonces(parameters: VoidNoncesParameters): Promise<TransactionReceipt[]> {
  const {
    chain,
    provider,
    account,
    nonce,
    count,
    confirmations = 1,
    report,
    signal,
    patienceMs = 120_000,
  } = parameters;
  const { client } = chain;
  const price = await readGasPrice(client, chain.prices);
  const request = { from: account, to: account, value: "0x0" };
  const gas = await client.estimateGas({ account, to: account }).catch(() => EMPTY_TRANSACTION_GAS);
  const hashes: Hash[] = [];
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    const fields = { ...request, nonce: numberToHex(nonce + i), gas: numberToHex(withReserve(gas)) };
    try {
      const { sent } = await sendAtPrice({
        prices: chain.prices,
        price,
        replaces: true,
        accept: async ({ notes = [] }) => notes.forEach((note) => report(note)),
        send: (offer) =>
          provider.request({
            method: "eth_sendTransaction",
            params: [{ ...fields, ...offerFields(offer) }] as never,
          }) as Promise<Hash>,
      });
      hashes.push(sent);
    } catch (error) {
      // A forgotten transaction with this nonce was mined meanwhile.
      if ((await client.getTransactionCount({ address: account })) > nonce + i) continue;
      const reason = toUserError(error);
      if (reason instanceof UserError) throw reason;
      throw new UserError(
        `The node did not take an empty transaction with nonce ${nonce + i} of ${account}: ${innermostMessage(error)}`,
        { cause: error },
      );
    }
  }
  for (const begin = Date.now(); ; await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined)) {
    if (signal?.aborted) {
      throw new UserError(
        `The import was interrupted. In flight, and may still be mined: ${hashes.join(", ")}. They register nothing. Run the same command again to resume.`,
      );
    }
    const head = await client.getBlockNumber({ cacheTime: 0 });
    const depth = BigInt(confirmations - 1);
    const blockNumber = head > depth ? head - depth : 0n;
    // An endpoint that is behind does not know the block yet.
    const used = await client.getTransactionCount({ address: account, blockNumber }).catch(() => 0);
    if (used >= nonce + count) break;
    if (Date.now() - begin <= patienceMs) continue;
    throw new UserError(
      `${account} has empty transactions that were not mined in ${Math.round(patienceMs / 1_000)} s. They replace transactions of an earlier import that may still be mined. Speed them up in a wallet, then run the same command again. Nothing was registered.`,
    );
  }
  const receipts = await Promise.all(
    hashes.map((hash) => client.getTransactionReceipt({ hash }).catch(() => undefined)),
  );
  return receipts.filter((receipt) => receipt !== undefined);
}
