import type { Address } from "viem";
import { claimableAt, claimableNow, type FullySettled, settleFully } from "../ledger/entitlements.ts";
import { portionBetween } from "../ledger/split.ts";
import { type Allocation, assetsEverHeld, creditOf, holdingOf, type LedgerState, sharesOf } from "../ledger/state.ts";
import type { Books } from "../ledger/tables/holdings.ts";
import { descendants } from "./reach.ts";
import type { Walk } from "../walk.ts";

/** What an account earned with one asset in one currency up to a block, in base units. */
export interface EarnedSoFar {
  asset: number;
  currency: Address;
  /** Paid out so far plus claimable now. */
  earned: bigint;
  claimed: bigint;
  /** Held now, of 100,000,000. */
  shares: bigint;
  /** What the account got shares for when the asset was registered, if it did. */
  allocations: Pick<Allocation, "role" | "shares">[];
}

export interface StatementLine extends EarnedSoFar {
  claimableNow: bigint;
  /** What a claim would pay once everything is settled; includes `claimableNow`. */
  claimableAfterSettling: bigint;
}

export interface Statement {
  lines: StatementLine[];
  credits: { currency: Address; amount: bigint }[];
}

/** By currency and asset that an account ever held shares of. */
export function earnedSoFar(state: LedgerState, account: Address): EarnedSoFar[] {
  const assets = assetsEverHeld(state, account);
  return state.currencies.keys().flatMap((currency) =>
    assets.map((asset) => {
      const { claimed } = holdingOf(state, account, asset, currency);
      const earned = claimed + claimableNow(state, account, asset, currency);
      const allocations = state.assets
        .allocationsOf(asset)
        .filter((allocation) => allocation.account === account)
        .map(({ role, shares }) => ({ role, shares }));
      return { asset, currency, earned, claimed, shares: sharesOf(state, account, asset), allocations };
    }),
  );
}

/** What an account holds, earned and can claim, by currency and asset that it ever held shares of. */
export function statement(state: LedgerState, account: Address): Statement {
  return {
    lines: earnedSoFar(state, account).map((line) => ({
      ...line,
      claimableNow: line.earned - line.claimed,
      claimableAfterSettling: claimableAfterSettling(state, account, line.asset, line.currency),
    })),
    credits: state.currencies.keys().map((currency) => ({ currency, amount: creditOf(state, account, currency) })),
  };
}

/** What a claim would pay the account for its shares of the asset once everything is settled, in base units. */
export function claimableAfterSettling(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const row = state.assets.rowOf(asset);
  if (row === undefined) return 0n;
  return claimableAt(state, account, asset, currency, settleFully(state, currency).income.get(row));
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
export function* claimPlans(state: LedgerState, account: Address): Walk<Plan[]> {
  const held = assetsEverHeld(state, account);
  const plans: Plan[] = [];
  for (const currency of state.currencies.keys()) {
    const books = state.booksOf(currency);
    const due = new Map(held.map((asset) => [asset, claimableAfterSettling(state, account, asset, currency)]));
    const assets = held.filter((asset) => due.get(asset) !== 0n);
    if (!books || assets.length === 0) continue;
    // What was sold already cannot earn from what is settled later.
    const earning = new Set(assets.filter((asset) => sharesOf(state, account, asset) > 0n));
    const amount = assets.reduce((sum, asset) => sum + (due.get(asset) ?? 0n), 0n);
    plans.push({ currency, releases: yield* releasesThatPay(state, earning, currency, books), assets, amount });
  }
  return plans;
}

/** The releases that still have to move so that these assets get all that is theirs, by descending id. */
function* releasesThatPay(
  state: LedgerState,
  assets: ReadonlySet<number>,
  currency: Address,
  books: Books,
): Walk<number[]> {
  const { releases } = state;
  const own = [...assets].flatMap((asset) => state.assets.get(asset)?.releases ?? []);
  const among = yield* descendants(state, own);
  // The walk may have let others in: the books are read only now.
  const settled: FullySettled = settleFully(state, currency);
  const pays = new Set<number>();
  // Ascending, so that what a release passes on to is known before it.
  for (const id of among) {
    const row = id - 1;
    const [from, to] = [books.settled.get(row), settled.received.get(row)];
    if (to === from) continue;
    const moves = (weightPpm: number) => portionBetween(from, to, weightPpm) > 0n;
    const keeps = assets.has(releases.asset.get(row)) && moves(releases.ownWeightPpm.get(row));
    if (
      keeps ||
      [...releases.edgeRowsOf(id)].some((edge) => passesToOne(edge) && moves(releases.edgeWeightPpm.get(edge)))
    ) {
      pays.add(id);
    }
  }
  return [...pays].sort((a, b) => b - a);

  function passesToOne(edge: number): boolean {
    return pays.has(releases.edgeTo.get(edge));
  }
}
