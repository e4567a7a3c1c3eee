import type { Address } from "viem";
import { claimableAt, claimableNow, type FullySettled, settleFully } from "../ledger/entitlements.ts";
import { portionBetween } from "../ledger/split.ts";
import { creditOf, flowOf, holdingOf, type LedgerState, sharesOf } from "../ledger/state.ts";
import { descendantsOf } from "./lineage.ts";

/** One asset, one currency, in base units. */
export interface StatementLine {
  asset: number;
  currency: Address;
  /** Shares held now, of 100,000,000. */
  shares: bigint;
  /** Paid out so far plus claimable now. */
  earned: bigint;
  claimed: bigint;
  claimableNow: bigint;
  /** What a claim would pay once everything is settled; includes `claimableNow`. */
  claimableAfterSettling: bigint;
}

export interface Statement {
  lines: StatementLine[];
  credits: { currency: Address; amount: bigint }[];
}

/** What an account holds, earned and can claim, by asset that it ever held shares of and currency. */
export function statement(state: LedgerState, account: Address): Statement {
  const assets = [...(state.everHeld.get(account) ?? [])].sort((a, b) => a - b);
  const lines: StatementLine[] = [];
  for (const currency of state.currencies.keys()) {
    if (assets.length === 0) break;
    const settled = settleFully(state, currency);
    for (const asset of assets) lines.push(statementLine(state, account, asset, currency, settled));
  }
  const credits = [...state.currencies.keys()].map((currency) => ({
    currency,
    amount: creditOf(state, account, currency),
  }));
  return { lines, credits };
}

function statementLine(
  state: LedgerState,
  account: Address,
  asset: number,
  currency: Address,
  settled: FullySettled,
): StatementLine {
  const { claimed } = holdingOf(state, account, asset, currency);
  const now = claimableNow(state, account, asset, currency);
  return {
    asset,
    currency,
    shares: sharesOf(state, account, asset),
    earned: claimed + now,
    claimed,
    claimableNow: now,
    claimableAfterSettling: claimableAt(state, account, asset, currency, settled.income.get(asset) ?? 0n),
  };
}

/** What to do, in one currency, so that an account gets all that it is owed. */
export interface Plan {
  currency: Address;
  /** The argument of `settle`: descending, so that one pass carries everything down to the account's assets. */
  releases: number[];
  /** The argument of `claim`: the assets that will then pay something. */
  assets: number[];
  /** What the claim will pay, in base units. */
  amount: bigint;
}

/**
 * The releases to settle, in order, and the assets to claim for, so that an account gets all it is owed, one plan for
 * each currency in which it is owed something. A release through which not one unit more would reach the account is left
 * out, so nobody can lengthen the list with dust.
 */
export function claimPlans(state: LedgerState, account: Address): Plan[] {
  const held = [...(state.everHeld.get(account) ?? [])].sort((a, b) => a - b);
  const plans: Plan[] = [];
  for (const currency of state.currencies.keys()) {
    const settled = settleFully(state, currency);
    const due = new Map(
      held.map((asset) => [asset, claimableAt(state, account, asset, currency, settled.income.get(asset) ?? 0n)]),
    );
    const assets = held.filter((asset) => due.get(asset) !== 0n);
    if (assets.length === 0) continue;
    // What was sold already cannot earn from what is settled later.
    const earning = new Set(assets.filter((asset) => sharesOf(state, account, asset) > 0n));
    const amount = assets.reduce((sum, asset) => sum + (due.get(asset) ?? 0n), 0n);
    plans.push({ currency, releases: releasesThatPay(state, earning, currency, settled), assets, amount });
  }
  return plans;
}

/** The releases that still have to move so that these assets get all that is theirs, by descending id. */
function releasesThatPay(
  state: LedgerState,
  assets: ReadonlySet<number>,
  currency: Address,
  settled: FullySettled,
): number[] {
  const ownReleases = [...assets].flatMap((asset) => state.assets.get(asset)?.releases ?? []);
  const pays = new Set<number>();
  // Ascending, so that what a release passes on to is known before it.
  for (const id of [...descendantsOf(state, ownReleases)].sort((a, b) => a - b)) {
    const release = state.releases.get(id);
    const from = flowOf(state, id, currency).settled;
    const to = settled.received.get(id) ?? 0n;
    if (!release || to === from) continue;
    const moves = (weightPpm: number) => portionBetween(from, to, weightPpm) > 0n;
    const keeps = assets.has(release.asset) && moves(release.ownWeightPpm);
    if (keeps || release.contributions.some((edge) => pays.has(edge.release) && moves(edge.weightPpm))) pays.add(id);
  }
  return [...pays].sort((a, b) => b - a);
}
