import { setTimeout as sleep } from "node:timers/promises";
import { BlockNotFoundError, type Hex, type PublicClient } from "viem";
import type { ContractName } from "../contracts.ts";
import type { JournalBlock, JournalLog, JournalSource } from "../store/journal.ts";

/** What happened on the chain, in order. */
export type ChainUpdate =
  | {
      type: "blocks";
      /** Ascending; those that hold logs and the last of the range. */
      blocks: JournalBlock[];
      /** In the chain's order. */
      logs: JournalLog[];
      /** The chain's newest block as far as is known. */
      head: bigint;
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
}

const LARGEST_RANGE = 10_000n;
const LONGEST_WAIT_MS = 15_000;

/**
 * Follows the two contracts on a chain for ever, beginning after the last journalled block. Each update must be
 * journalled before the next is asked for. Ranges halve when a node refuses them and grow again; failed requests are
 * tried again, for ever, with growing pauses. Ends when the signal aborts.
 */
export async function* followChain(parameters: FollowChainParameters): AsyncGenerator<ChainUpdate> {
  const { client, source, lastBlock, signal, pollingIntervalMs = 1_000, onRetry } = parameters;
  let range = LARGEST_RANGE;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const last = await lastBlock();
      const head = await client.getBlock({ blockTag: "latest", includeTransactions: false });
      if (last && !(await isOnChain(client, last))) {
        yield { type: "reorg", ancestor: await commonAncestor(client, last, lastBlock) };
        continue;
      }
      const from = last ? last.number + 1n : source.startBlock;
      if (head.number < from) {
        failures = 0;
        await pause(pollingIntervalMs, signal);
        continue;
      }
      const to = head.number < from + range - 1n ? head.number : from + range - 1n;
      const update = await fetchRange(client, source, from, to);
      failures = 0;
      range = range * 2n > LARGEST_RANGE ? LARGEST_RANGE : range * 2n;
      // Once more, or a reorg just before the range was read would join the new chain to the old.
      if (update && (!last || (await isOnChain(client, last)))) yield { type: "blocks", ...update, head: head.number };
    } catch (error) {
      if (signal.aborted) return;
      if (range > 1n) range /= 2n;
      const waitMs = Math.min(250 * 2 ** failures++, LONGEST_WAIT_MS);
      onRetry?.(error, waitMs);
      await pause(waitMs, signal);
    }
  }
}

/** The range's logs and blocks, or undefined if the chain changed while they were read. */
async function fetchRange(client: PublicClient, source: JournalSource, from: bigint, to: bigint) {
  const end = await client.getBlock({ blockNumber: to, includeTransactions: false });
  const found = await client.getLogs({ address: [source.registry, source.ledger], fromBlock: from, toBlock: to });
  found.sort((a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex);

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
    logs.push({
      blockNumber: log.blockNumber,
      logIndex: log.logIndex,
      contract: contractOf(source, log.address),
      topics: log.topics,
      data: log.data,
      transactionHash: log.transactionHash,
    });
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

const contractOf = (source: JournalSource, address: string): ContractName =>
  address.toLowerCase() === source.ledger.toLowerCase() ? "ledger" : "registry";

async function isOnChain(client: PublicClient, block: JournalBlock): Promise<boolean> {
  try {
    return (await client.getBlock({ blockNumber: block.number, includeTransactions: false })).hash === block.hash;
  } catch (error) {
    if (error instanceof BlockNotFoundError) return false;
    throw error;
  }
}

async function commonAncestor(
  client: PublicClient,
  replaced: JournalBlock,
  lastBlock: FollowChainParameters["lastBlock"],
): Promise<JournalBlock | undefined> {
  let candidate = await lastBlock(replaced.number - 1n);
  while (candidate && !(await isOnChain(client, candidate))) candidate = await lastBlock(candidate.number - 1n);
  return candidate;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined); // an abort ends the pause, and the loop sees it
}
