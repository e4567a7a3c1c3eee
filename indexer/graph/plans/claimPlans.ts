import type { Address } from "viem";
import { portionBetween } from "#protocol/split.ts";
import { type LedgerState, sharesOf } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { descendants } from "../lineage/reach.ts";
import { claimableAfterSettling, projectBooks } from "../settled/projectedBooks.ts";
import { assetsOfHolder } from "./assetsOfHolder.ts";

/** The number of assets in a turn. One asset takes longer than most steps of a walk. */
const ASSETS_A_TURN = 64;

/** The steps in one currency by which an account gets all that it is owed. */
export interface ClaimPlan {
  currency: Address;
  /** The argument of `settle`: descending, so that one pass brings all money to the account's assets. */
  releases: number[];
  /** The argument of `claim`: the assets that pay something after settling. */
  assets: number[];
  /** The amount that the claim pays, in base units. */
  amount: bigint;
}

/**
 * Lists the releases to settle, in order, and the assets to claim for, so that an account gets everything that it is
 * owed: one plan for each currency in which it is owed something. A plan leaves out releases whose settlement would
 * bring the account less than one base unit more, so nobody can lengthen the list with dust.
 */
export function* claimPlans(state: LedgerState, account: Address): Walk<ClaimPlan[]> {
  const held = yield* assetsOfHolder(state, account);
  const plans: ClaimPlan[] = [];
  for (const currency of state.currencies.keys()) {
    const books = state.booksOf(currency);
    yield* projectBooks(state, currency);
    const assets: number[] = [];
    // Shares that were sold earn nothing from later settlements.
    const earning = new Set<number>();
    let amount = 0n;
    for (const [i, asset] of held.entries()) {
      if (i % ASSETS_A_TURN === ASSETS_A_TURN - 1) yield;
      const due = claimableAfterSettling(state, account, asset, currency);
      if (due === 0n) continue;
      assets.push(asset);
      amount += due;
      if (sharesOf(state, account, asset) > 0n) earning.add(asset);
    }
    if (!books || assets.length === 0) continue;
    plans.push({ currency, releases: yield* releasesThatPay(state, earning, currency, books), assets, amount });
  }
  return plans;
}

/** Finds the releases that must still settle so that these assets get all their income, by descending id. */
function* releasesThatPay(
  state: LedgerState,
  assets: ReadonlySet<number>,
  currency: Address,
  books: Books,
): Walk<number[]> {
  const { releases } = state;
  const own = [...assets].flatMap((asset) => state.assets.get(asset)?.releases ?? []);
  const among = yield* descendants(state, own);
  const projected = yield* projectBooks(state, currency);
  const pays = new Set<number>();
  // Ids ascend, so that the releases that a release passes on to are decided before it.
  for (const [i, id] of among.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const row = id - 1;
    const [from, to] = [books.settled.get(row), projected.received.get(row)];
    if (to === from) continue;
    const moves = (weightPpm: number) => portionBetween(from, to, weightPpm) > 0n;
    const keeps = assets.has(releases.asset.get(row)) && moves(releases.ownWeightPpm.get(row));
    if (
      keeps ||
      [...releases.edgeRowsOf(id)].some((edge) => leadsToPaying(edge) && moves(releases.edgeWeightPpm.get(edge)))
    ) {
      pays.add(id);
    }
  }
  return [...pays].toReversed();

  function leadsToPaying(edge: number): boolean {
    return pays.has(releases.edgeTo.get(edge));
  }
}
