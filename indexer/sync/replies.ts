import { type Hex, pad } from "viem";
import type { JournalLog, JournalSource } from "../store/journal.ts";
import type { Transfer, TransfersToParameters } from "../view.ts";
import { EndpointError } from "./endpointError.ts";

/** What we read of a block's header. */
export interface Header {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
  /** Undefined where the chain keeps none. */
  logsBloom: Hex | undefined;
}

/** A log, with what its reply says about its block. */
export interface ReadLog extends JournalLog {
  blockHash: Hex;
  /** Undefined where the node does not say. */
  blockTimestamp: number | undefined;
}

const QUANTITY = /^0x[0-9a-f]{1,13}$/;
const WORD = /^0x[0-9a-f]{64}$/;
const BYTES = /^0x[0-9a-f]*$/;
const BLOOM_LENGTH = 2 + 2 * 256;

/** Checks a reply to `eth_getBlockByNumber`; undefined if the node has no such block. */
export function parseHeader(reply: unknown, number?: bigint): Header | undefined {
  if (reply === null) return undefined;
  const fields = record(reply, "a block");
  const header = {
    number: BigInt(quantity(fields.number, "a block's number")),
    hash: hash(fields.hash, "a block's hash"),
    parentHash: hash(fields.parentHash, "a block's parent"),
    timestamp: quantity(fields.timestamp, "a block's time"),
    logsBloom: bloom(fields.logsBloom),
  };
  if (number !== undefined && header.number !== number) {
    throw wrong(`it gave block ${header.number} when asked for ${number}`);
  }
  return header;
}

/** Which logs were asked for. */
export interface LogsAsked {
  source: JournalSource;
  from: bigint;
  to: bigint;
  blockHash?: Hex;
}

/** Checks a reply to `eth_getLogs`: every field, that each log was asked for, and that they ascend. */
export function parseLogs(reply: unknown, { source, from, to, blockHash }: LogsAsked): ReadLog[] {
  if (!Array.isArray(reply)) throw wrong("it gave no list of logs");
  const registry = source.registry.toLowerCase();
  const ledger = source.ledger.toLowerCase();
  const first = Number(from);
  const last = Number(to);
  const logs: ReadLog[] = [];
  // Logs of one block follow each other: what is the same in them is read once.
  let height = -1;
  let rawHeight: unknown;
  let rawHash: unknown;
  let block = { number: 0n, hash: "0x" as Hex, timestamp: undefined as number | undefined };
  let index = -1;
  for (const raw of reply) {
    const fields = record(raw, "a log");
    if (fields.removed === true) throw wrong("it gave a log that a reorg removed");
    if (fields.blockNumber !== rawHeight || fields.blockHash !== rawHash) {
      const number = quantity(fields.blockNumber, "a log's block number");
      if (number < first || number > last) throw wrong(`it gave a log of block ${number}, which was not asked for`);
      if (number < height) throw wrong("its logs are not in order");
      if (number === height) throw new EndpointError("changed", `block ${number} was replaced while it was read`);
      block = { number: BigInt(number), hash: hash(fields.blockHash, "a log's block hash"), timestamp: undefined };
      if (blockHash !== undefined && block.hash !== blockHash) throw wrong("it gave logs of another block");
      block.timestamp = timestamp(fields.blockTimestamp);
      height = number;
      rawHeight = fields.blockNumber;
      rawHash = fields.blockHash;
      index = -1;
    }
    const logIndex = quantity(fields.logIndex, "a log's index");
    if (logIndex <= index) throw wrong("its logs are not in order, or one is there twice");
    index = logIndex;
    const { address, topics, data } = fields;
    if (typeof address !== "string") throw wrong("a log has no address");
    const lowered = address.toLowerCase();
    if (lowered !== registry && lowered !== ledger) throw wrong(`it gave a log of ${address}, which was not asked for`);
    if (!Array.isArray(topics) || topics.length > 4 || !topics.every((topic) => isMatch(topic, WORD))) {
      throw wrong("a log's topics are malformed");
    }
    if (!isMatch(data, BYTES) || data.length % 2 !== 0) throw wrong("a log's data is malformed");
    logs.push({
      blockNumber: block.number,
      blockHash: block.hash,
      blockTimestamp: block.timestamp,
      logIndex,
      contract: lowered === ledger ? "ledger" : "registry",
      topics,
      data,
      transactionHash: hash(fields.transactionHash, "a log's transaction"),
    });
  }
  return logs;
}

/**
 * Checks a reply to `eth_getLogs` for a currency's transfers to an account. Logs of another shape, as a token that is no
 * ERC-20 may write under the same signature, are left out.
 */
export function parseTransfers(
  reply: unknown,
  { currency, to, fromBlock, toBlock }: Omit<TransfersToParameters, "enough">,
): Transfer[] {
  if (!Array.isArray(reply)) throw wrong("it gave no list of logs");
  const transfers: Transfer[] = [];
  for (const raw of reply) {
    const { address, topics, data, ...where } = record(raw, "a log");
    const blockNumber = BigInt(quantity(where.blockNumber, "a log's block number"));
    if (blockNumber < fromBlock || blockNumber > toBlock || String(address).toLowerCase() !== currency.toLowerCase()) {
      throw wrong("it gave a log that was not asked for");
    }
    if (!Array.isArray(topics) || topics.length !== 3 || !isMatch(data, WORD)) continue;
    if (hash(topics[2], "a log's topic") !== pad(to).toLowerCase()) throw wrong("it gave a transfer to somebody else");
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

/** What a `quantity` reply such as `eth_chainId` says. */
export const parseQuantity = (reply: unknown): number => quantity(reply, "a number");

const wrong = (what: string) => new EndpointError("wrong", what);

const isMatch = (value: unknown, pattern: RegExp): value is Hex => typeof value === "string" && pattern.test(value);

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw wrong(`${what} is malformed`);
  return value as Record<string, unknown>;
}

function quantity(value: unknown, what: string): number {
  if (!isMatch(value, QUANTITY)) throw wrong(`${what} is malformed`);
  return Number(value);
}

function hash(value: unknown, what: string): Hex {
  if (!isMatch(value, WORD)) throw wrong(`${what} is malformed`);
  return value;
}

function bloom(value: unknown): Hex | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMatch(value, BYTES) || value.length !== BLOOM_LENGTH) throw wrong("a block's bloom is malformed");
  return value;
}

/** Not every node gives it; one that gives 0 does not know it. */
function timestamp(value: unknown): number | undefined {
  return value === undefined || value === null ? undefined : quantity(value, "a log's time") || undefined;
}
