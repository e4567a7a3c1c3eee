import { setTimeout as sleep } from "node:timers/promises";
import { type Address, type EIP1193Provider, isAddressEqual, parseEventLogs, type TransactionReceipt } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { MAX_GAS } from "#client/settlement/settlement.ts";
import { whyReverted } from "#client/transactions/whyReverted.ts";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { type ImportTask, importWork, type ImportWork } from "./importWork.ts";
import type { OwnerOf } from "./owners.ts";
import { at, type ImportPlan } from "./planImport.ts";
import { readRegistry } from "./readRegistry.ts";
import { type Batch, BatchSender } from "./sendBatch.ts";
import { voidNonces } from "./voidNonces.ts";
import { waitForPending } from "./waitForPending.ts";

export interface ImportLineageParameters {
  chain: Chain;
  /** Signs and sends for the account. */
  provider: Pick<EIP1193Provider, "request">;
  /** Sends and pays for every transaction. */
  account: Address;
  /** The block in which the registry was deployed. */
  startBlock: number;
  plan: ImportPlan;
  ownerOf: OwnerOf;
  /** Confirmations of a release before another is built on it: a reorg may give its id to another release. Default: 1. */
  confirmations?: number;
  /** Gas of one transaction, at most. Default: {@link DEFAULT_BATCH_GAS}. */
  batchGas?: number;
  /** Number of transactions in flight, at most. Default: {@link DEFAULT_IN_FLIGHT}. */
  inFlight?: number;
  /**
   * Uses up the nonces that an earlier run may have used for transactions that every endpoint asked has forgotten, but that
   * may still be mined: they would register what this run registers in other batches. Default: true.
   */
  voidForgotten?: boolean;
  /** Called after each transaction. */
  onProgress?: (progress: ImportProgress) => void;
  /** Called with each line about a transaction or the account. */
  report?: (line: string) => void;
  /** Called with each transaction that is mined, and the number of its registrations and releases. */
  onMined?: (receipt: TransactionReceipt, tasks: number) => void;
  /** Stops the import: nothing more is sent. The error names what is in flight. */
  signal?: AbortSignal;
}

/**
 * Returns the number of empty transactions before an import of this many steps: as many as an earlier run can have had in
 * flight. A single step needs none: whichever transaction has its nonce makes it.
 */
export const nonceVoids = (steps: number) => (steps > 1 ? Math.min(DEFAULT_IN_FLIGHT, steps) : 0);

export interface ImportProgress {
  /** Number of steps that are on the chain, and of all steps. A step is a release or a transfer to the owner. */
  done: number;
  total: number;
  /** Costs of this run. */
  transactions: number;
  gas: bigint;
  costWei: bigint;
}

export interface ImportedLineage {
  /** The release id of each entry of the plan. */
  releases: number[];
  /** Number of steps that this run made. Everything else was already registered. */
  made: number;
  /** Number of transactions that this run sent. */
  transactions: number;
  gas: bigint;
  costWei: bigint;
}

/** Half of what one transaction may take on most chains, and below a third of the smallest blocks' limit. */
export const DEFAULT_BATCH_GAS = Number(MAX_GAS);
export const DEFAULT_IN_FLIGHT = 4;

/**
 * Registers the assets and releases of an import plan, in batches: several calls in one transaction, several transactions in
 * flight. A call names only releases that are confirmed, never one of its own batch or of a transaction in flight. Ids are
 * counted, so a stranger who registers in between shifts those that are not mined yet, and a contribution is for ever.
 *
 * The chain holds the progress. An import that was interrupted resumes when it is run again by the same account, after
 * everything that the account has in flight is mined. The nonces of what nodes may have forgotten are used up first, by empty
 * transactions. Nothing is registered twice.
 *
 * @throws {UserError} if an asset has no owner, before anything is sent; if a transaction fails; or when the signal aborts.
 */
export async function importLineage(parameters: ImportLineageParameters): Promise<ImportedLineage> {
  const { chain, account, startBlock, plan, ownerOf, onProgress, signal } = parameters;
  const { batchGas = DEFAULT_BATCH_GAS, inFlight = DEFAULT_IN_FLIGHT, report = () => undefined } = parameters;
  const readWork = async () =>
    importWork({ plan, ownerOf, account, registered: await readRegistry({ chain, startBlock, signal }) });
  const costs = { transactions: 0, gas: 0n, costWei: 0n };
  const addCosts = ({ gasUsed, effectiveGasPrice }: TransactionReceipt) => {
    costs.transactions++;
    costs.gas += gasUsed;
    costs.costWei += gasUsed * effectiveGasPrice;
  };
  let nonce = await waitForPending({ client: chain.client, account, report, signal });
  let work = await readWork();
  const count = parameters.voidForgotten === false ? 0 : nonceVoids(work.tasks.length);
  if (count > 0) {
    for (const receipt of await voidNonces({ ...parameters, report, nonce, count })) {
      addCosts(receipt);
      parameters.onMined?.(receipt, 0);
    }
    nonce += count;
    // One of the forgotten transactions may have been mined instead.
    work = await readWork();
  }
  const sender = new BatchSender({ ...parameters, report, nonce });
  const queue = new TaskQueue(work, plan.length);
  const total = plan.length + work.tasks.filter(({ does }) => does === "handOver").length;
  const before = total - work.tasks.length;
  let made = 0;

  const follow = async (batch: Batch) => {
    const receipt = await sender.confirm(batch);
    if (receipt.status === "reverted") {
      const call = { from: account, to: batch.to, data: batch.data };
      throw await whyReverted(chain.client, call, receipt.blockNumber);
    }
    for (const [task, release] of releasesOf(batch, receipt, chain.deployment.registry)) {
      if (release !== undefined) work.releases[task.entry] = release;
      queue.confirm(task);
    }
    made += batch.tasks.length;
    addCosts(receipt);
    parameters.onMined?.(receipt, batch.tasks.length);
    onProgress?.({ done: before + made, total, ...costs });
  };

  const following = new Set<Promise<void>>();
  onProgress?.({ done: before, total, ...costs });
  try {
    while (made < work.tasks.length) {
      signal?.throwIfAborted();
      while (following.size < inFlight) {
        const tasks = queue.take(sender.planned(batchGas));
        // Transactions in flight may make more tasks ready, which then fill the batch.
        const isFull = tasks.length > 0 && queue.hasReady;
        if (tasks.length === 0) break;
        if (!isFull && following.size > 0) {
          queue.giveBack(tasks);
          break;
        }
        const batch = await sender.send(tasks, work.encode, batchGas);
        queue.giveBack(tasks.slice(batch.tasks.length));
        const followed = follow(batch).finally(() => following.delete(followed));
        followed.catch(() => undefined); // awaited below
        following.add(followed);
        if (signal?.aborted) break;
      }
      if (following.size === 0) throw new Error("No task is ready, although some are left.");
      signal?.throwIfAborted();
      await Promise.race(following);
    }
  } catch (error) {
    await Promise.race([Promise.allSettled(following), sleep(signal?.aborted ? 0 : 2_000)]);
    throw withState(error, { done: before + made, total, sender, isInterrupt: signal?.aborted === true });
  }
  return { releases: work.releases.map((release) => release ?? 0), made, ...costs };
}

interface State {
  done: number;
  total: number;
  sender: BatchSender;
  isInterrupt: boolean;
}

/** Adds to an error what is on the chain and what is in flight. */
function withState(error: unknown, { done, total, sender, isInterrupt }: State): unknown {
  if (!isInterrupt && !(error instanceof UserError)) return error;
  const open = sender.open.map(({ hash, nonce }) => `${hash} (nonce ${nonce})`);
  const reason = isInterrupt ? "The import was interrupted." : (error as Error).message;
  const flying = open.length > 0 ? ` In flight, and may still be mined: ${open.join(", ")}.` : "";
  return new UserError(
    `${reason} ${done} of ${total} steps are on the chain.${flying} Nothing more was sent. Run the same command again to resume: nothing is registered twice.`,
    { cause: error },
  );
}

/** Returns the release that each task of a mined batch published, in order; undefined for a transfer. */
function* releasesOf(
  { tasks }: Batch,
  { logs, transactionHash }: TransactionReceipt,
  registry: Address,
): Generator<[ImportTask, number | undefined]> {
  const own = logs.filter(({ address }) => isAddressEqual(address, registry));
  const published = parseEventLogs({ abi: registryAbi, eventName: "ReleasePublished", logs: own });
  if (published.length !== tasks.filter(({ does }) => does !== "handOver").length) {
    throw new Error(`Transaction ${transactionHash} published ${published.length} releases.`);
  }
  let next = 0;
  for (const task of tasks) yield [task, task.does === "handOver" ? undefined : at(published, next++).args.release];
}

/** The tasks whose needs are confirmed, in the order of the plan. */
class TaskQueue {
  /** Number of unconfirmed needs of each task. */
  readonly #missing = new Map<ImportTask, number>();
  /** Tasks by the entry that they need. */
  readonly #waiting = new Map<number, ImportTask[]>();
  #ready: ImportTask[] = [];
  #isSorted = false;

  constructor({ tasks, releases }: ImportWork, entries: number) {
    for (const task of tasks) {
      const missing = task.needs.filter((entry) => entry < entries && releases[entry] === undefined);
      for (const entry of missing) {
        const waiting = this.#waiting.get(entry);
        if (waiting) waiting.push(task);
        else this.#waiting.set(entry, [task]);
      }
      if (missing.length === 0) this.#ready.push(task);
      else this.#missing.set(task, missing.length);
    }
  }

  get hasReady(): boolean {
    return this.#ready.length > 0;
  }

  /** Takes ready tasks up to this much gas, and at least one if there is any. */
  take(gas: number): ImportTask[] {
    // The order decides which calls an interrupted import has made; the last one is taken first.
    if (!this.#isSorted) this.#ready.sort((a, b) => b.entry - a.entry);
    this.#isSorted = true;
    const tasks: ImportTask[] = [];
    let sum = 0;
    for (let task = this.#ready.at(-1); task; task = this.#ready.at(-1)) {
      if (tasks.length > 0 && sum + task.gas > gas) break;
      sum += task.gas;
      tasks.push(task);
      this.#ready.pop();
    }
    return tasks;
  }

  giveBack(tasks: readonly ImportTask[]): void {
    this.#ready.push(...tasks.toReversed());
  }

  confirm({ does, entry }: ImportTask): void {
    if (does === "handOver") return;
    for (const task of this.#waiting.get(entry) ?? []) {
      const missing = (this.#missing.get(task) ?? 0) - 1;
      this.#missing.set(task, missing);
      if (missing > 0) continue;
      this.#ready.push(task);
      this.#isSorted = false;
    }
    this.#waiting.delete(entry);
  }
}
