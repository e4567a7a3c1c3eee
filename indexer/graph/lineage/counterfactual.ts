import type { Address } from "viem";
import type { ProjectedBooks } from "../settled/projectedBooks.ts";
import { portionBetween, portionDown } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { type FeeRows, feeRowsOf, type Period } from "../period.ts";
import { projectBooksAround } from "../settled/projectBooksAfter.ts";
import { ancestors } from "./reach.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** An asset's projected income from some fees, with the release and without it, in base units. */
export interface IncomeChange {
  asset: number;
  income: bigint;
  without: bigint;
  /** `without` − `income`. */
  difference: bigint;
}

export interface Counterfactual {
  /** The assets whose income would change, the largest change first. */
  assets: IncomeChange[];
  /** The sum of the fees into the release itself, which would not have been paid. */
  unpaid: bigint;
  /**
   * The sums of the differences above and below 0. `gained` − `lost` equals −`unpaid`, except for fractions of a base
   * unit.
   */
  gained: bigint;
  lost: bigint;
}

/**
 * Computes the incomes from all fees, or from a period's, as if a release X had not existed and each release that names
 * X had kept X's weight for itself. R is what a release receives, and its income ⌊R · own weight⌋, both as projected:
 *
 * ```
 * X                      its own fees are not paid, and it receives and keeps nothing
 * c that names X with w  receives the same, and keeps ⌊R · (own weight + w)⌋
 * an ancestor of X       receives R′ = direct + Σ ⌊R′ · w⌋ over the releases that name it, without X
 * everyone else          no change
 * ```
 *
 * This is exact accounting, to the base unit, and no prediction: without X, people might have built or paid something
 * else.
 */
export function* counterfactual(
  state: LedgerState,
  release: number,
  currency: Address,
  period: Period = {},
): Walk<Counterfactual> {
  const above = yield* ancestors(state, [release]);
  const rows = feeRowsOf(state, period);
  const { before, after } = yield* projectBooksAround(state, currency, rows);
  const changed = yield* differencesWithout(state, release, above, after);
  for (const [row, earlier] of yield* differencesWithout(state, release, above, before)) {
    changed.set(row, (changed.get(row) ?? 0n) - earlier);
  }
  const changes: IncomeChange[] = [];
  let [gained, lost] = [0n, 0n];
  for (const [row, difference] of changed) {
    if (difference === 0n) continue;
    const income = after.income.get(row) - before.income.get(row);
    changes.push({ asset: state.assets.id.get(row), income, without: income + difference, difference });
    if (difference > 0n) gained += difference;
    else lost -= difference;
    if (changes.length % STEPS_A_TURN === 0) yield;
  }
  const size = (change: IncomeChange) => (change.difference < 0n ? -change.difference : change.difference);
  changes.sort((a, b) => (size(b) > size(a) ? 1 : size(b) < size(a) ? -1 : a.asset - b.asset));
  return { assets: changes, unpaid: yield* paidInto(state, release, currency, rows), gained, lost };
}

/** Computes, by asset's row, the income without the release less the income with it. */
function* differencesWithout(
  { releases, assets }: LedgerState,
  without: number,
  above: Uint32Array,
  { received }: ProjectedBooks,
): Walk<Map<number, bigint>> {
  const differences = new Map<number, bigint>();
  const change = (id: number, difference: bigint) => {
    const row = assets.rowOfRelease(releases, id - 1);
    differences.set(row, (differences.get(row) ?? 0n) + difference);
  };
  for (const edge of releases.namingEdgesOf(without)) {
    const child = releases.edgeFrom.get(edge) - 1;
    const own = releases.ownWeightPpm.get(child);
    const total = received.get(child);
    change(child + 1, portionDown(total, own + releases.edgeWeightPpm.get(edge)) - portionDown(total, own));
  }
  const missing = new Map([[without, received.get(without - 1)]]);
  let steps = 0;
  for (const id of above.toReversed()) {
    if (++steps % STEPS_A_TURN === 0) yield;
    const miss = missing.get(id) ?? 0n;
    if (miss === 0n) continue;
    const total = received.get(id - 1);
    change(id, -portionBetween(total - miss, total, releases.ownWeightPpm.get(id - 1)));
    for (const edge of releases.edgeRowsOf(id)) {
      const parent = releases.edgeTo.get(edge);
      const lost = portionBetween(total - miss, total, releases.edgeWeightPpm.get(edge));
      missing.set(parent, (missing.get(parent) ?? 0n) + lost);
    }
  }
  return differences;
}

/** Sums up the fees of some rows that were paid into a release itself. */
function* paidInto(state: LedgerState, release: number, currency: Address, { first, end }: FeeRows): Walk<bigint> {
  const { fees } = state;
  const currencyRow = state.currencies.rowOf(currency);
  let paid = 0n;
  for (let row = first; row < end; row++) {
    if (fees.release.get(row) === release && fees.currency.get(row) === currencyRow) paid += fees.amount.get(row);
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return paid;
}
