import { BaseError, type Hex, numberToHex } from "viem";
import type { FollowedContract } from "../journal.ts";
import type { Call, Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { readOptional, readQuantity } from "#node/rpc/fields.ts";
import type { Header } from "#node/rpc/header.ts";
import { foreignHash, lacksBlock, readHeaders, replaced } from "./headers.ts";
import { hasSameLogs, parseLogs, type ReadLog } from "./replies.ts";
import { type LogRecord, trustOf } from "./trust.ts";

export interface LogsOfBlocksParameters {
  endpoints: Endpoints;
  endpoint: Endpoint;
  contracts: readonly FollowedContract[];
  signal: AbortSignal;
}

export const logsCall = (
  contracts: readonly FollowedContract[],
  filter: { fromBlock: Hex; toBlock: Hex } | { blockHash: Hex },
): Call => ({
  method: "eth_getLogs",
  params: [{ address: contracts.map(({ address }) => address), ...filter }],
});

/** Reads the logs of a range of blocks with one request. */
export async function readLogsBetween(
  { endpoint, contracts, signal }: Omit<LogsOfBlocksParameters, "endpoints">,
  from: bigint,
  to: bigint,
): Promise<ReadLog[]> {
  const { method, params } = logsCall(contracts, { fromBlock: numberToHex(from), toBlock: numberToHex(to) });
  return parseLogs(await endpoint.request(method, params, signal), { contracts, from, to });
}

/** The number of failures in a row, while requests by number succeed, after which none is sent by hash any more. */
const FAILURES_BEFORE_UNUSABLE = 2;

/**
 * Reads the logs of each of some consecutive blocks. They are requested by block hash: a node without the block then
 * refuses, where for a number it would reply that there are no logs. Nodes that do not support or that ignore the hash
 * are asked by number.
 *
 * @throws {EndpointError} if the endpoint fails, or its replies are wrong.
 */
export async function readLogsOf(parameters: LogsOfBlocksParameters, headers: readonly Header[]): Promise<ReadLog[][]> {
  const record = trustOf(parameters.endpoints).of(parameters.endpoint);
  if (headers.length === 0) return [];
  if (record.byHash === "unusable") return readByNumber(parameters, headers);
  let logs: ReadLog[][] | undefined;
  try {
    logs = await readByHash(parameters, headers);
    record.hashRefusals = 0;
  } catch (error) {
    parameters.signal.throwIfAborted();
    if (!mayLackHashes(error, record)) throw error;
  }
  if (!logs) {
    const byNumber = await readByNumber(parameters, headers);
    if (++record.hashFailures >= FAILURES_BEFORE_UNUSABLE) record.byHash = "unusable";
    return byNumber;
  }
  record.hashFailures = 0;
  if (record.byHash === "untried" && (await areHashesIgnored(parameters, logs))) {
    record.byHash = "unusable";
    return readByNumber(parameters, headers);
  }
  return logs;
}

/**
 * Reads the logs of a block in another way than before, to see whether its endpoint ignores block hashes: for hashes it
 * may return nothing, though it returns the block's logs for its number.
 *
 * @returns The logs, if there are more of them; undefined otherwise.
 */
export async function readIgnoredByHash(
  parameters: LogsOfBlocksParameters,
  header: Header,
  byHash: readonly ReadLog[],
): Promise<ReadLog[] | undefined> {
  const record = trustOf(parameters.endpoints).of(parameters.endpoint);
  if (record.byHash === "unusable" || byHash.length > 0) return undefined;
  const [byNumber = []] = await readByNumber(parameters, [header]).catch(() => {
    parameters.signal.throwIfAborted();
    return [];
  });
  if (byNumber.length === 0) return undefined;
  // It may only have been late with its logs.
  const [again = []] = await readByHash(parameters, [header]);
  if (again.length === 0) record.byHash = "unusable";
  return byNumber;
}

async function readByHash(
  { endpoint, contracts, signal }: LogsOfBlocksParameters,
  headers: readonly Pick<Header, "number" | "hash">[],
): Promise<ReadLog[][]> {
  const calls = headers.map(({ hash }) => logsCall(contracts, { blockHash: hash }));
  const replies = await endpoint.requestAll(calls, signal);
  return headers.map(({ number, hash }, i) => {
    if (isOfAnotherHeight(replies[i], number)) throw new HashIgnored();
    return parseLogs(replies[i], { contracts, from: number, to: number, blockHash: hash });
  });
}

/** Reads the logs of blocks by number, and checks afterwards that the blocks are still on the endpoint's chain. */
async function readByNumber(parameters: LogsOfBlocksParameters, headers: readonly Header[]): Promise<ReadLog[][]> {
  const { endpoint, signal } = parameters;
  const [first, last] = [headers[0], headers.at(-1)];
  if (!first || !last) return [];
  const logs = await readLogsBetween(parameters, first.number, last.number);
  const numbers = headers.map(({ number }) => number);
  const now = await readHeaders(endpoint, numbers, signal);
  return headers.map(({ number, hash }, i) => {
    const header = now[i];
    if (!header) throw lacksBlock(number);
    const ofBlock = logs.filter(({ blockNumber }) => blockNumber === number);
    if (header.hash !== hash) throw replaced(number);
    // The block is still there, so this is no reorg.
    if (ofBlock.some(({ blockHash }) => blockHash !== hash)) {
      throw foreignHash(number);
    }
    return ofBlock;
  });
}

/** The failure of an endpoint that returns logs of other blocks for a block hash. */
class HashIgnored extends EndpointError {
  constructor() {
    super("wrong", "it returned logs of another block");
  }
}

/** Returns true if a reply for a block hash has logs of another height: then the node does not look at the hash. */
function isOfAnotherHeight(reply: unknown, number: bigint): boolean {
  if (!Array.isArray(reply)) return false;
  return reply.some((log: unknown) => {
    const { blockNumber } = (log ?? {}) as { blockNumber?: unknown };
    const height = readOptional(readQuantity, blockNumber);
    return height !== undefined && height !== Number(number);
  });
}

/** Words for requests that a node does not understand. */
const UNKNOWN_REQUEST =
  /block_?hash|unknown field|invalid (param|argument|request|input|filter)|(missing|required).*(from|to)_?block|(not|un)[- ]?supported|not available|not allowed/i;
/** Words for blocks that a node does not have: it may have them soon. */
const UNKNOWN_BLOCK =
  /unknown (block|header)\b|(block|header|hash|resource)[^.]*not (be )?found|not found|does ?n[o']t exist/i;
const UNKNOWN_REQUEST_CODES = new Set([-32_602, -32_601, -32_600]);
/** The number of refusals in a row after which requests by number are tried, whatever the reason. */
const MOST_REFUSALS = { untried: 3, works: 12, unusable: 0 };

/** Returns true if a failure may show that the endpoint cannot return logs by block hash. */
function mayLackHashes(error: unknown, record: LogRecord): boolean {
  if (error instanceof HashIgnored) return true;
  const failure = classifyError(error);
  if (failure.kind === "unsupported") return true;
  record.hashRefusals++;
  // A gateway may answer a request that it does not understand with a page, with nothing, or not at all.
  if (record.hashRefusals > MOST_REFUSALS[record.byHash]) return true;
  if (failure.kind !== "refused") return false;
  if (record.byHash !== "untried" || UNKNOWN_BLOCK.test(failure.message)) return false;
  return UNKNOWN_REQUEST.test(failure.message) || UNKNOWN_REQUEST_CODES.has(codeOf(failure) ?? 0);
}

function codeOf({ cause }: EndpointError): number | undefined {
  const coded = (error: unknown): error is { code: number } =>
    typeof error === "object" && error !== null && "code" in error && typeof error.code === "number";
  const found = cause instanceof BaseError ? cause.walk(coded) : cause;
  return coded(found) ? found.code : undefined;
}

/**
 * Looks for a sign that requests by block hash work: logs in their replies, or in the reply for a block that is known
 * to have some. A node that ignores the hash may reply that there are no logs.
 */
async function areHashesIgnored(parameters: LogsOfBlocksParameters, replies: readonly ReadLog[][]): Promise<boolean> {
  const { endpoints, endpoint, signal } = parameters;
  const record = trustOf(endpoints).of(endpoint);
  if (replies.some(({ length }) => length > 0)) {
    record.byHash = "works";
    return false;
  }
  try {
    record.witness ??= await readWitness(parameters, record);
    const [block] = record.witness ?? [];
    if (!record.witness || !block) return false;
    const expected = record.witness;
    for (let attempt = 0; attempt < 2; attempt++) {
      const asked = { number: block.blockNumber, hash: block.blockHash };
      const [logs = []] = await readByHash(parameters, [asked]);
      if (hasSameLogs(logs, expected)) {
        record.byHash = "works";
        return false;
      }
      if (logs.length > 0) return false;
    }
    return true;
  } catch (error) {
    signal.throwIfAborted();
    record.witness = undefined;
    return error instanceof HashIgnored;
  }
}

/** Reads the logs of the block in which the deployment was created, once. */
async function readWitness(
  parameters: LogsOfBlocksParameters,
  record: LogRecord,
): Promise<readonly ReadLog[] | undefined> {
  const created = parameters.contracts.find(({ name }) => name === "registry")?.fromBlock;
  if (record.wasProbed || created === undefined) return undefined;
  record.wasProbed = true;
  const logs = await readLogsBetween(parameters, created, created);
  return logs.length > 0 ? logs : undefined;
}
