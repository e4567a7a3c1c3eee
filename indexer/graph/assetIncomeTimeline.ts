import type { Address } from "viem";
import type { LedgerState } from "../ledger/state.ts";
import { Inflow, shareholdersPart } from "./inflow.ts";
import { feeRowsOf, type Period } from "./period.ts";
import { STEPS_A_TURN, type Walk } from "./walk.ts";

export interface IncomeBucket {
  /** Seconds since 1970; a multiple of the buckets' length. */
  from: number;
  /** The fees paid in the bucket that bring the asset something. */
  fees: number;
  /** What they bring it, commons included, and what of that is the shareholders'. */
  income: bigint;
  shareholders: bigint;
}

/**
 * An asset's income over time: by the time when fees were paid (not settled), what they bring it once everything is
 * settled; exact, the sums of their traces. Only buckets in which there is something, in their order.
 *
 * @throws {RangeError} if the buckets have no length.
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
  const currencyRow = state.currencyRow(currency);
  const { first, end } = feeRowsOf(state, period);
  if (currencyRow === undefined || !state.assets.has(asset)) return buckets;
  const [inflow] = yield* Inflow.after(state, new Set([asset]), [currencyRow], first);
  for (let row = first; row < end; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (!inflow?.concerns(row)) continue;
    const [part] = inflow.add(row);
    if (!part) continue;
    const from = Math.floor(fees.paid.timestamp.get(row) / bucketSeconds) * bucketSeconds;
    let bucket = buckets.at(-1);
    if (bucket?.from !== from) buckets.push((bucket = { from, fees: 0, income: 0n, shareholders: 0n }));
    bucket.fees++;
    bucket.income += part.kept;
    bucket.shareholders += shareholdersPart(part, commonsPpm);
    if (bucket.fees % 64 === 0) yield;
  }
  return buckets;
}
