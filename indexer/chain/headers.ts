import { numberToHex } from "viem";
import type { Call, Endpoint } from "#node/rpc/endpoint.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
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

/** The failure of a read during which the chain changed. */
export const replaced = (number: bigint) =>
  new EndpointError("changed", `block ${number} was replaced while it was read`);
