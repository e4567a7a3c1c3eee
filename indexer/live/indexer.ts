import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  createPublicClient,
  custom,
} from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { LedgerContradiction } from "../ledger/applyEvent.ts";
import type { LedgerState } from "../ledger/state.ts";
import { LiveLedger } from "./liveLedger.ts";
import { followStore } from "../store/followStore.ts";
import type { JournalBlock, JournalSource } from "../journal.ts";
import { openStore } from "../store/openStore.ts";
import type { Store, StoreTarget } from "../store/store.ts";
import { whenAvailable } from "../store/whenAvailable.ts";
import { pause } from "#node/abortable.ts";
import { Endpoints, type EndpointStatus } from "#node/rpc/endpoints.ts";
import { type ChainUpdate, followChain } from "../chain/followChain.ts";
import type { Progress } from "../chain/progress.ts";
import { transfersTo } from "../chain/transfersTo.ts";
import { UserError } from "#protocol/userError.ts";
import type { VerifyResult } from "../verify/result.ts";
import { shareOf, verify } from "../verify/verify.ts";
import { verifyJournal } from "../verify/verifyJournal.ts";
import type {
  BlockUpdate,
  Health,
  TransfersRead,
  TransfersToParameters,
  Verification,
  View,
  ViewSource,
} from "./view.ts";

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
  pollingIntervalMs?: number | undefined;
  /** How long a node may take to answer, and how long it is left alone after a first failure. */
  timeoutMs?: number | undefined;
  shortestRestMs?: number | undefined;
  /** How the store is opened: tests open one that fails. */
  openStore?: typeof openStore | undefined;
  onRetry?: ((error: Error, waitMs: number) => void) | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Told once if the indexer cannot go on. It then serves what it has no longer. */
  onFailure?: ((error: unknown) => void) | undefined;
  /** Verify so often, unless it is far behind the chain. Never unless given. */
  verifyEveryMs?: number | undefined;
  /** About how many answers of the contracts to compare each time; others each time. All unless given. */
  verifySample?: number | undefined;
  onVerified?: ((result: VerifyResult) => void) | undefined;
  /** Told of a verification at its time that could not be made. */
  onVerifyFailed?: ((error: unknown) => void) | undefined;
  /** Told of each batch that the store has taken in, and how long it took. */
  onStored?: ((batch: { events: number; seconds: number }) => void) | undefined;
}

export interface StartReaderParameters extends Pick<
  StartIndexerParameters,
  | "target"
  | "source"
  | "requestsPerSecond"
  | "pollingIntervalMs"
  | "onRetry"
  | "onFailure"
  | "verifyEveryMs"
  | "verifySample"
  | "onVerified"
  | "onVerifyFailed"
> {
  /** Nodes to be asked by `verify` and for the payers of an inlet; neither can be without. */
  rpcUrl?: string | readonly string[] | undefined;
}

export interface IndexerVerifyParameters {
  /** The newest unless given. */
  block?: bigint | undefined;
  /** About how many answers of the contracts to compare, and of the journal only some blocks; all unless given. */
  sample?: number | undefined;
  /** Decides which. */
  seed?: string | undefined;
  signal?: AbortSignal | undefined;
  /** In answers and blocks. */
  onProgress?: ((compared: number, all: number) => void) | undefined;
}

/** How many blocks before a contradiction are read anew; each time in a row sixteen times as many, and so often at most. */
const REREAD_BLOCKS = 256n;
const MOST_REREADS = 6;
const SHORTEST_REST_MS = 250;
/** Of the journal a sample is a stretch of so many blocks. */
const SAMPLED_BLOCKS = 10_000n;
/** Whoever is farther behind the chain has not caught up: nodes may no longer know the state that it is at. */
const FAR_BEHIND_BLOCKS = 64n;

/**
 * One deployment: chain → store → ledger. Either it follows the chain and writes the store, or it follows a store that
 * another process writes. `state` and `block` always belong together and change between awaits only: a reader that does
 * not await sees one block.
 */
export class Indexer implements ViewSource {
  readonly source: JournalSource;
  readonly #store: Store;
  readonly #ledger: LiveLedger;
  readonly #endpoints: Endpoints | undefined;
  readonly #writes: boolean;
  readonly #parameters: Omit<StartIndexerParameters, "rpcUrl">;
  readonly #stop = new AbortController();
  readonly #health: Omit<Health, "final" | "headFrom"> = {
    head: undefined,
    lastContact: undefined,
    lastError: undefined,
    failure: undefined,
  };
  #verification: Verification | undefined;
  /** As of here nothing differed when it was verified last. */
  #verifiedBlock: bigint | undefined;
  /** How often in a row events contradicted the ledger's rules; the first time it was after this block. */
  readonly #contradicted = { times: 0, after: -1n };
  /** What changes the store goes one after the other. */
  #writing: Promise<void> = Promise.resolve();
  #running: Promise<void> = Promise.resolve();

  private constructor(
    parameters: Omit<StartIndexerParameters, "rpcUrl">,
    store: Store,
    ledger: LiveLedger,
    endpoints: Endpoints | undefined,
    writes: boolean,
  ) {
    this.#parameters = parameters;
    this.source = parameters.source;
    this.#store = store;
    this.#ledger = ledger;
    this.#endpoints = endpoints;
    this.#writes = writes;
  }

  /** Opens the store, folds its journal and begins to follow the chain. */
  static async start(parameters: StartIndexerParameters): Promise<Indexer> {
    const { source, target, rpcUrl, onRetry } = parameters;
    const started: { indexer?: Indexer } = {};
    const endpoints = endpointsOf(parameters, rpcUrl, (error, restMs) => {
      if (started.indexer) started.indexer.#health.lastError = error.message;
      onRetry?.(error, restMs);
    });
    let store: Store | undefined;
    try {
      await endpoints.ready();
      await requireDeployment(endpoints, source);
      store = await (parameters.openStore ?? openStore)(target, source);
      const indexer = new Indexer(parameters, store, await LiveLedger.open(store, source), endpoints, true);
      started.indexer = indexer;
      return indexer.#run(indexer.#followChain(endpoints));
    } catch (error) {
      await store?.close();
      await endpoints.close();
      throw error;
    }
  }

  /** Opens a store that another process writes, and follows it. Any number of readers can. */
  static async read(parameters: StartReaderParameters): Promise<Indexer> {
    const { source, target, rpcUrl } = parameters;
    const store = await openStore(target, source, { readOnly: true });
    const endpoints = rpcUrl === undefined ? undefined : endpointsOf(parameters, rpcUrl);
    try {
      const indexer = new Indexer(
        parameters,
        store,
        await LiveLedger.open(store, source, { readOnly: true }),
        endpoints,
        false,
      );
      return indexer.#run(indexer.#followStore());
    } catch (error) {
      await store.close();
      await endpoints?.close();
      throw error;
    }
  }

  get state(): LedgerState {
    return this.#ledger.state;
  }

  /** The block that the state is as of; undefined before the first. */
  get block(): JournalBlock | undefined {
    return this.#ledger.block;
  }

  get health(): Health {
    const headFrom = this.#writes || this.#endpoints?.head ? "chain" : "store";
    return { ...this.#health, headFrom, final: this.#ledger.final };
  }

  get verification(): Verification | undefined {
    return this.#verification;
  }

  /** How the nodes of the chain do that can be asked. */
  get endpoints(): readonly EndpointStatus[] {
    return this.#endpoints?.status ?? [];
  }

  view(): View | undefined {
    return this.#ledger.view;
  }

  viewAt(blockNumber: bigint): Promise<View> {
    return this.#ledger.viewAt(blockNumber);
  }

  onBlock(listener: (update: BlockUpdate) => void): () => void {
    return this.#ledger.onUpdate(listener);
  }

  async transfersTo(parameters: TransfersToParameters): Promise<TransfersRead> {
    return transfersTo(this.#requireEndpoints(), parameters);
  }

  /**
   * Compares the newest view, or that as of a block, with the contracts, and the journal with the chain's logs. In a
   * writer, what differs in the newest makes it read anew all blocks since the last verification that found nothing, and
   * those from the first that differ in the journal.
   */
  async verify({ block, sample, seed, ...given }: IndexerVerifyParameters = {}): Promise<VerifyResult> {
    const endpoints = this.#requireEndpoints();
    const view = block === undefined ? this.view() : await this.viewAt(block);
    if (!view) throw new UserError("No block is indexed yet. Try again in a moment.");
    const { source } = this;
    const signal = given.signal ? AbortSignal.any([given.signal, this.#stop.signal]) : this.#stop.signal;
    const share = shareOf(view, sample);
    const request = (call: { method: string; params: unknown }) => endpoints.request(call);
    const common = { source, request, seed, signal, onProgress: given.onProgress };
    const { compared, found } = await verify({ ...common, view, share });
    const { differing, differences } = found;
    const sampled = sample !== undefined;
    const answers: VerifyResult = {
      block: view.block,
      compared,
      logs: 0,
      differing,
      withheld: 0,
      differences,
      sampled,
    };
    if (block === undefined) await this.#verified(answers, undefined);
    // What is read anew is no journal to compare with.
    if (block === undefined && differing > 0 && this.#writes) return answers;

    const blocks = sampled ? SAMPLED_BLOCKS : undefined;
    const journal = await verifyJournal({ ...common, block: view.block, store: this.#store, blocks });
    const result: VerifyResult = {
      ...answers,
      logs: journal.logs,
      differing: differing + journal.found.differing,
      withheld: journal.withheld,
      differences: [...differences, ...journal.found.differences],
    };
    if (block === undefined) await this.#verified(result, journal.firstDiffering);
    return result;
  }

  /** Keeps what was found, and reads anew what is wrong. */
  async #verified(result: VerifyResult, firstDiffering: bigint | undefined): Promise<void> {
    this.#verification = { at: new Date(), result };
    const right = this.#verifiedBlock ?? this.source.startBlock - 1n;
    if (result.differing === 0) this.#verifiedBlock = result.block.number;
    else if (this.#writes) {
      this.#verifiedBlock = undefined;
      // However often nothing was found while a node kept it back.
      await this.#rereadAbove(firstDiffering !== undefined && firstDiffering <= right ? firstDiffering - 1n : right);
    }
  }

  /** Waits until a block is in the state. */
  async reached(blockNumber: bigint, timeoutMs = 60_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((this.block?.number ?? -1n) < blockNumber) {
      if (this.#health.failure) throw this.#health.failure;
      if (Date.now() > deadline) throw new Error(`Block ${blockNumber} was not indexed within ${timeoutMs} ms.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Ends what is under way at the next safe place, keeps a snapshot for the next start, and closes the store. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#endpoints?.close();
    await this.#running;
    if (this.#writes && !this.#health.failure) await this.#ledger.saveSnapshot().catch(() => undefined); // only saves time
    await this.#store.close();
  }

  #run(following: Promise<void>): this {
    const followed = following.catch((error: unknown) => {
      if (this.#stop.signal.aborted) return;
      this.#health.failure = error;
      this.#parameters.onFailure?.(error);
    });
    this.#running = Promise.all([followed, this.#verifyRegularly()]).then(() => undefined);
    return this;
  }

  async #verifyRegularly(): Promise<void> {
    const { verifyEveryMs, verifySample, onVerified, onVerifyFailed } = this.#parameters;
    const { signal } = this.#stop;
    if (verifyEveryMs === undefined || !this.#endpoints) return;
    for (;;) {
      await pause(verifyEveryMs, signal);
      if (signal.aborted || this.#health.failure) return;
      const { block } = this;
      if (!block || (this.#health.head ?? 0n) > block.number + FAR_BEHIND_BLOCKS) continue;
      try {
        const sample = verifySample === undefined ? {} : { sample: verifySample, seed: block.hash };
        onVerified?.(await this.verify(sample));
      } catch (error) {
        if (!signal.aborted) onVerifyFailed?.(error);
      }
    }
  }

  async #followChain(endpoints: Endpoints): Promise<void> {
    const { onProgress } = this.#parameters;
    const updates = followChain({
      endpoints,
      source: this.source,
      lastBlock: (atOrBelow) => this.#patiently(() => this.#store.lastBlock(atOrBelow)),
      signal: this.#stop.signal,
      final: this.#ledger.final?.number,
      ...(onProgress && { onProgress }),
      onHead: (head) => this.#sawHead(head),
    });
    let filled = false;
    for await (const update of updates) {
      if (this.#stop.signal.aborted) return;
      await this.#exclusively(() => this.#write(update));
      if (filled || this.block?.number !== this.#health.head) continue;
      await this.#patiently(() => this.#store.finishBackfill());
      await this.#ledger.saveSnapshot();
      filled = true;
    }
  }

  async #followStore(): Promise<void> {
    const { pollingIntervalMs, onRetry } = this.#parameters;
    const retried = (error: Error, waitMs: number) => {
      this.#health.lastError = error.message;
      onRetry?.(error, waitMs);
    };
    const updates = followStore({
      store: this.#store,
      lastBlock: async (atOrBelow) => this.#ledger.lastBlock(atOrBelow),
      signal: this.#stop.signal,
      ...(pollingIntervalMs !== undefined && { pollingIntervalMs }),
      onRetry: retried,
      onHead: (head) => this.#sawHead(later(head, this.#endpoints?.head?.number)),
    });
    for await (const update of updates) {
      if (this.#stop.signal.aborted) return;
      await this.#patiently(() => this.#ledger.apply(update));
    }
  }

  /** Journals an update and folds it, both at once: a view that is ahead of the store for a moment does no harm. */
  async #write(update: ChainUpdate): Promise<void> {
    if (update.type === "reorg") {
      await this.#patiently(() => this.#store.removeAbove(update.ancestor?.number ?? -1n));
      return this.#patiently(() => this.#ledger.apply(update));
    }
    const before = this.block?.number;
    if (update.after !== before) return; // blocks were taken out while it was on its way
    const appended = this.#append(update);
    const [folded] = await Promise.allSettled([this.#ledger.apply(update), appended]);
    await appended;
    if (folded.status === "fulfilled") return;
    await this.#readAnew(before ?? -1n, folded.reason);
  }

  /** The nodes may have kept logs from us, in the blocks after this one or before: takes ever more of them out. */
  async #readAnew(after: bigint, reason: unknown): Promise<void> {
    const { shortestRestMs = SHORTEST_REST_MS, onRetry } = this.#parameters;
    const times = after > this.#contradicted.after ? 1 : this.#contradicted.times + 1;
    if (times === 1) this.#contradicted.after = after;
    this.#contradicted.times = times;
    await this.#takeOutAbove(after - REREAD_BLOCKS * 16n ** BigInt(times - 1));
    if (!(reason instanceof LedgerContradiction) || times > MOST_REREADS) throw reason;
    const waitMs = shortestRestMs * 2 ** (times - 1);
    onRetry?.(reason, waitMs);
    await pause(waitMs, this.#stop.signal);
  }

  async #append({ blocks, logs, final }: Extract<ChainUpdate, { type: "blocks" }>): Promise<void> {
    const started = performance.now();
    await this.#patiently(() => this.#store.append(blocks, logs, final));
    this.#parameters.onStored?.({ events: logs.length, seconds: (performance.now() - started) / 1_000 });
  }

  #rereadAbove(blockNumber: bigint): Promise<void> {
    return this.#exclusively(() => this.#takeOutAbove(blockNumber));
  }

  async #takeOutAbove(blockNumber: bigint): Promise<void> {
    await this.#patiently(() => this.#store.removeAbove(blockNumber));
    await this.#patiently(() => this.#ledger.rebuild());
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    const done = this.#writing.then(work);
    this.#writing = done.catch(() => undefined); // whoever asked for it is told
    return done;
  }

  #patiently<T>(work: () => Promise<T>): Promise<T> {
    return whenAvailable(work, { signal: this.#stop.signal, onRetry: this.#parameters.onRetry });
  }

  #sawHead(head: bigint): void {
    Object.assign(this.#health, { head, lastContact: new Date(), lastError: undefined });
  }

  #requireEndpoints(): Endpoints {
    if (!this.#endpoints) throw new UserError("No node of the chain was named. Start with --rpc URL.");
    return this.#endpoints;
  }
}

const later = (a: bigint, b: bigint | undefined) => (b !== undefined && b > a ? b : a);

function endpointsOf(
  parameters: Omit<StartIndexerParameters, "rpcUrl">,
  urls: string | readonly string[],
  onRetry?: (error: Error, restMs: number) => void,
): Endpoints {
  const { source, requestsPerSecond, finalityDepth, pollingIntervalMs, timeoutMs, shortestRestMs } = parameters;
  return new Endpoints({
    urls: typeof urls === "string" ? [urls] : urls,
    chainId: source.chainId,
    requestsPerSecond,
    finalityDepth,
    pollingIntervalMs,
    timeoutMs,
    shortestRestMs,
    onRetry,
  });
}

/** @throws {UserError} if there is no such pair of contracts on this chain. */
async function requireDeployment(endpoints: Endpoints, { registry, ledger }: JournalSource): Promise<void> {
  const client = createPublicClient({ transport: custom(endpoints, { retryCount: 0 }) });
  const named = await client
    .readContract({ address: registry, abi: registryAbi, functionName: "ledger" })
    .catch((error: unknown) => {
      if (error instanceof BaseError && error.walk(saysNoSuchContract)) return undefined;
      const why = error instanceof BaseError ? error.details || error.shortMessage : String(error);
      throw new UserError(`The node does not tell which ledger the registry ${registry} has (${why}). Try again.`);
    });
  if (named?.toLowerCase() !== ledger.toLowerCase()) {
    throw new UserError(
      `The registry ${registry} has no ledger ${ledger} on this chain. Look at the deployment's file.`,
    );
  }
}

const saysNoSuchContract = (error: unknown) =>
  error instanceof ContractFunctionRevertedError || error instanceof ContractFunctionZeroDataError;
