import type { Address } from "viem";
import { AmountColumn } from "../../columns/columns.ts";
import { type ProjectedBooks, projectBooks, projectDirectFees } from "./projectedBooks.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { FeeRows } from "../period.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/**
 * The fully settled totals of a currency with the first so many fees (of all currencies) and no others. They are the
 * caller's, who may change them.
 */
export function* projectAfter(state: LedgerState, currency: Address, count: number): Walk<ProjectedBooks> {
  const { fees } = state;
  const currencyRow = state.currencies.rowOf(currency);
  const direct = new AmountColumn();
  for (let row = 0; row < count; row++) {
    if (fees.currency.get(row) === currencyRow) direct.add(fees.release.get(row) - 1, fees.amount.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return yield* projectDirectFees(state, direct);
}

/** The fully settled totals before and after the fees of some rows, only to be read. What lies between is those fees'. */
export function* projectAround(
  state: LedgerState,
  currency: Address,
  { first, end }: FeeRows,
): Walk<{ before: ProjectedBooks; after: ProjectedBooks }> {
  const before = yield* projectAfter(state, currency, first);
  const after =
    end === state.fees.length ? yield* projectBooks(state, currency) : yield* projectAfter(state, currency, end);
  return { before, after };
}
