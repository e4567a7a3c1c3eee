import { isMatch, readRecord, WORD } from "#node/rpc/fields.ts";
import type { Header } from "#node/rpc/header.ts";
import type { LogsOfBlocksParameters } from "./logsOfBlocks.ts";
import { parseLogs, type ReadLog } from "./replies.ts";

/**
 * Reads a block's logs from the receipts of its transactions. That takes a request for each transaction, so it is for
 * blocks whose logs are in doubt. Nodes keep receipts apart from the index that they search for logs.
 *
 * @returns The logs; undefined if the endpoint does not return all receipts of the block.
 */
export async function readLogsFromReceipts(
  { endpoint, contracts, signal }: LogsOfBlocksParameters,
  { number, hash }: Header,
): Promise<ReadLog[] | undefined> {
  try {
    const block = readRecord(await endpoint.request("eth_getBlockByHash", [hash, false], signal), "a block");
    const { transactions } = block;
    if (!Array.isArray(transactions) || !transactions.every((each) => isMatch(each, WORD))) return undefined;
    const calls = transactions.map((each) => ({ method: "eth_getTransactionReceipt", params: [each] }));
    const receipts = calls.length === 0 ? [] : await endpoint.requestAll(calls, signal);
    const logs = receipts.flatMap((receipt) => {
      const { blockHash, logs: ofTransaction } = readRecord(receipt, "a receipt");
      if (blockHash !== hash || !Array.isArray(ofTransaction))
        throw new TypeError("This is not a receipt of the block.");
      return ofTransaction as unknown[];
    });
    const addresses = new Set<string>(contracts.map(({ address }) => address));
    const ours = logs.filter((log) => addresses.has(String(readRecord(log, "a log").address).toLowerCase()));
    return parseLogs(ours, { contracts, from: number, to: number, blockHash: hash });
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
