import type { Address } from "viem";
import { AmountColumn } from "../../columns/columns.ts";
import { type ProjectedBooks, projectBooks, projectDirectFees } from "./projectedBooks.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { FeeRows } from "../period.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** Projects the books with the first `count` fees, of all currencies, and no others. The caller may change them. */
export function* projectBooksAfter(state: LedgerState, currency: Address, count: number): Walk<ProjectedBooks> {
  const { fees } = state;
  const currencyRow = state.currencies.rowOf(currency);
  const direct = new AmountColumn();
  for (let row = 0; row < count; row++) {
    if (fees.currency.get(row) === currencyRow) direct.add(fees.release.get(row) - 1, fees.amount.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return yield* projectDirectFees(state, direct);
}

/**
 * Projects the books before and after the fees of some rows. The difference comes from these fees. Do not change the
 * books.
 */
export function* projectBooksAround(
  state: LedgerState,
  currency: Address,
  { first, end }: FeeRows,
): Walk<{ before: ProjectedBooks; after: ProjectedBooks }> {
  const before = yield* projectBooksAfter(state, currency, first);
  const after =
    end === state.fees.length ? yield* projectBooks(state, currency) : yield* projectBooksAfter(state, currency, end);
  return { before, after };
}
