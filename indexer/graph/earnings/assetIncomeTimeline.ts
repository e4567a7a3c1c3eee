import type { Address } from "viem";
import { portionBetween } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { Inflow } from "../fees/inflow.ts";
import { feeRowsOf, type Period } from "../period.ts";
import type { Walk } from "../../scheduling/walk.ts";

export interface IncomeBucket {
  /** The time at which the bucket begins, in seconds since 1970: a multiple of the bucket's length. */
  from: number;
  /** The income from the fees that were paid in the bucket, commons included, and the shareholders' part of it. */
  income: bigint;
  shareholders: bigint;
}

/**
 * Computes an asset's income over time: for each bucket, what the fees that were paid in it bring the asset, as if
 * every release were settled. The figures are exact: the sums of the traces. Empty buckets are left out.
 *
 * @throws {RangeError} if the bucket's length is below one second.
 */
export function* assetIncomeTimeline(
  state: LedgerState,
  asset: number,
  currency: Address,
  bucketSeconds: number,
  period: Period = {},
): Walk<IncomeBucket[]> {
  if (!(bucketSeconds >= 1)) throw new RangeError("A bucket lasts at least one second.");
  const { fees, commonsPpm } = state;
  const buckets: IncomeBucket[] = [];
  const currencyRow = state.currencies.rowOf(currency);
  const { first, end } = feeRowsOf(state, period);
  if (currencyRow === undefined || !state.assets.has(asset)) return buckets;
  const [inflow] = yield* Inflow.after(state, new Set([asset]), [currencyRow], first);
  if (!inflow) return buckets;
  for (let row = first; row < end;) {
    const from = Math.floor(fees.paid.timestamp.get(row) / bucketSeconds) * bucketSeconds;
    const next = Math.min(fees.paid.firstRowSince(from + bucketSeconds), end);
    const before = inflow.incomeOf(asset);
    yield* inflow.addAll(row, next);
    const income = inflow.incomeOf(asset) - before;
    const shareholders = portionBetween(before, before + income, WHOLE_PPM - commonsPpm);
    if (income > 0n) buckets.push({ from, income, shareholders });
    row = next;
  }
  return buckets;
}
