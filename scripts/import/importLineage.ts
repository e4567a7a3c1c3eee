import { setTimeout as sleep } from "node:timers/promises";
import {
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  type Signer,
  toUtf8String,
  ZeroHash,
} from "ethers";
import { UserError } from "#protocol/userError.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import type { AssetRegistry } from "../../types/ethers-contracts/AssetRegistry.ts";
import type { OwnerOf } from "./owners.ts";
import type { ImportAsset, ImportEntry, ImportPlan } from "./planImport.ts";

export interface ImportLineageParameters {
  registry: AssetRegistry;
  /** The block in which the registry was deployed. */
  startBlock: number;
  /** Sends and pays for every transaction. */
  signer: Signer;
  plan: ImportPlan;
  ownerOf: OwnerOf;
  /** Confirmations of a release before another is built on it: a reorg may give its id to another release. Default: 1. */
  confirmations?: number;
  /** Called after each step, with the number of finished and of all releases and transfers. */
  onProgress?: (done: number, total: number) => void;
  /** Stops the import after the transactions that are pending. */
  signal?: AbortSignal;
}

export interface ImportedLineage {
  /** The release id of each entry of the plan. */
  releases: bigint[];
  /** Number of transactions that were sent. Everything else was already registered. */
  sent: number;
}

const MAX_PENDING = 32;

/**
 * Registers the assets and releases of an import plan. The chain holds its progress: an asset of this signer with the same
 * metadata counts as registered, so running an interrupted import again resumes it, and nothing is registered twice. An
 * asset with a second release belongs to the signer until that is published. Then it is transferred to its owner.
 *
 * @throws {UserError} if an asset has no owner, before anything is sent; or when the signal aborts.
 */
export async function importLineage(parameters: ImportLineageParameters): Promise<ImportedLineage> {
  const { registry, plan, ownerOf, confirmations = 1, onProgress, signal } = parameters;
  const signer = new SequentialSigner(parameters.signer, confirmations);
  const importer = await parameters.signer.getAddress();
  const ownerships = new Map(plan.map(({ asset }) => [asset, ownerOf(asset)]));
  const laterReleases = new Set(plan.filter(({ first }) => !first).map(({ asset }) => asset));

  await signer.waitForPending();
  const earlier = await registeredBy(registry, importer, parameters.startBlock);
  const assets = new Map<ImportAsset, bigint>();
  const releases: bigint[] = [];
  const total = plan.length + laterReleases.size;
  let done = 0;
  let sent = 0;
  const advance = () => onProgress?.(++done, total);
  const connected = registry.connect(parameters.signer);

  const record = async (i: number, { asset, first }: ImportEntry, receipt: Promise<ContractTransactionReceipt>) => {
    const id = publishedRelease(registry, (await receipt).logs);
    releases[i] = id;
    if (first) assets.set(asset, id);
    advance();
  };

  const byLevel = Map.groupBy(plan.entries(), ([, { level }]) => level);
  const levels = [...byLevel].sort(([a], [b]) => a - b).map(([, entries]) => entries);
  const pending: Promise<void>[] = [];
  const awaitPending = async () => {
    await Promise.all(pending);
    pending.length = 0;
  };
  const stopAtInterrupt = async () => {
    if (!signal?.aborted) return;
    await Promise.allSettled(pending);
    signal.throwIfAborted();
  };
  for (const entries of levels) {
    for (const [i, entry] of entries) {
      await stopAtInterrupt();
      const { asset, first } = entry;
      const ownership = ownerships.get(asset);
      if (!ownership) throw new Error(`"${asset.name}" has no owner.`);
      const id = first
        ? earlier.assets.get(metadataOf(asset))
        : earlier.releases.get(releaseKey(assets.get(asset), entry.label));
      if (id !== undefined) {
        releases[i] = id;
        if (first) assets.set(asset, id);
        advance();
        continue;
      }
      const draft = draftOf(entry, releases);
      const send = first
        ? (nonce: number) =>
            connected.register(
              laterReleases.has(asset) ? importer : ownership.owner,
              {
                kind: KINDS.indexOf(asset.kind),
                keep: 0,
                metadata: metadataOf(asset),
                allocations: ownership.contributors.map(({ account, role, shares }) => ({
                  account,
                  role: ROLES.indexOf(role),
                  shares,
                })),
              },
              draft,
              { nonce },
            )
        : (nonce: number) => connected.publish(assets.get(asset) ?? 0n, draft, { nonce });
      const { receipt } = await signer.send(send);
      sent++;
      pending.push(markHandled(record(i, entry, receipt)));
      if (pending.length >= MAX_PENDING) await awaitPending();
    }
    await awaitPending();
  }

  const handOver = async (receipt: Promise<ContractTransactionReceipt>) => {
    await receipt;
    advance();
  };
  for (const asset of laterReleases) {
    await stopAtInterrupt();
    const id = assets.get(asset) ?? 0n;
    const owner = ownerships.get(asset)?.owner ?? importer;
    const holder = await registry.ownerOf(id);
    if (holder === importer && owner !== importer) {
      const { receipt } = await signer.send((nonce) => connected.transferFrom(importer, owner, id, { nonce }));
      sent++;
      pending.push(markHandled(handOver(receipt)));
    } else advance();
  }
  await awaitPending();
  return { releases, sent };
}

/** Prevents an unhandled rejection of a promise that is awaited later. */
function markHandled(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

/** Returns the metadata of an asset. They are always the same bytes, because they identify an asset that is registered. */
function metadataOf({ name, kind, organization, date, placeholder }: ImportAsset): string {
  return JSON.stringify({
    name,
    kind,
    ...(organization !== undefined && { organization }),
    ...(date !== null && { date }),
    ...(placeholder && { placeholder, description: "Named as a dependency, without an entry of its own." }),
  });
}

function draftOf({ contributions, label }: ImportEntry, releases: readonly bigint[]) {
  const onChain = contributions.map(({ entry, weightPpm }) => ({
    release: releases[entry] ?? 0n,
    weight: weightPpm,
  }));
  return {
    // Ids follow the order of mining, not that of the plan.
    contributions: onChain.sort((a, b) => (a.release < b.release ? -1 : 1)),
    floor: 0,
    byGrant: false,
    label,
    digest: ZeroHash,
    uri: "",
  };
}

const releaseKey = (asset: bigint | undefined, label: string) => `${asset}:${label}`;

/** Finds what this signer has registered: assets by metadata, and their later releases by asset and label. */
async function registeredBy(registry: AssetRegistry, importer: string, startBlock: number) {
  const assets = new Map<string, bigint>();
  const releases = new Map<string, bigint>();
  const byImporter = registry.filters.AssetRegistered(undefined, importer);
  const registrations = await inRanges(registry, startBlock, (from, to) => registry.queryFilter(byImporter, from, to));
  for (const { args } of registrations) {
    const metadata = toUtf8StringOrNothing(args.metadata);
    if (metadata !== undefined && !assets.has(metadata)) assets.set(metadata, args.asset);
  }
  if (assets.size === 0) return { assets, releases };
  const own = new Set(assets.values());
  const byAnyone = registry.filters.ReleasePublished();
  const publications = await inRanges(registry, startBlock, (from, to) => registry.queryFilter(byAnyone, from, to));
  for (const { args } of publications) {
    if (own.has(args.asset) && args.release !== args.asset)
      releases.set(releaseKey(args.asset, args.label), args.release);
  }
  return { assets, releases };
}

function toUtf8StringOrNothing(bytes: string): string | undefined {
  try {
    return toUtf8String(bytes);
  } catch {
    return undefined; // metadata of somebody else, which are not text
  }
}

const LARGEST_RANGE = 10_000;

/** Runs a query from a block to the newest one, in ranges that public nodes accept. */
async function inRanges<T>(
  registry: AssetRegistry,
  startBlock: number,
  query: (fromBlock: number, toBlock: number) => Promise<T[]>,
): Promise<T[]> {
  const head = (await registry.runner?.provider?.getBlockNumber()) ?? startBlock;
  const results: T[] = [];
  for (let from = startBlock; from <= head; from += LARGEST_RANGE) {
    results.push(...(await query(from, Math.min(head, from + LARGEST_RANGE - 1))));
  }
  return results;
}

/** Sends transactions with consecutive nonces, so that many can be pending at once. */
class SequentialSigner {
  #nonce: number | undefined;
  readonly #signer: Signer;
  readonly #confirmations: number;

  constructor(signer: Signer, confirmations: number) {
    this.#signer = signer;
    this.#confirmations = confirmations;
  }

  /** Waits until the account's earlier transactions are mined. Otherwise an earlier run's work could be sent twice. */
  async waitForPending(): Promise<void> {
    for (let waited = 0; ; waited++) {
      const [mined, pending] = [await this.#signer.getNonce("latest"), await this.#signer.getNonce("pending")];
      this.#nonce = mined;
      if (mined >= pending) return;
      if (waited > 120) {
        throw new UserError(
          `${pending - mined} transactions of ${await this.#signer.getAddress()} have been pending for two minutes. Speed them up or cancel them in a wallet, then run the same command again.`,
        );
      }
      await sleep(1_000);
    }
  }

  /** Sends a transaction and returns a promise of its receipt. */
  async send(send: (nonce: number) => Promise<ContractTransactionResponse>) {
    this.#nonce ??= await this.#signer.getNonce("latest");
    const transaction = await send(this.#nonce);
    this.#nonce++;
    const receipt = transaction.wait(this.#confirmations).then((result) => {
      if (!result) throw new Error(`Transaction ${transaction.hash} was not mined.`);
      return result;
    });
    // The caller awaits it later; until then a failure must not count as an unhandled rejection.
    receipt.catch(() => undefined);
    return { receipt };
  }
}

function publishedRelease(
  registry: AssetRegistry,
  logs: readonly { topics: readonly string[]; data: string }[],
): bigint {
  for (const log of logs) {
    const event = registry.interface.parseLog(log);
    if (event?.name === "ReleasePublished") return event.args.release;
  }
  throw new Error("The transaction published no release.");
}
