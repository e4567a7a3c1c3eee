import type { Address } from "viem";
import { AmountColumn } from "../../columns/columns.ts";
import { portionBetween, portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { type FeeRows, feeRowsOf, type Period } from "../period.ts";
import { Ranking } from "../economy/ranking.ts";
import { tracePeriod } from "./tracePeriod.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** An amount that flows from one member to another. Undefined stands for all members that are not named. */
export interface FlowBetween<From, To> {
  from: From | undefined;
  to: To | undefined;
  amount: bigint;
}

/** The flows of each step, the largest first. */
export interface FeeFlows {
  /** From payers to the releases that they paid, by id. The amounts add up to `paid`. */
  fees: FlowBetween<Address, number>[];
  /** From paid releases to the assets that keep a part, by id, commons included. */
  kept: FlowBetween<number, number>[];
  /** From assets to the current holders of their shares. */
  earned: FlowBetween<number, Address>[];
  /** From assets to the commons. */
  commons: { from: number | undefined; amount: bigint }[];
  /**
   * The part that assets keep and that belongs to neither the commons nor a single holder yet: fractions of a base
   * unit. Can be negative.
   */
  fractions: bigint;
  /**
   * The amount that these fees add to fractions of a base unit in releases, which later fees complete. Can be negative.
   */
  pending: bigint;
  /** Σ the fees of the period = Σ kept + pending, with Σ kept = Σ earned + Σ commons + fractions. */
  paid: bigint;
}

export interface FeeFlowsParameters {
  period?: Period;
  /** The highest number of members to name in each column. Default: 12. */
  most?: number;
}

/**
 * Follows the fees of a period from payers to earners, in four columns: payers, the releases that they paid, the assets
 * that keep a part, and the accounts that hold shares of these. Each column names the members with the most money.
 *
 * ```
 * fees, kept   exact: what was paid, and what the traces of these fees bring each asset
 * earned       an approximation from the number of shares s that are held now: ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋,
 *              with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and I an asset's projected income from all fees before the period, or to its end
 * commons      ⌊I(end) · c⌋ − ⌊I(first) · c⌋
 * ```
 */
export function* feeFlows(
  state: LedgerState,
  currency: Address,
  { period, most = 12 }: FeeFlowsParameters = {},
): Walk<FeeFlows> {
  const { fees, releases, assets, accounts, commonsPpm } = state;
  const rows = feeRowsOf(state, period);
  const paidBy = new Map<number, bigint>();
  const paidInto = new Map<number, bigint>();
  yield* eachFee(state, currency, rows, (payer, release, amount) => {
    addTo(paidBy, payer, amount);
    addTo(paidInto, release, amount);
  });
  const payers = yield* largest(paidBy, most);
  const paidReleases = yield* largest(paidInto, most);
  const feePairs = new Pairs(releases.size);
  yield* eachFee(state, currency, rows, (payer, release, amount) =>
    feePairs.add(named(payers, payer), named(paidReleases, release), amount),
  );

  // Assets are counted one by one until it is clear which keep the most. Of releases, only the named ones are.
  const keptByAsset = new Pairs(assets.size);
  const income = new AmountColumn();
  const { paid, kept, incomeBefore } = yield* tracePeriod(state, currency, rows, (fee, row, amount) => {
    const asset = assets.rowOfRelease(releases, row);
    keptByAsset.add(named(paidReleases, fees.release.get(fee) - 1), asset, amount);
    income.add(asset, amount);
  });
  const earners = yield* largestRows(income, most);
  const commons = new Map<number, bigint>();
  for (let asset = 0; asset < income.length; asset++) {
    if (asset % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const [from, to] = [incomeBefore.get(asset), incomeBefore.get(asset) + income.get(asset)];
    const due = portionBetween(from, to, commonsPpm);
    if (due > 0n) addTo(commons, named(earners, asset), due);
  }

  const earnedBy = new Map<number, bigint>();
  yield* eachEarning(state, incomeBefore, income, (_, account, amount) => addTo(earnedBy, account, amount));
  const people = yield* largest(earnedBy, most);
  const earnedPairs = new Pairs(accounts.length);
  yield* eachEarning(state, incomeBefore, income, (asset, account, amount) =>
    earnedPairs.add(named(earners, asset), named(people, account), amount),
  );

  const accountOf = (row: number) => (row === OTHERS ? undefined : accounts.address(row));
  const releaseOf = (row: number) => (row === OTHERS ? undefined : row + 1);
  const assetOf = (row: number) => (row === OTHERS ? undefined : assets.id.get(row));
  const earnedFlows = earnedPairs.flows(assetOf, accountOf);
  const commonsFlows = descending(Array.from(commons, ([from, amount]) => ({ from: assetOf(from), amount })));
  return {
    fees: feePairs.flows(accountOf, releaseOf),
    kept: (yield* keptByAsset.onlyTo(earners)).flows(releaseOf, assetOf),
    earned: earnedFlows,
    commons: commonsFlows,
    fractions: kept - sum(earnedFlows) - sum(commonsFlows),
    pending: paid - kept,
    paid,
  };
}

/** Stands for all rows that are not named. */
const OTHERS = -1;

const named = (names: ReadonlySet<number>, row: number) => (names.has(row) ? row : OTHERS);

const sum = (flows: readonly { amount: bigint }[]) => flows.reduce((total, { amount }) => total + amount, 0n);

const descending = <T extends { amount: bigint }>(flows: readonly T[]): T[] =>
  flows.toSorted((a, b) => (b.amount > a.amount ? 1 : b.amount < a.amount ? -1 : 0));

function addTo(amounts: Map<number, bigint>, key: number, amount: bigint): void {
  amounts.set(key, (amounts.get(key) ?? 0n) + amount);
}

function* largest(amounts: ReadonlyMap<number, bigint>, most: number): Walk<Set<number>> {
  const ranking = new Ranking<number>({ limit: most });
  let steps = 0;
  for (const [row, amount] of amounts) {
    ranking.add(row, amount);
    if (++steps % STEPS_A_TURN === 0) yield;
  }
  return new Set(ranking.page().rows);
}

function* largestRows(amounts: AmountColumn, most: number): Walk<Set<number>> {
  const ranking = new Ranking<number>({ limit: most });
  for (let row = 0; row < amounts.length; row++) {
    ranking.add(row, amounts.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return new Set(ranking.page().rows);
}

/** Calls back for each fee, with the rows of the payer and the release. */
function* eachFee(
  { fees, currencies }: LedgerState,
  currency: Address,
  { first, end }: FeeRows,
  onFee: (payer: number, release: number, amount: bigint) => void,
): Walk<void> {
  const currencyRow = currencies.rowOf(currency);
  for (let fee = first; fee < end; fee++) {
    if (fee % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (fees.currency.get(fee) !== currencyRow) continue;
    onFee(fees.payer.get(fee), fees.release.get(fee) - 1, fees.amount.get(fee));
  }
}

/** Calls back for each holder of shares, with the holder's part of the asset's income. */
function* eachEarning(
  { holdings, commonsPpm }: LedgerState,
  before: AmountColumn,
  income: AmountColumn,
  onEarning: (asset: number, account: number, amount: bigint) => void,
): Walk<void> {
  for (let holding = 0; holding < holdings.length; holding++) {
    if (holding % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const asset = holdings.asset.get(holding);
    if (income.get(asset) === 0n) continue;
    const shares = BigInt(holdings.shares.get(holding));
    const dueOf = (total: bigint) => (portionDown(total, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
    const from = before.get(asset);
    const due = dueOf(from + income.get(asset)) - dueOf(from);
    if (due > 0n) onEarning(asset, holdings.account.get(holding), due);
  }
}

/** Amounts by pairs of rows. Each row may be {@link OTHERS}. */
class Pairs {
  readonly #amounts = new Map<number, bigint>();
  readonly #width: number;

  /** @param rows The highest number of rows on the receiving side. */
  constructor(rows: number) {
    this.#width = rows + 1;
  }

  add(from: number, to: number, amount: bigint): void {
    addTo(this.#amounts, (from + 1) * this.#width + to + 1, amount);
  }

  /** Merges all receiving rows that are not named into {@link OTHERS}. */
  *onlyTo(names: ReadonlySet<number>): Walk<Pairs> {
    const merged = new Pairs(this.#width);
    let steps = 0;
    for (const [key, amount] of this.#amounts) {
      if (++steps % STEPS_A_TURN === 0) yield;
      const [from, to] = this.#rowsOf(key);
      merged.add(from, named(names, to), amount);
    }
    return merged;
  }

  flows<From, To>(nameFrom: (row: number) => From, nameTo: (row: number) => To) {
    const flows: { from: From; to: To; amount: bigint }[] = [];
    for (const [key, amount] of this.#amounts) {
      const [from, to] = this.#rowsOf(key);
      flows.push({ from: nameFrom(from), to: nameTo(to), amount });
    }
    return descending(flows);
  }

  #rowsOf(key: number): [from: number, to: number] {
    return [Math.floor(key / this.#width) - 1, (key % this.#width) - 1];
  }
}
