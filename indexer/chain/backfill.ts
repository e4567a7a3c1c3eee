import type { FollowedContract, JournalBlock } from "../journal.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import { compareRange, type ReadBlocks, type ReadParameters, readRange } from "./readBlocks.ts";

export interface BackfillParameters {
  endpoints: Endpoints;
  /** Contracts whose logs are read. */
  contracts: readonly FollowedContract[];
  /** Blocks from here … */
  from: bigint;
  /** … to here. */
  to: bigint;
  /** A block at or above `to` that the blocks read must lead to. Default: none. */
  anchor?: JournalBlock | undefined;
  signal: AbortSignal;
  /** How many ranges are read at the same time, over all endpoints. Memory holds so many, and no more. */
  concurrency?: number;
}

/** One range in so many is read from two endpoints, where there are two, to find one that keeps logs back. */
const COMPARED_EVERY = 16;

/**
 * Reads blocks in large ranges, the next ones while the last is being used, and yields them strictly in order.
 * Ranges halve when refused and grow again. Whether each continues the one before is for the caller to see.
 *
 * @throws {EndpointError} if the chain changed while it was read.
 */
export async function* backfill(parameters: BackfillParameters): AsyncGenerator<ReadBlocks> {
  const { endpoints, contracts, from, to, anchor, signal, concurrency = 4 } = parameters;
  let round = new AbortController();
  let ahead: { end: bigint; read: Promise<ReadBlocks> }[] = [];
  let next = from;
  let planned = 0;
  try {
    while (next <= to || ahead.length > 0) {
      while (next <= to && ahead.length < concurrency) {
        const within = AbortSignal.any([signal, round.signal]);
        const endpoint = await endpoints.choose(next, within);
        const end = lowest(next + BigInt(endpoint.range) - 1n, to, endpoint.head?.number ?? next);
        const compared = planned++ % COMPARED_EVERY === 0;
        const read = readSome(
          { endpoints, endpoint, contracts, from: next, to: end, signal: within },
          compared,
          anchor,
        );
        read.catch(() => undefined); // told when it is its turn
        ahead.push({ end, read });
        next = end + 1n;
      }
      const first = ahead.shift();
      if (!first) return;
      const read = await first.read;
      yield read;
      const reached = read.blocks.at(-1)?.number ?? first.end;
      if (reached < first.end) {
        // The range had to be cut, so those after it are not the next ones, and too large themselves.
        round.abort();
        round = new AbortController();
        ahead = [];
        next = reached + 1n;
      }
    }
  } finally {
    round.abort();
  }
}

/** The range, or as much of its beginning as can be had at once. Tries for ever, until the signal aborts. */
async function readSome(
  range: ReadParameters,
  compared: boolean,
  anchor: JournalBlock | undefined,
): Promise<ReadBlocks> {
  const { endpoints, from, signal } = range;
  let { endpoint, to } = range;
  let failed: Endpoint[] = [];
  for (;;) {
    try {
      if (anchor) await requireAnchor({ ...range, endpoint }, anchor);
      const read = await readRange({ ...range, endpoint, to });
      if (anchor) await requireAnchor({ ...range, endpoint }, anchor);
      if (compared) await compareRange({ ...range, endpoint, to }, read.logs);
      return read;
    } catch (error) {
      signal.throwIfAborted();
      const failure = classifyError(error);
      if (failure.kind === "changed") throw failure;
      const tooLarge = from < to && (failure.kind === "refused" || failure.kind === "unreachable");
      // A refusal is no failure of the endpoint, as long as a smaller question can be asked.
      if (!tooLarge || failure.kind === "unreachable") endpoints.reportFailure(endpoint, failure);
      if (tooLarge) {
        endpoint.recordRangeRefusal(Number(to - from) + 1);
        to = (from + to) / 2n;
      } else {
        failed = [...failed, endpoint].slice(-endpoints.all.length + 1);
      }
      endpoint = await endpoints.choose(to, signal, failed);
    }
  }
}

/**
 * Asks an endpoint whether a block is on its chain, and with it all blocks before.
 *
 * @throws {EndpointError} if not: it is at fault if another one has the block, else the chain has changed.
 */
async function requireAnchor({ endpoints, endpoint, signal }: ReadParameters, anchor: JournalBlock): Promise<void> {
  const { number, hash } = anchor;
  if ((await headerOf(endpoint, number, signal))?.hash === hash) return;
  const other = endpoints.findOther(number, [endpoint]);
  const isElsewhere = other && (await headerOf(other, number, signal))?.hash === hash;
  throw new EndpointError(isElsewhere ? "wrong" : "changed", `its block ${number} is another`);
}

const lowest = (...numbers: [bigint, ...bigint[]]) => numbers.reduce((a, b) => (b < a ? b : a));
