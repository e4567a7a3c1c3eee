import type { Address } from "viem";
import { claimableAt, claimableNow, projectBooks, projectedBooks } from "../settled/projectedBooks.ts";
import { partitionPoint } from "../../ledger/partitionPoint.ts";
import { portionBetween } from "#protocol/split.ts";
import { holdingOf, type LedgerState, sharesOf } from "../../ledger/state.ts";
import { assetsOfHolder } from "./assetsOfHolder.ts";
import type { Allocation } from "../../ledger/records.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { descendants } from "../lineage/reach.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

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

/** A line is made of several figures and takes longer than most steps of a walk. */
const LINES_A_TURN = 64;

/** What an account earned with one asset in one currency. */
function earnedWith(state: LedgerState, account: Address, asset: number, currency: Address): EarnedSoFar {
  const { claimed } = holdingOf(state, account, asset, currency);
  const earned = claimed + claimableNow(state, account, asset, currency);
  const allocations = state.assets
    .allocationsOf(asset)
    .filter((allocation) => allocation.account === account)
    .map(({ role, shares }) => ({ role, shares }));
  return { asset, currency, earned, claimed, shares: sharesOf(state, account, asset), allocations };
}

/** By currency and asset that an account ever held shares of. */
export function* earnedSoFar(state: LedgerState, account: Address): Walk<EarnedSoFar[]> {
  const assets = yield* assetsOfHolder(state, account);
  const lines: EarnedSoFar[] = [];
  for (const currency of state.currencies.keys()) {
    for (const asset of assets) {
      lines.push(earnedWith(state, account, asset, currency));
      if (lines.length % LINES_A_TURN === 0) yield;
    }
  }
  return lines;
}

/** The lines of a statement, of which each is made when it is read. */
export interface StatementLines {
  length: number;
  at(place: number): StatementLine;
  /** Where the line of an asset and a currency stands; undefined if there is none. */
  placeOf(currency: Address, asset: number): number | undefined;
}

/**
 * What an account holds, earned and can claim, by currency and asset that it ever held shares of. To be read before the
 * state changes.
 */
export function* statementLines(
  state: LedgerState,
  account: Address,
  currencies: readonly Address[] = [...state.currencies.keys()],
): Walk<StatementLines> {
  const assets = yield* assetsOfHolder(state, account);
  for (const currency of currencies) yield* projectBooks(state, currency);
  return {
    length: currencies.length * assets.length,
    at(place) {
      const [currency, asset] = [currencies[Math.floor(place / assets.length)], assets[place % assets.length]];
      if (currency === undefined || asset === undefined) throw new RangeError(`There is no line ${place}.`);
      const line = earnedWith(state, account, asset, currency);
      return {
        ...line,
        claimableNow: line.earned - line.claimed,
        claimableAfterSettling: claimableAfterSettling(state, account, asset, currency),
      };
    },
    placeOf(currency, asset) {
      const [group, at] = [
        currencies.indexOf(currency),
        partitionPoint(assets.length, (place) => (assets[place] ?? 0) < asset),
      ];
      return group === -1 || assets[at] !== asset ? undefined : group * assets.length + at;
    },
  };
}

/** What a claim would pay the account for its shares of the asset once everything is settled, in base units. */
function claimableAfterSettling(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const row = state.assets.rowOf(asset);
  if (row === undefined) return 0n;
  return claimableAt(state, account, asset, currency, projectedBooks(state, currency).income.get(row));
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
  const held = yield* assetsOfHolder(state, account);
  const plans: Plan[] = [];
  for (const currency of state.currencies.keys()) {
    const books = state.booksOf(currency);
    yield* projectBooks(state, currency);
    const assets: number[] = [];
    // What was sold already cannot earn from what is settled later.
    const earning = new Set<number>();
    let amount = 0n;
    for (const [i, asset] of held.entries()) {
      if (i % LINES_A_TURN === LINES_A_TURN - 1) yield;
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
  const settled = yield* projectBooks(state, currency);
  const pays = new Set<number>();
  // Ascending, so that what a release passes on to is known before it.
  for (const [i, id] of among.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
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
  return [...pays].toReversed();

  function passesToOne(edge: number): boolean {
    return pays.has(releases.edgeTo.get(edge));
  }
}
