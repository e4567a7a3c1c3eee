import {
  type Address,
  getAbiItem,
  type Hex,
  isAddressEqual,
  numberToHex,
  parseEventLogs,
  sha256,
  toEventSelector,
} from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { type DeclaredNames, declaredNames } from "#protocol/texts/declaredNames.ts";
import { textOfBytes } from "#protocol/texts/wellFormed.ts";
import type { Chain } from "../chain/chain.ts";
import { type MinedLog, searchLogs } from "../chain/searchLogs.ts";
import { readAssetsOf } from "./readAssetsOf.ts";

export interface ReadNamesParameters {
  releases?: readonly number[];
  assets?: readonly number[];
  /** The block in which the registry was deployed. */
  startBlock: number;
  /** Finds metadata elsewhere, such as in an indexer's API. It need not be trusted: the registry has a digest of them. */
  metadataOf?: ((asset: number, signal: AbortSignal) => Promise<Hex | undefined>) | undefined;
  /** Most time. Default: 3 s. */
  milliseconds?: number;
}

/** Names are an addition to ids: nobody waits longer for them. */
const MOST_MILLISECONDS = 3_000;
/** Most assets whose names are read at once. */
const MOST_ASSETS = 200;

const EVENTS = ["AssetRegistered", "MetadataChanged"] as const;
const TOPICS = EVENTS.map((name) => toEventSelector(getAbiItem({ abi: registryAbi, name })));

/**
 * Reads the names of releases and assets into `chain.names`. Takes them only from metadata of which the registry has the
 * digest now. Never throws: what cannot be read in time keeps its id alone.
 */
export async function readNames(
  chain: Chain,
  { releases = [], assets = [], startBlock, metadataOf, milliseconds = MOST_MILLISECONDS }: ReadNamesParameters,
): Promise<void> {
  const { names } = chain;
  if (names.areUnavailable) return;
  const timeout = AbortSignal.timeout(milliseconds);
  const late = new Promise<never>((_resolve, reject) =>
    timeout.addEventListener("abort", () => reject(timeout.reason as Error), { once: true }),
  );
  const read = async () => {
    const unknown = [...new Set(releases)].filter((release) => names.assetOf(release) === undefined);
    for (const [release, asset] of await readAssetsOf(chain, unknown)) names.addRelease(release, asset);
    const wanted = new Set([...assets, ...releases.map((release) => names.assetOf(release) ?? 0)]);
    const missing = [...wanted].filter((asset) => asset > 0 && names.of(asset) === undefined).slice(0, MOST_ASSETS);
    if (missing.length > 0) await readMetadata(chain, new Set(missing), { startBlock, metadataOf, signal: timeout });
  };
  try {
    await Promise.race([read(), late]);
  } catch {
    names.areUnavailable = true;
  }
}

interface ReadMetadataParameters extends Pick<ReadNamesParameters, "startBlock" | "metadataOf"> {
  signal: AbortSignal;
}

async function readMetadata(
  { client, deployment, registry, names }: Chain,
  missing: Set<number>,
  { startBlock, metadataOf, signal }: ReadMetadataParameters,
): Promise<void> {
  const all = [...missing];
  const digests = new Map(
    await Promise.all(all.map(async (asset) => [asset, await registry.read.metadataDigest([asset])] as const)),
  );
  /** Takes metadata if they are what the registry has the digest of. */
  const take = (asset: number, metadata: Hex) => {
    if (!missing.has(asset) || sha256(metadata) !== digests.get(asset)) return;
    names.addAsset(asset, namesIn(metadata));
    missing.delete(asset);
  };
  if (metadataOf) {
    await Promise.all(
      all.map(async (asset) => {
        const metadata = await metadataOf(asset, signal).catch(() => undefined);
        if (metadata !== undefined) take(asset, metadata);
      }),
    );
    if (missing.size === 0) return;
  }
  await searchLogs(client, {
    address: deployment.registry,
    topics: [TOPICS, [...missing].map((asset) => numberToHex(asset, { size: 32 }))],
    fromBlock: BigInt(startBlock),
    signal,
    enough: (logs) => {
      for (const { asset, metadata } of metadataIn(logs, deployment.registry)) take(asset, metadata);
      return missing.size === 0;
    },
  });
}

/** Returns the metadata in logs. A node may answer with logs that were not asked for. */
function metadataIn(logs: MinedLog[], registry: Address): readonly { asset: number; metadata: Hex }[] {
  const own = logs.filter(({ address }) => isAddressEqual(address, registry));
  return parseEventLogs({ abi: registryAbi, eventName: [...EVENTS], logs: own }).map(({ args }) => args);
}

const namesIn = (metadata: Hex): DeclaredNames => declaredNames(textOfBytes(metadata));
