import type { Hash, PublicClient, Transaction, TransactionReceipt } from "viem";
import { TransactionNotFoundError, TransactionReceiptNotFoundError } from "viem";
import { UserError } from "#protocol/userError.ts";
import { innermostMessage } from "../errors/explain.ts";
import {
  firstState,
  nextWait,
  type Observation,
  NONCE_USED_LOOKS,
  type SentTransaction,
  type WaitState,
} from "./nextWait.ts";

export interface WaitParameters {
  client: PublicClient;
  confirmations: number;
  signal: AbortSignal;
  report: (line: string) => void;
  pause: (milliseconds: number) => Promise<void>;
  /** Returns the text by which people see a transaction: a link or a hash. */
  show: (hash: Hash) => string;
  /** Time after which a transaction that the node does not know counts as dropped, in milliseconds. Default: 60,000. */
  droppedAfterMs?: number;
  /** Time after which waiting ends if the node does not answer, in milliseconds. Default: 300,000. */
  silentForMs?: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Waits until a transaction has enough confirmations, and reports what happens to it meanwhile. If the same call was sent
 * again at another gas price, follows that transaction instead.
 *
 * @throws {UserError} if the transaction was dropped or replaced by another call, or when the signal aborts. The message
 *   names the transaction and its last known state.
 */
export async function waitFor(sent: SentTransaction, parameters: WaitParameters): Promise<TransactionReceipt> {
  const { client, confirmations, signal, report, pause, show } = parameters;
  const { droppedAfterMs = 60_000, silentForMs = 300_000 } = parameters;
  const limits = { confirmations, droppedAfterMs, silentForMs, show };
  let state = firstState(sent, Date.now());
  let lastLine: string | undefined;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 1.2 * pauseMs)) {
    if (signal.aborted) {
      throw new UserError(
        `Stopped waiting for ${show(state.hash)}. It was sent and may still be mined. Look it up before you send it again.`,
      );
    }
    const wait = nextWait(state, await observe(client, state, sent), sent, limits, Date.now());
    for (const line of wait.lines) {
      if (line !== lastLine) report(line);
      lastLine = line;
    }
    if (wait.done) return wait.done;
    if (wait.failure !== undefined) throw new UserError(wait.failure);
    state = wait.state;
    await pause(pauseMs);
  }
}

async function observe(
  client: PublicClient,
  { hash, nonceUsedLooks }: WaitState,
  sent: SentTransaction,
): Promise<Observation> {
  try {
    const receipt = await receiptOf(client, hash);
    if (receipt) {
      const head = await client.getBlockNumber({ cacheTime: 0 });
      return { kind: "mined", receipt, depth: Number(head - receipt.blockNumber) + 1 };
    }
    if ((await client.getTransactionCount({ address: sent.from })) > sent.nonce) {
      if (nonceUsedLooks + 1 < NONCE_USED_LOOKS) return { kind: "nonceUsed" };
      return { kind: "replaced", by: await replacementOf(client, sent) };
    }
    if (!(await isKnown(client, hash))) return { kind: "unknown" };
    return { kind: "waiting", baseFeePerGas: (await client.getBlock()).baseFeePerGas };
  } catch (error) {
    return { kind: "silent", reason: innermostMessage(error) };
  }
}

async function receiptOf(client: PublicClient, hash: Hash): Promise<TransactionReceipt | undefined> {
  try {
    return await client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined;
    throw error;
  }
}

async function isKnown(client: PublicClient, hash: Hash): Promise<boolean> {
  try {
    await client.getTransaction({ hash });
    return true;
  } catch (error) {
    if (error instanceof TransactionNotFoundError) return false;
    throw error;
  }
}

const FURTHEST_BACK = 500n;

/** Finds the transaction that was mined with the same account and nonce; undefined if it is too many blocks back. */
export async function replacementOf(
  client: PublicClient,
  { from, nonce, sentAt }: Pick<SentTransaction, "from" | "nonce" | "sentAt">,
): Promise<Transaction | undefined> {
  const head = await client.getBlockNumber({ cacheTime: 0 });
  const first = head - sentAt > FURTHEST_BACK ? head - FURTHEST_BACK : sentAt;
  for (let blockNumber = head; blockNumber >= first; blockNumber--) {
    const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true });
    const replacement = transactions.find((each) => each.from === from.toLowerCase() && each.nonce === nonce);
    if (replacement) return replacement;
  }
  return undefined;
}
