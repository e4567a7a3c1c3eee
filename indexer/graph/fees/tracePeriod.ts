import type { Address } from "viem";
import type { AmountColumn } from "../../ledger/columns.ts";
import { passFee } from "../settled/passFee.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { FeeRows } from "../period.ts";
import { projectBooksAfter } from "../settled/projectBooksAfter.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** A hop is many steps. */
const HOPS_A_TURN = STEPS_A_TURN / 8;

export interface TracedPeriod {
  /** All fees of the period. */
  paid: bigint;
  /** What assets keep of them, fully settled; the rest are fractions below a unit, which later fees complete. */
  kept: bigint;
  /** By asset's row: the income of all earlier fees, fully settled. */
  incomeBefore: AmountColumn;
}

/**
 * Traces the fees of some rows, one after the other, to the unit.
 *
 * @param onKept Told of each fee's row and of each release's row what the release keeps of the fee, commons included,
 * where it is anything.
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
