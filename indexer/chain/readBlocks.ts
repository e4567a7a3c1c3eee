import type { Hex } from "viem";
import type { FollowedContract, JournalBlock, JournalLog } from "../journal.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, type EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import type { Header } from "#node/rpc/header.ts";
import { checkBloom } from "./checkBloom.ts";
import { reportPruned } from "./conditions.ts";
import { compareBlocks } from "./compareEndpoints.ts";
import { requireCreation } from "./creation.ts";
import {
  findHeader,
  foreignHash,
  keepsNone,
  lacksBlock,
  lacksOldBlock,
  readFromWitness,
  readHeaders,
  replaced,
} from "./headers.ts";
import { IncompleteReply } from "./incompleteReply.ts";
import { readLogsBetween, readLogsOf } from "./logsOfBlocks.ts";
import type { ReadLog } from "./replies.ts";
import { type LogRecord, trustOf } from "./trust.ts";

/** Consecutive blocks of one chain. */
export interface ReadBlocks {
  /** The blocks with logs and the last block, ascending. */
  blocks: JournalBlock[];
  logs: JournalLog[];
  /** The hash of the block before the first one. */
  parentHash: Hex;
  endpoint: Endpoint;
  /** True if each block's logs were checked by themselves. */
  isChecked: boolean;
  /** True if they should have been compared with another endpoint, and that could not be done. Default: false. */
  isUncompared?: boolean;
}

/** A range of blocks to read, with the contracts and the endpoint. */
export interface ReadParameters {
  endpoints: Endpoints;
  endpoint: Endpoint;
  /** Contracts whose logs are read. */
  contracts: readonly FollowedContract[];
  from: bigint;
  to: bigint;
  /** True if the contracts are known to have been created in their first block. Default: false. */
  isDeployed?: boolean | undefined;
  signal: AbortSignal;
}

/** The number of heights in a row without a block that are skipped. */
const MOST_SKIPPED = 256n;

/**
 * Reads a range of blocks far below the newest one with one `eth_getLogs` request. The logs of the last block are
 * compared with its bloom filter. A reply that is longer than all before is checked for logs that were cut off. Other
 * logs that a node withholds in the middle of the range are not noticed here. The range ends earlier, or later, if the
 * chain has skipped its last height.
 *
 * @throws {IncompleteReply} if logs are missing.
 * @throws {EndpointError} if the endpoint fails, or its replies are wrong or contradict each other.
 */
export async function readRange(parameters: ReadParameters): Promise<ReadBlocks> {
  const { endpoints, endpoint, from, signal } = parameters;
  let { to } = parameters;
  const [found, [firstHeader, lastHeader]] = await Promise.all([
    readLogsBetween(parameters, from, to),
    readHeaders(endpoint, [from, to], signal),
  ]);
  // The number of logs determines the size of the next ranges.
  endpoint.recordRangeSuccess(Number(to - from) + 1, found.length);
  const last =
    lastHeader ??
    (await findHeader(endpoint, { from: to, step: -1n, limit: from }, signal)) ??
    (await findHeader(endpoint, { from: to, step: 1n, limit: endOfGap(endpoint, to) }, signal));
  if (!last) throw await lacksOldBlock(endpoint, to, signal);
  const first = firstHeader ?? (await findHeader(endpoint, { from, step: 1n, limit: last.number }, signal));
  if (!first) throw lacksBlock(from);
  if (!firstHeader && !(await hasBlockBefore(endpoint, from, signal)))
    throw await lacksOldBlock(endpoint, from, signal);
  let logs = found;
  to = last.number;
  // A height that has a log is not a skipped one.
  const stray = logs.find(({ blockNumber }) => blockNumber < first.number || blockNumber > to);
  if (stray) throw lacksBlock(stray.blockNumber);
  // Ask again after the logs, and another endpoint if there is one: all later ranges continue from this block.
  const [again] = await Promise.all([readAgain(parameters, to), requireUncut(parameters, logs)]);
  if (!again) throw lacksBlock(to);
  if (again.hash !== last.hash) throw replaced(to);
  const blocks = await blocksOf(parameters, logs, [first, last]);
  const ofLast = logs.filter(({ blockNumber }) => blockNumber === to);
  if (to > parameters.to) {
    [logs = []] = await readLogsOf(parameters, [last]);
  } else if ((await checkBloom(parameters, last, ofLast)).length > ofLast.length) {
    throw new IncompleteReply(`it withheld logs of block ${to}`);
  }
  await requireCreation({ ...parameters, to }, logs);
  const trust = trustOf(endpoints);
  const { disputed } = trust;
  if (disputed.size > 0 && logs.some(({ blockHash }) => disputed.has(blockHash))) {
    throw new IncompleteReply(`its logs between blocks ${from} and ${to} contradict those of another endpoint`);
  }
  const record = trust.of(endpoint);
  if (!record.witness && logs.length > 0) {
    const height = logs.at(-1)?.blockNumber;
    record.witness = logs.filter(({ blockNumber }) => blockNumber === height);
  }
  return { blocks, logs: logs.map(journalLog), parentHash: first.parentHash, endpoint, isChecked: false };
}

/**
 * Reads the newest blocks one by one, and their logs by block hash. The logs of each block are compared with its bloom
 * filter, and with those of another endpoint that has the block.
 *
 * @throws {EndpointError} if the endpoint fails, or its replies are wrong or contradict each other.
 */
export async function readTip(parameters: ReadParameters): Promise<ReadBlocks> {
  const { endpoint, signal } = parameters;
  const headers = await readTipHeaders(parameters);
  const logs = await readLogsOf(parameters, headers);
  for (const [i, { number }] of headers.entries()) {
    await requireLongBlock(parameters, number, logs[i] ?? [], async (contracts) => {
      const [ofBlock = []] = await readLogsOf({ ...parameters, contracts }, headers.slice(i, i + 1));
      return ofBlock;
    });
  }
  const agreed = await compareBlocks(parameters, headers, logs);
  const checked = await Promise.all(headers.map((header, i) => checkBloom(parameters, header, agreed[i] ?? [])));
  await requireCreation({ ...parameters, to: headers.at(-1)?.number ?? parameters.to }, checked.flat());
  signal.throwIfAborted();
  const [first] = headers;
  return {
    blocks: headers.map(({ number, hash, timestamp }) => ({ number, hash, timestamp })),
    logs: checked.flat().map(journalLog),
    parentHash: first?.parentHash ?? "0x",
    endpoint,
    isChecked: true,
  };
}

/**
 * Reads the headers of consecutive blocks. A height may be without a block if the next block's parent is the block before
 * it.
 */
async function readTipHeaders({ endpoint, from, to, signal }: ReadParameters): Promise<Header[]> {
  const numbers = Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
  const headers = (await readHeaders(endpoint, numbers, signal)).filter((each) => each !== undefined);
  if (headers.length === 0) {
    const next = await findHeader(endpoint, { from: to, step: 1n, limit: endOfGap(endpoint, to) }, signal);
    if (!next) throw lacksBlock(to);
    return [next];
  }
  if (to === endpoint.head?.number && headers.at(-1)?.number !== to) throw lacksBlock(to);
  for (const [i, { number, parentHash }] of headers.entries()) {
    const parent = headers[i - 1];
    if (!parent || parentHash === parent.hash) continue;
    throw number === parent.number + 1n ? replaced(number) : lacksBlock(parent.number + 1n);
  }
  return headers;
}

/** Reads a header again, from another endpoint if one has it. */
async function readAgain({ endpoints, endpoint, signal }: ReadParameters, number: bigint): Promise<Header | undefined> {
  const trust = trustOf(endpoints);
  const witness = trust.findOther(number, [endpoint]);
  const theirs = witness && (await readFromWitness(endpoints, witness, number, signal));
  if (theirs) return theirs;
  if (witness && !witness.isResting && (await keepsNone(witness, number, signal))) {
    trust.recordPruned(witness, number);
    reportPruned(endpoints, witness, number, number, false);
  }
  const [again] = await readHeaders(endpoint, [number], signal);
  return again;
}

/** Returns true if an endpoint has a block right before a height, or before the gap that ends with it. */
async function hasBlockBefore(endpoint: Endpoint, height: bigint, signal: AbortSignal): Promise<boolean> {
  const limit = height > MOST_SKIPPED ? height - MOST_SKIPPED : 0n;
  return height === 0n || (await findHeader(endpoint, { from: height - 1n, step: -1n, limit }, signal)) !== undefined;
}

/** Returns the last height at which the block after a gap is looked for. */
function endOfGap({ head }: Endpoint, from: bigint): bigint {
  const end = from + MOST_SKIPPED;
  return head && head.number < end ? head.number : end;
}

/** The number of times that an endpoint must cut its replies at a length before that counts as its limit. */
const CUTS_OF_A_LIMIT = 2;

/**
 * Checks that a reply was not cut. A node that cuts replies without an error returns as many logs as never before, at
 * their first blocks or at their last ones. So only replies that are longer than all complete ones before are checked,
 * by asking for the part before and the part after their logs.
 *
 * @throws {IncompleteReply} if the reply was cut.
 */
async function requireUncut(parameters: ReadParameters, logs: readonly ReadLog[]): Promise<void> {
  const { endpoints, endpoint, from, to } = parameters;
  const trust = trustOf(endpoints);
  const record = trust.of(endpoint);
  const { longest, cuts } = record;
  const blocks = Number(to - from) + 1;
  const { length } = logs;
  const [first, last] = [logs[0]?.blockNumber, logs.at(-1)?.blockNumber];
  if (first === undefined || last === undefined) return;
  record.most = Math.max(record.most, length);
  if (from === to) {
    return requireLongBlock(parameters, from, logs, (contracts) =>
      readLogsBetween({ ...parameters, contracts }, from, to),
    );
  }
  const isLonger = length > longest.logs || (length === longest.logs && blocks > longest.blocks);
  if (!isLonger && !cuts.has(length)) return;
  const ofOneBlock = first === last;
  const cut = new IncompleteReply(`it left out logs between blocks ${from} and ${to}: it returned only ${length}`);
  if (ofOneBlock && isLimit(record, length)) throw cut;
  // Within the first and the last block with logs, the reply can be cut as well, unless it has logs of this block only.
  const inside = ofOneBlock ? 1n : 0n;
  const parts: [bigint, bigint][] = [];
  if (last < to || (cuts.size > 0 && !ofOneBlock)) parts.push([last + inside, to]);
  if (first > from || (cuts.size > 0 && !ofOneBlock)) parts.push([from, first - inside]);
  const areCut = await Promise.all(
    parts.map(async ([start, end]) => {
      const part = await readLogsBetween(parameters, start, end);
      const known = logs.filter(({ blockNumber }) => blockNumber >= start && blockNumber <= end).length;
      return part.length > known || isLimit(record, part.length);
    }),
  );
  if (!areCut.includes(true)) {
    if (isLonger) record.longest = { logs: length, blocks };
    return;
  }
  // An earlier reply of this length was complete by chance, and others of the same length may not have been.
  if (!cuts.has(length) && length === longest.logs) trust.readAgain(endpoint);
  cuts.set(length, (cuts.get(length) ?? 0) + 1);
  throw cut;
}

/** Returns true if an endpoint is known to cut its replies at a length. */
const isLimit = ({ cuts, most }: LogRecord, length: number) =>
  length > 0 && length === most && (cuts.get(length) ?? 0) >= CUTS_OF_A_LIMIT;

/**
 * Checks the number of logs of a single block: a reply that is as long as those that were cut may be cut as well. It is
 * not if the logs of each contract alone are fewer, and together as many.
 *
 * @param readOf Reads the block's logs of some contracts.
 * @throws {IncompleteReply} if it may be cut.
 */
async function requireLongBlock(
  { endpoints, endpoint, contracts }: ReadParameters,
  number: bigint,
  { length }: readonly ReadLog[],
  readOf: (contracts: readonly FollowedContract[]) => Promise<readonly ReadLog[]>,
): Promise<void> {
  if (!isLimit(trustOf(endpoints).of(endpoint), length)) return;
  const parts = await Promise.all(contracts.map((contract) => readOf([contract]))).catch((error: unknown) => {
    if (classifyError(error).kind !== "wrong") throw error;
    return []; // the endpoint does not read one contract alone
  });
  const areShorter = parts.every((part) => part.length < length);
  if (areShorter && parts.flat().length === length) return;
  throw new IncompleteReply(`it returns at most ${length} logs, and block ${number} may have more`);
}

/**
 * Returns the blocks with logs and the last block, with their times: from the logs if they have them, else from headers.
 * The first times of an endpoint's logs are compared with its headers; later ones must fit between the first and the last
 * block.
 */
async function blocksOf(
  parameters: ReadParameters,
  logs: readonly ReadLog[],
  [first, last]: readonly [Header, Header],
): Promise<JournalBlock[]> {
  const record = trustOf(parameters.endpoints).of(parameters.endpoint);
  const blocks: JournalBlock[] = [];
  const untimed: JournalBlock[] = [];
  let number = -1n;
  for (const log of logs) {
    if (log.blockNumber === number) continue;
    number = log.blockNumber;
    const timestamp = record.hasTrueTimes === false ? undefined : log.blockTimestamp;
    const block = { number, hash: log.blockHash, timestamp: timestamp ?? 0 };
    const isWithin = block.timestamp >= first.timestamp && block.timestamp <= last.timestamp;
    if (timestamp !== undefined && !isWithin) record.hasTrueTimes = false;
    if (!isWithin && number !== last.number) untimed.push(block);
    blocks.push(block);
  }
  await readTimes(parameters, untimed);
  const others = blocks.filter(
    (block) => block.number !== last.number && block.timestamp !== 0 && !untimed.includes(block),
  );
  const [sample] = others;
  if (sample && record.hasTrueTimes === undefined) {
    const { timestamp } = sample;
    await readTimes(parameters, [sample]);
    record.hasTrueTimes = sample.timestamp === timestamp;
  }
  if (record.hasTrueTimes === false) await readTimes(parameters, others);
  const { hash, timestamp } = last;
  if (number === last.number && blocks.pop()?.hash !== hash) throw await hasOtherHash(parameters, last.number);
  blocks.push({ number: last.number, hash, timestamp });
  return blocks;
}

/** Sets the times of blocks to those of their headers. */
async function readTimes(parameters: ReadParameters, blocks: readonly JournalBlock[]): Promise<void> {
  if (blocks.length === 0) return;
  const { endpoint, signal } = parameters;
  const numbers = blocks.map(({ number }) => number);
  const headers = await readHeaders(endpoint, numbers, signal);
  for (const [i, block] of blocks.entries()) {
    const header = headers[i];
    if (!header) throw lacksBlock(block.number);
    if (header.hash !== block.hash) throw await hasOtherHash(parameters, block.number);
    block.timestamp = header.timestamp;
  }
}

/** Returns the failure of logs whose block hash is not that of the block: of the chain if it has changed, else of the endpoint. */
async function hasOtherHash(parameters: ReadParameters, number: bigint): Promise<EndpointError> {
  const logs = await readLogsBetween(parameters, number, number);
  const [header] = await readHeaders(parameters.endpoint, [number], parameters.signal);
  const isOther = header !== undefined && logs.some(({ blockHash }) => blockHash !== header.hash);
  return isOther ? foreignHash(number) : replaced(number);
}

const journalLog = ({ blockNumber, logIndex, contract, topics, data, transactionHash }: ReadLog): JournalLog => ({
  blockNumber,
  logIndex,
  contract,
  topics,
  data,
  transactionHash,
});
