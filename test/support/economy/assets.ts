import { type ContractTransactionReceipt, type Signer, ZeroHash } from "ethers";
import type { Tributary } from "../../../scripts/deploy/deployTributary.ts";
import type { AssetRegistry } from "../../../types/ethers-contracts/AssetRegistry.ts";

export const WHOLE = 1_000_000;
export const TOTAL_SHARES = 100_000_000n;

export const Kind = { Dataset: 0, Model: 1, Agent: 2 } as const;
export const Role = { Data: 0, Training: 4, Compute: 9, Other: 10 } as const;

export interface Contribution {
  release: bigint | number;
  weight: bigint | number;
}

export interface ReleaseOptions {
  contributions?: Contribution[];
  floor?: number;
  byGrant?: boolean;
  label?: string;
}

export interface AssetOptions extends ReleaseOptions {
  owner?: Signer;
  kind?: number;
  keep?: number;
  metadata?: string;
  /** Shares by account. Default: all of them to the owner. */
  allocations?: { account: string; role: number; shares: bigint | number }[];
}

/** Returns the fields of a release in the form that the registry takes. */
export const releaseDraft = ({ contributions = [], floor = 0, byGrant = false, label = "1" }: ReleaseOptions = {}) => ({
  contributions,
  floor,
  byGrant,
  label,
  digest: ZeroHash,
  uri: "",
});

/** Registers an asset and returns its id. Default: a plain dataset of the signer. */
export async function registerAsset({ registry }: Tributary, signer: Signer, options: AssetOptions = {}) {
  const owner = await (options.owner ?? signer).getAddress();
  const asset = {
    kind: options.kind ?? Kind.Dataset,
    keep: options.keep ?? 0,
    metadata: options.metadata ?? "{}",
    allocations: options.allocations ?? [{ account: owner, role: Role.Other, shares: TOTAL_SHARES }],
  };
  const sent = await registry.connect(signer).register(owner, asset, releaseDraft(options));
  return publishedId(registry, await sent.wait());
}

/** Publishes a new release of an asset and returns its id. */
export async function publishRelease(
  { registry }: Tributary,
  signer: Signer,
  asset: bigint,
  options: ReleaseOptions = {},
) {
  const sent = await registry.connect(signer).publish(asset, releaseDraft(options));
  return publishedId(registry, await sent.wait());
}

function publishedId(registry: AssetRegistry, receipt: ContractTransactionReceipt | null): bigint {
  for (const log of receipt?.logs ?? []) {
    const event = registry.interface.parseLog(log);
    if (event?.name === "ReleasePublished") return event.args.release;
  }
  throw new Error("No release was published in this transaction.");
}
