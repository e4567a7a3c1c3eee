import type { Address } from "viem";
import { claimableOfHolding } from "../ledger/entitlements.ts";
import { portionDown, TOTAL_SHARES, WHOLE_PPM } from "../ledger/split.ts";
import type { LedgerState } from "../ledger/state.ts";
import { organizationsOf, type Organizations } from "./organizations.ts";
import { type FeeRows, feeRowsOf, type Period } from "./period.ts";
import { settledAround } from "./settledAfter.ts";
import { clamp } from "./traceProgress.ts";
import { STEPS_A_TURN, type Walk } from "./walk.ts";

/** In base units, of the fees in question. */
export interface Earned {
  /** Once everything is settled. */
  income: bigint;
  /** What of that is settled. */
  settled: bigint;
}

/**
 * By asset's row: what the assets earn of the fees of some rows, commons included. With I(n) an asset's income of the
 * first n fees, fully settled, and J its income now:
 *
 * ```
 * income  = I(end) − I(first)                          exact: the sum of the traces of these fees
 * settled = clamp(J − I(first), 0, income)             FIFO: what was paid first counts as settled first
 * ```
 */
export function* assetIncomes(state: LedgerState, currency: Address, rows: FeeRows): Walk<Earned[]> {
  const { before, after } = yield* settledAround(state, currency, rows);
  const books = state.booksOf(currency);
  const incomes: Earned[] = [];
  for (let row = 0; row < state.assets.size; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const from = before.income.get(row);
    const income = after.income.get(row) - from;
    incomes.push({ income, settled: clamp(books?.income.get(row) ?? 0n, from, income) });
  }
  return incomes;
}

/** By number of organization: the sums of its assets' incomes. */
export function* organizationIncomes(
  state: LedgerState,
  currency: Address,
  rows: FeeRows,
): Walk<{ organizations: Organizations; incomes: Earned[] }> {
  const organizations = yield* organizationsOf(state);
  const incomes: Earned[] = organizations.list.map(() => ({ income: 0n, settled: 0n }));
  for (const [row, earned] of (yield* assetIncomes(state, currency, rows)).entries()) {
    const sum = incomes[organizations.ofAsset[row] ?? 0];
    if (!sum) continue;
    sum.income += earned.income;
    sum.settled += earned.settled;
  }
  return { organizations, incomes };
}

/**
 * By account's row: what the accounts earn, the commons' part excluded.
 *
 * Of all fees it is exact: claimed + what a claim would pay, now and once everything is settled.
 *
 * Of some of the fees, those of a period, it is a proxy, by the shares s that are held now, as if they had never moved. With D(x) =
 * ⌊x · (1e6 − c) / 1e6⌋ and I(n) an asset's income of the first n fees, fully settled:
 *
 * ```
 * income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋      settled: as if I(end) were the settled part of it
 * ```
 */
export function* accountIncomes(state: LedgerState, currency: Address, period?: Period): Walk<Earned[]> {
  const { accounts, holdings, commonsPpm } = state;
  const books = state.booksOf(currency);
  const rows = feeRowsOf(state, period);
  const whole = rows.first === 0 && rows.end === state.fees.length;
  const incomes: Earned[] = Array.from({ length: accounts.length }, () => ({ income: 0n, settled: 0n }));
  const { before, after } = yield* settledAround(state, currency, rows);
  if (!books) return incomes;
  for (let holding = 0; holding < holdings.length; holding++) {
    if (holding % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const asset = holdings.asset.get(holding);
    const earned = incomes[holdings.account.get(holding)];
    if (!earned) continue;
    const [from, to, now] = [before.income.get(asset), after.income.get(asset), books.income.get(asset)];
    if (whole) {
      const claimed = books.claimed.get(holding);
      earned.income += claimed + claimableOfHolding(state, holding, currency, to);
      earned.settled += claimed + claimableOfHolding(state, holding, currency, now);
      continue;
    }
    const shares = BigInt(holdings.shares.get(holding));
    const dueOf = (income: bigint) => (portionDown(income, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
    earned.income += dueOf(to) - dueOf(from);
    earned.settled += dueOf(from + clamp(now, from, to - from)) - dueOf(from);
  }
  return incomes;
}
