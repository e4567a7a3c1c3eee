import type { Address, Hex } from "viem";
import type { Kind, Role } from "#protocol/kinds.ts";
import type { Position } from "../journal.ts";

export interface Contribution {
  release: number;
  weightPpm: number;
}

export interface Release {
  id: number;
  asset: number;
  label: string;
  digest: Hex;
  uri: string;
  ownWeightPpm: number;
  floorPpm: number;
  byGrant: boolean;
  retired: boolean;
  /** Ascending by release id, each below this release's. */
  contributions: Contribution[];
  published: Position;
}

export interface Allocation {
  account: Address;
  role: Role;
  shares: bigint;
}

export interface Asset {
  id: number;
  kind: Kind;
  keepPpm: number;
  owner: Address;
  registrant: Address;
  /** The emitted bytes, as text. */
  metadata: string;
  /** The emitted bytes if the text in UTF-8 is not exactly them; otherwise undefined. */
  metadataBytes: Hex | undefined;
  /** The SHA-256 digest of the bytes. */
  metadataDigest: Hex;
  /** Name and organization from the metadata; undefined if the metadata are not a JSON object with these texts. */
  name: string | undefined;
  organization: string | undefined;
  /** Ascending; the first is the asset's id. */
  releases: number[];
  registered: Position;
}

export interface Currency {
  address: Address;
  symbol: string;
  decimals: number;
}

export interface Fee {
  /** The place in the order of payment, from 0. */
  row: number;
  /** The id: `<block number>-<log index>`. Ids are unique and ascend in time. */
  id: string;
  release: number;
  currency: Address;
  /** Certain if the source is the payer or the ledger. Otherwise the source names the payer. */
  payer: Address;
  /** Base units. */
  amount: bigint;
  reference: Hex;
  /**
   * The account whose tokens were taken: the caller, or the ledger's own address if the fee was paid from the payer's
   * credit.
   */
  source: Address;
  paid: Position;
}

export interface Claim {
  account: Address;
  currencyRow: number;
  /** Base units. */
  amount: bigint;
  toCredit: boolean;
  claimed: Position;
}

/**
 * The amounts of one release in one currency, in base units. `settled <= received`. `direct`: the part of received that
 * was paid in.
 */
export interface Flow {
  received: bigint;
  settled: bigint;
  direct: bigint;
}

/** The amounts of one asset in one currency, in base units. */
export interface Income {
  income: bigint;
  commonsSwept: bigint;
}

/**
 * The amounts of one account with one asset in one currency. `accrued` is in 1e-8 base units, the others in base units.
 */
export interface Holding {
  mark: bigint;
  accrued: bigint;
  /** The sum of all claims of this holding, to a wallet or to credit. */
  claimed: bigint;
}

/** The settings that the two contracts were deployed with. */
export interface Creation {
  registry: Address;
  admin: Address;
  wrappedNative: Address;
  identityRegistry: Address;
  commonsBeneficiary: Address;
  commonsPpm: number;
}
