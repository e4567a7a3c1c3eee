import type { QueryClient } from "@tanstack/react-query";
import type { Hash, TransactionReceipt } from "viem";
import { UserError } from "#protocol/userError.ts";
import { isSameCall } from "#client/transactions/nextWait.ts";
import { replacementOf, waitFor } from "#client/transactions/waitFor.ts";
import { whyReverted } from "#client/transactions/whyReverted.ts";
import { answer, api } from "../api/client.ts";
import { type Job, jobs } from "./jobs.ts";
import type { OnChain } from "./onChain.ts";
import { outcomesOf } from "./outcome.ts";

const REST_MS = 1_000;
const rest = (milliseconds = REST_MS) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const shortHash = (hash: Hash) => `${hash.slice(0, 10)}…`;

interface FollowParameters {
  /** True if nothing comes after it, so that it is followed until the indexer has it. */
  isLast: boolean;
  queries: QueryClient;
}

/**
 * Follows a transaction until it is mined, and the last one of a job until the indexer has its block. If the chain takes
 * the block back meanwhile, it is waited for again.
 *
 * @throws {UserError} if it was refused, replaced or dropped.
 */
export async function follow(on: OnChain, id: string, { isLast, queries }: FollowParameters): Promise<void> {
  const before = jobs.of(id)?.outcomes ?? [];
  for (;;) {
    const receipt = await mined(on, id);
    if (receipt.status === "reverted") throw await revertError(on, id, receipt);
    const outcomes = [...before, ...outcomesOf(on, receipt.logs)];
    const block = String(receipt.blockNumber);
    if (!isLast) {
      jobs.change(id, { outcomes, says: `In block ${block}` });
      return;
    }
    change(id, { block });
    jobs.change(id, { phase: "mined", outcomes, says: `In block ${block}. Waiting for the indexer` });
    if (await indexed(on, id, receipt)) {
      await queries.invalidateQueries();
      return;
    }
    jobs.change(id, { phase: "sent", outcomes: before, says: "The chain took its block back. Waiting for another" });
  }
}

function change(id: string, given: Partial<NonNullable<Job["tx"]>>): void {
  const tx = jobs.of(id)?.tx;
  if (tx) jobs.change(id, { tx: { ...tx, ...given } });
}

async function mined({ chain: { client } }: OnChain, id: string): Promise<TransactionReceipt> {
  const job = jobs.of(id);
  if (!job?.tx?.hash) throw new UserError("It is no longer known what was sent. Look in the wallet.");
  const { hash, to, data, nonce, sentAt, most } = job.tx;
  const receipt = await waitFor(
    { hash, to, data, nonce, from: job.account, sentAt: BigInt(sentAt), most: BigInt(most) },
    {
      client,
      confirmations: 1,
      signal: new AbortController().signal,
      report: (line) => jobs.change(id, { says: line.trim().replace(/^./, (letter) => letter.toUpperCase()) }),
      pause: rest,
      show: shortHash,
      silentForMs: Infinity,
    },
  );
  change(id, { hash: receipt.transactionHash });
  return receipt;
}

/** Waits until the indexer has the block; answers false if the chain took it back before. */
async function indexed(
  { chain: { client } }: OnChain,
  id: string,
  { transactionHash, blockHash, blockNumber }: TransactionReceipt,
) {
  for (;;) {
    const health = await answer(api().GET("/health")).catch(() => undefined);
    const has = health?.block && BigInt(health.block.number) >= blockNumber;
    const receipt = await client.getTransactionReceipt({ hash: transactionHash }).catch((error: Error) => error);
    if (
      receipt instanceof Error ? receipt.name === "TransactionReceiptNotFoundError" : receipt.blockHash !== blockHash
    ) {
      return false;
    }
    if (has) return true;
    if (!health) jobs.change(id, { says: `In block ${blockNumber}. The indexer does not answer at the moment` });
    await rest();
  }
}

async function revertError({ chain: { client } }: OnChain, id: string, { blockNumber }: TransactionReceipt) {
  const { account, tx } = jobs.of(id) ?? {};
  if (!account || !tx) return new UserError("It was mined, but refused; only the gas was spent.");
  return whyReverted(client, { from: account, to: tx.to, data: tx.data, value: BigInt(tx.value) }, blockNumber);
}

/** Finds the transaction that a wallet sent while nobody listened, if it did. */
export async function lookFor({ chain: { client } }: OnChain, { account, tx }: Job): Promise<Hash | undefined> {
  if (!tx) return undefined;
  for (let tries = 0; ; tries++) {
    try {
      const replacement = await replacementOf(client, { from: account, nonce: tx.nonce, sentAt: BigInt(tx.sentAt) });
      if (replacement) return isSameCall(replacement, tx) ? replacement.hash : undefined;
      const waiting = await client.getBlock({ blockTag: "pending", includeTransactions: true });
      const pending = waiting.transactions.find(
        (each) => each.from === account.toLowerCase() && each.nonce === tx.nonce && isSameCall(each, tx),
      );
      return pending?.hash;
    } catch (error) {
      // The wallet may not be connected yet.
      if (tries >= 30) throw error;
      await rest();
    }
  }
}
