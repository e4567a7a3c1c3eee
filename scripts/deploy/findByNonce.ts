import { z } from "zod";

/** Sends one request, as EIP-1193 has it. */
export type Send = (method: string, params: unknown[]) => Promise<unknown>;

const Transaction = z.looseObject({ hash: z.string(), from: z.string(), nonce: z.string() });
const Block = z.looseObject({ transactions: z.array(Transaction) });

/**
 * Finds the hash of the transaction that an account sent with a nonce: among the mined blocks by a binary search over
 * the account's nonces, else among what the endpoint tells of pending transactions.
 *
 * @returns the hash; `undefined` if the endpoint shows none.
 */
export async function findByNonce(send: Send, sender: string, nonce: number): Promise<string | undefined> {
  const isIt = (each: z.infer<typeof Transaction>) =>
    each.from.toLowerCase() === sender.toLowerCase() && Number(each.nonce) === nonce;
  const inBlock = async (block: string) =>
    Block.safeParse(await send("eth_getBlockByNumber", [block, true])).data?.transactions.find(isIt)?.hash;

  if ((await nonceAt(send, sender, "latest")) > nonce) {
    let [before, at] = [-1, Number(await send("eth_blockNumber", []))];
    // The nonce is used at `at` and not at `before`.
    while (at - before > 1) {
      const middle = Math.floor((before + at) / 2);
      if ((await nonceAt(send, sender, hex(middle))) > nonce) at = middle;
      else before = middle;
    }
    return inBlock(hex(at));
  }
  const pending = await inBlock("pending");
  if (pending !== undefined) return pending;
  // A transaction that offers too little stands in no pending block. Few public endpoints answer this one.
  const queued = await send("eth_pendingTransactions", []).catch(() => []);
  return z.array(Transaction).safeParse(queued).data?.find(isIt)?.hash;
}

/** Reads how many transactions an account has sent, up to a block. */
export const nonceAt = async (send: Send, sender: string, block: string): Promise<number> =>
  Number(await send("eth_getTransactionCount", [sender, block]));

const hex = (block: number) => `0x${block.toString(16)}`;
