import type { Address } from "viem";
import { claimableAt, claimableNow, type FullySettled, settleFully } from "../ledger/entitlements.ts";
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
 * each currency in which it is owed something. Settles whatever still has to move among the descendants of the account's
 * assets, and nothing else.
 */
export function claimPlans(state: LedgerState, account: Address): Plan[] {
  const held = [...(state.everHeld.get(account) ?? [])].sort((a, b) => a - b);
  const plans: Plan[] = [];
  for (const currency of state.currencies.keys()) {
    const settled = settleFully(state, currency);
    const assets = held.filter(
      (asset) => claimableAt(state, account, asset, currency, settled.income.get(asset) ?? 0n) > 0n,
    );
    if (assets.length === 0) continue;
    let amount = 0n;
    for (const asset of assets) {
      amount += claimableAt(state, account, asset, currency, settled.income.get(asset) ?? 0n);
    }
    // What was sold already cannot earn from what is settled later.
    const earning = assets.filter((asset) => sharesOf(state, account, asset) > 0n);
    const upstream = descendantsOf(
      state,
      earning.flatMap((asset) => state.assets.get(asset)?.releases ?? []),
    );
    const releases = [...upstream]
      .filter((id) => (settled.received.get(id) ?? 0n) > flowOf(state, id, currency).settled)
      .sort((a, b) => b - a);
    plans.push({ currency, releases, assets, amount });
  }
  return plans;
}
