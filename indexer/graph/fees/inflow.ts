import { AmountColumn } from "../../columns/columns.ts";
import { passFee } from "../settled/passFee.ts";
import { portionBetween, portionDown } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { descendants } from "../lineage/reach.ts";
import { finish, STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** One asset's part of one fee, to the base unit. */
export interface KeptPart {
  asset: number;
  /** The asset's projected income from all earlier fees. */
  from: bigint;
  kept: bigint;
  /** The release of the asset that kept the most of the fee. */
  release: number;
}

/** Above this number of fees, one sweep over all releases is faster than tracing fee by fee. */
const MOST_SINGLY = 64;

/**
 * The projected books of one currency for some assets only: their releases and the descendants of these. What a fee
 * brings these assets depends on no other release, so fees can be traced exactly, one by one, without the rest of the
 * graph.
 */
export class Inflow {
  readonly #state: LedgerState;
  readonly #currencyRow: number;
  readonly #assets: ReadonlySet<number>;
  /** Ascending ids. */
  readonly #releases: Uint32Array;
  readonly #placeOf: PlaceOf;
  /** The amounts paid into each release itself, by place in `#releases`. */
  readonly #direct = new AmountColumn();
  #received = new AmountColumn();
  readonly #income = new Map<number, bigint>();

  private constructor(
    state: LedgerState,
    currencyRow: number,
    assets: ReadonlySet<number>,
    releases: Uint32Array,
    placeOf: PlaceOf,
  ) {
    this.#state = state;
    this.#currencyRow = currencyRow;
    this.#assets = assets;
    this.#releases = releases;
    this.#placeOf = placeOf;
  }

  /** Projects, for each currency, the totals with the first `count` fees, of all currencies, and no others. */
  static *after(
    state: LedgerState,
    assets: ReadonlySet<number>,
    currencyRows: Iterable<number>,
    count: number,
  ): Walk<Inflow[]> {
    const own = Array.from(assets, (asset) => state.assets.releasesOf(state.assets.rowOf(asset) ?? -1)).flat();
    const releases = yield* descendants(state, own);
    const placeOf = placesOf(releases);
    const inflows = Array.from(currencyRows, (row) => new Inflow(state, row, assets, releases, placeOf));
    for (const inflow of inflows) {
      yield* inflow.#book(0, count);
      yield* inflow.#project();
    }
    return inflows;
  }

  /** Returns true if a part of the fee may reach one of the assets. */
  concerns(feeRow: number): boolean {
    const { fees } = this.#state;
    return fees.currency.get(feeRow) === this.#currencyRow && this.#placeOf(fees.release.get(feeRow)) !== NOWHERE;
  }

  /**
   * Adds the next fee that concerns the assets.
   *
   * @param onPass Called with each edge over which a part of the fee goes, by descending release.
   * @returns The assets' parts of the fee, without zeros.
   */
  add(feeRow: number, onPass?: (edge: number) => void): KeptPart[] {
    const { fees, releases } = this.#state;
    const parts = new Map<number, KeptPart & { most: bigint }>();
    const visit = (row: number, amount: bigint) => {
      const place = this.#placeOf(row + 1);
      if (place === NOWHERE) return undefined;
      const from = this.#received.get(place);
      this.#received.set(place, from + amount);
      const asset = releases.asset.get(row);
      const kept = portionBetween(from, from + amount, releases.ownWeightPpm.get(row));
      if (kept === 0n || !this.#assets.has(asset)) return from;
      const part = parts.get(asset) ?? { asset, from: this.incomeOf(asset), kept: 0n, release: 0, most: 0n };
      if (kept > part.most) [part.release, part.most] = [row + 1, kept];
      part.kept += kept;
      parts.set(asset, part);
      return from;
    };
    this.#bookOne(feeRow);
    finish(passFee(this.#state, fees.release.get(feeRow), fees.amount.get(feeRow), visit, onPass));
    return Array.from(parts.values(), ({ asset, from, kept, release }) => {
      this.#income.set(asset, from + kept);
      return { asset, from, kept, release };
    }).sort((a, b) => a.asset - b.asset);
  }

  /** Adds the fees of some rows at once, if the part that each of them brings is not needed. */
  *addAll(first: number, end: number): Walk<void> {
    const concerning: number[] = [];
    for (let row = first; row < end && concerning.length <= MOST_SINGLY; row++) {
      if (this.concerns(row)) concerning.push(row);
      if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    }
    if (concerning.length > MOST_SINGLY) {
      yield* this.#book(first, end);
      return yield* this.#project();
    }
    for (const row of concerning) {
      this.add(row);
      yield;
    }
  }

  /** Returns the asset's projected income from all fees so far. */
  incomeOf(asset: number): bigint {
    return this.#income.get(asset) ?? 0n;
  }

  #bookOne(feeRow: number): void {
    const { fees } = this.#state;
    if (this.concerns(feeRow)) this.#direct.add(this.#placeOf(fees.release.get(feeRow)), fees.amount.get(feeRow));
  }

  *#book(first: number, end: number): Walk<void> {
    for (let row = first; row < end; row++) {
      this.#bookOne(row);
      if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    }
  }

  /** Projects everything that is booked in one sweep. */
  *#project(): Walk<void> {
    const { releases } = this.#state;
    this.#received = new AmountColumn();
    this.#received.load(this.#direct.save());
    this.#income.clear();
    for (let place = this.#received.length - 1; place >= 0; place--) {
      if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      const total = this.#received.get(place);
      if (total === 0n) continue;
      const id = this.#releases[place] ?? 0;
      const asset = releases.asset.get(id - 1);
      if (this.#assets.has(asset)) {
        this.#income.set(asset, this.incomeOf(asset) + portionDown(total, releases.ownWeightPpm.get(id - 1)));
      }
      const [first, end] = releases.edgesOf(id);
      for (let edge = first; edge < end; edge++) {
        const parent = this.#placeOf(releases.edgeTo.get(edge));
        if (parent !== NOWHERE) this.#received.add(parent, portionDown(total, releases.edgeWeightPpm.get(edge)));
      }
    }
  }
}

/** Maps a release's id to its place in a list, or to `NOWHERE`. */
type PlaceOf = (id: number) => number;
const NOWHERE = -1;

function placesOf(ascending: Uint32Array): PlaceOf {
  const [lowest, highest] = [ascending[0] ?? 0, ascending.at(-1) ?? 0];
  // Use a table if it is not much longer than the list.
  if (highest - lowest < 64 * ascending.length) {
    const table = new Int32Array(highest - lowest + 1).fill(NOWHERE);
    for (const [place, id] of ascending.entries()) table[id - lowest] = place;
    return (id) => table[id - lowest] ?? NOWHERE;
  }
  const places = new Map(Array.from(ascending, (id, place) => [id, place]));
  return (id) => places.get(id) ?? NOWHERE;
}

/** Returns the shareholders' part of an asset's part of a fee. */
export const shareholdersPart = ({ from, kept }: KeptPart, commonsPpm: number) =>
  portionBetween(from, from + kept, WHOLE_PPM - commonsPpm);
