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
  /** The bytes that were emitted, as text. */
  metadata: string;
  /** SHA-256 of those bytes. */
  metadataDigest: Hex;
  /** From the metadata, where it is a JSON object that has them as strings. */
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
  /** Its place in the order of payment, from 0. */
  row: number;
  /** Unique and ascending in time: `<block number>-<log index>`. */
  id: string;
  release: number;
  currency: Address;
  /** Sure if the source is the payer or the ledger; else it is what the source says. */
  payer: Address;
  /** Base units. */
  amount: bigint;
  reference: Hex;
  /** Whose tokens were taken: the caller's, or the ledger's own address if it was the payer's credit. */
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

/** Per release and currency, in base units. `settled <= received`; `direct` is the part of received that was paid in. */
export interface Flow {
  received: bigint;
  settled: bigint;
  direct: bigint;
}

/** Per asset and currency, in base units. */
export interface Income {
  income: bigint;
  commonsSwept: bigint;
}

/** Per account, asset and currency. `accrued` is in 1e-8 base units, the others in base units. */
export interface Holding {
  mark: bigint;
  accrued: bigint;
  /** All that was ever paid out of this holding, to a wallet or to credit. */
  claimed: bigint;
}

/** What the two contracts were created with. */
export interface Creation {
  registry: Address;
  admin: Address;
  wrappedNative: Address;
  identityRegistry: Address;
  commonsBeneficiary: Address;
  commonsPpm: number;
}
