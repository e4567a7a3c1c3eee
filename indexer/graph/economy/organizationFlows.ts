import type { Address } from "viem";
import type { LedgerState } from "../../ledger/state.ts";
import { type Organization, organizationsOf } from "./organizations.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { Ranking } from "./ranking.ts";
import { tracePeriod } from "../fees/tracePeriod.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface OrganizationFlow {
  /** The organization whose release was paid. */
  from: Organization;
  /**
   * The organization whose assets earn from it. It can be the same organization, which keeps a part of what it was
   * paid.
   */
  to: Organization;
  amount: bigint;
}

export interface OrganizationFlows {
  /** The largest first. */
  flows: OrganizationFlow[];
  /** The sum of all pairs that are not listed. */
  rest: { pairs: number; amount: bigint };
  /** The amount that these fees add to fractions of a base unit, which later fees complete. Can be negative. */
  pending: bigint;
  /** Σ the fees of the period = Σ flows + rest + pending. */
  paid: bigint;
}

export interface OrganizationFlowsParameters {
  period?: Period;
  /** The highest number of pairs to list. Default: 100. */
  limit?: number;
}

/**
 * Computes the flow of money between organizations: for each pair of the organization whose releases were paid and the
 * organization whose assets earn, the sum of what the exact traces of a period's fees bring these assets, commons
 * included:
 *
 * ```
 * flow(A → B) = Σ over fees into releases of A, Σ over assets b of B: what b keeps of the fee, as projected
 * ```
 *
 * The assets' metadata declares the organizations; see {@link Organization}.
 */
export function* organizationFlows(
  state: LedgerState,
  currency: Address,
  { period, limit = 100 }: OrganizationFlowsParameters = {},
): Walk<OrganizationFlows> {
  const { fees, releases, assets } = state;
  const { list, ofAsset } = yield* organizationsOf(state);
  const organizationOf = (releaseRow: number) => ofAsset[assets.rowOfRelease(releases, releaseRow)] ?? 0;
  const amounts = new Map<number, bigint>();
  const { paid, kept } = yield* tracePeriod(state, currency, feeRowsOf(state, period), (fee, row, keeps) => {
    const pair = organizationOf(fees.release.get(fee) - 1) * list.length + organizationOf(row);
    amounts.set(pair, (amounts.get(pair) ?? 0n) + keeps);
  });
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
