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
import type { PlannedAsset, PlannedRelease } from "./planLineage.ts";

export interface ImportLineageParameters {
  registry: AssetRegistry;
  /** The block of the registry's deployment. */
  startBlock: number;
  /** Sends and pays for every transaction. */
  signer: Signer;
  plan: readonly PlannedRelease[];
  ownerOf: OwnerOf;
  /** How deep a release must be before another is built on it. A reorg may give its id to somebody else's. */
  confirmations?: number;
  /** Told after each step; `done` of `total` releases and handovers. */
  onProgress?: (done: number, total: number) => void;
  /** Stops after the transactions that are under way. */
  signal?: AbortSignal;
}

export interface ImportedLineage {
  /** The release id of each entry of the plan. */
  releases: bigint[];
  /** How many transactions it took; the rest was there already. */
  sent: number;
}

const MOST_UNDER_WAY = 32;

/**
 * Registers a planned lineage. The chain remembers how far it came: an asset of this signer with the same metadata is
 * taken for done, so an interrupted import is resumed by running it again, and nothing is registered twice. An asset
 * with a later release stays with the signer until that is published, then goes to its owner.
 *
 * @throws {UserError} for an asset without an owner, before anything is sent; or when the signal aborts.
 */
export async function importLineage(parameters: ImportLineageParameters): Promise<ImportedLineage> {
  const { registry, plan, ownerOf, confirmations = 1, onProgress, signal } = parameters;
  const signer = new SequentialSigner(parameters.signer, confirmations);
  const importer = await parameters.signer.getAddress();
  const ownerships = new Map(plan.map(({ asset }) => [asset, ownerOf(asset)]));
  const laterReleases = new Set(plan.filter(({ first }) => !first).map(({ asset }) => asset));

  await signer.settlePending();
  const known = await registeredBy(registry, importer, parameters.startBlock);
  const assets = new Map<PlannedAsset, bigint>();
  const releases: bigint[] = [];
  const total = plan.length + laterReleases.size;
  let done = 0;
  let sent = 0;
  const advance = () => onProgress?.(++done, total);
  const connected = registry.connect(parameters.signer);

  const record = async (i: number, { asset, first }: PlannedRelease, mined: Promise<ContractTransactionReceipt>) => {
    const id = publishedRelease(registry, (await mined).logs);
    releases[i] = id;
    if (first) assets.set(asset, id);
    advance();
  };

  const levels = Math.max(...plan.map(({ level }) => level)) + 1;
  const underWay: Promise<void>[] = [];
  const underWayMined = async () => {
    await Promise.all(underWay);
    underWay.length = 0;
  };
  const stopAtInterrupt = async () => {
    if (!signal?.aborted) return;
    await Promise.allSettled(underWay);
    signal.throwIfAborted();
  };
  for (let level = 0; level < levels; level++) {
    for (const [i, planned] of plan.entries()) {
      if (planned.level !== level) continue;
      await stopAtInterrupt();
      const { asset, first } = planned;
      const ownership = ownerships.get(asset);
      if (!ownership) throw new Error(`"${asset.name}" has no owner.`);
      const existing = first
        ? known.assets.get(metadataOf(asset))
        : known.releases.get(releaseKey(assets.get(asset), planned.label));
      if (existing !== undefined) {
        releases[i] = existing;
        if (first) assets.set(asset, existing);
        advance();
        continue;
      }
      const draft = draftOf(planned, releases);
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
      const { mined } = await signer.send(send);
      sent++;
      underWay.push(handled(record(i, planned, mined)));
      if (underWay.length >= MOST_UNDER_WAY) await underWayMined();
    }
    await underWayMined();
  }

  const handOver = async (mined: Promise<ContractTransactionReceipt>) => {
    await mined;
    advance();
  };
  for (const asset of laterReleases) {
    await stopAtInterrupt();
    const id = assets.get(asset) ?? 0n;
    const owner = ownerships.get(asset)?.owner ?? importer;
    const holder = await registry.ownerOf(id);
    if (holder === importer && owner !== importer) {
      const { mined } = await signer.send((nonce) => connected.transferFrom(importer, owner, id, { nonce }));
      sent++;
      underWay.push(handled(handOver(mined)));
    } else advance();
  }
  await underWayMined();
  return { releases, sent };
}

/** Awaited later, with others: until then a failure must not count as unhandled. */
function handled(promise: Promise<void>): Promise<void> {
  promise.catch(() => undefined);
  return promise;
}

/** The metadata of an asset: always the same bytes, since they tell whether it is registered already. */
function metadataOf({ name, kind, organization, date, placeholder }: PlannedAsset): string {
  return JSON.stringify({
    name,
    kind,
    ...(organization !== undefined && { organization }),
    ...(date !== null && { date }),
    ...(placeholder && { placeholder, description: "Named as a dependency, without an entry of its own." }),
  });
}

function draftOf({ contributions, label }: PlannedRelease, releases: readonly bigint[]) {
  const named = contributions.map(({ planned, weightPpm }) => ({
    release: releases[planned] ?? 0n,
    weight: weightPpm,
  }));
  return {
    // Ids were given in the order of mining, not of the plan.
    contributions: named.sort((a, b) => (a.release < b.release ? -1 : 1)),
    floor: 0,
    byGrant: false,
    label,
    digest: ZeroHash,
    uri: "",
  };
}

const releaseKey = (asset: bigint | undefined, label: string) => `${asset}:${label}`;

/** What this signer registered before: assets by metadata, and their further releases by asset and label. */
async function registeredBy(registry: AssetRegistry, importer: string, startBlock: number) {
  const assets = new Map<string, bigint>();
  const releases = new Map<string, bigint>();
  const registered = registry.filters.AssetRegistered(undefined, importer);
  const registrations = await inRanges(registry, startBlock, (from, to) => registry.queryFilter(registered, from, to));
  for (const { args } of registrations) {
    const metadata = toUtf8StringOrNothing(args.metadata);
    if (metadata !== undefined && !assets.has(metadata)) assets.set(metadata, args.asset);
  }
  if (assets.size === 0) return { assets, releases };
  const own = new Set(assets.values());
  const published = registry.filters.ReleasePublished();
  const publications = await inRanges(registry, startBlock, (from, to) => registry.queryFilter(published, from, to));
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
    return undefined; // somebody's other metadata, not text
  }
}

const LARGEST_RANGE = 10_000;

/** All that a query finds from a block to the newest, in ranges that public nodes accept. */
async function inRanges<T>(
  registry: AssetRegistry,
  startBlock: number,
  query: (fromBlock: number, toBlock: number) => Promise<T[]>,
): Promise<T[]> {
  const head = (await registry.runner?.provider?.getBlockNumber()) ?? startBlock;
  const found: T[] = [];
  for (let from = startBlock; from <= head; from += LARGEST_RANGE) {
    found.push(...(await query(from, Math.min(head, from + LARGEST_RANGE - 1))));
  }
  return found;
}

/** Sends with consecutive nonces, so that many transactions can be under way at once. */
class SequentialSigner {
  #nonce: number | undefined;
  readonly #signer: Signer;
  readonly #confirmations: number;

  constructor(signer: Signer, confirmations: number) {
    this.#signer = signer;
    this.#confirmations = confirmations;
  }

  /** Waits until what an earlier run may have left under way is mined, or it would be sent again. */
  async settlePending(): Promise<void> {
    for (let waited = 0; ; waited++) {
      const [mined, pending] = [await this.#signer.getNonce("latest"), await this.#signer.getNonce("pending")];
      this.#nonce = mined;
      if (mined >= pending) return;
      if (waited > 120) {
        throw new UserError(
          `${pending - mined} transactions of ${await this.#signer.getAddress()} have been waiting for minutes. Speed them up or cancel them in a wallet, then run this again.`,
        );
      }
      await sleep(1_000);
    }
  }

  /** Answers once the transaction is sent, with a promise of its receipt. */
  async send(send: (nonce: number) => Promise<ContractTransactionResponse>) {
    this.#nonce ??= await this.#signer.getNonce("latest");
    const transaction = await send(this.#nonce);
    this.#nonce++;
    const mined = transaction.wait(this.#confirmations).then((receipt) => {
      if (!receipt) throw new Error(`Transaction ${transaction.hash} was not mined.`);
      return receipt;
    });
    // Awaited by the caller with the others of its level; until then a failure must not count as unhandled.
    mined.catch(() => undefined);
    return { mined };
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
