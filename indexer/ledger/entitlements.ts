import type { Address } from "viem";
import { finish, STEPS_A_TURN, type Walk } from "../walk.ts";
import { AmountColumn } from "./columns.ts";
import { passFee } from "./passFee.ts";
import { portionBetween, portionDown, TOTAL_SHARES, WHOLE_PPM } from "./split.ts";
import type { LedgerState } from "./state.ts";

/** What the ledger comes to in one currency once everything is settled, in base units. */
export interface FullySettled {
  /** By release's row: all that it will have received (and passed on). */
  received: AmountColumn;
  /** By asset's row. */
  income: AmountColumn;
}

/**
 * Settles everything on paper: R[p] = direct[p] + Σ ⌊R[r]·w⌋ over the releases r that name p, one sweep from the newest
 * release to the oldest. By the ledger's third law the contracts reach the same, to the unit, in whatever order they
 * are settled.
 *
 * @param direct What was paid into each release itself, by its row.
 */
export function* settleDirectFees({ releases, assets }: LedgerState, direct: AmountColumn): Walk<FullySettled> {
  const received = new AmountColumn();
  const income = new AmountColumn();
  received.load(direct.save());
  for (let row = received.length - 1; row >= 0; row--) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const total = received.get(row);
    if (total === 0n) continue;
    const kept = portionDown(total, releases.ownWeightPpm.get(row));
    if (kept > 0n) income.add(assets.rowOfRelease(releases, row), kept);
    const [first, end] = releases.edgesOf(row + 1);
    for (let edge = first; edge < end; edge++) {
      const passed = portionDown(total, releases.edgeWeightPpm.get(edge));
      if (passed > 0n) received.add(releases.edgeTo.get(edge) - 1, passed);
    }
  }
  return { received, income };
}

/** So far, a cursor goes fee by fee; farther, or through deeper graphs, one sweep over all releases is quicker. */
const LONGEST_WAY = 256;

/**
 * The fully settled books of one currency as of any number of fees. It remembers where it was last, and since each fee
 * can be added and taken away by itself, to move by a few fees costs no more than their ancestors.
 */
class SettledCursor {
  #fees = -1;
  #undone = -1;
  #books: FullySettled = { received: new AmountColumn(), income: new AmountColumn() };
  readonly #state: LedgerState;
  readonly #currencyRow: number;

  constructor(state: LedgerState, currencyRow: number) {
    this.#state = state;
    this.#currencyRow = currencyRow;
  }

  /** The books with the first so many fees of the state, of all currencies, and no others. */
  at(fees: number): FullySettled {
    const { history } = this.#state;
    const known = this.#undone === history.undone && Math.abs(fees - this.#fees) <= LONGEST_WAY;
    if (!known) this.#books = finish(settleDirectFees(this.#state, this.#directUpTo(fees)));
    else {
      while (this.#fees < fees) this.#step(this.#fees++, 1n);
      while (this.#fees > fees) this.#step(--this.#fees, -1n);
    }
    this.#fees = fees;
    this.#undone = history.undone;
    return this.#books;
  }

  #step(feeRow: number, sign: 1n | -1n): void {
    const { fees, assets, releases } = this.#state;
    if (fees.currency.get(feeRow) !== this.#currencyRow) return;
    const { received, income } = this.#books;
    passFee(this.#state, fees.release.get(feeRow), fees.amount.get(feeRow), (row, amount) => {
      const before = received.get(row);
      received.set(row, before + sign * amount);
      const from = sign > 0n ? before : before - amount;
      const kept = portionBetween(from, from + amount, releases.ownWeightPpm.get(row));
      if (kept > 0n) income.add(assets.rowOfRelease(releases, row), sign * kept);
      return from;
    });
  }

  #directUpTo(count: number): AmountColumn {
    const { fees, books } = this.#state;
    const all = books[this.#currencyRow]?.direct;
    if (count === fees.length && all) return all;
    const direct = new AmountColumn();
    for (let row = 0; row < count; row++) {
      if (fees.currency.get(row) === this.#currencyRow) direct.add(fees.release.get(row) - 1, fees.amount.get(row));
    }
    return direct;
  }
}

const cursors = new WeakMap<LedgerState, Map<string, SettledCursor>>();

function cursorOf(state: LedgerState, currency: Address, purpose: "newest" | "earlier"): SettledCursor | undefined {
  const row = state.currencies.rowOf(currency);
  if (row === undefined) return undefined;
  const known = cursors.get(state) ?? new Map<string, SettledCursor>();
  cursors.set(state, known);
  const cursor = known.get(`${purpose} ${row}`) ?? new SettledCursor(state, row);
  known.set(`${purpose} ${row}`, cursor);
  return cursor;
}

const nothing = (): FullySettled => ({ received: new AmountColumn(), income: new AmountColumn() });

/** All that was paid in a currency, settled on paper. Read it before the state changes. */
export const settleFully = (state: LedgerState, currency: Address): FullySettled =>
  cursorOf(state, currency, "newest")?.at(state.fees.length) ?? nothing();

/** As {@link settleFully}, with the first so many fees only. Read it before the next call. */
export const settleFees = (state: LedgerState, currency: Address, fees: number): FullySettled =>
  cursorOf(state, currency, "earlier")?.at(fees) ?? nothing();

/** What a claim would pay the account for its shares of the asset, were the asset's income this, in base units. */
export function claimableAt(
  state: LedgerState,
  account: Address,
  asset: number,
  currency: Address,
  income: bigint,
): bigint {
  const [accountRow, assetRow] = [state.accounts.rowOf(account), state.assets.rowOf(asset)];
  if (accountRow === undefined || assetRow === undefined) return 0n;
  const holding = state.holdings.rowOf(accountRow, assetRow);
  return holding === undefined ? 0n : claimableOfHolding(state, holding, currency, income);
}

/** As {@link claimableAt}, for a holding by its row. */
export function claimableOfHolding(state: LedgerState, holding: number, currency: Address, income: bigint): bigint {
  const books = state.booksOf(currency);
  if (!books) return 0n;
  const earned = portionBetween(books.mark.get(holding), income, WHOLE_PPM - state.commonsPpm);
  return (books.accruedOf(holding) + BigInt(state.holdings.shares.get(holding)) * earned) / TOTAL_SHARES;
}

/** What a claim would pay the account for its shares of the asset now, in base units. */
export function claimableNow(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const row = state.assets.rowOf(asset);
  const income = row === undefined ? 0n : (state.booksOf(currency)?.income.get(row) ?? 0n);
  return claimableAt(state, account, asset, currency, income);
}
