import { type Hex, numberToHex } from "viem";
import type { FollowedContract, JournalBlock, JournalLog } from "../journal.ts";
import { hintsAtMissingLogs } from "./bloom.ts";
import type { Call, Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { parseLogs, type ReadLog } from "./replies.ts";
import { type Header, parseHeader } from "#node/rpc/header.ts";

/** Consecutive blocks of one chain. */
export interface ReadBlocks {
  /** The blocks with logs and the last block, ascending. */
  blocks: JournalBlock[];
  logs: JournalLog[];
  /** The hash of the block before the first one. */
  parentHash: Hex;
  endpoint: Endpoint;
}

/** A range of blocks to read, with the contracts and the endpoint. */
export interface ReadParameters {
  endpoints: Endpoints;
  endpoint: Endpoint;
  /** Contracts whose logs are read. */
  contracts: readonly FollowedContract[];
  from: bigint;
  to: bigint;
  signal: AbortSignal;
}

/** The number of replies that must agree that a block has no more logs although its bloom filter hints at some. */
const AGREEMENTS = 4;

const headerCall = (number: bigint): Call => ({
  method: "eth_getBlockByNumber",
  params: [numberToHex(number), false],
});

const logsCall = (
  contracts: readonly FollowedContract[],
  filter: { fromBlock: Hex; toBlock: Hex } | { blockHash: Hex },
): Call => ({
  method: "eth_getLogs",
  params: [{ address: contracts.map(({ address }) => address), ...filter }],
});

/**
 * Reads a range of blocks far below the newest one with one `eth_getLogs` request. The logs of the last block are
 * compared with its bloom filter. Logs that a node withholds in the middle of the range are not noticed here.
 *
 * @throws {EndpointError} if the endpoint fails, or its replies are wrong or contradict each other.
 */
export async function readRange(parameters: ReadParameters): Promise<ReadBlocks> {
  const { endpoints, endpoint, contracts, from, to, signal } = parameters;
  const filter = { fromBlock: numberToHex(from), toBlock: numberToHex(to) };
  const [logsReply, [firstReply, lastReply]] = await Promise.all([
    requestLogs(endpoint, logsCall(contracts, filter), Number(to - from) + 1, signal),
    endpoint.requestAll([headerCall(from), headerCall(to)], signal),
  ]);
  const logs = parseLogs(logsReply, { contracts, from, to });
  const first = knownHeader(firstReply, from);
  const last = knownHeader(lastReply, to);
  // Ask again after the logs, and another endpoint if there is one: all later ranges continue from this block.
  const witness = endpoints.findOther(to, [endpoint]) ?? endpoint;
  const [again] = await witness.requestAll([headerCall(to)], signal);
  if (knownHeader(again, to).hash !== last.hash) throw changed(to);
  const blocks = await blocksOf(endpoint, logs, last, signal);
  const ofLast = logs.filter(({ blockNumber }) => blockNumber === to);
  await requireAll(parameters, last, ofLast);
  return { blocks, logs: logs.map(journalLog), parentHash: first.parentHash, endpoint };
}

/**
 * Compares a range with the logs of another endpoint, if another one has the range.
 *
 * @throws {EndpointError} if this endpoint withheld logs. If the other one did, it is paused.
 */
export async function compareRange(parameters: ReadParameters, logs: readonly JournalLog[]): Promise<void> {
  const { endpoints, endpoint, contracts, from, to, signal } = parameters;
  const other = endpoints.findOther(to, [endpoint]);
  if (!other) return;
  const call = logsCall(contracts, { fromBlock: numberToHex(from), toBlock: numberToHex(to) });
  let theirs: ReadLog[];
  try {
    theirs = parseLogs(await other.request(call.method, call.params, signal), { contracts, from, to });
  } catch (error) {
    signal.throwIfAborted();
    const failure = classifyError(error);
    if (failure.kind !== "refused") endpoints.reportFailure(other, failure);
    return;
  }
  const withheld = new EndpointError("wrong", `it withholds logs between blocks ${from} and ${to}`);
  if (contains(logs, theirs) && contains(theirs, logs)) return;
  if (!contains(logs, theirs)) throw withheld;
  endpoints.reportFailure(other, withheld);
}

/**
 * Reads the newest blocks one by one, and their logs by block hash. For a hash, a node without the block refuses; for a
 * range, it would reply that there are no logs. The logs of each block are compared with its bloom filter, and with
 * those of another endpoint that has the block.
 *
 * @throws {EndpointError} if the endpoint fails, or its replies are wrong or contradict each other.
 */
export async function readTip(parameters: ReadParameters): Promise<ReadBlocks> {
  const { endpoint, contracts, from, to, signal } = parameters;
  const numbers = Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
  const replies = await endpoint.requestAll(numbers.map(headerCall), signal);
  const headers = numbers.map((number, i) => knownHeader(replies[i], number));
  for (const [i, { number, parentHash }] of headers.entries()) {
    const parent = headers[i - 1];
    if (parent && parentHash !== parent.hash) throw changed(number);
  }
  const logs = await readLogsByHash(endpoint, contracts, headers, signal);
  const agreed = await compareWithAnother(parameters, headers, logs);
  await Promise.all(headers.map((header, i) => requireAll(parameters, header, agreed[i] ?? [])));
  const [first] = headers;
  return {
    blocks: headers.map(({ number, hash, timestamp }) => ({ number, hash, timestamp })),
    logs: agreed.flat().map(journalLog),
    parentHash: first?.parentHash ?? "0x",
    endpoint,
  };
}

async function readLogsByHash(
  endpoint: Endpoint,
  contracts: readonly FollowedContract[],
  headers: readonly Header[],
  signal: AbortSignal,
): Promise<ReadLog[][]> {
  const calls = headers.map(({ hash }) => logsCall(contracts, { blockHash: hash }));
  const replies = await endpoint.requestAll(calls, signal);
  return headers.map(({ number, hash }, i) =>
    parseLogs(replies[i], { contracts, from: number, to: number, blockHash: hash }),
  );
}

/** Requests logs, and records their number: it determines the size of the next ranges. */
async function requestLogs(endpoint: Endpoint, { method, params }: Call, blocks: number, signal: AbortSignal) {
  const reply = await endpoint.request(method, params, signal);
  if (Array.isArray(reply)) endpoint.recordRangeSuccess(blocks, reply.length);
  return reply;
}

/**
 * Compares the logs of two endpoints for the same blocks. Nodes withhold logs far more often than they invent them: if
 * one endpoint has all logs of the other and more, the other is at fault.
 */
async function compareWithAnother(
  { endpoints, endpoint, contracts, to, signal }: ReadParameters,
  headers: readonly Header[],
  logs: ReadLog[][],
): Promise<ReadLog[][]> {
  const other = endpoints.findOther(to, [endpoint]);
  if (!other) return logs;
  // The other endpoint may follow another branch, or fail: then there is nothing to compare.
  const theirs = await readLogsByHash(other, contracts, headers, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof EndpointError && error.kind !== "refused") endpoints.reportFailure(other, error);
    return undefined;
  });
  if (!theirs) return logs;
  return headers.map(({ number }, i) => {
    const ours = logs[i] ?? [];
    const others = theirs[i] ?? [];
    if (isSame(ours, others)) return ours;
    const withheld = new EndpointError("wrong", `it withholds logs of block ${number}`);
    if (!contains(others, ours)) {
      endpoints.reportFailure(other, contains(ours, others) ? withheld : contradiction(number));
      if (contains(ours, others)) return ours;
      throw contradiction(number);
    }
    throw withheld;
  });
}

/** Asks for a block's logs again, also at another endpoint, if the bloom filter hints at more logs than there are. */
async function requireAll(
  { endpoints, endpoint, contracts, to, signal }: ReadParameters,
  header: Header,
  logs: readonly ReadLog[],
): Promise<void> {
  if (!hintsAtMissingLogs(contracts, header, logs)) return;
  for (let agreed = 1; agreed < AGREEMENTS; agreed++) {
    const second = endpoints.findOther(to, [endpoint]) ?? endpoint;
    const [again = []] = await readLogsByHash(agreed % 2 === 1 ? second : endpoint, contracts, [header], signal);
    if (!isSame(again, logs)) throw new EndpointError("wrong", `it withheld logs of block ${header.number}`);
  }
}

/**
 * Returns the blocks with logs and the last block, with their times: from the logs if they have them, else from
 * headers.
 */
async function blocksOf(
  endpoint: Endpoint,
  logs: readonly ReadLog[],
  last: Header,
  signal: AbortSignal,
): Promise<JournalBlock[]> {
  const blocks: JournalBlock[] = [];
  const untimed: JournalBlock[] = [];
  let number = -1n;
  for (const log of logs) {
    if (log.blockNumber === number) continue;
    number = log.blockNumber;
    const block = { number, hash: log.blockHash, timestamp: log.blockTimestamp ?? 0 };
    if (log.blockTimestamp === undefined && number !== last.number) untimed.push(block);
    blocks.push(block);
  }
  if (untimed.length > 0) {
    const replies = await endpoint.requestAll(
      untimed.map((block) => headerCall(block.number)),
      signal,
    );
    for (const [i, block] of untimed.entries()) {
      const header = knownHeader(replies[i], block.number);
      if (header.hash !== block.hash) throw changed(block.number);
      block.timestamp = header.timestamp;
    }
  }
  const { hash, timestamp } = last;
  if (number === last.number && blocks.pop()?.hash !== hash) throw changed(last.number);
  blocks.push({ number: last.number, hash, timestamp });
  return blocks;
}

function knownHeader(reply: unknown, number: bigint): Header {
  const header = parseHeader(reply, number);
  if (!header)
    throw new EndpointError("wrong", `it does not have block ${number}, although its newest block is not below it`);
  return header;
}

const changed = (number: bigint) => new EndpointError("changed", `block ${number} was replaced while it was read`);

const contradiction = (number: bigint) =>
  new EndpointError("wrong", `it and another endpoint contradict each other on the logs of block ${number}`);

const fingerprint = ({ blockNumber, logIndex, contract, topics, data, transactionHash }: JournalLog) =>
  `${blockNumber} ${logIndex} ${contract} ${topics.join()} ${data} ${transactionHash}`;

/** Returns true if two are the same log of the same block. */
export const isSameLog = (a: JournalLog, b: JournalLog): boolean => fingerprint(a) === fingerprint(b);

const isSame = (a: readonly ReadLog[], b: readonly ReadLog[]) => a.length === b.length && contains(a, b);

function contains(all: readonly JournalLog[], some: readonly JournalLog[]): boolean {
  const fingerprints = new Set(all.map(fingerprint));
  return some.every((log) => fingerprints.has(fingerprint(log)));
}

const journalLog = ({ blockNumber, logIndex, contract, topics, data, transactionHash }: ReadLog): JournalLog => ({
  blockNumber,
  logIndex,
  contract,
  topics,
  data,
  transactionHash,
});
