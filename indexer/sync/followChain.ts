import { setTimeout as sleep } from "node:timers/promises";
import { BlockNotFoundError, type Hex, type PublicClient } from "viem";
import type { JournalBlock, JournalLog, JournalSource } from "../store/journal.ts";

/** What happened on the chain, in order. */
export type ChainUpdate =
  | {
      type: "blocks";
      /** Ascending; those that hold logs and the last of the range. */
      blocks: JournalBlock[];
      /** In the chain's order. */
      logs: JournalLog[];
    }
  /** Every block above `ancestor` was replaced; undefined if the first one was, too. */
  | { type: "reorg"; ancestor: JournalBlock | undefined };

export interface FollowChainParameters {
  client: PublicClient;
  source: JournalSource;
  /** The highest journalled block at or below a number; of all unless given. */
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>;
  signal: AbortSignal;
  pollingIntervalMs?: number;
  /** Told of each failed request before it is tried again. */
  onRetry?: (error: unknown, waitMs: number) => void;
  /** Told the newest block's number each time the node gives it. */
  onHead?: (head: bigint) => void;
}

const LARGEST_RANGE = 10_000n;
const LONGEST_WAIT_MS = 15_000;
/**
 * So near to the newest block logs are asked for by block hash: a node that does not have the block yet then refuses,
 * while to a range it would answer that there are no logs.
 */
const TIP_BLOCKS = 64n;
/** How often a node may not know a journalled block, without having another in its place, until that is a reorg. */
const PATIENCE_POLLS = 20;

/**
 * Follows the two contracts on a chain for ever, beginning after the last journalled block. Each update must be
 * journalled before the next is asked for. Ranges halve when a node refuses them and grow again; failed requests are
 * tried again, for ever, with growing pauses. Ends when the signal aborts.
 */
export async function* followChain(parameters: FollowChainParameters): AsyncGenerator<ChainUpdate> {
  const { client, source, lastBlock, signal, pollingIntervalMs = 1_000, onRetry, onHead } = parameters;
  let range = LARGEST_RANGE;
  let failures = 0;
  let missed = 0;
  while (!signal.aborted) {
    try {
      const last = await lastBlock();
      const head = await client.getBlock({ blockTag: "latest", includeTransactions: false });
      onHead?.(head.number);
      const seen = last ? await compare(client, last, lastBlock, head.number) : "same";
      missed = seen === "missing" ? missed + 1 : 0;
      if (last && (seen === "replaced" || missed > PATIENCE_POLLS)) {
        yield { type: "reorg", ancestor: await commonAncestor(client, last, lastBlock) };
        continue;
      }
      const from = last ? last.number + 1n : source.startBlock;
      if (seen === "missing" || head.number < from) {
        failures = 0;
        await pause(pollingIntervalMs, signal);
        continue;
      }
      const to = endOfRange(from, range, head.number);
      const update =
        to + TIP_BLOCKS > head.number
          ? await fetchTip(client, source, from, to, last)
          : await fetchRange(client, source, from, to);
      failures = 0;
      range = range * 2n > LARGEST_RANGE ? LARGEST_RANGE : range * 2n;
      // Once more, or a reorg just before the range was read would join the new chain to the old.
      if (update && (!last || (await onChain(client, last)) === "same")) {
        yield { type: "blocks", ...update };
      }
    } catch (error) {
      if (signal.aborted) return;
      if (range > 1n) range /= 2n;
      const waitMs = Math.min(250 * 2 ** failures++, LONGEST_WAIT_MS);
      onRetry?.(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

/** A range ends at the tip's edge or within the tip, but does not reach across. */
function endOfRange(from: bigint, range: bigint, head: bigint): bigint {
  const end = from + range - 1n;
  const edge = head - TIP_BLOCKS;
  if (from <= edge) return end < edge ? end : edge;
  return head;
}

/** The blocks after the last one, one by one; undefined if they are not of one chain. */
async function fetchTip(
  client: PublicClient,
  source: JournalSource,
  from: bigint,
  to: bigint,
  last: JournalBlock | undefined,
) {
  const numbers = Array.from({ length: Number(to - from) + 1 }, (_, i) => from + BigInt(i));
  const headers = await Promise.all(
    numbers.map((blockNumber) => client.getBlock({ blockNumber, includeTransactions: false })),
  );
  let parent = last && last.number === from - 1n ? last.hash : undefined;
  for (const { hash, parentHash } of headers) {
    if (parent !== undefined && parentHash !== parent) return undefined;
    parent = hash;
  }
  const address = [source.registry, source.ledger];
  const found = await Promise.all(headers.map(({ hash }) => client.getLogs({ address, blockHash: hash })));
  const logs = found.flat().sort(inChainOrder);
  return {
    blocks: headers.map(({ number, hash, timestamp }) => ({ number, hash, timestamp: Number(timestamp) })),
    logs: logs.map((log) => journalLog(source, log)),
  };
}

/** The range's logs and blocks, or undefined if the chain changed while they were read. */
async function fetchRange(client: PublicClient, source: JournalSource, from: bigint, to: bigint) {
  const end = await client.getBlock({ blockNumber: to, includeTransactions: false });
  const found = await client.getLogs({ address: [source.registry, source.ledger], fromBlock: from, toBlock: to });
  found.sort(inChainOrder);

  const blocks = new Map<bigint, JournalBlock>();
  const logs: JournalLog[] = [];
  for (const log of found) {
    if (!blocks.has(log.blockNumber)) {
      const timestamp = await timestampOf(client, log);
      if (timestamp === undefined) return undefined;
      blocks.set(log.blockNumber, { number: log.blockNumber, hash: log.blockHash, timestamp });
    }
    // Two logs of one height with different block hashes: read across a reorg.
    if (blocks.get(log.blockNumber)?.hash !== log.blockHash) return undefined;
    logs.push(journalLog(source, log));
  }
  const journalled = blocks.get(to)?.hash ?? end.hash;
  const again = await client.getBlock({ blockNumber: to, includeTransactions: false });
  if (again.hash !== end.hash || journalled !== end.hash) return undefined;
  blocks.set(to, { number: to, hash: end.hash, timestamp: Number(end.timestamp) });
  return { blocks: [...blocks.values()], logs };
}

/** From the log where the node gives it, else from the block's header; undefined if that block was replaced. */
async function timestampOf(
  client: PublicClient,
  log: { blockNumber: bigint; blockHash: Hex; blockTimestamp?: bigint | undefined },
): Promise<number | undefined> {
  if (log.blockTimestamp !== undefined) return Number(log.blockTimestamp);
  const block = await client.getBlock({ blockNumber: log.blockNumber, includeTransactions: false });
  return block.hash === log.blockHash ? Number(block.timestamp) : undefined;
}

type ChainLog = Awaited<ReturnType<PublicClient["getLogs"]>>[number] & { blockNumber: bigint; logIndex: number };

const inChainOrder = (a: ChainLog, b: ChainLog) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex;

const journalLog = (source: JournalSource, log: ChainLog & { transactionHash: Hex }): JournalLog => ({
  blockNumber: log.blockNumber,
  logIndex: log.logIndex,
  contract: log.address.toLowerCase() === source.ledger.toLowerCase() ? "ledger" : "registry",
  topics: log.topics,
  data: log.data,
  transactionHash: log.transactionHash,
});

/** Whether the node has a block, another one in its place, or none of that number. */
async function onChain(client: PublicClient, block: JournalBlock): Promise<"same" | "replaced" | "missing"> {
  try {
    const { hash } = await client.getBlock({ blockNumber: block.number, includeTransactions: false });
    return hash === block.hash ? "same" : "replaced";
  } catch (error) {
    if (error instanceof BlockNotFoundError) return "missing";
    throw error;
  }
}

/**
 * As {@link onChain}, for the last block: where the node does not know it, one of several behind one address may lag, or
 * the chain has become shorter. An earlier journalled block that was replaced tells.
 */
async function compare(
  client: PublicClient,
  last: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
  head: bigint,
) {
  const seen = await onChain(client, last);
  if (seen !== "missing") return seen;
  const earlier = await lastBlock(head);
  return earlier && (await onChain(client, earlier)) === "replaced" ? "replaced" : "missing";
}

async function commonAncestor(
  client: PublicClient,
  replaced: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
): Promise<JournalBlock | undefined> {
  let candidate = await lastBlock(replaced.number - 1n);
  while (candidate && (await onChain(client, candidate)) !== "same") candidate = await lastBlock(candidate.number - 1n);
  return candidate;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // an abort ends the pause, and the loop sees it
}
