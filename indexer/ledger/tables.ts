import type { Address, Hex } from "viem";
import { AmountColumn, ListColumn, NumberColumn, RecordedMap, WordColumn } from "./columns.ts";
import type { History } from "./history.ts";
import type { Allocation, Asset, Claim, Contribution, Currency, Fee, Position, Release } from "./state.ts";
import { KINDS, ROLES } from "./words.ts";
import { TOTAL_SHARES } from "./split.ts";

const bytes = (length: number) => new Uint8Array(length);
const words = (length: number) => new Uint32Array(length);
const doubles = (length: number) => new Float64Array(length);

/** What stands in a column of links where a list ends; a link to a row is the row + 1. */
export const NO_LINK = 0;

/** Where and when rows of another table were recorded. */
export class Positions {
  readonly blockNumber: NumberColumn<Float64Array>;
  readonly logIndex: NumberColumn<Uint32Array>;
  /** Seconds since 1970. */
  readonly timestamp: NumberColumn<Float64Array>;
  readonly transactionHash: WordColumn;

  constructor(history: History) {
    this.blockNumber = new NumberColumn(history, doubles);
    this.logIndex = new NumberColumn(history, words);
    this.timestamp = new NumberColumn(history, doubles);
    this.transactionHash = new WordColumn(history);
  }

  push({ blockNumber, logIndex, timestamp, transactionHash }: Position): void {
    this.blockNumber.push(Number(blockNumber));
    this.logIndex.push(logIndex);
    this.timestamp.push(timestamp);
    this.transactionHash.push(transactionHash);
  }

  get(row: number): Position {
    return {
      blockNumber: BigInt(this.blockNumber.get(row)),
      logIndex: this.logIndex.get(row),
      timestamp: this.timestamp.get(row),
      transactionHash: this.transactionHash.get(row),
    };
  }
}

/** Every address that ever held shares, credit or an asset, paid or claimed, and its row. */
export class Accounts {
  readonly addresses: ListColumn<Address>;
  readonly #rows: RecordedMap<Address, number>;

  constructor(history: History) {
    this.addresses = new ListColumn(history);
    this.#rows = new RecordedMap(history);
  }

  get length(): number {
    return this.addresses.length;
  }

  rowOf(address: Address): number | undefined {
    return this.#rows.get(address);
  }

  /** The row of an address, a new one if it has none. */
  rowFor(address: Address): number {
    const known = this.#rows.get(address);
    if (known !== undefined) return known;
    const row = this.addresses.length;
    this.addresses.push(address);
    this.#rows.set(address, row);
    return row;
  }

  /** @throws {RangeError} if there is no such row. */
  address(row: number): Address {
    const address = this.addresses.get(row);
    if (address === undefined) throw new RangeError(`There is no account ${row}.`);
    return address;
  }

  /** The rows are all that has to be saved. */
  afterLoad(): void {
    for (const [row, address] of this.addresses.values.entries()) this.#rows.set(address, row);
  }
}

const BY_GRANT = 1;
const RETIRED = 2;

/**
 * Releases and the contributions between them. The row of a release is its id − 1, so row order is a topological order;
 * its edges up are `edgesOf`: one run of rows of the edge columns. Its edges down are a linked list from `lastNaming`
 * along `previousNaming`, the newest first.
 */
export class Releases {
  readonly asset: NumberColumn<Uint32Array>;
  readonly ownWeightPpm: NumberColumn<Uint32Array>;
  readonly floorPpm: NumberColumn<Uint32Array>;
  readonly flags: NumberColumn<Uint8Array>;
  readonly label: ListColumn<string>;
  readonly digest: WordColumn;
  readonly uri: ListColumn<string>;
  readonly published: Positions;
  /** The row of its first edge. */
  readonly firstEdge: NumberColumn<Uint32Array>;
  /** A link to the newest edge that names this release. */
  readonly lastNaming: NumberColumn<Uint32Array>;
  /** By edge: ids of the two releases, the weight, and a link to the edge before that names the same release. */
  readonly edgeFrom: NumberColumn<Uint32Array>;
  readonly edgeTo: NumberColumn<Uint32Array>;
  readonly edgeWeightPpm: NumberColumn<Uint32Array>;
  readonly previousNaming: NumberColumn<Uint32Array>;

  constructor(history: History) {
    this.asset = new NumberColumn(history, words);
    this.ownWeightPpm = new NumberColumn(history, words);
    this.floorPpm = new NumberColumn(history, words);
    this.flags = new NumberColumn(history, bytes);
    this.label = new ListColumn(history);
    this.digest = new WordColumn(history);
    this.uri = new ListColumn(history);
    this.published = new Positions(history);
    this.firstEdge = new NumberColumn(history, words);
    this.lastNaming = new NumberColumn(history, words);
    this.edgeFrom = new NumberColumn(history, words);
    this.edgeTo = new NumberColumn(history, words);
    this.edgeWeightPpm = new NumberColumn(history, words);
    this.previousNaming = new NumberColumn(history, words);
  }

  /** How many there are; ids run from 1 to this. */
  get size(): number {
    return this.asset.length;
  }

  get edgeCount(): number {
    return this.edgeTo.length;
  }

  has(id: number): boolean {
    return id >= 1 && id <= this.size;
  }

  /** The rows of a release's contributions: from the first to before the second. */
  edgesOf(id: number): [first: number, end: number] {
    return [this.firstEdge.get(id - 1), id < this.size ? this.firstEdge.get(id) : this.edgeCount];
  }

  get(id: number): Release | undefined {
    if (!this.has(id)) return undefined;
    const row = id - 1;
    return {
      id,
      asset: this.asset.get(row),
      label: this.label.get(row) ?? "",
      digest: this.digest.get(row),
      uri: this.uri.get(row) ?? "",
      ownWeightPpm: this.ownWeightPpm.get(row),
      floorPpm: this.floorPpm.get(row),
      byGrant: (this.flags.get(row) & BY_GRANT) !== 0,
      retired: this.isRetired(id),
      contributions: this.contributionsOf(id),
      published: this.published.get(row),
    };
  }

  isRetired(id: number): boolean {
    return (this.flags.get(id - 1) & RETIRED) !== 0;
  }

  setRetired(id: number, retired: boolean): void {
    const others = this.flags.get(id - 1) & ~RETIRED;
    this.flags.set(id - 1, retired ? others | RETIRED : others);
  }

  contributionsOf(id: number): Contribution[] {
    const [first, end] = this.edgesOf(id);
    return Array.from({ length: end - first }, (_, i) => ({
      release: this.edgeTo.get(first + i),
      weightPpm: this.edgeWeightPpm.get(first + i),
    }));
  }

  /** The rows of a release's contributions, in their order. */
  *edgeRowsOf(id: number): Generator<number> {
    const [first, end] = this.edgesOf(id);
    for (let edge = first; edge < end; edge++) yield edge;
  }

  /** The rows of the edges that name this release, the newest first. */
  *namingEdgesOf(id: number): Generator<number> {
    for (let link = this.lastNaming.get(id - 1); link !== NO_LINK; link = this.previousNaming.get(link - 1)) {
      yield link - 1;
    }
  }

  /** The releases that name this one, ascending. */
  builtBy(id: number): number[] {
    return Array.from(this.namingEdgesOf(id), (edge) => this.edgeFrom.get(edge)).toReversed();
  }

  push(release: Omit<Release, "id" | "retired">): void {
    const id = this.size + 1;
    this.firstEdge.push(this.edgeCount);
    for (const { release: to, weightPpm } of release.contributions) {
      this.edgeFrom.push(id);
      this.edgeWeightPpm.push(weightPpm);
      this.previousNaming.push(this.lastNaming.get(to - 1));
      this.lastNaming.set(to - 1, this.edgeTo.push(to) + 1);
    }
    this.ownWeightPpm.push(release.ownWeightPpm);
    this.floorPpm.push(release.floorPpm);
    this.flags.push(release.byGrant ? BY_GRANT : 0);
    this.label.push(release.label);
    this.digest.push(release.digest);
    this.uri.push(release.uri);
    this.published.push(release.published);
    this.lastNaming.push(NO_LINK);
    this.asset.push(release.asset);
  }

  *keys(): Generator<number> {
    for (let id = 1; id <= this.size; id++) yield id;
  }

  *values(): Generator<Release> {
    for (const id of this.keys()) yield this.get(id) as Release; // ids run without a gap
  }
}

/** Assets in the order of registration (nothing comes between the minting of shares and it). An asset's id is that of its first release. */
export class Assets {
  readonly id: NumberColumn<Uint32Array>;
  readonly kind: NumberColumn<Uint8Array>;
  readonly keepPpm: NumberColumn<Uint32Array>;
  readonly owner: ListColumn<Address>;
  readonly registrant: ListColumn<Address>;
  readonly metadata: ListColumn<string>;
  readonly metadataDigest: ListColumn<Hex>;
  readonly name: ListColumn<string | undefined>;
  readonly organization: ListColumn<string | undefined>;
  readonly registered: Positions;
  /** Links to an asset's newest release and from a release's row to the asset's release before. */
  readonly lastRelease: NumberColumn<Uint32Array>;
  readonly previousRelease: NumberColumn<Uint32Array>;
  /** Who got shares at the registration, and what for: a run of rows from `firstAllocation`. */
  readonly firstAllocation: NumberColumn<Uint32Array>;
  readonly allocationCount: NumberColumn<Uint32Array>;
  readonly allocatedTo: ListColumn<Address>;
  readonly allocatedRole: NumberColumn<Uint8Array>;
  readonly allocatedShares: NumberColumn<Uint32Array>;
  /** By id: a link to the asset's row. */
  readonly #rowOfId: NumberColumn<Uint32Array>;

  constructor(history: History) {
    this.id = new NumberColumn(history, words);
    this.kind = new NumberColumn(history, bytes);
    this.keepPpm = new NumberColumn(history, words);
    this.owner = new ListColumn(history);
    this.registrant = new ListColumn(history);
    this.metadata = new ListColumn(history);
    this.metadataDigest = new ListColumn(history);
    this.name = new ListColumn(history);
    this.organization = new ListColumn(history);
    this.registered = new Positions(history);
    this.lastRelease = new NumberColumn(history, words);
    this.previousRelease = new NumberColumn(history, words);
    this.firstAllocation = new NumberColumn(history, words);
    this.allocationCount = new NumberColumn(history, words);
    this.allocatedTo = new ListColumn(history);
    this.allocatedRole = new NumberColumn(history, bytes);
    this.allocatedShares = new NumberColumn(history, words);
    this.#rowOfId = new NumberColumn(history, words);
  }

  get size(): number {
    return this.id.length;
  }

  rowOf(id: number): number | undefined {
    const link = this.#rowOfId.get(id);
    return link === NO_LINK ? undefined : link - 1;
  }

  /** @throws {RangeError} if the release is of no asset, which the fold does not let happen. */
  rowOfRelease(releases: Releases, releaseRow: number): number {
    const row = this.rowOf(releases.asset.get(releaseRow));
    if (row === undefined) throw new RangeError(`Release ${releaseRow + 1} is of no asset.`);
    return row;
  }

  has(id: number): boolean {
    return this.rowOf(id) !== undefined;
  }

  get(id: number): Asset | undefined {
    const row = this.rowOf(id);
    return row === undefined ? undefined : this.at(row);
  }

  at(row: number): Asset {
    const [kind, owner, registrant] = [KINDS[this.kind.get(row)], this.owner.get(row), this.registrant.get(row)];
    if (!kind || !owner || !registrant) throw new RangeError(`There is no asset ${row}.`);
    return {
      id: this.id.get(row),
      kind,
      keepPpm: this.keepPpm.get(row),
      owner,
      registrant,
      metadata: this.metadata.get(row) ?? "",
      metadataDigest: this.metadataDigest.get(row) ?? "0x",
      name: this.name.get(row),
      organization: this.organization.get(row),
      releases: this.releasesOf(row),
      registered: this.registered.get(row),
    };
  }

  nameOf(id: number): string | undefined {
    const row = this.rowOf(id);
    return row === undefined ? undefined : this.name.get(row);
  }

  /** The ids of an asset's releases, ascending. */
  releasesOf(row: number): number[] {
    const releases: number[] = [];
    for (let id = this.lastRelease.get(row); id !== NO_LINK; id = this.previousRelease.get(id - 1)) releases.push(id);
    return releases.toReversed();
  }

  allocationsOf(id: number): Allocation[] {
    const row = this.rowOf(id);
    if (row === undefined) return [];
    const first = this.firstAllocation.get(row);
    return Array.from({ length: this.allocationCount.get(row) }, (_, i) => ({
      account: this.allocatedTo.get(first + i) as Address, // rows of a run exist
      role: ROLES[this.allocatedRole.get(first + i)] ?? "other",
      shares: BigInt(this.allocatedShares.get(first + i)),
    }));
  }

  /** The row of an id, a new one if it has none: an asset's shares are minted before it is registered. */
  rowFor(id: number): number {
    const known = this.rowOf(id);
    if (known !== undefined) return known;
    const row = this.id.push(id);
    this.lastRelease.push(NO_LINK);
    this.firstAllocation.push(0);
    this.allocationCount.push(0);
    this.#rowOfId.set(id, row + 1);
    return row;
  }

  register(asset: Omit<Asset, "releases">): void {
    const row = this.rowFor(asset.id);
    this.kind.set(row, KINDS.indexOf(asset.kind));
    this.keepPpm.set(row, asset.keepPpm);
    this.owner.set(row, asset.owner);
    this.registrant.set(row, asset.registrant);
    this.setMetadata(row, asset);
    this.registered.push(asset.registered);
  }

  setMetadata(row: number, given: Pick<Asset, "metadata" | "metadataDigest" | "name" | "organization">): void {
    this.metadata.set(row, given.metadata);
    this.metadataDigest.set(row, given.metadataDigest);
    this.name.set(row, given.name);
    this.organization.set(row, given.organization);
  }

  addRelease(row: number, release: number): void {
    this.previousRelease.set(release - 1, this.lastRelease.get(row));
    this.lastRelease.set(row, release);
  }

  allocate(row: number, account: Address, role: number, shares: bigint): void {
    if (this.allocationCount.get(row) === 0) this.firstAllocation.set(row, this.allocatedTo.length);
    this.allocationCount.set(row, this.allocationCount.get(row) + 1);
    this.allocatedTo.push(account);
    this.allocatedRole.push(role);
    this.allocatedShares.push(Number(shares));
  }

  *keys(): Generator<number> {
    for (let row = 0; row < this.size; row++) yield this.id.get(row);
  }

  *values(): Generator<Asset> {
    for (let row = 0; row < this.size; row++) yield this.at(row);
  }

  /** The ids are all that has to be saved. */
  afterLoad(): void {
    for (let row = 0; row < this.size; row++) this.#rowOfId.set(this.id.get(row), row + 1);
  }
}

/** Which of something's rows an event's place in the chain is: `<block number>-<log index>`. */
const eventId = (blockNumber: number, logIndex: number) => `${blockNumber}-${logIndex}`;

/** Fees in the order of payment. */
export class Fees {
  readonly release: NumberColumn<Uint32Array>;
  /** Rows of currencies and accounts. */
  readonly currency: NumberColumn<Uint8Array>;
  readonly payer: NumberColumn<Uint32Array>;
  readonly source: NumberColumn<Uint32Array>;
  readonly amount: AmountColumn;
  readonly reference: WordColumn;
  readonly paid: Positions;
  readonly #accounts: Accounts;
  readonly #currencies: RecordedMap<Address, Currency>;

  constructor(history: History, accounts: Accounts, currencies: RecordedMap<Address, Currency>) {
    this.release = new NumberColumn(history, words);
    this.currency = new NumberColumn(history, bytes);
    this.payer = new NumberColumn(history, words);
    this.source = new NumberColumn(history, words);
    this.amount = new AmountColumn(history);
    this.reference = new WordColumn(history);
    this.paid = new Positions(history);
    this.#accounts = accounts;
    this.#currencies = currencies;
  }

  get length(): number {
    return this.release.length;
  }

  /** A fee by its row, from the end if it is negative. */
  at(index: number): Fee | undefined {
    const row = index < 0 ? this.length + index : index;
    const currency = [...this.#currencies.keys()][this.currency.get(row)];
    if (row < 0 || row >= this.length || currency === undefined) return undefined;
    return {
      row,
      id: eventId(this.paid.blockNumber.get(row), this.paid.logIndex.get(row)),
      release: this.release.get(row),
      currency,
      payer: this.#accounts.address(this.payer.get(row)),
      amount: this.amount.get(row),
      reference: this.reference.get(row),
      source: this.#accounts.address(this.source.get(row)),
      paid: this.paid.get(row),
    };
  }

  get(id: string): Fee | undefined {
    const row = this.rowOf(id);
    return row === undefined ? undefined : this.at(row);
  }

  /** The row of a fee by its id. */
  rowOf(id: string): number | undefined {
    const [block = NaN, logIndex = NaN] = id.split("-").map(Number);
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const here = this.paid.blockNumber.get(middle) - block || this.paid.logIndex.get(middle) - logIndex;
      if (here < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.length && eventId(this.paid.blockNumber.get(low), this.paid.logIndex.get(low)) === id
      ? low
      : undefined;
  }

  /** The row of the first fee paid at this time or later. */
  firstSince(timestamp: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.paid.timestamp.get(middle) < timestamp) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  *[Symbol.iterator](): Generator<Fee> {
    for (let row = 0; row < this.length; row++) yield this.at(row) as Fee; // below the length
  }
}

/** Claims, to a wallet or to credit, in their order. */
export class Claims {
  readonly account: NumberColumn<Uint32Array>;
  readonly currency: NumberColumn<Uint8Array>;
  readonly amount: AmountColumn;
  readonly toCredit: NumberColumn<Uint8Array>;
  readonly claimed: Positions;
  readonly #accounts: Accounts;

  constructor(history: History, accounts: Accounts) {
    this.account = new NumberColumn(history, words);
    this.currency = new NumberColumn(history, bytes);
    this.amount = new AmountColumn(history);
    this.toCredit = new NumberColumn(history, bytes);
    this.claimed = new Positions(history);
    this.#accounts = accounts;
  }

  get length(): number {
    return this.account.length;
  }

  at(row: number): Claim {
    return {
      account: this.#accounts.address(this.account.get(row)),
      currencyRow: this.currency.get(row),
      amount: this.amount.get(row),
      toCredit: this.toCredit.get(row) === 1,
      claimed: this.claimed.get(row),
    };
  }
}

/** Keys of pairs are exact below this many assets (and 2^53 divided by it accounts). */
const MOST_ASSETS = 2 ** 27;

/**
 * A row for each pair of an account and an asset that it ever held shares of. The rows of an account and those of an
 * asset are linked lists, the newest first.
 */
export class Holdings {
  readonly account: NumberColumn<Uint32Array>;
  /** The asset's row. */
  readonly asset: NumberColumn<Uint32Array>;
  readonly shares: NumberColumn<Uint32Array>;
  /** 1 once it held any: anybody can claim in vain for anybody, which makes a row, too. */
  readonly everHeld: NumberColumn<Uint8Array>;
  readonly lastOfAccount: NumberColumn<Uint32Array>;
  readonly previousOfAccount: NumberColumn<Uint32Array>;
  readonly lastOfAsset: NumberColumn<Uint32Array>;
  readonly previousOfAsset: NumberColumn<Uint32Array>;
  readonly #rows: RecordedMap<number, number>;

  constructor(history: History) {
    this.account = new NumberColumn(history, words);
    this.asset = new NumberColumn(history, words);
    this.shares = new NumberColumn(history, words);
    this.everHeld = new NumberColumn(history, bytes);
    this.lastOfAccount = new NumberColumn(history, words);
    this.previousOfAccount = new NumberColumn(history, words);
    this.lastOfAsset = new NumberColumn(history, words);
    this.previousOfAsset = new NumberColumn(history, words);
    this.#rows = new RecordedMap(history);
  }

  get length(): number {
    return this.account.length;
  }

  rowOf(account: number, asset: number): number | undefined {
    return this.#rows.get(account * MOST_ASSETS + asset);
  }

  /** The row of a pair, a new one if it has none. */
  rowFor(account: number, asset: number): number {
    const key = account * MOST_ASSETS + asset;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.account.push(account);
    this.asset.push(asset);
    this.shares.push(0);
    this.everHeld.push(0);
    this.previousOfAccount.push(this.lastOfAccount.get(account));
    this.lastOfAccount.set(account, row + 1);
    this.previousOfAsset.push(this.lastOfAsset.get(asset));
    this.lastOfAsset.set(asset, row + 1);
    this.#rows.set(key, row);
    return row;
  }

  /** The rows of an account, the newest first. */
  *ofAccount(account: number): Generator<number> {
    for (let link = this.lastOfAccount.get(account); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAccount.get(link - 1);
    }
  }

  /** The rows of an asset, the newest first. */
  *ofAsset(asset: number): Generator<number> {
    for (let link = this.lastOfAsset.get(asset); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAsset.get(link - 1);
    }
  }

  /** The pairs are all that has to be saved. */
  afterLoad(): void {
    for (let row = 0; row < this.length; row++) {
      this.#rows.set(this.account.get(row) * MOST_ASSETS + this.asset.get(row), row);
    }
  }
}

/** All amounts of one currency, in base units. */
export class Books {
  /** By release's row. `settled <= received`; `direct` is the part of received that was paid in. */
  readonly received: AmountColumn;
  readonly settled: AmountColumn;
  readonly direct: AmountColumn;
  /** By asset's row. */
  readonly income: AmountColumn;
  readonly commonsSwept: AmountColumn;
  /** By holding's row. What has accrued is `accrued` and `accruedFraction` / 1e8 together. */
  readonly mark: AmountColumn;
  readonly accrued: AmountColumn;
  readonly accruedFraction: NumberColumn<Uint32Array>;
  readonly claimed: AmountColumn;
  /** By account's row. */
  readonly credit: AmountColumn;

  constructor(history: History) {
    this.received = new AmountColumn(history);
    this.settled = new AmountColumn(history);
    this.direct = new AmountColumn(history);
    this.income = new AmountColumn(history);
    this.commonsSwept = new AmountColumn(history);
    this.mark = new AmountColumn(history);
    this.accrued = new AmountColumn(history);
    this.accruedFraction = new NumberColumn(history, words);
    this.claimed = new AmountColumn(history);
    this.credit = new AmountColumn(history);
  }

  /** What has accrued to a holding, in 1e-8 base units. */
  accruedOf(holding: number): bigint {
    return this.accrued.get(holding) * TOTAL_SHARES + BigInt(this.accruedFraction.get(holding));
  }

  setAccrued(holding: number, accrued: bigint): void {
    this.accrued.set(holding, accrued / TOTAL_SHARES);
    this.accruedFraction.set(holding, Number(accrued % TOTAL_SHARES));
  }
}
