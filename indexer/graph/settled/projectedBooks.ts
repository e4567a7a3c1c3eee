import type { Address } from "viem";
import { finish, STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { AmountColumn } from "../../columns/columns.ts";
import { CursorPool } from "./cursorPool.ts";
import { passFee } from "./passFee.ts";
import { portionBetween, portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";

/** The totals of one currency as if every release were settled, in base units. The state itself stays unsettled. */
export interface ProjectedBooks {
  /** The amount that each release has then received and settled, by release's row. */
  received: AmountColumn;
  /** The income that the releases of each asset have then kept for it, by asset's row. */
  income: AmountColumn;
}

/**
 * Projects the books from the direct payments alone: R[p] = direct[p] + Σ ⌊R[r]·w⌋ over the releases r that name p, in
 * one sweep from the newest release to the oldest. By the ledger's third law the contracts reach the same totals, to
 * the unit, in whatever order releases are settled.
 *
 * @param direct The amounts paid into each release itself, by row.
 */
export function* projectDirectFees({ releases, assets }: LedgerState, direct: AmountColumn): Walk<ProjectedBooks> {
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

/**
 * Moving fee by fee is faster than a sweep up to this number of visits: `FEW_VISITS`, or this part of all releases if
 * that is more.
 */
const FEW_VISITS = 1_000;
const WORTHWHILE_PART = 1 / 8;

/**
 * The projected books of one currency, which can move to any number of fees. Each fee can be added and removed by
 * itself, so a move by a few fees only visits their ancestors. A cursor belongs to one walk at a time, and is invalid
 * if that walk was aborted during a move.
 */
class ProjectionCursor {
  #fees = -1;
  #undoCount = -1;
  #books: ProjectedBooks = { received: new AmountColumn(), income: new AmountColumn() };
  readonly #state: LedgerState;
  readonly #currencyRow: number;

  constructor(state: LedgerState, currencyRow: number) {
    this.#state = state;
    this.#currencyRow = currencyRow;
  }

  /** Returns the distance in fees; infinite if the books are older than a reorg. */
  distanceTo(fees: number): number {
    return this.#undoCount === this.#state.history.undoCount ? Math.abs(fees - this.#fees) : Infinity;
  }

  get books(): ProjectedBooks {
    return this.#books;
  }

  /** Moves to the books with exactly the first `fees` fees of the state, counted over all currencies. */
  *goTo(fees: number): Walk<void> {
    if (!(yield* this.#step(fees))) {
      this.#books = yield* projectDirectFees(this.#state, yield* this.#directUpTo(fees));
    }
    this.#fees = fees;
    this.#undoCount = this.#state.history.undoCount;
  }

  /** Moves fee by fee. Returns false if one sweep over all releases is faster. */
  *#step(fees: number): Walk<boolean> {
    const { size } = this.#state.releases;
    const enough = Math.max(FEW_VISITS, WORTHWHILE_PART * size);
    let visits = 0;
    const onVisit = () => void visits++;
    for (let distance = this.distanceTo(fees); distance > 0; distance--) {
      if (visits + distance > enough) return false;
      if (this.#fees < fees) yield* this.#pass(this.#fees++, 1n, onVisit);
      else yield* this.#pass(--this.#fees, -1n, onVisit);
    }
    return true;
  }

  /** Adds a fee to the books, or removes it. */
  *#pass(feeRow: number, sign: 1n | -1n, onVisit: () => void): Walk<void> {
    const { fees, assets, releases } = this.#state;
    if (fees.currency.get(feeRow) !== this.#currencyRow) return;
    const { received, income } = this.#books;
    yield* passFee(this.#state, fees.release.get(feeRow), fees.amount.get(feeRow), (row, amount) => {
      onVisit();
      const before = received.get(row);
      received.set(row, before + sign * amount);
      const from = sign > 0n ? before : before - amount;
      const kept = portionBetween(from, from + amount, releases.ownWeightPpm.get(row));
      if (kept > 0n) income.add(assets.rowOfRelease(releases, row), sign * kept);
      return from;
    });
  }

  *#directUpTo(count: number): Walk<AmountColumn> {
    const { fees, books } = this.#state;
    const all = books[this.#currencyRow]?.direct;
    if (count === fees.length && all) return all;
    const direct = new AmountColumn();
    for (let row = 0; row < count; row++) {
      if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      if (fees.currency.get(row) === this.#currencyRow) direct.add(fees.release.get(row) - 1, fees.amount.get(row));
    }
    return direct;
  }
}

/**
 * Pools by state, then by purpose and currency: one cursor at the newest fee, and two at the fees that were traced
 * last.
 */
const pools = new WeakMap<LedgerState, Map<string, CursorPool<ProjectionCursor>>>();
const CURSORS = { newest: 1, earlier: 2 };

/**
 * Moves a cursor to the projected books with the first `fees` fees, and holds it there while `read` runs. The move
 * takes longer the farther it goes, since the rounding of a fee depends on all fees before it.
 */
function* readAt<T>(
  state: LedgerState,
  currency: Address,
  fees: number,
  purpose: keyof typeof CURSORS,
  read: (books: ProjectedBooks) => Walk<T>,
): Walk<T> {
  const row = state.currencies.rowOf(currency);
  if (row === undefined) return yield* read({ received: new AmountColumn(), income: new AmountColumn() });
  const all = pools.get(state) ?? new Map<string, CursorPool<ProjectionCursor>>();
  pools.set(state, all);
  const name = `${purpose} ${row}`;
  const pool = all.get(name) ?? new CursorPool(CURSORS[purpose], () => new ProjectionCursor(state, row));
  all.set(name, pool);
  return yield* pool.use(fees, function* (cursor) {
    yield* cursor.goTo(fees);
    return yield* read(cursor.books);
  });
}

// oxlint-disable-next-line require-yield -- a walk that ends at once
function* take(books: ProjectedBooks): Walk<ProjectedBooks> {
  return books;
}

/** Projects the books with all fees in a currency. Read them before the state changes. */
export const projectBooks = (state: LedgerState, currency: Address): Walk<ProjectedBooks> =>
  readAt(state, currency, state.fees.length, "newest", take);

/**
 * Returns the same books as {@link projectBooks} without a walk. After that walk this is cheap. Before it, it blocks
 * the thread for a whole sweep.
 */
export const projectedBooks = (state: LedgerState, currency: Address): ProjectedBooks =>
  finish(projectBooks(state, currency));

/** Reads, in one walk, from the projected books with the first `fees` fees. */
export const readProjectedBooksAfter = <T>(
  state: LedgerState,
  currency: Address,
  fees: number,
  read: (books: ProjectedBooks) => Walk<T>,
): Walk<T> => readAt(state, currency, fees, "earlier", read);

/**
 * Computes what a claim would pay the account for its shares of the asset if the asset's income were `income`, in base
 * units.
 */
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

/** Computes what a claim would pay for one holding, by its row: see {@link claimableAt}. */
export function claimableOfHolding(state: LedgerState, holding: number, currency: Address, income: bigint): bigint {
  const books = state.booksOf(currency);
  if (!books) return 0n;
  const earned = portionBetween(books.mark.get(holding), income, WHOLE_PPM - state.commonsPpm);
  return (books.accruedOf(holding) + BigInt(state.holdings.shares.get(holding)) * earned) / TOTAL_SHARES;
}

/** Computes what a claim would pay the account for its shares of the asset now, in base units. */
export function claimableNow(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const row = state.assets.rowOf(asset);
  const income = row === undefined ? 0n : (state.booksOf(currency)?.income.get(row) ?? 0n);
  return claimableAt(state, account, asset, currency, income);
}

/**
 * Computes what a claim would pay the account for its shares of the asset if every release were settled, in base units.
 */
export function claimableAfterSettling(state: LedgerState, account: Address, asset: number, currency: Address): bigint {
  const row = state.assets.rowOf(asset);
  if (row === undefined) return 0n;
  return claimableAt(state, account, asset, currency, projectedBooks(state, currency).income.get(row));
}
