import type { QueryClient } from "@tanstack/react-query";
import type { Hash, TransactionReceipt } from "viem";
import { UserError } from "#protocol/userError.ts";
import { isSameCall } from "#client/transactions/nextWait.ts";
import { replacementOf, waitFor } from "#client/transactions/waitFor.ts";
import { whyReverted } from "#client/transactions/whyReverted.ts";
import { askAgain } from "../api/askAgain.ts";
import { answer, api } from "../api/client.ts";
import { type Job, jobs } from "./jobs.ts";
import type { OnChain } from "./onChain.ts";
import { outcomesOf } from "./outcome.ts";

const POLL_MS = 1_000;
const pause = (milliseconds = POLL_MS) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const shortHash = (hash: Hash) => `${hash.slice(0, 10)}…`;

interface FollowParameters {
  /** True for the last transaction of a job, which is followed until the indexer has its block. */
  isLast: boolean;
  queries: QueryClient;
}

/**
 * Follows a transaction until it is mined, and the last one of a job until the indexer has its block. If a reorg removes
 * the block in the meantime, it waits for the transaction to be mined again.
 *
 * @throws {UserError} if the transaction reverted, was replaced or was dropped.
 */
export async function follow(on: OnChain, id: string, { isLast, queries }: FollowParameters): Promise<void> {
  const before = jobs.of(id)?.outcomes ?? [];
  for (;;) {
    const receipt = await waitForReceipt(on, id);
    if (receipt.status === "reverted") throw await revertError(on, id, receipt);
    const outcomes = [...before, ...outcomesOf(on, receipt.logs)];
    const block = String(receipt.blockNumber);
    if (!isLast) {
      jobs.change(id, { outcomes, says: `In block ${block}` });
      return;
    }
    changeTransaction(id, { block });
    jobs.change(id, { phase: "mined", outcomes, says: `Waiting until this page shows block ${block}` });
    if (await waitForIndexer(on, id, receipt)) {
      await askAgain(queries);
      return;
    }
    jobs.change(id, {
      phase: "sent",
      outcomes: before,
      says: "The chain took its block back. Waiting for another block",
    });
  }
}

function changeTransaction(id: string, changes: Partial<NonNullable<Job["tx"]>>): void {
  const tx = jobs.of(id)?.tx;
  if (tx) jobs.change(id, { tx: { ...tx, ...changes } });
}

async function waitForReceipt({ chain: { client } }: OnChain, id: string): Promise<TransactionReceipt> {
  const job = jobs.of(id);
  if (!job?.tx?.hash) throw new UserError("This page no longer has the transaction. Look for it in your wallet.");
  const { hash, to, data, nonce, sentAt, most } = job.tx;
  const receipt = await waitFor(
    { hash, to, data, nonce, from: job.account, sentAt: BigInt(sentAt), most: BigInt(most) },
    {
      client,
      confirmations: 1,
      signal: new AbortController().signal,
      report: (line) => jobs.change(id, { says: line.trim().replace(/^./, (letter) => letter.toUpperCase()) }),
      pause,
      show: shortHash,
      silentForMs: Infinity,
    },
  );
  changeTransaction(id, { hash: receipt.transactionHash });
  return receipt;
}

/** Waits until the indexer has the block. Returns false if a reorg removed the block first. */
async function waitForIndexer(
  { chain: { client } }: OnChain,
  id: string,
  { transactionHash, blockHash, blockNumber }: TransactionReceipt,
) {
  for (;;) {
    const health = await answer(api().GET("/health")).catch(() => undefined);
    const hasBlock = health?.block && BigInt(health.block.number) >= blockNumber;
    const receipt = await client.getTransactionReceipt({ hash: transactionHash }).catch((error: Error) => error);
    if (
      receipt instanceof Error ? receipt.name === "TransactionReceiptNotFoundError" : receipt.blockHash !== blockHash
    ) {
      return false;
    }
    if (hasBlock) return true;
    if (!health)
      jobs.change(id, {
        says: `Waiting until this page shows block ${blockNumber}. The indexer does not respond. Trying again`,
      });
    await pause();
  }
}

async function revertError({ chain: { client } }: OnChain, id: string, { blockNumber }: TransactionReceipt) {
  const { account, tx } = jobs.of(id) ?? {};
  if (!account || !tx)
    return new UserError(
      "The transaction is in a block, but the contract refused it. Only gas was spent. Review it and try again.",
    );
  return whyReverted(client, { from: account, to: tx.to, data: tx.data, value: BigInt(tx.value) }, blockNumber);
}

/** Finds the transaction that a wallet sent while the page was closed; undefined if it sent none. */
export async function lookFor({ chain: { client } }: OnChain, { account, tx }: Job): Promise<Hash | undefined> {
  if (!tx) return undefined;
  for (let tries = 0; ; tries++) {
    try {
      const replacement = await replacementOf(client, { from: account, nonce: tx.nonce, sentAt: BigInt(tx.sentAt) });
      if (replacement) return isSameCall(replacement, tx) ? replacement.hash : undefined;
      const pendingBlock = await client.getBlock({ blockTag: "pending", includeTransactions: true });
      const transaction = pendingBlock.transactions.find(
        (each) => each.from === account.toLowerCase() && each.nonce === tx.nonce && isSameCall(each, tx),
      );
      return transaction?.hash;
    } catch (error) {
      // The wallet may not be connected yet.
      if (tries >= 30) throw error;
      await pause();
    }
  }
}
