import { numberToHex } from "viem";
import { type Call, type Endpoint, OLD_BLOCKS } from "#node/rpc/endpoint.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { type Header, parseHeader } from "#node/rpc/header.ts";

/** The number of heights that are read at once to find the next block. */
const HEIGHTS_A_STEP = 16;

const headerCall = (number: bigint): Call => ({
  method: "eth_getBlockByNumber",
  params: [numberToHex(number), false],
});

/**
 * Reads headers by number; undefined if the node has no such block, or if the chain has skipped that height. On some
 * chains a height can stay without a block (a "null round"). The next block's parent is then the block before the gap.
 */
export async function readHeaders(
  endpoint: Endpoint,
  numbers: readonly bigint[],
  signal: AbortSignal,
): Promise<(Header | undefined)[]> {
  const replies = await endpoint.requestAll(numbers.map(headerCall), signal);
  if (numbers.length > 1) {
    const odd = numbers.filter((number, i) => !isHeaderOf(replies[i], number));
    if (odd.length > 0 && (await areUntrue(endpoint, odd, replies, signal)))
      return readHeaders(endpoint, numbers, signal);
  }
  return numbers.map((number, i) => parseHeader(replies[i], number));
}

function isHeaderOf(reply: unknown, number: bigint): boolean {
  try {
    return parseHeader(reply, number) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Returns true if the answers to a batch are not those to its calls, because the same call alone has another answer. Then
 * the endpoint is sent no batches for a while. Single blocks that are missing may be too new for one of several nodes.
 */
async function areUntrue(
  endpoint: Endpoint,
  [odd = 0n, ...more]: readonly bigint[],
  replies: readonly unknown[],
  signal: AbortSignal,
): Promise<boolean> {
  const areAllMissing = more.length + 1 === replies.length;
  if (!areAllMissing && replies.includes(null)) return false;
  const { method, params } = headerCall(odd);
  if (!isHeaderOf(await endpoint.request(method, params, signal), odd)) return false;
  endpoint.recordUntrueBatch();
  return true;
}

/** Reads a header from an endpoint that others are compared with; undefined if it has none, or fails and is left to rest. */
export async function readFromWitness(
  endpoints: Endpoints,
  witness: Endpoint,
  number: bigint,
  signal: AbortSignal,
): Promise<Header | undefined> {
  try {
    const [header] = await readHeaders(witness, [number], signal);
    return header;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof EndpointError)) throw error;
    endpoints.reportFailure(witness, error);
    return undefined;
  }
}

/** Returns the block that is nearest to a height in one direction, up to a limit; undefined if there is none. */
export async function findHeader(
  endpoint: Endpoint,
  { from, step, limit }: { from: bigint; step: 1n | -1n; limit: bigint },
  signal: AbortSignal,
): Promise<Header | undefined> {
  const heights = (limit - from) * step + 1n;
  for (let i = 0n; i < heights; i += BigInt(HEIGHTS_A_STEP)) {
    const count = heights - i < HEIGHTS_A_STEP ? Number(heights - i) : HEIGHTS_A_STEP;
    const numbers = Array.from({ length: count }, (_, j) => from + step * (i + BigInt(j)));
    const header = (await readHeaders(endpoint, numbers, signal)).find((each) => each !== undefined);
    if (header) return header;
  }
  return undefined;
}

/** The failure of an endpoint without a block that it must have. */
export const lacksBlock = (number: bigint) =>
  new EndpointError("wrong", `it does not have block ${number}, although its newest block is not below it`);

/**
 * Returns the failure of an endpoint that answers `null` for a block that is not new. If it has its newest block, it keeps
 * none so old.
 */
export async function lacksOldBlock(endpoint: Endpoint, number: bigint, signal: AbortSignal): Promise<EndpointError> {
  const { head } = endpoint;
  if (!head || head.number < number + OLD_BLOCKS) return lacksBlock(number);
  const [newest] = await readHeaders(endpoint, [head.number], signal);
  return newest ? new EndpointError("pruned", `it does not have block ${number} any more`) : lacksBlock(number);
}

/** Returns true if an endpoint shows that it keeps no block so old. An endpoint that fails shows nothing. */
export async function keepsNone(endpoint: Endpoint, number: bigint, signal: AbortSignal): Promise<boolean> {
  try {
    const [header] = await readHeaders(endpoint, [number], signal);
    return !header && (await lacksOldBlock(endpoint, number, signal)).kind === "pruned";
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EndpointError) return false;
    throw error;
  }
}

/** The failure of a read during which the chain changed. */
export const replaced = (number: bigint) =>
  new EndpointError("changed", `block ${number} was replaced while it was read`);

/** The failure of an endpoint whose logs are of another block than its header. */
export const foreignHash = (number: bigint) =>
  new EndpointError("wrong", `its logs of block ${number} have another block hash than the block`);
