import type { FollowedContract, JournalBlock, JournalLog } from "../journal.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import { compareRange } from "./compareEndpoints.ts";
import { reportMissing, reportNotFollowable, reportPruned, reportWithheld } from "./conditions.ts";
import { lacksOldBlock, readFromWitness } from "./headers.ts";
import { IncompleteReply } from "./incompleteReply.ts";
import { NotFollowable } from "./notFollowable.ts";
import { type ReadBlocks, type ReadParameters, readRange, readTip } from "./readBlocks.ts";
import { trustOf } from "./trust.ts";

export interface BackfillParameters {
  endpoints: Endpoints;
  /** Contracts whose logs are read. */
  contracts: readonly FollowedContract[];
  /** The first block. */
  from: bigint;
  /** The last block. */
  to: bigint;
  /** A block at or above `to` that must be on the same chain as the blocks that are read. Default: none. */
  anchor?: JournalBlock | undefined;
  /** True if the contracts are known to have been created in their first block. Default: false. */
  isDeployed?: boolean | undefined;
  signal: AbortSignal;
  /**
   * The number of ranges that are read concurrently, over all endpoints. Memory holds at most this many. Default: 4.
   */
  concurrency?: number;
}

/** One range in this many is read from two endpoints, if there are two, to find an endpoint that withholds logs. */
const COMPARED_EVERY = 16;
/** The number of blocks that are read one by one at once, from an endpoint that is not trusted with ranges. */
const SINGLE_BLOCKS = 64n;
/**
 * The number of failures of one range after which a smaller one is read, whatever the reason. A node or a gateway may say
 * anything of a range that is too large for it. Of a rate limit it is less likely.
 */
const FAILURES_BEFORE_HALVING = { limited: 5, other: 3 };

/**
 * Reads blocks in large ranges, several ranges ahead of the caller, and yields them strictly in order. A range that an
 * endpoint refuses is halved; later ranges grow again. The caller must check that each range continues the one before.
 *
 * @throws {EndpointError} if the chain changed while it was read.
 */
export async function* backfill(parameters: BackfillParameters): AsyncGenerator<ReadBlocks> {
  const { endpoints, contracts, from, to, anchor, isDeployed, signal, concurrency = 4 } = parameters;
  const trust = trustOf(endpoints);
  let round = new AbortController();
  let ahead: { start: bigint; end: bigint; read: Promise<ReadBlocks> }[] = [];
  let next = from;
  /** The number of ranges that were planned since the last one that was compared. */
  let sinceCompared = COMPARED_EVERY;
  /** True if a range could not be compared, so that the next one must be, although it is being read already. */
  let isComparisonOwed = false;
  const restart = (at: bigint) => {
    round.abort();
    round = new AbortController();
    ahead = [];
    next = at;
  };
  try {
    while (next <= to || ahead.length > 0) {
      while (next <= to && ahead.length < concurrency) {
        const within = AbortSignal.any([signal, round.signal]);
        const endpoint = await trust.choose(next, next, within);
        const end = lowest(next + BigInt(endpoint.range) - 1n, to, endpoint.head?.number ?? next);
        const compared = sinceCompared >= COMPARED_EVERY;
        sinceCompared = compared ? 1 : sinceCompared + 1;
        const read = readSome(
          { endpoints, endpoint, contracts, from: next, to: end, isDeployed, signal: within },
          compared,
          anchor,
        );
        read.catch(() => undefined); // handled when its turn comes
        ahead.push({ start: next, end, read });
        next = end + 1n;
      }
      const first = ahead.shift();
      if (!first) return;
      const read = await first.read;
      const reached = read.blocks.at(-1)?.number ?? first.end;
      const record = trust.of(read.endpoint);
      if (read.isUncompared) {
        isComparisonOwed = true;
      } else if (isComparisonOwed && !read.isChecked) {
        const { endpoint, logs } = read;
        const range = { ...parameters, endpoint, from: first.start, to: reached };
        isComparisonOwed = !(await compareLater(range, logs));
      }
      if (record.withholds && !read.isChecked) {
        // It was read before its endpoint was seen to withhold logs.
        restart(first.start);
        continue;
      }
      if (!read.isChecked) record.firstRead ??= first.start;
      yield read;
      if (reached !== first.end) {
        // The range was cut, or the chain has skipped its last height. The ranges after it no longer follow it.
        restart(reached + 1n);
      }
    }
  } finally {
    round.abort();
  }
}

/**
 * Compares a range that was read without. What is found is in the record of the endpoint.
 *
 * @returns False if nothing could be compared.
 */
async function compareLater(range: ReadParameters, logs: readonly JournalLog[]): Promise<boolean> {
  try {
    return await compareRange(range, logs);
  } catch (error) {
    range.signal.throwIfAborted();
    range.endpoints.reportFailure(range.endpoint, classifyError(error));
    return true;
  }
}

/** Reads a range, or its beginning if the whole is too large. Retries until the signal aborts. */
async function readSome(
  range: ReadParameters,
  compared: boolean,
  anchor: JournalBlock | undefined,
): Promise<ReadBlocks> {
  const { endpoints, from, signal } = range;
  const trust = trustOf(endpoints);
  let { endpoint, to } = range;
  let failed: Endpoint[] = [];
  let inOneBlock = false;
  /** The failures of this range in a row, each while its endpoint answered other requests. */
  let failures = 0;
  let failedMs = 0;
  for (;;) {
    try {
      if (anchor) await requireAnchor({ ...range, endpoint }, anchor);
      const oneByOne = inOneBlock || trust.of(endpoint).withholds;
      if (oneByOne) to = lowest(to, from + SINGLE_BLOCKS - 1n);
      const read = await (oneByOne ? readTip : readRange)({ ...range, endpoint, to });
      if (anchor) await requireAnchor({ ...range, endpoint }, anchor);
      const isUncompared = compared && !oneByOne && !(await compareRange({ ...range, endpoint, to }, read.logs));
      trust.unfollowable = 0;
      return { ...read, isUncompared };
    } catch (error) {
      signal.throwIfAborted();
      const failure = classifyError(error);
      if (failure.kind === "changed") throw failure;
      failures = failures === 0 || endpoint.lastSeenMs >= failedMs ? failures + 1 : failures;
      failedMs = Date.now();
      const most = FAILURES_BEFORE_HALVING[failure.kind === "limited" ? "limited" : "other"];
      const isHalved = from < to && failures >= most;
      if (failure.kind === "pruned") {
        trust.recordPruned(endpoint, to);
        reportPruned(endpoints, endpoint, from, to, endpoints.all.length === 1);
        const other = await trust.choose(to, from, signal, [endpoint]);
        if (other === endpoint) {
          reportPruned(endpoints, endpoint, from, to, true);
          endpoints.reportFailure(endpoint, failure);
          await trust.choose(to, from, signal);
        }
        endpoint = other;
        if (isHalved) {
          endpoint.recordRangeRefusal(Number(to - from) + 1);
          to = (from + to) / 2n;
        }
        continue;
      }
      if (failure instanceof NotFollowable && ++trust.unfollowable > 1) reportNotFollowable(endpoints, failure.message);
      if (failure.kind === "unsupported") {
        reportMissing(endpoints, endpoint, failure.message, trust.isAlone(endpoint));
      }
      const incomplete = failure instanceof IncompleteReply;
      const tooLarge = from < to && (failure.kind === "refused" || failure.kind === "unreachable" || incomplete);
      // A refusal is not the endpoint's fault while a smaller range can be tried.
      if (!tooLarge || failure.kind === "unreachable") endpoints.reportFailure(endpoint, failure);
      if (tooLarge || isHalved) {
        endpoint.recordRangeRefusal(Number(to - from) + 1);
        to = (from + to) / 2n;
      } else {
        failed = [endpoint, ...failed].slice(0, endpoints.all.length - 1);
        if (incomplete && inOneBlock) reportWithheld(endpoints, endpoint, failure.message, trust.isAlone(endpoint));
        inOneBlock = incomplete;
      }
      endpoint = await trust.choose(to, from, signal, failed);
    }
  }
}

/**
 * Checks that an endpoint has a block on its chain, and with it all blocks before.
 *
 * @throws {EndpointError} if it does not. If another endpoint has the block, this one is at fault; else the chain has
 * changed.
 */
async function requireAnchor({ endpoints, endpoint, signal }: ReadParameters, anchor: JournalBlock): Promise<void> {
  const { number, hash } = anchor;
  const header = await headerOf(endpoint, number, signal);
  if (header?.hash === hash) return;
  const failure = header ? undefined : await lacksOldBlock(endpoint, number, signal);
  if (failure?.kind === "pruned") throw failure;
  const other = trustOf(endpoints).findOther(number, [endpoint]);
  const isElsewhere = other && (await readFromWitness(endpoints, other, number, signal))?.hash === hash;
  throw new EndpointError(isElsewhere ? "wrong" : "changed", `it has another block ${number}`);
}

const lowest = (...numbers: [bigint, ...bigint[]]) => numbers.reduce((a, b) => (b < a ? b : a));
