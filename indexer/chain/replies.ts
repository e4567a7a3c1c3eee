import { type Hex, pad } from "viem";
import type { FollowedContract, JournalLog } from "../journal.ts";
import type { Transfer, TransfersToParameters } from "../live/view.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { BYTES, isMatch, readHash, readQuantity, readRecord, WORD, wrongReply } from "#node/rpc/fields.ts";

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
  if (!Array.isArray(reply)) throw wrongReply("its reply is not a list of logs");
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
    const fields = readRecord(raw, "a log");
    if (fields.removed === true) throw wrongReply("it returned a log that a reorg removed");
    if (fields.blockNumber !== rawHeight || fields.blockHash !== rawHash) {
      const number = readQuantity(fields.blockNumber, "a log's block number");
      if (number < first || number > last)
        throw wrongReply(`it returned a log of block ${number}, which was not requested`);
      if (number < height) throw wrongReply("its logs are not in order");
      if (number === height) throw new EndpointError("changed", `block ${number} was replaced while it was read`);
      block = { number: BigInt(number), hash: readHash(fields.blockHash, "a log's block hash"), timestamp: undefined };
      if (blockHash !== undefined && block.hash !== blockHash) throw wrongReply("it returned logs of another block");
      block.timestamp = timestamp(fields.blockTimestamp);
      height = number;
      rawHeight = fields.blockNumber;
      rawHash = fields.blockHash;
      index = -1;
    }
    const logIndex = readQuantity(fields.logIndex, "a log's index");
    if (logIndex <= index) throw wrongReply("its logs are not in order, or one occurs twice");
    index = logIndex;
    const { address, topics, data } = fields;
    if (typeof address !== "string") throw wrongReply("a log has no address");
    const lowered = address.toLowerCase();
    const contract = names.get(lowered);
    if (contract === undefined) throw wrongReply(`it returned a log of ${address}, which was not requested`);
    if (!Array.isArray(topics) || topics.length > 4 || !topics.every((topic) => isMatch(topic, WORD))) {
      throw wrongReply("a log's topics are malformed");
    }
    if (!isMatch(data, BYTES) || data.length % 2 !== 0) throw wrongReply("a log's data is malformed");
    logs.push({
      blockNumber: block.number,
      blockHash: block.hash,
      blockTimestamp: block.timestamp,
      logIndex,
      contract,
      topics,
      data,
      transactionHash: readHash(fields.transactionHash, "a log's transaction"),
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
  if (!Array.isArray(reply)) throw wrongReply("its reply is not a list of logs");
  const transfers: Transfer[] = [];
  for (const raw of reply) {
    const { address, topics, data, ...where } = readRecord(raw, "a log");
    const blockNumber = BigInt(readQuantity(where.blockNumber, "a log's block number"));
    if (blockNumber < fromBlock || blockNumber > toBlock || String(address).toLowerCase() !== currency.toLowerCase()) {
      throw wrongReply("it returned a log that was not requested");
    }
    if (!Array.isArray(topics) || topics.length !== 3 || !isMatch(data, WORD)) continue;
    if (readHash(topics[2], "a log's topic") !== pad(to).toLowerCase())
      throw wrongReply("it returned a transfer to another account");
    transfers.push({
      from: `0x${readHash(topics[1], "a log's topic").slice(-40)}`,
      amount: BigInt(data),
      blockNumber,
      logIndex: readQuantity(where.logIndex, "a log's index"),
      transactionHash: readHash(where.transactionHash, "a log's transaction"),
    });
  }
  return transfers;
}

/** Parses a log's time. Some nodes leave it out; some return 0 if they do not know it. */
function timestamp(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : readQuantity(value, "a log's time") || undefined;
}
