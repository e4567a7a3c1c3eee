import { type Address, createPublicClient, custom } from "viem";
import { decodeContractLog, registryAbi } from "./contracts.ts";
import { applyEvent, LedgerContradiction } from "./ledger/applyEvent.ts";
import { LedgerState } from "./ledger/state.ts";
import type { JournalBlock, JournalLog, JournalSource } from "./store/journal.ts";
import { openStore } from "./store/openStore.ts";
import type { Store, StoreTarget } from "./store/store.ts";
import { whenAvailable } from "./store/whenAvailable.ts";
import { Endpoints } from "./sync/endpoints.ts";
import { followChain } from "./sync/followChain.ts";
import type { Progress } from "./sync/progress.ts";
import { UserError } from "./userError.ts";

export interface StartIndexerParameters {
  /** The chain's nodes: http(s) or ws(s). */
  rpcUrl: string | readonly string[];
  /** Per node. Unlimited unless given. */
  requestsPerSecond?: number | undefined;
  /** How many blocks deep a block is final. Unless given, the nodes tell, or it is 64. */
  finalityDepth?: number | undefined;
  /** Where the journal is kept; begun if there is none. */
  target: StoreTarget;
  source: JournalSource;
  pollingIntervalMs?: number;
  onRetry?: (error: Error, restMs: number) => void;
  onProgress?: (progress: Progress) => void;
  /** Told once if the indexer cannot go on. It then serves what it has no longer. */
  onFailure?: (error: unknown) => void;
}

/**
 * Follows a deployment: chain → store → ledger. `state` and `block` always belong together and change between awaits
 * only: a reader that does not await sees one block.
 */
export class Indexer {
  #state: LedgerState;
  #block: JournalBlock | undefined;
  #head: bigint | undefined;
  #lastContact: Date | undefined;
  #lastError: string | undefined;
  readonly #stop = new AbortController();
  readonly #store: Store;
  readonly #endpoints: Endpoints;
  readonly #parameters: StartIndexerParameters;
  #running: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(parameters: StartIndexerParameters, store: Store, endpoints: Endpoints) {
    this.#parameters = parameters;
    this.#store = store;
    this.#endpoints = endpoints;
    this.#state = this.#emptyState();
  }

  /** Opens the store, replays its journal and begins to follow the chain. */
  static async start(parameters: StartIndexerParameters): Promise<Indexer> {
    const { source, rpcUrl, requestsPerSecond, finalityDepth, pollingIntervalMs } = parameters;
    let indexer: Indexer | undefined;
    const endpoints = new Endpoints({
      urls: typeof rpcUrl === "string" ? [rpcUrl] : rpcUrl,
      chainId: source.chainId,
      requestsPerSecond,
      finalityDepth,
      pollingIntervalMs,
      onRetry: (error, restMs) => {
        if (indexer) indexer.#lastError = error.message;
        parameters.onRetry?.(error, restMs);
      },
    });
    try {
      await endpoints.ready();
      await requireDeployment(endpoints, source);
      const store = await openStore(parameters.target, source);
      indexer = new Indexer(parameters, store, endpoints);
      await indexer.#replay().catch(async (error: unknown) => {
        await store.close();
        throw error;
      });
    } catch (error) {
      await endpoints.close();
      throw error;
    }
    const started = indexer;
    started.#running = started.#follow().catch((error: unknown) => {
      started.#failure = error;
      parameters.onFailure?.(error);
    });
    return started;
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
    await this.#endpoints.close();
    await this.#running;
    await this.#store.close();
  }

  async #follow(): Promise<void> {
    const { source, onProgress } = this.#parameters;
    const updates = followChain({
      endpoints: this.#endpoints,
      source,
      lastBlock: (atOrBelow) => this.#store.lastBlock(atOrBelow),
      signal: this.#stop.signal,
      ...(onProgress && { onProgress }),
      onHead: (head) => {
        this.#head = head;
        this.#lastContact = new Date();
        this.#lastError = undefined;
      },
    });
    const patiently = <T>(work: () => Promise<T>) =>
      whenAvailable(work, { signal: this.#stop.signal, onRetry: this.#parameters.onRetry });
    let refetched: bigint | undefined;
    let indexed = false;
    for await (const update of updates) {
      if (this.#stop.signal.aborted) return;
      if (update.type === "reorg") {
        await patiently(() => this.#store.removeAbove(update.ancestor?.number ?? -1n));
        await patiently(() => this.#replay());
      } else {
        const before = this.#block;
        await patiently(() => this.#store.append(update.blocks, update.logs, update.final));
        try {
          const times = new Map(update.blocks.map(({ number, timestamp }) => [number, timestamp]));
          for (const log of update.logs) applyLog(this.#state, log, times.get(log.blockNumber) ?? 0);
          this.#block = update.blocks.at(-1);
        } catch (error) {
          // The node may have kept logs from us, now or in the blocks just before: read them anew, once.
          const from = (before?.number ?? -1n) - REFETCHED_BLOCKS;
          await patiently(() => this.#store.removeAbove(from));
          await patiently(() => this.#replay());
          if (!(error instanceof LedgerContradiction) || refetched === before?.number) throw error;
          refetched = before?.number;
        }
        if (!indexed && this.#block?.number === this.#head) {
          await patiently(() => this.#store.finishBackfill());
          indexed = true;
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
    for await (const logs of this.#store.readLogs()) {
      for (const log of logs) applyLog(state, log, log.timestamp);
    }
    const block = await this.#store.lastBlock();
    this.#state = state;
    this.#block = block;
  }
}

/** How many blocks before a contradiction are read anew. */
const REFETCHED_BLOCKS = 256n;

/** @throws {UserError} if there is no such pair of contracts on this chain. */
async function requireDeployment(endpoints: Endpoints, { registry, ledger }: JournalSource): Promise<void> {
  const client = createPublicClient({ transport: custom(endpoints, { retryCount: 0 }) });
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
