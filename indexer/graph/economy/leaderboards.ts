import type { Address } from "viem";
import { AmountColumn } from "../../columns/columns.ts";
import type { LedgerState } from "../../ledger/state.ts";
import {
  accountIncomes,
  assetIncomes,
  type EarnedIncome,
  type Incomes,
  organizationIncomes,
} from "../earnings/incomes.ts";
import type { Organization } from "./organizations.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { type PageParameters, type RankedPage, Ranking } from "./ranking.ts";
import { projectBooksAround } from "../settled/projectBooksAfter.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface LeaderboardParameters extends PageParameters {
  /** The period whose fees count. Default: all fees. */
  period?: Period;
}

/**
 * Ranks assets by their income from these fees, as if every release were settled. See {@link assetIncomes} for the
 * formulas.
 */
export function* topAssets(
  state: LedgerState,
  currency: Address,
  { period, ...page }: LeaderboardParameters = {},
): Walk<RankedPage<EarnedIncome & { asset: number }>> {
  const incomes = yield* assetIncomes(state, currency, feeRowsOf(state, period));
  return yield* rank(incomes, (row) => ({ asset: state.assets.id.get(row) }), page);
}

/** Ranks organizations by the income of their assets. See {@link assetIncomes} for the formulas. */
export function* topOrganizations(
  state: LedgerState,
  currency: Address,
  { period, ...page }: LeaderboardParameters = {},
): Walk<RankedPage<EarnedIncome & { organization: Organization }>> {
  const { organizations, incomes } = yield* organizationIncomes(state, currency, feeRowsOf(state, period));
  const nobody: Organization = { organization: "" };
  return yield* rank(incomes, (number) => ({ organization: organizations.list[number] ?? nobody }), page);
}

/**
 * Ranks accounts by what they earn. For a period, this is an approximation. See {@link accountIncomes} for the
 * formulas.
 */
export function* topAccounts(
  state: LedgerState,
  currency: Address,
  { period, ...page }: LeaderboardParameters = {},
): Walk<RankedPage<EarnedIncome & { account: Address }>> {
  const incomes = yield* accountIncomes(state, currency, period);
  return yield* rank(incomes, (row) => ({ account: state.accounts.address(row) }), page);
}

function* rank<T>(
  incomes: Incomes,
  named: (row: number) => T,
  page: PageParameters,
): Walk<RankedPage<EarnedIncome & T>> {
  const ranking = new Ranking<number>(page);
  for (let row = 0; row < incomes.length; row++) {
    ranking.add(row, incomes.income.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  const { rows, total } = ranking.page();
  return { rows: rows.map((row) => ({ ...named(row), ...incomes.get(row) })), total };
}

export interface Payer {
  account: Address;
  paid: bigint;
  /** The number of fees. */
  fees: number;
}

/**
 * Ranks accounts by the fees that they paid. A caller that pays with tokens of somebody else can name any account as
 * payer.
 */
export function* topPayers(
  state: LedgerState,
  currency: Address,
  { period, ...page }: LeaderboardParameters = {},
): Walk<RankedPage<Payer>> {
  const { fees, accounts } = state;
  const currencyRow = state.currencies.rowOf(currency);
  const { first, end } = feeRowsOf(state, period);
  const payers = new Map<number, Omit<Payer, "account">>();
  for (let row = first; row < end; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (fees.currency.get(row) !== currencyRow) continue;
    const payer = payers.get(fees.payer.get(row)) ?? { paid: 0n, fees: 0 };
    payer.paid += fees.amount.get(row);
    payer.fees++;
    payers.set(fees.payer.get(row), payer);
  }
  const ranking = new Ranking<Payer>(page);
  let steps = 0;
  for (const [row, payer] of payers) {
    ranking.add({ account: accounts.address(row), ...payer }, payer.paid);
    if (++steps % STEPS_A_TURN === 0) yield;
  }
  return ranking.page();
}

export interface ReleaseReceipts {
  release: number;
  /** Received from these fees as if every release were settled, directly or from later releases. */
  received: bigint;
  /** The part of `received` that was paid into the release itself. */
  direct: bigint;
}

/**
 * Ranks releases by what they receive: R(end) − R(first). R(n) is all that the first n fees bring a release, as if
 * every release were settled. The figure is the sum of the traces of these fees, to the base unit.
 */
export function* topReleases(
  state: LedgerState,
  currency: Address,
  { period, ...page }: LeaderboardParameters = {},
): Walk<RankedPage<ReleaseReceipts>> {
  const { fees } = state;
  const currencyRow = state.currencies.rowOf(currency);
  const rows = feeRowsOf(state, period);
  const { before, after } = yield* projectBooksAround(state, currency, rows);
  const direct = new AmountColumn();
  for (let row = rows.first; row < rows.end; row++) {
    if (fees.currency.get(row) === currencyRow) direct.add(fees.release.get(row) - 1, fees.amount.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  const ranking = new Ranking<number>(page);
  const receivedBy = (row: number) => after.received.get(row) - before.received.get(row);
  for (let row = 0; row < after.received.length; row++) {
    ranking.add(row, receivedBy(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  const { rows: best, total } = ranking.page();
  return {
    rows: best.map((row) => ({ release: row + 1, received: receivedBy(row), direct: direct.get(row) })),
    total,
  };
}
