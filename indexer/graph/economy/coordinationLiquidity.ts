import type { Address } from "viem";
import { portionDown } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { clamp } from "../fees/traceProgress.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface CoordinationLiquidity {
  /** The shareholders' part of the fees that were paid at least the given time ago. */
  paid: bigint;
  /** The part of `paid` that was claimed within the given time. */
  claimed: bigint;
  /** claimed / paid, from 0 to 1; undefined if no fee is that old. */
  share: number | undefined;
}

export interface CoordinationLiquidityParameters {
  /** T: the longest time from the payment to the claim, in seconds. */
  within: number;
  /** The time of the state's block, in seconds since 1970. Fees younger than T are left out. */
  now: number;
  period?: Period;
}

/**
 * Computes coordination liquidity: the share of paid value that was claimed, to a wallet or to credit, within the time
 * T after the payment. It is an approximation by FIFO accounting: what was paid first counts as claimed first, by any
 * account. The commons are excluded. F(i) is the sum of the first i fees, P(i) = ⌊F(i) · (1e6 − c) / 1e6⌋, and C(t) all
 * that was claimed until the time t:
 *
 * ```
 * share = Σ clamp(C(tᵢ + T) − P(i), 0, P(i + 1) − P(i)) / Σ (P(i + 1) − P(i))      over the fees i with tᵢ + T ≤ now
 * ```
 *
 * Later claims count for money that nobody has claimed. So money that stays unclaimed for long makes all later fees
 * look slower than they are.
 */
export function* coordinationLiquidity(
  state: LedgerState,
  currency: Address,
  { within, now, period }: CoordinationLiquidityParameters,
): Walk<CoordinationLiquidity> {
  const { fees, claims, commonsPpm } = state;
  const currencyRow = state.currencies.rowOf(currency);
  const { first, end } = feeRowsOf(state, period);
  const due = (total: bigint) => portionDown(total, WHOLE_PPM - commonsPpm);
  let [paid, claimed, paidSoFar, claimedSoFar, claim] = [0n, 0n, 0n, 0n, 0];
  for (let row = 0; row < end; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (fees.currency.get(row) !== currencyRow) continue;
    const deadline = fees.paid.timestamp.get(row) + within;
    if (deadline > now) break;
    for (; claim < claims.length && claims.claimed.timestamp.get(claim) <= deadline; claim++) {
      if (claims.currency.get(claim) === currencyRow) claimedSoFar += claims.amount.get(claim);
      if (claim % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    }
    const from = due(paidSoFar);
    paidSoFar += fees.amount.get(row);
    if (row < first) continue;
    const part = due(paidSoFar) - from;
    paid += part;
    claimed += clamp(claimedSoFar, from, part);
  }
  return { paid, claimed, share: paid === 0n ? undefined : Number(claimed) / Number(paid) };
}
