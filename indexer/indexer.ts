import { setTimeout as sleep } from "node:timers/promises";
import { type Address, createPublicClient, http, type PublicClient } from "viem";
import { decodeContractLog, registryAbi } from "./contracts.ts";
import { applyEvent, LedgerContradiction } from "./ledger/applyEvent.ts";
import { LedgerState } from "./ledger/state.ts";
import { Journal, type JournalBlock, type JournalLog, type JournalSource } from "./store/journal.ts";
import { followChain } from "./sync/followChain.ts";
import { UserError } from "./userError.ts";

export interface StartIndexerParameters {
  rpcUrl: string;
  /** Where the journal is kept; made if it is not there. */
  folder: string;
  source: JournalSource;
  pollingIntervalMs?: number;
  onRetry?: (error: unknown, waitMs: number) => void;
  /** Told once if the indexer cannot go on. It then serves what it has no longer. */
  onFailure?: (error: unknown) => void;
}

/**
 * Follows a deployment: chain → journal → ledger. `state` and `block` always belong together and change between awaits
 * only: a reader that does not await sees one block.
 */
export class Indexer {
  #state: LedgerState;
  #block: JournalBlock | undefined;
  #head: bigint | undefined;
  #lastContact: Date | undefined;
  #lastError: string | undefined;
  readonly #stop = new AbortController();
  readonly #journal: Journal;
  readonly #client: PublicClient;
  readonly #parameters: StartIndexerParameters;
  #running: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(parameters: StartIndexerParameters, journal: Journal, client: PublicClient) {
    this.#parameters = parameters;
    this.#journal = journal;
    this.#client = client;
    this.#state = this.#emptyState();
  }

  /** Opens the journal, replays it and begins to follow the chain. */
  static async start(parameters: StartIndexerParameters): Promise<Indexer> {
    // Failed requests are tried again by the sync, which can be stopped.
    const transport = http(parameters.rpcUrl, { batch: true, retryCount: 0 });
    const client = createPublicClient({ transport });
    const chainId = await client.getChainId().catch((error: unknown) => {
      throw new UserError(`No Ethereum node answers at ${parameters.rpcUrl}. Start it, or name another URL.`, {
        cause: error,
      });
    });
    if (chainId !== parameters.source.chainId) {
      throw new UserError(
        `The node at ${parameters.rpcUrl} is of chain ${chainId}, but the deployment is on chain ${parameters.source.chainId}.`,
      );
    }
    await requireDeployment(client, parameters.source);
    const journal = await Journal.open(parameters.folder, parameters.source);
    const indexer = new Indexer(parameters, journal, client);
    try {
      await indexer.#replay();
    } catch (error) {
      await journal.close();
      throw error;
    }
    indexer.#running = indexer.#follow().catch((error: unknown) => {
      indexer.#failure = error;
      parameters.onFailure?.(error);
    });
    return indexer;
  }

  get state(): LedgerState {
    return this.#state;
  }

  /** The block that the state is as of; undefined before the first. */
  get block(): JournalBlock | undefined {
    return this.#block;
  }

  /** The chain's newest block as far as is known; undefined before the node has told. */
  get head(): bigint | undefined {
    return this.#head;
  }

  /** When the node last answered; undefined if it has not since the start. */
  get lastContact(): Date | undefined {
    return this.#lastContact;
  }

  /** Why the last request failed; undefined once the node answers again. */
  get lastError(): string | undefined {
    return this.#lastError;
  }

  get source(): JournalSource {
    return this.#parameters.source;
  }

  /** What stopped it from going on, if anything did. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Waits until a block is in the state. */
  async reached(blockNumber: bigint, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((this.#block?.number ?? -1n) < blockNumber) {
      if (this.#failure) throw this.#failure;
      if (Date.now() > deadline) throw new Error(`Block ${blockNumber} was not indexed within ${timeoutMs} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    // A request that hangs is not waited for: nothing that it answers is used any more.
    await Promise.race([this.#running, sleep(1_000)]);
    await this.#journal.close();
  }

  async #follow(): Promise<void> {
    const { source, pollingIntervalMs, onRetry } = this.#parameters;
    const updates = followChain({
      client: this.#client,
      source,
      lastBlock: (atOrBelow) => this.#journal.lastBlock(atOrBelow),
      signal: this.#stop.signal,
      ...(pollingIntervalMs !== undefined && { pollingIntervalMs }),
      onHead: (head) => {
        this.#head = head;
        this.#lastContact = new Date();
        this.#lastError = undefined;
      },
      onRetry: (error, waitMs) => {
        this.#lastError = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
        onRetry?.(error, waitMs);
      },
    });
    let refetched: bigint | undefined;
    for await (const update of updates) {
      if (this.#stop.signal.aborted) return;
      if (update.type === "reorg") {
        await this.#journal.removeAbove(update.ancestor?.number ?? -1n);
        await this.#replay();
      } else {
        const before = this.#block;
        await this.#journal.append(update.blocks, update.logs);
        try {
          const times = new Map(update.blocks.map(({ number, timestamp }) => [number, timestamp]));
          for (const log of update.logs) applyLog(this.#state, log, times.get(log.blockNumber) ?? 0);
          this.#block = update.blocks.at(-1);
        } catch (error) {
          // The node may have kept logs from us, now or in the blocks just before: read them anew, once.
          const from = (before?.number ?? -1n) - REFETCHED_BLOCKS;
          await this.#journal.removeAbove(from);
          await this.#replay();
          if (!(error instanceof LedgerContradiction) || refetched === before?.number) throw error;
          refetched = before?.number;
        }
      }
    }
  }

  #emptyState(): LedgerState {
    return new LedgerState(this.#parameters.source.ledger.toLowerCase() as Address);
  }

  /** Folds the whole journal into a new state and puts it in place of the old one at once. */
  async #replay(): Promise<void> {
    const state = this.#emptyState();
    for await (const log of this.#journal.readLogs()) applyLog(state, log, log.timestamp);
    const block = await this.#journal.lastBlock();
    this.#state = state;
    this.#block = block;
  }
}

/** How many blocks before a contradiction are read anew. */
const REFETCHED_BLOCKS = 256n;

/** @throws {UserError} if there is no such pair of contracts on this chain. */
async function requireDeployment(client: PublicClient, { registry, ledger }: JournalSource): Promise<void> {
  const named = await client
    .readContract({ address: registry, abi: registryAbi, functionName: "ledger" })
    .catch(() => undefined);
  if (named?.toLowerCase() !== ledger.toLowerCase()) {
    throw new UserError(
      `The registry ${registry} has no ledger ${ledger} on this chain. Look at the deployment's file.`,
    );
  }
}

function applyLog(state: LedgerState, log: JournalLog, timestamp: number): void {
  const event = decodeContractLog(log.contract, log);
  if (!event) return;
  const { blockNumber, logIndex, transactionHash } = log;
  applyEvent(state, event, { blockNumber, logIndex, timestamp, transactionHash });
}
