import type { Hex } from "viem";
import { isMatch, readRecord, WORD } from "#node/rpc/fields.ts";
import type { Header } from "#node/rpc/header.ts";
import type { JournalLog } from "../journal.ts";
import type { LogsOfBlocksParameters } from "./logsOfBlocks.ts";
import { hasSameLogs, parseLogs, type ReadLog } from "./replies.ts";

/** With more transactions, the logs of a block are not compared with their receipts. */
const MOST_TRANSACTIONS = 32;

/**
 * Reads a block's logs from the receipts of its transactions. That takes a request for each transaction, so it is for
 * blocks whose logs are in doubt. Nodes keep receipts apart from the index that they search for logs.
 *
 * @returns The logs; undefined if the endpoint does not return all receipts of the block.
 */
export async function readLogsFromReceipts(
  parameters: LogsOfBlocksParameters,
  header: Header,
): Promise<ReadLog[] | undefined> {
  const { endpoint, signal } = parameters;
  try {
    const block = readRecord(await endpoint.request("eth_getBlockByHash", [header.hash, false], signal), "a block");
    const { transactions } = block;
    if (!Array.isArray(transactions) || !transactions.every((each) => isMatch(each, WORD))) return undefined;
    return await readReceipts(parameters, header, transactions);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/**
 * Compares an endpoint's logs of some transactions of a block with the receipts that it returns of them.
 *
 * @returns Undefined if it does not return all of the receipts, or if there are too many.
 */
export async function agreesWithReceipts(
  parameters: LogsOfBlocksParameters,
  header: Header,
  logs: readonly JournalLog[],
  transactions: ReadonlySet<Hex>,
): Promise<boolean | undefined> {
  if (transactions.size > MOST_TRANSACTIONS) return undefined;
  try {
    const received = await readReceipts(parameters, header, [...transactions]);
    return hasSameLogs(
      received,
      logs.filter(({ transactionHash }) => transactions.has(transactionHash)),
    );
  } catch {
    parameters.signal.throwIfAborted();
    return undefined;
  }
}

/** @throws {Error} if the endpoint does not return all of the receipts, or they are not of the block. */
async function readReceipts(
  { endpoint, contracts, signal }: LogsOfBlocksParameters,
  { number, hash }: Header,
  transactions: readonly unknown[],
): Promise<ReadLog[]> {
  const calls = transactions.map((each) => ({ method: "eth_getTransactionReceipt", params: [each] }));
  const receipts = calls.length === 0 ? [] : await endpoint.requestAll(calls, signal);
  const logs = receipts.flatMap((receipt) => {
    const { blockHash, logs: ofTransaction } = readRecord(receipt, "a receipt");
    if (blockHash !== hash || !Array.isArray(ofTransaction)) throw new TypeError("This is not a receipt of the block.");
    return ofTransaction as unknown[];
  });
  const addresses = new Set<string>(contracts.map(({ address }) => address));
  const ours = logs.filter((log) => addresses.has(String(readRecord(log, "a log").address).toLowerCase()));
  return parseLogs(ours, { contracts, from: number, to: number, blockHash: hash });
}
