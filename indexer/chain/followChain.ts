import type { JournalBlock, JournalLog, JournalSource } from "../journal.ts";
import { abortable, pause } from "#node/abortable.ts";
import { backfill } from "./backfill.ts";
import { confirmFinal } from "./deepReorg.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import { type Progress, progressMeter } from "./progress.ts";
import { type ReadBlocks, readTip } from "./readBlocks.ts";

/** What happened on the chain, in order. */
export type ChainUpdate =
  | {
      type: "blocks";
      /** Ascending; those that hold logs and the last of the range. */
      blocks: JournalBlock[];
      /** In the chain's order. */
      logs: JournalLog[];
      /** Up to here nothing is ever taken back. May be above the last of these blocks. */
      final: bigint;
      /** The last journalled block, after which these come. */
      after: bigint | undefined;
    }
  /** Every block above `ancestor` was replaced; undefined if the first one was, too. */
  | { type: "reorg"; ancestor: JournalBlock | undefined };

export interface FollowChainParameters {
  endpoints: Endpoints;
  source: JournalSource;
  /** The highest journalled block at or below a number; of all unless given. */
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>;
  signal: AbortSignal;
  /**
   * Up to where blocks were said to be final before the start, if that is known. Else those that are as deep below the
   * last journalled one as blocks become final.
   */
  final?: bigint | undefined;
  /** Told the newest block's number each time a node has told it. */
  onHead?: (head: bigint) => void;
  /** Told after each update that was journalled. */
  onProgress?: (progress: Progress) => void;
}

/** So near to the newest block logs are asked for block by block. */
const TIP_BLOCKS = 64n;
/** How often a node may not know a journalled block, without having another in its place, until that is a reorg. */
const PATIENCE_POLLS = 20;
/** How many blocks a search for the common ancestor goes back one by one, before its steps double. */
const SINGLE_STEPS = 64;

/**
 * Follows the two contracts on a chain for ever, beginning after the last journalled block. Each update must be
 * journalled before the next is asked for. Failed requests are tried again, for ever, by whichever endpoint can. Ends
 * when the signal aborts.
 *
 * The journal may lose blocks at its end at any time: reading goes on after the then last one, so to read blocks anew it
 * is enough to remove them between two updates. Where that may happen while an update is on its way, `after` tells
 * whether it still fits.
 *
 * What cannot be noticed: logs that every endpoint keeps back alike; with one endpoint, one of several logs of the same
 * event in a block, or any but the last block of a back-filled range; with several, most back-filled ranges, of which
 * one in sixteen is compared. `verify` is for that, which compares the whole with the contracts and reads all logs again.
 *
 * @throws {DeepReorg} if a block that was final is no longer on the chain.
 *
 * @example
 * const endpoints = new Endpoints({ urls: ["http://127.0.0.1:8545"], chainId: 31_337 });
 * const lastBlock = (atOrBelow?: bigint) => journal.lastBlock(atOrBelow);
 * for await (const update of followChain({ endpoints, source, lastBlock, signal })) {
 *   if (update.type === "blocks") await journal.append(update.blocks, update.logs);
 *   else await journal.removeAbove(update.ancestor?.number ?? -1n);
 * }
 */
export async function* followChain(parameters: FollowChainParameters): AsyncGenerator<ChainUpdate> {
  const { endpoints, source, signal, onHead, onProgress } = parameters;
  const lastBlock = (atOrBelow?: bigint) => abortable(parameters.lastBlock(atOrBelow), signal);
  const meter = progressMeter();
  /** Never falls: what was once told to be final must stay so. */
  let told = parameters.final;
  let known: string | undefined;
  let missed = 0;
  /** How many blocks of the tip to read at once: all, but fewer of a node that fails at that. */
  let tip = TIP_BLOCKS;
  let seenMs = 0;
  while (!signal.aborted) {
    let leader: Endpoint | undefined;
    try {
      const last = await lastBlock();
      leader = await endpoints.choose(endpoints.head?.number ?? 0n, signal);
      const { head } = leader;
      if (!head) continue;
      if (leader.lastSeenMs !== seenMs) onHead?.(head.number);
      seenMs = leader.lastSeenMs;
      told ??= last && last.number > endpoints.finalityDepth ? last.number - endpoints.finalityDepth : 0n;
      // Before the journal is compared with the chain, or it would be final on another branch.
      const { final } = endpoints;
      const situation = `${last?.hash} ${head.hash}`;
      if (situation === known || (last && last.hash === head.hash)) {
        await endpoints.change(signal);
        continue;
      }

      const seen = last ? await compare(endpoints, leader, last, lastBlock, signal) : "same";
      missed = seen === "missing" ? missed + 1 : 0;
      if (last && (seen === "replaced" || missed > PATIENCE_POLLS)) {
        await confirmFinal(endpoints, lastBlock, told, signal);
        if (endpoints.leader !== leader) continue; // it was at fault
        const ancestor = await commonAncestor(leader, last, lastBlock, signal);
        known = undefined;
        missed = 0;
        yield { type: "reorg", ancestor };
        continue;
      }
      const from = last ? last.number + 1n : source.startBlock;
      if (seen === "missing" || head.number < from) {
        if (seen === "same") known = situation;
        await pause(endpoints.pollingIntervalMs, signal);
        continue;
      }

      const edge = head.number - TIP_BLOCKS;
      const reads: AsyncIterable<ReadBlocks> =
        from <= edge
          ? backfill({ endpoints, source, from, to: edge, signal })
          : readOnce(
              readTip({ endpoints, endpoint: leader, source, from, to: lower(from + tip - 1n, head.number), signal }),
            );
      let after = last;
      for await (const { blocks, logs, parentHash, endpoint } of reads) {
        const end = blocks.at(-1);
        if (!end || signal.aborted) break;
        if (after && parentHash !== after.hash) {
          const kind = end.number > told ? "changed" : "wrong";
          endpoints.blame(endpoint, new EndpointError(kind, `its block ${after.number} is another`));
          await endpoints.change(signal);
          break;
        }
        // What was read ahead is of no use once the journal's end is another.
        if ((await lastBlock())?.hash !== after?.hash) break;
        if (final > told) told = final;
        yield { type: "blocks", blocks, logs, final: told, after: after?.number };
        after = end;
        tip = lower(tip + 4n, TIP_BLOCKS);
        endpoint.succeeded("read");
        const target = endpoints.head?.number ?? head.number;
        onProgress?.(meter({ block: end.number, target, events: logs.length }));
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof EndpointError)) throw error;
      known = undefined;
      tip = (tip + 1n) / 2n;
      if (leader) endpoints.blame(leader, error);
      await endpoints.change(signal);
    }
  }
}

/** Whether the chain has the last journalled block, another one in its place, or none of that number. */
async function compare(
  endpoints: Endpoints,
  leader: Endpoint,
  last: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
  signal: AbortSignal,
): Promise<"same" | "replaced" | "missing"> {
  const found = await headerOf(leader, last.number, signal);
  if (found?.hash === last.hash) return "same";
  if (!found) {
    // One of several nodes behind one address may lag, or the chain has become shorter. An earlier journalled block that
    // was replaced tells.
    const earlier = await lastBlock(leader.head?.number ?? 0n);
    if (!earlier || earlier.number === last.number) return "missing";
    const replacement = await headerOf(leader, earlier.number, signal);
    return replacement && replacement.hash !== earlier.hash ? "replaced" : "missing";
  }
  // One reply may be wrong, and endpoints may follow different branches for a while.
  const second = endpoints.another(last.number, [leader]) ?? leader;
  const again = await headerOf(second, last.number, signal).catch((error: unknown) => {
    if (second === leader || !(error instanceof EndpointError)) throw error;
    endpoints.blame(second, error);
    return undefined;
  });
  return again?.hash === last.hash ? "missing" : "replaced";
}

async function commonAncestor(
  leader: Endpoint,
  replaced: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
  signal: AbortSignal,
): Promise<JournalBlock | undefined> {
  let candidate = await lastBlock(replaced.number - 1n);
  let step = 1n;
  for (let steps = 1; candidate; steps++) {
    if ((await headerOf(leader, candidate.number, signal))?.hash === candidate.hash) return candidate;
    if (steps >= SINGLE_STEPS) step *= 2n;
    candidate = await lastBlock(candidate.number - step);
  }
  return undefined;
}

const lower = (a: bigint, b: bigint) => (a < b ? a : b);

async function* readOnce(read: Promise<ReadBlocks>): AsyncGenerator<ReadBlocks> {
  yield await read;
}
