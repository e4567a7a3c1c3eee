import type { ChainUpdate, JournalBlock, JournalLog, JournalSource } from "../../../indexer/journal.ts";
import type { EndpointError } from "#node/rpc/endpointError.ts";
import { Endpoints, type EndpointsParameters } from "#node/rpc/endpoints.ts";
import { followChain } from "../../../indexer/chain/followChain.ts";
import type { Progress } from "../../../indexer/chain/progress.ts";
import type { ScriptedChain } from "../rpc/scriptedChain.ts";

/** A journal in memory. Like the real one, it throws if a block does not continue it. */
export class MemoryJournal {
  blocks: JournalBlock[] = [];
  logs: JournalLog[] = [];
  final = 0n;

  apply(update: ChainUpdate): void {
    if (update.type === "reorg") return this.removeAbove(update.ancestor?.number ?? -1n);
    if (update.type === "filled") throw new Error("Nothing is new to this journal.");
    const last = this.blocks.at(-1);
    if (update.after !== last?.number) throw new Error("The update does not continue the journal.");
    if (update.final < this.final) throw new Error("What is final became fewer.");
    this.final = update.final;
    for (const block of update.blocks) {
      if (block.number <= (this.blocks.at(-1)?.number ?? -1n)) throw new Error("Blocks do not ascend.");
      this.blocks.push(block);
    }
    this.logs.push(...update.logs);
  }

  removeAbove(number: bigint): void {
    this.blocks = this.blocks.filter((block) => block.number <= number);
    this.logs = this.logs.filter((log) => log.blockNumber <= number);
  }

  lastBlock(atOrBelow?: bigint): JournalBlock | undefined {
    return this.blocks.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow);
  }
}

export interface FollowJournalParameters extends Partial<EndpointsParameters> {
  urls: readonly string[];
  source: JournalSource;
  journal?: MemoryJournal;
  isDeployed?: boolean;
  onUpdate?: (update: ChainUpdate) => void | Promise<void>;
  onProgress?: (progress: Progress) => void;
}

/** Follows a chain into a journal in memory, until it is stopped. */
export function followJournal({
  source,
  journal = new MemoryJournal(),
  onUpdate,
  onProgress,
  isDeployed = false,
  ...rest
}: FollowJournalParameters) {
  const stop = new AbortController();
  const errors: EndpointError[] = [];
  const endpoints = new Endpoints({
    chainId: source.chainId,
    pollingIntervalMs: 5,
    timeoutMs: 20_000,
    shortestRestMs: 5,
    onRetry: (error) => errors.push(error),
    ...rest,
  });
  let failure: unknown;
  const updates = followChain({
    endpoints,
    source,
    lastBlock: async (atOrBelow) => journal.lastBlock(atOrBelow),
    isDeployed,
    signal: stop.signal,
    ...(onProgress && { onProgress }),
  });
  const running = (async () => {
    for await (const update of updates) {
      journal.apply(update);
      await onUpdate?.(update);
    }
  })().catch((error: unknown) => {
    failure = error;
  });
  /** Waits until a condition holds. Throws the error that ended the following, if one did. */
  const until = async (isSo: () => boolean) => {
    while (!isSo()) {
      if (failure) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  return {
    journal,
    endpoints,
    errors,
    until,
    /** Waits until the journal ends with this block. */
    reached: (hash: string) => until(() => journal.lastBlock()?.hash === hash),
    /** The error that ended it, if it was not `stop`. */
    failure: () => until(() => false).catch((error: unknown) => error),
    stop: async () => {
      stop.abort();
      await endpoints.close();
      await running;
    },
  };
}

export type Following = ReturnType<typeof followJournal>;

/** Returns the logs of a scripted chain in the form that the journal should have. */
export const logsOf = (chain: ScriptedChain) =>
  chain.blocks.flatMap(({ number, logs }) =>
    number === 0 ? [] : logs.map(({ data }, logIndex) => `${number} ${logIndex} ${data}`),
  );

export const journalledLogs = ({ logs }: MemoryJournal) =>
  logs.map(({ blockNumber, logIndex, data }) => `${blockNumber} ${logIndex} ${data}`);
