import type { Address } from "viem";
import { passFee } from "../ledger/passFee.ts";
import { portionBetween } from "../ledger/split.ts";
import type { LedgerState } from "../ledger/state.ts";
import { type Organization, organizationsOf } from "./organizations.ts";
import { feeRowsOf, type Period } from "./period.ts";
import { Ranking } from "./ranking.ts";
import { settledAfter } from "./settledAfter.ts";
import { STEPS_A_TURN, type Walk } from "../walk.ts";

/** A hop is many steps. */
const HOPS_A_TURN = STEPS_A_TURN / 8;

export interface OrganizationFlow {
  /** Whose release was paid. */
  from: Organization;
  /** Whose assets earn of it; the same, where an organization keeps a part of what it was paid. */
  to: Organization;
  amount: bigint;
}

export interface OrganizationFlows {
  /** The largest first. */
  flows: OrganizationFlow[];
  /** All the others together. */
  rest: { pairs: number; amount: bigint };
  /** What these fees added to fractions below a unit, which later fees complete. May be negative. */
  pending: bigint;
  /** All fees of the period: Σ flows + rest + pending. */
  paid: bigint;
}

export interface OrganizationFlowsParameters {
  period?: Period;
  /** Pairs to list. */
  limit?: number;
}

/**
 * Money between organizations: of the fees of a period, by the organization whose release was paid and the one whose
 * assets earn, what the exact traces of these fees bring the assets, commons included:
 *
 * ```
 * flow(A → B) = Σ over fees into releases of A, Σ over assets b of B: what b keeps of the fee, fully settled
 * ```
 *
 * Organizations are what metadata say; see {@link Organization}.
 */
export function* organizationFlows(
  state: LedgerState,
  currency: Address,
  { period, limit = 100 }: OrganizationFlowsParameters = {},
): Walk<OrganizationFlows> {
  const { fees, releases, assets } = state;
  const { list, ofAsset } = yield* organizationsOf(state);
  const { first, end } = feeRowsOf(state, period);
  const { received } = yield* settledAfter(state, currency, first);
  const currencyRow = state.currencies.rowOf(currency);
  const amounts = new Map<number, bigint>();
  let [paid, kept, steps] = [0n, 0n, 0];
  for (let fee = first; fee < end; fee++) {
    if (++steps >= HOPS_A_TURN) {
      steps = 0;
      yield;
    }
    if (fees.currency.get(fee) !== currencyRow) continue;
    const amount = fees.amount.get(fee);
    const from = ofAsset[assets.rowOfRelease(releases, fees.release.get(fee) - 1)] ?? 0;
    yield* passFee(state, fees.release.get(fee), amount, (row, arrived) => {
      steps++;
      const before = received.get(row);
      received.set(row, before + arrived);
      const keeps = portionBetween(before, before + arrived, releases.ownWeightPpm.get(row));
      if (keeps === 0n) return before;
      const pair = from * list.length + (ofAsset[assets.rowOfRelease(releases, row)] ?? 0);
      amounts.set(pair, (amounts.get(pair) ?? 0n) + keeps);
      kept += keeps;
      return before;
    });
    paid += amount;
  }
  const ranking = new Ranking<number>({ limit });
  let pairs = 0;
  for (const [pair, amount] of amounts) {
    ranking.add(pair, amount);
    if (++pairs % STEPS_A_TURN === 0) yield;
  }
  const nobody: Organization = { organization: "" };
  const flows = ranking.page().rows.map((pair) => ({
    from: list[Math.floor(pair / list.length)] ?? nobody,
    to: list[pair % list.length] ?? nobody,
    amount: amounts.get(pair) ?? 0n,
  }));
  const listed = flows.reduce((sum, { amount }) => sum + amount, 0n);
  return { flows, rest: { pairs: pairs - flows.length, amount: kept - listed }, pending: paid - kept, paid };
}
