import { type Hex, pad } from "viem";
import type { FollowedContract, JournalLog } from "../journal.ts";
import type { Transfer, TransfersToParameters } from "../live/view.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { NotFollowable } from "./notFollowable.ts";
import { isMatch, readBytes, readHash, readQuantity, readRecord, WORD, wrongReply } from "#node/rpc/fields.ts";

/** A log, with the hash and time of its block. */
export interface ReadLog extends JournalLog {
  blockHash: Hex;
  /** Undefined if the node does not report it. */
  blockTimestamp: number | undefined;
  /** Undefined if the node does not report it. */
  transactionIndex: number | undefined;
}

/** The request that a reply must fit. */
export interface LogsRequest {
  contracts: readonly FollowedContract[];
  from: bigint;
  to: bigint;
  blockHash?: Hex;
}

/**
 * Checks a reply to `eth_getLogs`: every field, and that the request covers each log. Returns the logs in the chain's
 * order, each once. Leaves out logs that a reorg removed, since they are not part of the chain.
 *
 * @throws {NotFollowable} if the logs of a block have no unique order.
 * @throws {EndpointError} if the reply is wrong in another way.
 */
export function parseLogs(reply: unknown, { contracts, from, to, blockHash }: LogsRequest): ReadLog[] {
  if (!Array.isArray(reply)) throw wrongReply("its reply is not a list of logs");
  const names = new Map(contracts.map(({ address, name }) => [address as string, name]));
  const first = Number(from);
  const last = Number(to);
  const logs: ReadLog[] = [];
  // Logs of one block follow each other: their common fields are parsed once.
  let rawHeight: unknown;
  let rawHash: unknown;
  let block = { number: 0n, hash: "0x" as Hex, timestamp: undefined as number | undefined };
  let previous: ReadLog | undefined;
  let isOrdered = true;
  for (const raw of reply) {
    const fields = readRecord(raw, "a log");
    if (fields.removed === true) continue;
    if (fields.blockNumber !== rawHeight || fields.blockHash !== rawHash) {
      const number = readQuantity(fields.blockNumber, "a log's block number");
      if (number < first || number > last)
        throw wrongReply(`it returned a log of block ${number}, which was not requested`);
      block = { number: BigInt(number), hash: readHash(fields.blockHash, "a log's block hash"), timestamp: undefined };
      if (blockHash !== undefined && block.hash !== blockHash) throw wrongReply("it returned logs of another block");
      block.timestamp = timestamp(fields.blockTimestamp);
      rawHeight = fields.blockNumber;
      rawHash = fields.blockHash;
    }
    const { address, topics, data } = fields;
    if (typeof address !== "string") throw wrongReply("a log has no address");
    const lowered = address.toLowerCase();
    const contract = names.get(lowered);
    if (contract === undefined) {
      throw wrongReply(`it returned a log of ${address.slice(0, ADDRESS_LENGTH)}, which was not requested`);
    }
    if (!Array.isArray(topics) || topics.length > 4) throw wrongReply("a log's topics are malformed");
    const log: ReadLog = {
      blockNumber: block.number,
      blockHash: block.hash,
      blockTimestamp: block.timestamp,
      logIndex: readQuantity(fields.logIndex, "a log's index"),
      transactionIndex: isMatch(fields.transactionIndex, SMALL_NUMBER) ? Number(fields.transactionIndex) : undefined,
      contract,
      topics: topics.map((topic) => readHash(topic, "a log's topic")),
      data: readBytes(data, "a log's data"),
      transactionHash: readHash(fields.transactionHash, "a log's transaction"),
    };
    if (previous && !isNext(previous, log)) isOrdered = false;
    previous = log;
    logs.push(log);
  }
  return isOrdered ? logs : inOrder(logs);
}

const ADDRESS_LENGTH = 42;
const SMALL_NUMBER = /^0x[0-9a-f]{1,8}$/;

/** Returns true if a log can follow another one in the chain's order. */
function isNext(previous: ReadLog, log: ReadLog): boolean {
  if (log.blockNumber !== previous.blockNumber) return log.blockNumber > previous.blockNumber;
  return (
    log.logIndex > previous.logIndex &&
    log.blockHash === previous.blockHash &&
    !((log.transactionIndex ?? Infinity) < (previous.transactionIndex ?? 0))
  );
}

/** Sorts logs, and drops exact repetitions. Each log must then be able to follow the one before. */
function inOrder(logs: readonly ReadLog[]): ReadLog[] {
  const sorted = logs.toSorted((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  const unique: ReadLog[] = [];
  for (const log of sorted) {
    const previous = unique.at(-1);
    if (!previous || isNext(previous, log)) {
      unique.push(log);
      continue;
    }
    const { blockNumber, logIndex } = log;
    if (log.blockHash !== previous.blockHash)
      throw new EndpointError("changed", `block ${blockNumber} was replaced while it was read`);
    if (logIndex !== previous.logIndex)
      throw new NotFollowable(`the logs of block ${blockNumber} are not numbered in the order of its transactions`);
    if (!isSameLog(log, previous))
      throw new NotFollowable(`block ${blockNumber} has two different logs with the number ${logIndex}`);
  }
  return unique;
}

const fingerprint = ({ blockNumber, logIndex, contract, topics, data, transactionHash }: JournalLog) =>
  `${blockNumber} ${logIndex} ${contract} ${topics.join()} ${data} ${transactionHash}`;

/** Returns true if two are the same log of the same block. */
export const isSameLog = (a: JournalLog, b: JournalLog): boolean => fingerprint(a) === fingerprint(b);

/** Returns true if two lists without repetitions have the same logs. */
export const hasSameLogs = (a: readonly JournalLog[], b: readonly JournalLog[]): boolean =>
  a.length === b.length && containsLogs(a, b);

/** Returns true if a list has all logs of another one. */
export const containsLogs = (all: readonly JournalLog[], some: readonly JournalLog[]): boolean =>
  missingLogs(all, some).length === 0;

/** Returns the logs of a list that another one lacks. */
export function missingLogs(all: readonly JournalLog[], some: readonly JournalLog[]): JournalLog[] {
  if (some.length === 0) return [];
  const fingerprints = new Set(all.map(fingerprint));
  return some.filter((log) => !fingerprints.has(fingerprint(log)));
}

/**
 * Checks a reply to `eth_getLogs` for a currency's transfers to an account. Returns them in the chain's order, each once.
 * Leaves out logs of another shape: a token that is not an ERC-20 may emit them under the same signature.
 */
export function parseTransfers(
  reply: unknown,
  { currency, to, fromBlock, toBlock }: Omit<TransfersToParameters, "enough">,
): Transfer[] {
  if (!Array.isArray(reply)) throw wrongReply("its reply is not a list of logs");
  const transfers: Transfer[] = [];
  for (const raw of reply) {
    const { address, topics, data, removed, ...where } = readRecord(raw, "a log");
    if (removed === true) continue;
    const blockNumber = BigInt(readQuantity(where.blockNumber, "a log's block number"));
    const isOfCurrency = typeof address === "string" && address.toLowerCase() === currency.toLowerCase();
    if (blockNumber < fromBlock || blockNumber > toBlock || !isOfCurrency) {
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
  transfers.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);
  return transfers.filter((transfer, i) => !isSameTransfer(transfer, transfers[i - 1]));
}

const isSameTransfer = (a: Transfer, b: Transfer | undefined) =>
  b !== undefined &&
  a.transactionHash === b.transactionHash &&
  a.logIndex === b.logIndex &&
  a.from === b.from &&
  a.amount === b.amount;

/** Parses a log's time. Some nodes leave it out or write it in another way; some return 0 if they do not know it. */
function timestamp(value: unknown): number | undefined {
  return isMatch(value, TIME) ? Number(value) || undefined : undefined;
}

const TIME = /^0x[0-9a-f]{1,13}$/;
