import type { Address, Hex } from "viem";
import { ListColumn } from "../../columns/columns.ts";
import type { Allocation, Asset } from "../records.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import { Positions } from "../../columns/positions.ts";
import type { Metadata } from "../parseMetadata.ts";
import type { Releases } from "./releases.ts";
import { uint8Column, NO_LINK, Table, uint32Column } from "../../columns/table.ts";

/**
 * Assets in the order of registration. A row is added when the shares are minted, just before it. An asset's id is the
 * id of its first release.
 */
export class Assets extends Table {
  readonly id = uint32Column(this.history);
  readonly kind = uint8Column(this.history);
  readonly keepPpm = uint32Column(this.history);
  readonly owner = new ListColumn<Address>(this.history);
  readonly registrant = new ListColumn<Address>(this.history);
  readonly metadata = new ListColumn<string>(this.history);
  readonly metadataBytes = new ListColumn<Hex | undefined>(this.history);
  readonly metadataDigest = new ListColumn<Hex>(this.history);
  readonly name = new ListColumn<string | undefined>(this.history);
  readonly organization = new ListColumn<string | undefined>(this.history);
  readonly registered = new Positions(this.history);
  /** Links: by asset's row, to its newest release; by release's row, to the release before of the same asset. */
  readonly lastRelease = uint32Column(this.history);
  readonly previousRelease = uint32Column(this.history);
  /** Allocations of shares at the registration: `allocationCount` rows of the columns below, from `firstAllocation`. */
  readonly firstAllocation = uint32Column(this.history);
  readonly allocationCount = uint32Column(this.history);
  readonly allocatedTo = new ListColumn<Address>(this.history);
  readonly allocatedRole = uint8Column(this.history);
  readonly allocatedShares = uint32Column(this.history);
  /** Links to the asset's row, by asset id. */
  readonly #rowOfId = uint32Column(this.history);

  get size(): number {
    return this.id.length;
  }

  rowOf(id: number): number | undefined {
    const link = this.#rowOfId.get(id);
    return link === NO_LINK ? undefined : link - 1;
  }

  /** @throws {RangeError} if the release has no asset, which the fold prevents. */
  rowOfRelease(releases: Releases, releaseRow: number): number {
    const row = this.rowOf(releases.asset.get(releaseRow));
    if (row === undefined) throw new RangeError(`Release ${releaseRow + 1} has no asset.`);
    return row;
  }

  /** Returns true if the asset is registered, and false if only its shares are minted, which happens first. */
  isRegistered(row: number): boolean {
    return this.registrant.get(row) !== undefined;
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
      metadataBytes: this.metadataBytes.get(row),
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

  /** Lists the ids of an asset's releases, ascending. */
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
      account: this.allocatedTo.get(first + i) as Address, // these rows exist
      role: ROLES[this.allocatedRole.get(first + i)] ?? "other",
      shares: BigInt(this.allocatedShares.get(first + i)),
    }));
  }

  /** Returns the row of an id. Adds a row if it has none: an asset's shares are minted before it is registered. */
  getOrAddRow(id: number): number {
    const existing = this.rowOf(id);
    if (existing !== undefined) return existing;
    const row = this.id.push(id);
    this.lastRelease.push(NO_LINK);
    this.firstAllocation.push(0);
    this.allocationCount.push(0);
    this.#rowOfId.set(id, row + 1);
    return row;
  }

  register(asset: Omit<Asset, "releases">): void {
    const row = this.getOrAddRow(asset.id);
    this.kind.set(row, KINDS.indexOf(asset.kind));
    this.keepPpm.set(row, asset.keepPpm);
    this.owner.set(row, asset.owner);
    this.registrant.set(row, asset.registrant);
    this.setMetadata(row, asset);
    this.registered.push(asset.registered);
  }

  setMetadata(row: number, given: Metadata): void {
    this.metadata.set(row, given.metadata);
    this.metadataBytes.set(row, given.metadataBytes);
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

  /** Derives the index by id, which is not saved. */
  afterLoad(): void {
    for (let row = 0; row < this.size; row++) this.#rowOfId.set(this.id.get(row), row + 1);
  }
}
