import { ListColumn, WordColumn } from "../../columns/columns.ts";
import type { Contribution, Release } from "../records.ts";
import { Positions } from "../../columns/positions.ts";
import { uint8Column, NO_LINK, Table, uint32Column } from "../../columns/table.ts";

const BY_GRANT = 1;
const RETIRED = 2;

/**
 * Releases and the contributions between them. The row of a release is its id − 1, so row order is a topological order.
 * Its contributions are consecutive rows of the edge columns: see `edgesOf`. The edges that name it are a linked list
 * from `lastNaming` along `previousNaming`, the newest first.
 */
export class Releases extends Table {
  readonly asset = uint32Column(this.history);
  readonly ownWeightPpm = uint32Column(this.history);
  readonly floorPpm = uint32Column(this.history);
  readonly flags = uint8Column(this.history);
  readonly label = new ListColumn<string>(this.history);
  readonly digest = new WordColumn(this.history);
  readonly uri = new ListColumn<string>(this.history);
  readonly published = new Positions(this.history);
  /** The row of the release's first edge. */
  readonly firstEdge = uint32Column(this.history);
  /** A link to the newest edge that names this release. */
  readonly lastNaming = uint32Column(this.history);
  /**
   * For each edge: the ids of the two releases, the weight, and a link to the previous edge that names the same
   * release.
   */
  readonly edgeFrom = uint32Column(this.history);
  readonly edgeTo = uint32Column(this.history);
  readonly edgeWeightPpm = uint32Column(this.history);
  readonly previousNaming = uint32Column(this.history);

  /** The number of releases. Ids run from 1 to this number. */
  get size(): number {
    return this.asset.length;
  }

  get edgeCount(): number {
    return this.edgeTo.length;
  }

  has(id: number): boolean {
    return id >= 1 && id <= this.size;
  }

  /** Returns the range of edge rows of a release's contributions; `end` is not included. */
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

  /** Yields the edge rows of a release's contributions, in order. */
  *edgeRowsOf(id: number): Generator<number> {
    const [first, end] = this.edgesOf(id);
    for (let edge = first; edge < end; edge++) yield edge;
  }

  /** Yields the rows of the edges that name this release, the newest first. */
  *namingEdgesOf(id: number): Generator<number> {
    for (let link = this.lastNaming.get(id - 1); link !== NO_LINK; link = this.previousNaming.get(link - 1)) {
      yield link - 1;
    }
  }

  /** Lists the releases that were built directly on this one, ascending. */
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
