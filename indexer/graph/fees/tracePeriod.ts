import type { Address } from "viem";
import type { AmountColumn } from "../../columns/columns.ts";
import { passFee } from "../settled/passFee.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { FeeRows } from "../period.ts";
import { projectBooksAfter } from "../settled/projectBooksAfter.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** A hop takes as long as many steps. */
const HOPS_A_TURN = STEPS_A_TURN / 8;

export interface TracedPeriod {
  /** Σ the fees of the period. */
  paid: bigint;
  /** Kept by assets, as projected; the rest are fractions below a unit, which later fees complete. */
  kept: bigint;
  /** By asset's row: the projected income of all earlier fees. */
  incomeBefore: AmountColumn;
}

/**
 * Traces the fees of some rows, one after the other, to the unit.
 *
 * @param onKept Called with a fee's row, a release's row and the amount that the release keeps of the fee, commons
 * included, where it is not zero.
 */
export function* tracePeriod(
  state: LedgerState,
  currency: Address,
  { first, end }: FeeRows,
  onKept: (fee: number, release: number, amount: bigint) => void,
): Walk<TracedPeriod> {
  const { fees, releases } = state;
  const { received, income } = yield* projectBooksAfter(state, currency, first);
  const currencyRow = state.currencies.rowOf(currency);
  let [paid, kept, steps] = [0n, 0n, 0];
  for (let fee = first; fee < end; fee++) {
    if (++steps >= HOPS_A_TURN) {
      steps = 0;
      yield;
    }
    if (fees.currency.get(fee) !== currencyRow) continue;
    const amount = fees.amount.get(fee);
    yield* passFee(state, fees.release.get(fee), amount, (row, arrived) => {
      steps++;
      const before = received.get(row);
      received.set(row, before + arrived);
      const keeps = portionBetween(before, before + arrived, releases.ownWeightPpm.get(row));
      if (keeps > 0n) onKept(fee, row, keeps);
      kept += keeps;
      return before;
    });
    paid += amount;
  }
  return { paid, kept, incomeBefore: income };
}
