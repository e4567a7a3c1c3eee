import { type Hex, numberToHex } from "viem";
import type { JournalLog } from "../journal.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import { readQuantity, readRecord } from "#node/rpc/fields.ts";
import type { Header } from "#node/rpc/header.ts";
import { compareWithBloom, isEmptyBloom } from "./bloom.ts";
import { reportDisagreement, reportPruned, reportWithheld } from "./conditions.ts";
import { keepsNone, readHeaders } from "./headers.ts";
import { IncompleteReply } from "./incompleteReply.ts";
import { type LogsOfBlocksParameters, readIgnoredByHash, readLogsBetween, readLogsOf } from "./logsOfBlocks.ts";
import { agreesWithReceipts } from "./receipts.ts";
import { containsLogs, hasSameLogs, missingLogs, type ReadLog } from "./replies.ts";
import { trustOf } from "./trust.ts";

/** Returns the failure of an endpoint that contradicts another one on the logs of a block. */
const contradiction = (number: bigint) =>
  new EndpointError("wrong", `it and another endpoint contradict each other on the logs of block ${number}`);

/** The number of blocks by which another endpoint may be behind, as far as is known, to be asked for the newest one. */
const NEAR_BLOCKS = 3n;

/**
 * Compares the logs of blocks with those of another endpoint. Where they differ, the operator is told, and the endpoint
 * that is shown to be wrong rests. If no other endpoint has the blocks yet, they are compared with the next ones.
 *
 * @throws {EndpointError} if this endpoint is wrong, or nothing shows which one is.
 */
export async function compareBlocks(
  parameters: LogsOfBlocksParameters,
  headers: readonly Header[],
  logs: readonly ReadLog[][],
): Promise<readonly (readonly ReadLog[])[]> {
  const { endpoints, endpoint, signal } = parameters;
  const last = headers.at(-1);
  if (!last) return logs;
  const trust = trustOf(endpoints);
  const having = trustOf(endpoints).findOther(last.number, [endpoint]);
  const other = having ?? trustOf(endpoints).findOther(last.number - NEAR_BLOCKS, [endpoint]);
  if (other) await comparePostponed(parameters, other);
  const theirs = other && (await readFromOther(parameters, other, headers, having !== undefined));
  if (!other || !theirs) {
    const disputed = headers.find(({ hash }) => trust.disputed.has(hash));
    if (disputed) throw contradiction(disputed.number);
    for (const [i, header] of headers.entries()) trust.postpone({ endpoint, header, logs: logs[i] ?? [] });
    return logs;
  }
  const settled: (readonly ReadLog[])[] = [];
  for (const [i, header] of headers.entries()) {
    signal.throwIfAborted();
    const [ours, others] = [logs[i] ?? [], theirs[i] ?? []];
    // An endpoint that may not have the block yet does not withhold its logs.
    if (!having && !containsLogs(others, ours) && containsLogs(ours, others) && !trust.disputed.has(header.hash)) {
      trust.postpone({ endpoint, header, logs: ours });
      settled.push(ours);
    } else settled.push(await settle(parameters, other, header, [ours, others]));
  }
  return settled;
}

/** Compares blocks that no other endpoint had when they were read. If logs were missing, the blocks are read again. */
async function comparePostponed(parameters: LogsOfBlocksParameters, other: Endpoint): Promise<void> {
  const trust = trustOf(parameters.endpoints);
  for (const { endpoint, header, logs } of trust.takePostponed(other)) {
    const theirs = await readFromOther(parameters, other, [header], false);
    if (!theirs) continue; // the block may have been replaced
    try {
      await settle({ ...parameters, endpoint }, other, header, [logs, theirs[0] ?? []]);
    } catch (error) {
      parameters.signal.throwIfAborted();
      parameters.endpoints.reportFailure(endpoint, classifyError(error));
      trust.readAgainFrom(header.number);
    }
  }
}

/** Returns the logs of a block on which two endpoints may disagree. */
async function settle(
  parameters: LogsOfBlocksParameters,
  other: Endpoint,
  header: Header,
  [ours, theirs]: readonly [readonly ReadLog[], readonly ReadLog[]],
): Promise<readonly ReadLog[]> {
  const { endpoints, endpoint } = parameters;
  const trust = trustOf(endpoints);
  const { number, hash } = header;
  const pair = [endpoint, other] as const;
  if (hasSameLogs(ours, theirs)) {
    if (ours.length === 0) return ours;
    trust.recordAgreement(pair, number);
    for (const each of pair) trust.of(each).wasBehind = false;
    trust.disputed.delete(hash);
    return ours;
  }
  // An endpoint that ignores block hashes is not at fault.
  const ignored =
    (await readIgnoredByHash(parameters, header, ours)) ??
    (await readIgnoredByHash({ ...parameters, endpoint: other }, header, theirs));
  if (ignored && hasSameLogs(ignored, ours.length > 0 ? ours : theirs)) return ignored;

  const right = await decide(parameters, other, header, [ours, theirs]);
  const outcome = right
    ? `Those of ${right.name} are used.`
    : "Nothing shows which of them is right, so this block is not indexed. Name a third endpoint with --rpc.";
  trust.recordDisagreement(pair, number);
  reportDisagreement(endpoints, pair, { where: `block ${number}`, outcome, stops: !right });
  if (!right) {
    trust.disputed.add(hash);
    endpoints.reportFailure(other, contradiction(number));
    throw contradiction(number);
  }
  trust.disputed.delete(hash);
  const wrong = right === endpoint ? other : endpoint;
  trust.of(wrong).wasBehind = true;
  const [more, less] = right === endpoint ? [ours, theirs] : [theirs, ours];
  const failure = containsLogs(more, less)
    ? new IncompleteReply(`it withholds logs of block ${number}`)
    : contradiction(number);
  if (wrong === endpoint) throw failure;
  endpoints.reportFailure(other, failure);
  return ours;
}

/**
 * Returns the endpoint whose logs of a block are right: a third endpoint decides, or else the bloom filter. Otherwise it
 * is the one whose logs are those of its receipts, or the one that has all logs of the other and more, since nodes withhold
 * logs far more often than they invent them.
 */
async function decide(
  parameters: LogsOfBlocksParameters,
  other: Endpoint,
  header: Header,
  [ours, theirs]: readonly [readonly JournalLog[], readonly JournalLog[]],
): Promise<Endpoint | undefined> {
  const { endpoints, endpoint, contracts } = parameters;
  const third = trustOf(endpoints).findOther(header.number, [endpoint, other]);
  const [witness] = (third && (await readFromOther(parameters, third, [header]))) ?? [];
  if (witness && hasSameLogs(witness, ours)) return endpoint;
  if (witness && hasSameLogs(witness, theirs)) return other;
  if (endpoints.bloomsAreTrue && !isEmptyBloom(header) && (await hasSameBloom(other, header, parameters.signal))) {
    const [fits, theyFit] = [ours, theirs].map((logs) => compareWithBloom(contracts, header, logs).type !== "excludes");
    if (fits !== theyFit) return fits ? endpoint : other;
  }
  const differing = new Set(
    [...missingLogs(ours, theirs), ...missingLogs(theirs, ours)].map(({ transactionHash }) => transactionHash),
  );
  const [oursAgree, theirsAgree] = await Promise.all([
    agreesWithReceipts(parameters, header, ours, differing),
    agreesWithReceipts({ ...parameters, endpoint: other }, header, theirs, differing),
  ]);
  // An endpoint that contradicts itself is wrong.
  if (oursAgree === false && theirsAgree !== false) return other;
  if (theirsAgree === false && oursAgree !== false) return endpoint;
  if (containsLogs(ours, theirs)) return endpoint;
  if (containsLogs(theirs, ours)) return other;
  if (!hasSameLogs(ours.map(unnumbered), theirs.map(unnumbered))) return undefined;
  // They only number the logs differently.
  const [oursHold, theirsHold] = await Promise.all([
    areNumbersOfBlock(endpoint, ours, header, parameters.signal),
    areNumbersOfBlock(other, theirs, header, parameters.signal),
  ]);
  if (oursHold === theirsHold) return undefined;
  return oursHold ? endpoint : other;
}

const unnumbered = (log: JournalLog): JournalLog => ({ ...log, logIndex: 0 });

/** Returns a log's content for comparison. Of another contract's log nothing is known, so it can be anything. */
const contentOf = ({ topics, data, transactionHash }: Partial<Record<keyof ReadLog, unknown>>) =>
  JSON.stringify([transactionHash, topics, data]).toLowerCase();

/**
 * Returns true if an endpoint gives each log of a block, of whatever contract, a number of its own, and logs that it
 * returned before the same numbers as then.
 */
async function areNumbersOfBlock(
  endpoint: Endpoint,
  before: readonly JournalLog[],
  { number }: Header,
  signal: AbortSignal,
): Promise<boolean> {
  const height = numberToHex(number);
  try {
    const reply = await endpoint.request("eth_getLogs", [{ fromBlock: height, toBlock: height }], signal);
    const logs = (Array.isArray(reply) ? reply : []).map((log) => readRecord(log, "a log"));
    const all = new Map(logs.map((log) => [readQuantity(log.logIndex, "a log's index"), contentOf(log)]));
    return all.size === logs.length && before.every((log) => all.get(log.logIndex) === contentOf(log));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof EndpointError)) throw error;
    return false;
  }
}

/** Returns true if an endpoint reports the same bloom filter for a block. The block's hash commits to it. */
async function hasSameBloom(endpoint: Endpoint, { number, hash, logsBloom }: Header, signal: AbortSignal) {
  const [theirs] = await readHeaders(endpoint, [number], signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof EndpointError)) throw error;
    return []; // then the filter decides nothing
  });
  return theirs?.hash === hash && theirs.logsBloom === logsBloom;
}

/**
 * Reads logs from another endpoint; undefined if it follows another branch or fails: then there is nothing to compare.
 *
 * @param hasBlocks True if it is known to have the blocks, so that a failure is its fault.
 */
async function readFromOther(
  parameters: LogsOfBlocksParameters,
  other: Endpoint,
  headers: readonly Header[],
  hasBlocks = true,
): Promise<ReadLog[][] | undefined> {
  try {
    return await readLogsOf({ ...parameters, endpoint: other }, headers);
  } catch (error) {
    parameters.signal.throwIfAborted();
    const failure = classifyError(error);
    const isFault = failure.kind === "unreachable" || failure.kind === "limited" || failure.kind === "wrong";
    if (isFault && hasBlocks) {
      parameters.endpoints.reportFailure(other, failure);
    }
    return undefined;
  }
}

/**
 * Compares the logs of a range with those of another endpoint, if another one has the range. An endpoint that withholds
 * logs is not trusted with ranges any more. If the other endpoint takes smaller ranges only, the beginning is compared.
 *
 * @returns False if nothing could be compared.
 * @throws {EndpointError} if this endpoint is wrong, or nothing shows which one is.
 */
export async function compareRange(
  parameters: LogsOfBlocksParameters & { from: bigint; to: bigint },
  all: readonly JournalLog[],
): Promise<boolean> {
  const { endpoints, endpoint, from, signal } = parameters;
  const other = trustOf(endpoints).findOther(parameters.to, [endpoint]);
  const trust = trustOf(endpoints);
  if (!other) return false;
  let { to } = parameters;
  let theirs: ReadLog[];
  try {
    theirs = await readLogsBetween({ ...parameters, endpoint: other }, from, to).catch((error: unknown) => {
      const shorter = from + BigInt(other.range) - 1n;
      if (classifyError(error).kind !== "refused" || shorter >= to) throw error;
      to = shorter;
      return readLogsBetween({ ...parameters, endpoint: other }, from, to);
    });
  } catch (error) {
    signal.throwIfAborted();
    const failure = classifyError(error);
    if (failure.kind === "wrong" || failure.kind === "unreachable" || failure.kind === "limited") {
      endpoints.reportFailure(other, failure);
    }
    if (failure.kind === "pruned") trust.recordPruned(other, from);
    return false;
  }
  const logs = all.filter(({ blockNumber }) => blockNumber <= to);
  const [oursHasAll, theirsHasAll] = [containsLogs(logs, theirs), containsLogs(theirs, logs)];
  if (oursHasAll && theirsHasAll) {
    if (logs.length > 0) trust.recordAgreement([endpoint, other], from);
    return true;
  }
  if (oursHasAll && (await keepsNone(other, from, signal))) {
    trust.recordPruned(other, from);
    reportPruned(endpoints, other, from, to, false);
    return false;
  }
  const right = await decideRange(parameters, other, [logs, theirs]);
  const where = `blocks ${from} to ${to}`;
  const between = `between blocks ${from} and ${to}`;
  trust.recordDisagreement([endpoint, other], from);
  const wrong = [endpoint, other].filter((each) => each !== right);
  const [only] = wrong;
  const leavesOut = right === undefined || (right === endpoint ? oursHasAll : theirsHasAll);
  const outcome =
    wrong.length === 1 && only
      ? `${only.name} ${leavesOut ? "leaves some out" : "is wrong"}, so it is asked only if no other endpoint answers.`
      : "These blocks are read one by one, to see which one is right.";
  reportDisagreement(endpoints, [endpoint, other], { where, outcome, stops: false });
  for (const each of wrong) {
    if (leavesOut) reportWithheld(endpoints, each, `some ${between} that another endpoint has`, false);
    trust.distrust(each);
  }
  if (wrong.length === 2) for (const hash of differingBlocks(logs, theirs)) trust.disputed.add(hash);
  const failure = leavesOut
    ? new IncompleteReply(`it withholds logs ${between}`)
    : new EndpointError("wrong", `its logs ${between} are contradicted by another endpoint`);
  if (wrong.includes(endpoint)) throw failure;
  endpoints.reportFailure(other, failure);
  return true;
}

/** The number of differing blocks that are looked at to decide which of two endpoints is right about a range. */
const MOST_DIFFERING = 8;

/** Returns the endpoint that is right in each of the first blocks on which two differ; undefined if neither is in all of them. */
async function decideRange(
  parameters: LogsOfBlocksParameters,
  other: Endpoint,
  [ours, theirs]: readonly [readonly JournalLog[], readonly JournalLog[]],
): Promise<Endpoint | undefined> {
  const { endpoint, signal } = parameters;
  const differing = [...missingLogs(ours, theirs), ...missingLogs(theirs, ours)];
  const numbers = [...new Set(differing.map(({ blockNumber }) => blockNumber))];
  const headers = await readHeaders(endpoint, numbers.slice(0, MOST_DIFFERING), signal);
  const right = new Set<Endpoint | undefined>();
  for (const header of headers) {
    if (!header) return undefined;
    const [mine, others] = [ours, theirs].map((logs) =>
      logs.filter(({ blockNumber }) => blockNumber === header.number),
    );
    right.add(await decide(parameters, other, header, [mine ?? [], others ?? []]));
    if (right.size > 1) return undefined;
  }
  const [one] = right;
  return one;
}

/** Returns the hashes of the blocks of which each of two lists has a log that the other lacks. */
function differingBlocks(ours: readonly JournalLog[], theirs: readonly ReadLog[]): Hex[] {
  const byBlock = Map.groupBy(theirs, ({ blockNumber }) => blockNumber);
  return [...byBlock.values()].flatMap((block) => {
    const [first] = block;
    const mine = ours.filter(({ blockNumber }) => blockNumber === first?.blockNumber);
    return first && !containsLogs(mine, block) && !containsLogs(block, mine) ? [first.blockHash] : [];
  });
}
