import { AmountColumn } from "../ledger/columns.ts";
import { passFee } from "../ledger/passFee.ts";
import { portionBetween, portionDown, WHOLE_PPM } from "../ledger/split.ts";
import type { LedgerState } from "../ledger/state.ts";
import { descendants, STEPS_A_TURN, type Walk } from "./walk.ts";

/** What an asset keeps of one fee, to the unit. */
export interface KeptPart {
  asset: number;
  /** What all earlier fees brought the asset, fully settled. */
  from: bigint;
  kept: bigint;
  /** The asset's release that kept the most of it. */
  release: number;
}

/**
 * The fully settled totals of one currency as far as some assets are concerned: of all that was built on their releases,
 * and nothing else. What a fee brings these assets depends on no other release, so that it can be traced exactly, fee by
 * fee, without the rest of the graph.
 */
export class Inflow {
  readonly #state: LedgerState;
  readonly #currencyRow: number;
  readonly #assets: ReadonlySet<number>;
  /** Ascending, and where each stands. */
  readonly #releases: Uint32Array;
  readonly #placeOf: ReadonlyMap<number, number>;
  readonly #received = new AmountColumn();
  readonly #income = new Map<number, bigint>();

  private constructor(
    state: LedgerState,
    currencyRow: number,
    assets: ReadonlySet<number>,
    releases: Uint32Array,
    placeOf: ReadonlyMap<number, number>,
  ) {
    this.#state = state;
    this.#currencyRow = currencyRow;
    this.#assets = assets;
    this.#releases = releases;
    this.#placeOf = placeOf;
  }

  /** For each of some currencies: the totals with the first so many fees (of all currencies) and no others. */
  static *after(
    state: LedgerState,
    assets: ReadonlySet<number>,
    currencyRows: Iterable<number>,
    count: number,
  ): Walk<Inflow[]> {
    const own = Array.from(assets, (asset) => state.assets.releasesOf(state.assets.rowOf(asset) ?? -1)).flat();
    const releases = yield* descendants(state, own);
    const placeOf = new Map<number, number>();
    for (let place = 0; place < releases.length; place++) {
      placeOf.set(releases[place] ?? 0, place);
      if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    }
    const inflows = Array.from(currencyRows, (row) => new Inflow(state, row, assets, releases, placeOf));
    for (const inflow of inflows) yield* inflow.#start(count);
    return inflows;
  }

  /** Whether something of a fee may reach one of the assets. */
  concerns(feeRow: number): boolean {
    const { fees } = this.#state;
    return fees.currency.get(feeRow) === this.#currencyRow && this.#placeOf.has(fees.release.get(feeRow));
  }

  /**
   * Adds the next fee that is of concern.
   *
   * @param onPass Called with each edge that something of the fee takes, in the order of descending releases.
   * @returns What each of the assets keeps of it, where it is anything.
   */
  add(feeRow: number, onPass?: (edge: number) => void): KeptPart[] {
    const { fees, releases } = this.#state;
    const parts = new Map<number, KeptPart & { most: bigint }>();
    const visit = (row: number, amount: bigint) => {
      const place = this.#placeOf.get(row + 1);
      if (place === undefined) return undefined;
      const from = this.#received.get(place);
      this.#received.set(place, from + amount);
      const asset = releases.asset.get(row);
      const kept = portionBetween(from, from + amount, releases.ownWeightPpm.get(row));
      if (kept === 0n || !this.#assets.has(asset)) return from;
      const part = parts.get(asset) ?? { asset, from: this.#income.get(asset) ?? 0n, kept: 0n, release: 0, most: 0n };
      if (kept > part.most) [part.release, part.most] = [row + 1, kept];
      part.kept += kept;
      parts.set(asset, part);
      return from;
    };
    passFee(this.#state, fees.release.get(feeRow), fees.amount.get(feeRow), visit, onPass);
    return Array.from(parts.values(), ({ asset, from, kept, release }) => {
      this.#income.set(asset, from + kept);
      return { asset, from, kept, release };
    }).sort((a, b) => a.asset - b.asset);
  }

  *#start(count: number): Walk<void> {
    const { fees, releases } = this.#state;
    for (let row = 0; row < count; row++) {
      const place = this.concerns(row) ? this.#placeOf.get(fees.release.get(row)) : undefined;
      if (place !== undefined) this.#received.add(place, fees.amount.get(row));
      if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    }
    for (let place = this.#received.length - 1; place >= 0; place--) {
      if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      const total = this.#received.get(place);
      if (total === 0n) continue;
      const id = this.#releases[place] ?? 0;
      const asset = releases.asset.get(id - 1);
      if (this.#assets.has(asset)) {
        const kept = portionDown(total, releases.ownWeightPpm.get(id - 1));
        this.#income.set(asset, (this.#income.get(asset) ?? 0n) + kept);
      }
      for (const edge of releases.edgeRowsOf(id)) {
        const parent = this.#placeOf.get(releases.edgeTo.get(edge));
        if (parent !== undefined) this.#received.add(parent, portionDown(total, releases.edgeWeightPpm.get(edge)));
      }
    }
  }
}

/** The shareholders' part of what a fee brought an asset. */
export const shareholdersPart = ({ from, kept }: KeptPart, commonsPpm: number) =>
  portionBetween(from, from + kept, WHOLE_PPM - commonsPpm);
