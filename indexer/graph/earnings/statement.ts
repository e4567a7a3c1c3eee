import type { Address } from "viem";
import { claimableAfterSettling, claimableNow, projectBooks } from "../settled/projectedBooks.ts";
import { partitionPoint } from "../../columns/partitionPoint.ts";
import { holdingOf, type LedgerState, sharesOf } from "../../ledger/state.ts";
import { assetsOfHolder } from "./assetsOfHolder.ts";
import type { Allocation } from "../../ledger/records.ts";
import type { Walk } from "../../scheduling/walk.ts";

/** The amounts that an account has earned with one asset in one currency up to a block, in base units. */
export interface EarningsSoFar {
  asset: number;
  currency: Address;
  /** Claimed plus claimable now. */
  earned: bigint;
  claimed: bigint;
  /** The shares that the account holds now, of 100,000,000. */
  shares: bigint;
  /** The shares that the account got when the asset was registered, with its roles; empty if it got none. */
  allocations: Pick<Allocation, "role" | "shares">[];
}

export interface StatementLine extends EarningsSoFar {
  claimableNow: bigint;
  /** The amount that a claim would pay if every release were settled first. It includes `claimableNow`. */
  claimableAfterSettling: bigint;
}

/** The number of lines in a turn. One line takes longer than most steps of a walk. */
const LINES_A_TURN = 64;

function earnedWith(state: LedgerState, account: Address, asset: number, currency: Address): EarningsSoFar {
  const { claimed } = holdingOf(state, account, asset, currency);
  const earned = claimed + claimableNow(state, account, asset, currency);
  const allocations = state.assets
    .allocationsOf(asset)
    .filter((allocation) => allocation.account === account)
    .map(({ role, shares }) => ({ role, shares }));
  return { asset, currency, earned, claimed, shares: sharesOf(state, account, asset), allocations };
}

/** Computes what an account has earned, for each currency and each asset that it ever held shares of. */
export function* earningsSoFar(state: LedgerState, account: Address): Walk<EarningsSoFar[]> {
  const assets = yield* assetsOfHolder(state, account);
  const lines: EarningsSoFar[] = [];
  for (const currency of state.currencies.keys()) {
    for (const asset of assets) {
      lines.push(earnedWith(state, account, asset, currency));
      if (lines.length % LINES_A_TURN === 0) yield;
    }
  }
  return lines;
}

/** The lines of a statement. Each is computed when it is read. */
export interface StatementLines {
  length: number;
  at(place: number): StatementLine;
  /** Returns the place of the line of a currency and an asset; undefined if there is none. */
  placeOf(currency: Address, asset: number): number | undefined;
}

/**
 * Lists what an account holds, has earned and can claim, for each currency and each asset that it ever held shares of.
 * Read the lines before the state changes.
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
