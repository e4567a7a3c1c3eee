import { setTimeout as sleep } from "node:timers/promises";
import {
  type Address,
  type EIP1193Provider,
  encodeFunctionData,
  type Hash,
  type Hex,
  numberToHex,
  type TransactionReceipt,
} from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { asSentence, innermostMessage } from "#client/errors/explain.ts";
import { toUserError } from "#client/errors/refusal.ts";
import { orRefusal } from "#client/errors/refusal.ts";
import { readGasPrice, withReserve } from "#client/transactions/cost.ts";
import type { SentTransaction } from "#client/transactions/nextWait.ts";
import { offerFields, sendAtPrice } from "#client/transactions/sendAtPrice.ts";
import { waitFor } from "#client/transactions/waitFor.ts";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { ImportTask } from "./importWork.ts";

/** A transaction with its calls. */
export interface Batch extends SentTransaction {
  data: Hex;
  tasks: readonly ImportTask[];
}

interface BatchSenderParameters {
  chain: Chain;
  provider: Pick<EIP1193Provider, "request">;
  account: Address;
  confirmations?: number;
  report: (line: string) => void;
  signal?: AbortSignal;
  /** The account's next nonce. */
  nonce: number;
}

/** A batch is sent again with fewer calls if it takes this many times the gas that was intended. */
const TOLERANCE = 1.1;

/** Sends batches with consecutive nonces, so that several can be in flight. */
export class BatchSender {
  readonly #parameters: BatchSenderParameters;
  #nonce: number;
  /** Simulated gas over gas by the formula, of the last batch. */
  #ratio = 1;
  readonly #open = new Set<Batch>();

  constructor(parameters: BatchSenderParameters) {
    this.#parameters = parameters;
    this.#nonce = parameters.nonce;
  }

  /** The transactions that are sent and not confirmed, by nonce. */
  get open(): readonly Batch[] {
    return [...this.#open];
  }

  /** Returns the gas by the formula that corresponds to an amount of gas. */
  planned(gas: number): number {
    return gas / this.#ratio;
  }

  /**
   * Simulates a batch, and sends it: with fewer calls than intended if it would take more gas.
   *
   * @throws {UserError} if a contract would refuse one of the calls, or the node does not take the transaction.
   */
  async send(tasks: readonly ImportTask[], encode: (task: ImportTask) => Hex, mostGas: number): Promise<Batch> {
    const { chain, account, provider, report } = this.#parameters;
    const { client, deployment } = chain;
    const calls = tasks.map(encode);
    const data = multicall(calls);
    const to = deployment.registry;
    const gas = await orRefusal(client.estimateGas({ account, to, data }));
    if (Number(gas) > TOLERANCE * mostGas && tasks.length > 1) {
      const fewer = Math.max(1, Math.floor((tasks.length * mostGas) / Number(gas)));
      return this.send(tasks.slice(0, Math.min(fewer, tasks.length - 1)), encode, mostGas);
    }
    this.#ratio = Number(gas) / tasks.reduce((sum, task) => sum + task.gas, 0);
    const [price, sentAt] = await Promise.all([
      readGasPrice(client, chain.prices),
      client.getBlockNumber({ cacheTime: 0 }),
    ]);
    const nonce = this.#nonce;
    const request = { from: account, to, data, nonce: numberToHex(nonce), gas: numberToHex(withReserve(gas)) };
    const { sent: hash, price: offered } = await sendAtPrice({
      prices: chain.prices,
      price,
      accept: async ({ notes = [] }) => notes.forEach((note) => report(note)),
      send: (offer) =>
        provider.request({
          method: "eth_sendTransaction",
          params: [{ ...request, ...offerFields(offer) }] as never,
        }) as Promise<Hash>,
    }).catch((error: unknown) => {
      throw sendingFailure(error, account, nonce);
    });
    this.#nonce++;
    const batch = { hash, from: account, nonce, to, data, sentAt, most: offered.most, tasks };
    this.#open.add(batch);
    return batch;
  }

  /** Waits until a batch has enough confirmations. */
  async confirm(batch: Batch): Promise<TransactionReceipt> {
    const { chain, confirmations = 1, report, signal = new AbortController().signal } = this.#parameters;
    const receipt = await waitFor(batch, {
      client: chain.client,
      confirmations,
      signal,
      report: (line) => {
        if (!/confirmation/.test(line)) report(line);
      },
      pause: (milliseconds) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
      show: (hash) => hash,
    });
    this.#open.delete(batch);
    return receipt;
  }
}

function multicall(calls: readonly Hex[]): Hex {
  const [only, ...others] = calls;
  if (only !== undefined && others.length === 0) return only;
  return encodeFunctionData({ abi: registryAbi, functionName: "multicall", args: [[...calls]] });
}

function sendingFailure(error: unknown, account: Address, nonce: number): unknown {
  const reason = toUserError(error);
  if (reason instanceof UserError) return reason;
  return new UserError(
    `The node failed while the transaction with nonce ${nonce} of ${account} was sent, so it may or may not have been sent: ${asSentence(innermostMessage(error))}`,
    { cause: error },
  );
}
