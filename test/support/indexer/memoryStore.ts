import type { JournalBlock, JournalLog } from "../../../indexer/journal.ts";
import type { Store } from "../../../indexer/store/store.ts";

const unused = async (): Promise<never> => {
  throw new Error("A store in memory does not do this.");
};

/**
 * Creates a store in memory for the writer of an index, which starts at once. It stays when it is closed, like a database,
 * and throws if what is appended does not continue it.
 */
export function memoryStore(): Store {
  let blocks: JournalBlock[] = [];
  let logs: JournalLog[] = [];
  let newestFinal = -1n;
  let snapshots: { block: JournalBlock; format: number; bytes: Uint8Array }[] = [];
  const lastBlock = async (atOrBelow?: bigint) =>
    blocks.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow);
  return {
    removalsAtOpen: 0n,
    append: async (added, itsLogs, final = -1n) => {
      for (const block of added) {
        if (block.number <= (blocks.at(-1)?.number ?? -1n)) throw new Error("Blocks do not ascend.");
        blocks.push(block);
      }
      logs.push(...itsLogs);
      if (final > newestFinal) newestFinal = final;
    },
    removeAbove: async (number) => {
      blocks = blocks.filter((block) => block.number <= number);
      logs = logs.filter(({ blockNumber }) => blockNumber <= number);
      snapshots = snapshots.filter(({ block }) => block.number <= number);
    },
    lastBlock,
    blockByHash: async (hash) => blocks.find((block) => block.hash === hash),
    finalBlock: async () => newestFinal,
    unreadContracts: async () => [],
    readBlocks: async function* ({ above = -1n, upTo } = {}) {
      yield blocks.filter(({ number }) => number > above && (upTo === undefined || number <= upTo));
    },
    readLogs: async function* ({ above = -1n, upTo } = {}) {
      const times = new Map(blocks.map(({ number, timestamp }) => [number, timestamp]));
      yield logs
        .filter(({ blockNumber }) => blockNumber > above && (upTo === undefined || blockNumber <= upTo))
        .map((log) => ({ ...log, timestamp: times.get(log.blockNumber) ?? 0 }));
    },
    saveSnapshot: async (block, format, bytes) => void snapshots.push({ block, format, bytes }),
    readSnapshot: async (format, atOrBelow) =>
      snapshots.findLast(
        (each) => each.format === format && (atOrBelow === undefined || each.block.number <= atOrBelow),
      ),
    finishBackfill: async () => undefined,
    fill: unused,
    readChanges: unused,
    readTables: unused,
    close: async () => undefined,
  };
}
