import type { Address, Hex } from "viem";

export const KINDS = ["dataset", "model", "agent"] as const;
export type Kind = (typeof KINDS)[number];

export const ROLES = [
  "data",
  "labelling",
  "curation",
  "evaluation",
  "training",
  "infrastructure",
  "routing",
  "retrieval",
  "feedback",
  "compute",
  "other",
] as const;
export type Role = (typeof ROLES)[number];

/** Where and when something was recorded. */
export interface Position {
  blockNumber: bigint;
  logIndex: number;
  /** Seconds since 1970, from the block. */
  timestamp: number;
  transactionHash: Hex;
}

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
  /** The releases that name this one, ascending. */
  builtBy: number[];
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

/** Every address in the state, map keys included, is in lower case. */
export interface LedgerState {
  /** The ledger's own address. */
  ledger: Address;
  /** These four from the events of the creation. */
  registry: Address | undefined;
  admin: Address | undefined;
  wrappedNative: Address | undefined;
  identityRegistry: Address | undefined;
  commons: { beneficiary: Address; ppm: number } | undefined;
  /** In the order of admission. */
  currencies: Map<Address, Currency>;
  /** By id; ids run from 1 without a gap. */
  releases: Map<number, Release>;
  assets: Map<number, Asset>;
  /** Who got the shares of an asset at its registration, and what for. */
  allocations: Map<number, Allocation[]>;
  /** In the order of payment. */
  fees: Fee[];
  feesById: Map<string, Fee>;
  /** Keys here and below: see {@link flowKey} and {@link holdingKey}. */
  flows: Map<string, Flow>;
  incomes: Map<string, Income>;
  holdings: Map<string, Holding>;
  /** By account and asset; no zero entries. */
  shares: Map<Address, Map<number, bigint>>;
  /** By asset and account; the same numbers. */
  shareholders: Map<number, Map<Address, bigint>>;
  /** Every asset that an account ever held shares of. */
  everHeld: Map<Address, Set<number>>;
  /** By account and currency. */
  credits: Map<Address, Map<Address, bigint>>;
  /** Releases by grant: `<release>:<account or asset id>`. */
  grants: Set<string>;
  /** Digests of signed grants that were used or cancelled. */
  spentGrants: Set<Hex>;
  /** The ERC-8004 identity that an agent is bound to. */
  identities: Map<number, bigint>;
  /** Who may move whose shares: `<owner>:<operator>`. */
  shareOperators: Set<string>;
}

export function emptyState(ledger: Address): LedgerState {
  return {
    ledger,
    registry: undefined,
    admin: undefined,
    wrappedNative: undefined,
    identityRegistry: undefined,
    commons: undefined,
    currencies: new Map(),
    releases: new Map(),
    assets: new Map(),
    allocations: new Map(),
    fees: [],
    feesById: new Map(),
    flows: new Map(),
    incomes: new Map(),
    holdings: new Map(),
    shares: new Map(),
    shareholders: new Map(),
    everHeld: new Map(),
    credits: new Map(),
    grants: new Set(),
    spentGrants: new Set(),
    identities: new Map(),
    shareOperators: new Set(),
  };
}

export const flowKey = (id: number, currency: Address) => `${currency}:${id}`;
export const holdingKey = (account: Address, asset: number, currency: Address) => `${currency}:${asset}:${account}`;

const NO_FLOW: Readonly<Flow> = { received: 0n, settled: 0n, direct: 0n };
const NO_INCOME: Readonly<Income> = { income: 0n, commonsSwept: 0n };
const NO_HOLDING: Readonly<Holding> = { mark: 0n, accrued: 0n, claimed: 0n };

/** What a release received and settled; zeros if it never did. */
export const flowOf = (state: LedgerState, release: number, currency: Address): Readonly<Flow> =>
  state.flows.get(flowKey(release, currency)) ?? NO_FLOW;

export const incomeOf = (state: LedgerState, asset: number, currency: Address): Readonly<Income> =>
  state.incomes.get(flowKey(asset, currency)) ?? NO_INCOME;

export const holdingOf = (state: LedgerState, account: Address, asset: number, currency: Address): Readonly<Holding> =>
  state.holdings.get(holdingKey(account, asset, currency)) ?? NO_HOLDING;

export const sharesOf = (state: LedgerState, account: Address, asset: number): bigint =>
  state.shares.get(account)?.get(asset) ?? 0n;

export const creditOf = (state: LedgerState, account: Address, currency: Address): bigint =>
  state.credits.get(account)?.get(currency) ?? 0n;
