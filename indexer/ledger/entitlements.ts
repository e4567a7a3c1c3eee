import type { Address } from "viem";
import { portionBetween, portionDown, TOTAL_SHARES, WHOLE_PPM } from "./split.ts";
import { flowOf, holdingOf, incomeOf, type LedgerState, sharesOf } from "./state.ts";

/** What the ledger comes to in one currency once everything is settled, in base units. */
export interface FullySettled {
  /** By release: all that it will have received (and passed on). */
  received: Map<number, bigint>;
  /** By asset. */
  income: Map<number, bigint>;
}

/**
 * Settles everything on paper: R[p] = direct[p] + Σ ⌊R[r]·w⌋ over the releases r that name p, one sweep from the newest
 * release to the oldest. By the ledger's third law the contracts reach the same, to the unit, in whatever order they
 * are settled.
 */
export function settleFully(state: LedgerState, currency: Address): FullySettled {
  const direct = new Map<number, bigint>();
  for (const id of state.releases.keys()) {
    const paidIn = flowOf(state, id, currency).direct;
    if (paidIn > 0n) direct.set(id, paidIn);
  }
  return settleDirectFees(state, direct);
}

/** As {@link settleFully}, for any direct fees by release. */
export function settleDirectFees(state: LedgerState, direct: ReadonlyMap<number, bigint>): FullySettled {
  const received = new Map(direct);
  const income = new Map<number, bigint>();
  for (let id = state.releases.size; id > 0; id--) {
    const total = received.get(id);
    const release = state.releases.get(id);
    if (total === undefined || !release) continue;
    const kept = portionDown(total, release.ownWeightPpm);
    if (kept > 0n) income.set(release.asset, (income.get(release.asset) ?? 0n) + kept);
    for (const { release: parent, weightPpm } of release.contributions) {
      const passed = portionDown(total, weightPpm);
      if (passed > 0n) received.set(parent, (received.get(parent) ?? 0n) + passed);
    }
  }
  return { received, income };
}

/** What a claim would pay the account for its shares of the asset, were the asset's income this, in base units. */
export function claimableAt(
  state: LedgerState,
  account: Address,
  asset: number,
  currency: Address,
  income: bigint,
): bigint {
  const { mark, accrued } = holdingOf(state, account, asset, currency);
  const shareholdersPpm = WHOLE_PPM - (state.commons?.ppm ?? 0);
  return (accrued + sharesOf(state, account, asset) * portionBetween(mark, income, shareholdersPpm)) / TOTAL_SHARES;
}

/** What a claim would pay the account for its shares of the asset now, in base units. */
export const claimableNow = (state: LedgerState, account: Address, asset: number, currency: Address): bigint =>
  claimableAt(state, account, asset, currency, incomeOf(state, asset, currency).income);
