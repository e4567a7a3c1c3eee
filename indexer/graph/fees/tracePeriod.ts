import type { Address } from "viem";
import type { AmountColumn } from "../../columns/columns.ts";
import { passFee } from "../settled/passFee.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { FeeRows } from "../period.ts";
import { projectBooksAfter } from "../settled/projectBooksAfter.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The number of hops in a turn. A hop takes longer than most steps of a walk. */
const HOPS_A_TURN = STEPS_A_TURN / 8;

export interface TracedPeriod {
  /** Σ the fees of the period. */
  paid: bigint;
  /** The sum that assets keep, as projected. The rest are fractions of a base unit, which later fees complete. */
  kept: bigint;
  /** The projected income from all earlier fees, by asset's row. */
  incomeBefore: AmountColumn;
}

/**
 * Traces the fees of some rows, one after the other, to the base unit.
 *
 * @param onKept Called for each part of a fee that a release keeps: with the fee's row, the release's row and the
 * amount, commons included. Not called for zeros.
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
