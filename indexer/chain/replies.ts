import { type Hex, pad } from "viem";
import type { FollowedContract, JournalLog } from "../journal.ts";
import type { Transfer, TransfersToParameters } from "../live/view.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { BYTES, hash, isMatch, quantity, record, WORD, wrong } from "#node/rpc/fields.ts";

/** A log, with the hash and time of its block. */
export interface ReadLog extends JournalLog {
  blockHash: Hex;
  /** Undefined if the node does not report it. */
  blockTimestamp: number | undefined;
}

/** The request that a reply must fit. */
export interface LogsRequest {
  contracts: readonly FollowedContract[];
  from: bigint;
  to: bigint;
  blockHash?: Hex;
}

/** Checks a reply to `eth_getLogs`: every field, that the request covers each log, and that the logs ascend. */
export function parseLogs(reply: unknown, { contracts, from, to, blockHash }: LogsRequest): ReadLog[] {
  if (!Array.isArray(reply)) throw wrong("its reply is not a list of logs");
  const names = new Map(contracts.map(({ address, name }) => [address as string, name]));
  const first = Number(from);
  const last = Number(to);
  const logs: ReadLog[] = [];
  // Logs of one block follow each other: their common fields are parsed once.
  let height = -1;
  let rawHeight: unknown;
  let rawHash: unknown;
  let block = { number: 0n, hash: "0x" as Hex, timestamp: undefined as number | undefined };
  let index = -1;
  for (const raw of reply) {
    const fields = record(raw, "a log");
    if (fields.removed === true) throw wrong("it returned a log that a reorg removed");
    if (fields.blockNumber !== rawHeight || fields.blockHash !== rawHash) {
      const number = quantity(fields.blockNumber, "a log's block number");
      if (number < first || number > last) throw wrong(`it returned a log of block ${number}, which was not requested`);
      if (number < height) throw wrong("its logs are not in order");
      if (number === height) throw new EndpointError("changed", `block ${number} was replaced while it was read`);
      block = { number: BigInt(number), hash: hash(fields.blockHash, "a log's block hash"), timestamp: undefined };
      if (blockHash !== undefined && block.hash !== blockHash) throw wrong("it returned logs of another block");
      block.timestamp = timestamp(fields.blockTimestamp);
      height = number;
      rawHeight = fields.blockNumber;
      rawHash = fields.blockHash;
      index = -1;
    }
    const logIndex = quantity(fields.logIndex, "a log's index");
    if (logIndex <= index) throw wrong("its logs are not in order, or one occurs twice");
    index = logIndex;
    const { address, topics, data } = fields;
    if (typeof address !== "string") throw wrong("a log has no address");
    const lowered = address.toLowerCase();
    const contract = names.get(lowered);
    if (contract === undefined) throw wrong(`it returned a log of ${address}, which was not requested`);
    if (!Array.isArray(topics) || topics.length > 4 || !topics.every((topic) => isMatch(topic, WORD))) {
      throw wrong("a log's topics are malformed");
    }
    if (!isMatch(data, BYTES) || data.length % 2 !== 0) throw wrong("a log's data is malformed");
    logs.push({
      blockNumber: block.number,
      blockHash: block.hash,
      blockTimestamp: block.timestamp,
      logIndex,
      contract,
      topics,
      data,
      transactionHash: hash(fields.transactionHash, "a log's transaction"),
    });
  }
  return logs;
}

/**
 * Checks a reply to `eth_getLogs` for a currency's transfers to an account. Leaves out logs of another shape: a token
 * that is not an ERC-20 may emit them under the same signature.
 */
export function parseTransfers(
  reply: unknown,
  { currency, to, fromBlock, toBlock }: Omit<TransfersToParameters, "enough">,
): Transfer[] {
  if (!Array.isArray(reply)) throw wrong("its reply is not a list of logs");
  const transfers: Transfer[] = [];
  for (const raw of reply) {
    const { address, topics, data, ...where } = record(raw, "a log");
    const blockNumber = BigInt(quantity(where.blockNumber, "a log's block number"));
    if (blockNumber < fromBlock || blockNumber > toBlock || String(address).toLowerCase() !== currency.toLowerCase()) {
      throw wrong("it returned a log that was not requested");
    }
    if (!Array.isArray(topics) || topics.length !== 3 || !isMatch(data, WORD)) continue;
    if (hash(topics[2], "a log's topic") !== pad(to).toLowerCase())
      throw wrong("it returned a transfer to another account");
    transfers.push({
      from: `0x${hash(topics[1], "a log's topic").slice(-40)}`,
      amount: BigInt(data),
      blockNumber,
      logIndex: quantity(where.logIndex, "a log's index"),
      transactionHash: hash(where.transactionHash, "a log's transaction"),
    });
  }
  return transfers;
}

/** Parses a log's time. Some nodes leave it out; some return 0 if they do not know it. */
function timestamp(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : quantity(value, "a log's time") || undefined;
}
