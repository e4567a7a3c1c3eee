import type { Address, Hash, PublicClient, Transaction, TransactionReceipt } from "viem";
import { TransactionNotFoundError, TransactionReceiptNotFoundError } from "viem";
import { UserError } from "#protocol/userError.ts";
import type { Call } from "./cost.ts";
import { innermost } from "../errors/explain.ts";

/** A transaction that was sent. */
export interface Sent extends Call {
  hash: Hash;
  from: Address;
  nonce: number;
  /** The newest block when it was sent. */
  sentAt: bigint;
  /** What it offers for a unit of gas at most, in wei. */
  most: bigint;
}

export interface WaitParameters {
  client: PublicClient;
  confirmations: number;
  signal: AbortSignal;
  say: (line: string) => void;
  pause: (milliseconds: number) => Promise<void>;
  /** How the transaction is shown to people. */
  show: (hash: Hash) => string;
  /** How long a transaction may be unknown to the node before it counts as dropped. */
  droppedAfterMs?: number;
  /** How long the node may give no answer. */
  silentForMs?: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Waits until a transaction is as deep as it should be, and tells what happens to it meanwhile. If the same call was sent
 * anew for another gas price, that is followed instead.
 *
 * @throws {UserError} if it was dropped or replaced by something else, or when the signal aborts; it says what is known.
 */
export async function waitFor(sent: Sent, parameters: WaitParameters): Promise<TransactionReceipt> {
  const { client, confirmations, signal, say, pause, show } = parameters;
  const { droppedAfterMs = 60_000, silentForMs = 300_000 } = parameters;
  let hash = sent.hash;
  let wasMined = false;
  let told = "";
  let knownAt = Date.now();
  let answeredAt = Date.now();
  let passedOver = 0;
  const tell = (line: string) => {
    if (line !== told) say(line);
    told = line;
  };
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, 1.2 * pauseMs)) {
    if (signal.aborted) {
      throw new UserError(
        `Stopped waiting for ${show(hash)}. It was sent and may still be mined: look there before you send it again.`,
      );
    }
    try {
      const receipt = await receiptOf(client, hash);
      if (receipt) {
        wasMined = true;
        const depth = Number((await client.getBlockNumber({ cacheTime: 0 })) - receipt.blockNumber) + 1;
        if (depth >= confirmations) return receipt;
        tell(`  in block ${receipt.blockNumber}; ${Math.max(depth, 0)} of ${confirmations} confirmations`);
      } else {
        if (wasMined) tell("  the chain took its block back; waiting for it to be mined again");
        wasMined = false;
        if ((await client.getTransactionCount({ address: sent.from })) > sent.nonce) {
          // Nodes behind one address may differ for a moment.
          if (++passedOver >= 3) {
            const other = await replacementOf(client, sent);
            if (!other) {
              throw new UserError(
                `Another transaction took the place of ${show(hash)} (nonce ${sent.nonce} of ${sent.from}). This one will not be mined; see what the other did before you send it again.`,
              );
            }
            if (other.to?.toLowerCase() !== sent.to.toLowerCase() || other.input !== sent.data) {
              throw new UserError(
                `${show(hash)} was replaced by ${show(other.hash)}, which does something else, or cancels it. It will not be mined.`,
              );
            }
            if (other.hash !== hash) say(`  was replaced by the same at another gas price: ${show(other.hash)}`);
            hash = other.hash;
            passedOver = 0;
          }
        } else if (await isKnown(client, hash)) {
          knownAt = Date.now();
          const { baseFeePerGas } = await client.getBlock();
          if (baseFeePerGas !== null && baseFeePerGas > sent.most) {
            tell(
              "  the gas price rose above what it offers; it waits until the price falls, or is sped up in a wallet",
            );
          }
        } else if (Date.now() - knownAt > droppedAfterMs) {
          throw new UserError(
            `The node no longer knows ${show(hash)}: it was dropped before it was mined. Try again; the transaction's nonce, ${sent.nonce}, is still free.`,
          );
        } else tell("  the node does not know it at the moment");
      }
      answeredAt = Date.now();
    } catch (error) {
      if (error instanceof UserError) throw error;
      if (Date.now() - answeredAt > silentForMs) {
        throw new UserError(
          `The node gives no answer about ${show(hash)} (${innermost(error)}). It was sent and may be mined: look there before you send it again.`,
          { cause: error },
        );
      }
      tell(`  the node gives no answer (${innermost(error)}); asking again`);
    }
    await pause(pauseMs);
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

/** The transaction that was mined with the same account and nonce; undefined if it is too far back. */
export async function replacementOf(
  client: PublicClient,
  { from, nonce, sentAt }: Pick<Sent, "from" | "nonce" | "sentAt">,
): Promise<Transaction | undefined> {
  const head = await client.getBlockNumber({ cacheTime: 0 });
  const first = head - sentAt > FURTHEST_BACK ? head - FURTHEST_BACK : sentAt;
  for (let blockNumber = head; blockNumber >= first; blockNumber--) {
    const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true });
    const found = transactions.find((each) => each.from === from.toLowerCase() && each.nonce === nonce);
    if (found) return found;
  }
  return undefined;
}
