import type { Address } from "viem";
import { AmountColumn } from "../../columns/columns.ts";
import { claimableOfHolding } from "../settled/projectedBooks.ts";
import { portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { organizationsOf, type Organizations } from "../economy/organizations.ts";
import { type FeeRows, feeRowsOf, type Period } from "../period.ts";
import { projectBooksAround } from "../settled/projectBooksAfter.ts";
import { clamp } from "../fees/traceProgress.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The income from some fees, in base units. */
export interface EarnedIncome {
  /** The income as if every release were settled. */
  income: bigint;
  /** The part of `income` that is settled. */
  settled: bigint;
}

/** The incomes of many earners, by row. */
export class Incomes {
  readonly income = new AmountColumn();
  readonly settled = new AmountColumn();

  get length(): number {
    return this.income.length;
  }

  get(row: number): EarnedIncome {
    return { income: this.income.get(row), settled: this.settled.get(row) };
  }

  add(row: number, income: bigint, settled: bigint): void {
    if (income > 0n) this.income.add(row, income);
    if (settled > 0n) this.settled.add(row, settled);
  }
}

/**
 * Computes, by asset's row, what the assets earn from the fees of some rows, commons included. I(n) is an asset's
 * projected income from the first n fees, and J its settled income:
 *
 * ```
 * income  = I(end) − I(first)                          exact: the sum of the traces of these fees
 * settled = clamp(J − I(first), 0, income)             FIFO: what was paid first counts as settled first
 * ```
 */
export function* assetIncomes(state: LedgerState, currency: Address, rows: FeeRows): Walk<Incomes> {
  const { before, after } = yield* projectBooksAround(state, currency, rows);
  const books = state.booksOf(currency);
  const incomes = new Incomes();
  for (let row = 0; row < state.assets.size; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const from = before.income.get(row);
    const income = after.income.get(row) - from;
    incomes.add(row, income, clamp(books?.income.get(row) ?? 0n, from, income));
  }
  return incomes;
}

/** Sums up the incomes of each organization's assets, by the organization's number. */
export function* organizationIncomes(
  state: LedgerState,
  currency: Address,
  rows: FeeRows,
): Walk<{ organizations: Organizations; incomes: Incomes }> {
  const organizations = yield* organizationsOf(state);
  const ofAssets = yield* assetIncomes(state, currency, rows);
  const incomes = new Incomes();
  for (let row = 0; row < ofAssets.length; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    incomes.add(organizations.ofAsset[row] ?? 0, ofAssets.income.get(row), ofAssets.settled.get(row));
  }
  return { organizations, incomes };
}

/**
 * Computes, by account's row, what the accounts earn, the commons' part excluded.
 *
 * The income from all fees is exact: claimed + what a claim would pay, now and as if every release were settled.
 *
 * The income from a period's fees is an approximation: it uses the number of shares s that are held now, as if they had
 * never moved. D(x) is ⌊x · (1e6 − c) / 1e6⌋, and I(n) an asset's projected income from the first n fees:
 *
 * ```
 * income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋      settled: the same, with the settled part of I(end)
 * ```
 */
export function* accountIncomes(state: LedgerState, currency: Address, period?: Period): Walk<Incomes> {
  const { holdings, commonsPpm } = state;
  const books = state.booksOf(currency);
  const rows = feeRowsOf(state, period);
  const whole = rows.first === 0 && rows.end === state.fees.length;
  const incomes = new Incomes();
  const { before, after } = yield* projectBooksAround(state, currency, rows);
  if (!books) return incomes;
  for (let holding = 0; holding < holdings.length; holding++) {
    if (holding % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const [account, asset] = [holdings.account.get(holding), holdings.asset.get(holding)];
    const [from, to, now] = [before.income.get(asset), after.income.get(asset), books.income.get(asset)];
    if (whole) {
      const claimed = books.claimed.get(holding);
      const claimable = (income: bigint) => claimableOfHolding(state, holding, currency, income);
      incomes.add(account, claimed + claimable(to), claimed + claimable(now));
      continue;
    }
    const shares = BigInt(holdings.shares.get(holding));
    const dueOf = (income: bigint) => (portionDown(income, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
    const start = dueOf(from);
    incomes.add(account, dueOf(to) - start, dueOf(from + clamp(now, from, to - from)) - start);
  }
  return incomes;
}
