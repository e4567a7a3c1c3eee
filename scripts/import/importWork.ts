import { type Address, encodeFunctionData, type Hex, zeroHash } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import type { OwnerOf, Ownership } from "./owners.ts";
import { at, type ImportAsset, type ImportEntry, type ImportPlan } from "./planImport.ts";
import type { RegisteredAsset } from "./readRegistry.ts";

/** One call of the registry that an import makes. */
export interface ImportTask {
  does: "register" | "publish" | "handOver";
  /** The entry that is registered or published; for `handOver` the first one of the asset. */
  entry: number;
  /** The entries whose releases must be confirmed before. */
  needs: readonly number[];
  /** Gas of the call within a batch, by a formula that was fitted to measurements. */
  gas: number;
}

/** The calls that an import still has to make, and the releases that are on the chain. */
export interface ImportWork {
  tasks: ImportTask[];
  /** The release of each entry of the plan; undefined if it is not registered yet. */
  releases: (number | undefined)[];
  /** Encodes the call of a task whose needs are confirmed. */
  encode: (task: ImportTask) => Hex;
}

export interface ImportWorkParameters {
  plan: ImportPlan;
  ownerOf: OwnerOf;
  /** The account that sends and pays. */
  account: Address;
  /** All assets of the registry. */
  registered: ReadonlyMap<number, RegisteredAsset>;
}

/**
 * Compares a plan with the registry. The chain holds the progress of an import: an asset counts as registered if this account
 * registered one with the same metadata, byte by byte. A later release is known by its asset and label. An asset with a
 * second release belongs to the account until that is published, and is then handed over to its owner.
 *
 * @throws {UserError} if an asset has no owner.
 */
export function importWork({ plan, ownerOf, account, registered }: ImportWorkParameters): ImportWork {
  const own = ownAssets(registered, account);
  const ownerships = new Map<ImportAsset, Ownership>();
  const firstEntry = new Map<ImportAsset, number>();
  const lastEntry = new Map<ImportAsset, number>();
  const releases: (number | undefined)[] = [];
  for (const [i, { asset, first, label }] of plan.entries()) {
    lastEntry.set(asset, i);
    if (first) firstEntry.set(asset, i);
    if (asset.existing) {
      releases[i] = asset.existing.release;
      continue;
    }
    if (first) ownerships.set(asset, ownerOf(asset));
    const known = own.get(metadataOf(asset));
    releases[i] = first
      ? known?.id
      : known?.releases.find(({ id, label: its }) => id !== known.id && its === label)?.id;
  }

  const ownerOfEntry = (asset: ImportAsset): Ownership => {
    const ownership = ownerships.get(asset);
    if (!ownership) throw new Error(`"${asset.name}" has no owner.`);
    return ownership;
  };
  const hasLater = (asset: ImportAsset) => lastEntry.get(asset) !== firstEntry.get(asset);

  const tasks: ImportTask[] = [];
  for (const [i, entry] of plan.entries()) {
    const { asset, first, contributions } = entry;
    if (releases[i] !== undefined) continue;
    const parents = contributions.map(({ entry: parent }) => parent);
    const needs = first ? parents : [...new Set([...parents, firstEntry.get(asset) ?? -1])];
    const gas = first ? registrationGas(entry, ownerOfEntry(asset)) : publicationGas(entry);
    tasks.push({ does: first ? "register" : "publish", entry: i, needs, gas });
  }
  for (const [asset, first] of firstEntry) {
    if (asset.existing || !hasLater(asset)) continue;
    const known = own.get(metadataOf(asset));
    const owner = ownerOfEntry(asset).owner.toLowerCase();
    if ((known?.owner ?? account.toLowerCase()) !== account.toLowerCase() || owner === account.toLowerCase()) continue;
    tasks.push({ does: "handOver", entry: first, needs: [first, lastEntry.get(asset) ?? first], gas: HAND_OVER_GAS });
  }

  const encode = ({ does, entry: i }: ImportTask): Hex => {
    const entry = at(plan, i);
    const { asset } = entry;
    const id = releaseOf(releases, firstEntry.get(asset) ?? -1);
    if (does === "handOver") {
      const owner = ownerOfEntry(asset).owner as Address;
      return encodeFunctionData({ abi: registryAbi, functionName: "transferFrom", args: [account, owner, BigInt(id)] });
    }
    const draft = draftOf(entry, releases);
    if (does === "publish") return encodeFunctionData({ abi: registryAbi, functionName: "publish", args: [id, draft] });
    const { owner, contributors } = ownerOfEntry(asset);
    const described = {
      kind: KINDS.indexOf(asset.kind),
      keep: 0,
      metadata: metadataOf(asset),
      allocations: contributors.map(({ account: holder, role, shares }) => ({
        account: holder as Address,
        role: ROLES.indexOf(role),
        shares,
      })),
    };
    const holder = hasLater(asset) ? account : (owner as Address);
    return encodeFunctionData({ abi: registryAbi, functionName: "register", args: [holder, described, draft] });
  };
  return { tasks, releases, encode };
}

/** Returns the assets that an account has registered, by their metadata; of several with the same, the first. */
export function ownAssets(
  registered: ReadonlyMap<number, RegisteredAsset>,
  account: string,
): Map<string, RegisteredAsset> {
  const own = new Map<string, RegisteredAsset>();
  for (const asset of registered.values()) {
    if (asset.registrant !== account.toLowerCase() || asset.metadata === undefined) continue;
    if (!own.has(asset.metadata)) own.set(asset.metadata, asset);
  }
  return own;
}

/** Returns the metadata of an asset. They are always the same bytes, because they identify an asset that is registered. */
export function metadataOf({ name, kind, organization, date, placeholder }: Omit<ImportAsset, "existing">): string {
  return JSON.stringify({
    name,
    kind,
    ...(organization !== undefined && { organization }),
    ...(date !== null && { date }),
    ...(placeholder && { placeholder, description: "Named as a dependency, without an entry of its own." }),
  });
}

function releaseOf(releases: readonly (number | undefined)[], entry: number): number {
  return releases[entry] ?? 0;
}

function draftOf({ contributions, label }: ImportEntry, releases: readonly (number | undefined)[]) {
  const onChain = contributions.map(({ entry, weightPpm }) => {
    const release = releases[entry];
    if (release === undefined) throw new Error(`Entry ${entry} of the plan is not registered yet.`);
    return { release, weight: weightPpm };
  });
  return {
    // Ids follow the order of mining, not that of the plan.
    contributions: onChain.sort((a, b) => a.release - b.release),
    floor: 0,
    byGrant: false,
    label,
    digest: zeroHash,
    uri: "",
  };
}

// Gas of one call within a batch of several: fitted to batches of a local node, a few per cent too high.
const HAND_OVER_GAS = 40_000;
const REGISTRATION_GAS = 112_000;
const PUBLICATION_GAS = 45_000;
const GAS_PER_BYTE = 36;
const GAS_PER_CONTRIBUTION = 10_500;
const GAS_PER_CONTRIBUTOR = 30_000;

const contributionsGas = ({ contributions, label }: ImportEntry) =>
  contributions.length * GAS_PER_CONTRIBUTION + label.length * GAS_PER_BYTE;

const registrationGas = (entry: ImportEntry, { contributors }: Ownership) =>
  REGISTRATION_GAS +
  Buffer.byteLength(metadataOf(entry.asset)) * GAS_PER_BYTE +
  contributionsGas(entry) +
  (contributors.length - 1) * GAS_PER_CONTRIBUTOR;

const publicationGas = (entry: ImportEntry) => PUBLICATION_GAS + contributionsGas(entry);
