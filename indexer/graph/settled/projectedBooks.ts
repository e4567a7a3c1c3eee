import type { Address } from "viem";
import { finish, STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { AmountColumn } from "../../ledger/columns.ts";
import { CursorPool } from "./cursorPool.ts";
import { passFee } from "./passFee.ts";
import { portionBetween, portionDown, TOTAL_SHARES, WHOLE_PPM } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";

/** What the ledger comes to in one currency once everything is settled, in base units. */
export interface ProjectedBooks {
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

/** To go fee by fee is worth its time up to so many visits of releases, in small graphs and as a part of large ones. */
const FEW_VISITS = 1_000;
const WORTHWHILE_PART = 1 / 8;

/**
 * The fully settled books of one currency as of any number of fees. It remembers where it was last, and since each fee
 * can be added and taken away by itself, to move by a few fees costs no more than their ancestors. It is one walk's at a
 * time, and of no use any more if that is given up on the way.
 */
class ProjectionCursor {
  #fees = -1;
  #undone = -1;
  #books: ProjectedBooks = { received: new AmountColumn(), income: new AmountColumn() };
  readonly #state: LedgerState;
  readonly #currencyRow: number;

  constructor(state: LedgerState, currencyRow: number) {
    this.#state = state;
    this.#currencyRow = currencyRow;
  }

  /** How many fees it is away; infinitely many if what it knows is of no use. */
  distanceTo(fees: number): number {
    return this.#undone === this.#state.history.undone ? Math.abs(fees - this.#fees) : Infinity;
  }

  get books(): ProjectedBooks {
    return this.#books;
  }

  /** Goes to the books with the first so many fees of the state, of all currencies, and no others. */
  *goTo(fees: number): Walk<void> {
    if (!(yield* this.#step(fees))) {
      this.#books = yield* projectDirectFees(this.#state, yield* this.#directUpTo(fees));
    }
    this.#fees = fees;
    this.#undone = this.#state.history.undone;
  }

  /** Goes fee by fee. Answers false once one sweep over all releases would have been quicker. */
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

/** By state, purpose and currency: one at the newest fee, a few where traces were last asked for. */
const pools = new WeakMap<LedgerState, Map<string, CursorPool<ProjectionCursor>>>();
const CURSORS = { newest: 1, earlier: 2 };

/**
 * Lets something be read from the fully settled books of a currency with the first so many fees, which stay as they are
 * meanwhile. A cursor goes there; how long that takes depends on what lies between, since where the units of a fee fall
 * depends on all that came before it.
 */
function* reading<T>(
  state: LedgerState,
  currency: Address,
  fees: number,
  purpose: keyof typeof CURSORS,
  read: (settled: ProjectedBooks) => Walk<T>,
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
function* take(settled: ProjectedBooks): Walk<ProjectedBooks> {
  return settled;
}

/** Sweeps all releases in turns where {@link projectedBooks} would have to do it at once. */
export const projectBooks = (state: LedgerState, currency: Address): Walk<ProjectedBooks> =>
  reading(state, currency, state.fees.length, "newest", take);

/** All that was paid in a currency, settled on paper. Read it before the state changes. */
export const projectedBooks = (state: LedgerState, currency: Address): ProjectedBooks =>
  finish(projectBooks(state, currency));

/** As {@link projectedBooks}, with the first so many fees only, for whoever reads it in one walk. */
export const readProjectedBooks = <T>(
  state: LedgerState,
  currency: Address,
  fees: number,
  read: (settled: ProjectedBooks) => Walk<T>,
): Walk<T> => reading(state, currency, fees, "earlier", read);

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
