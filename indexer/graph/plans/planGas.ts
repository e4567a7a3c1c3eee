import type { Address } from "viem";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { CHANGE, COLD_ACCOUNT, COLD_READ, CREATE, LOG, LOG_BYTE, TOPIC, TRANSACTION, WARM_ACCESS } from "./gasCosts.ts";

/** The highest gas of one call. It is far below the 16.7 M gas that a transaction may use. */
export const MOST_GAS = 8_000_000;

const LOG_WORD = 32 * LOG_BYTE;
const LOG_BASE = LOG + 4 * TOPIC;
// The ledger's own instructions, fitted to what the gas benchmark measures.
const CALL_WORK = 3_500;
const RELEASE_WORK = 1_300;
const EDGE_WORK = 550;
const CLAIM_WORK = 2_300;
/** The gas of two balance reads and a transfer of a plain ERC-20 to an account that holds none of it. */
const TRANSFER = COLD_ACCOUNT + 2 * COLD_READ + CHANGE + CREATE + LOG_BASE + LOG_WORD + 3_000;
/** The instructions of `multicall`, `claimToCredit` and `withdraw`, the latter's event, and the credit's slot. */
const MULTICALL_WORK = 6_000;
const CREDIT = COLD_READ + CHANGE + WARM_ACCESS;

/** The bytes of calldata that one more release or asset takes, and their gas: 27 zeros and an id of five bytes. */
export const ITEM_BYTES = 32;
export const ITEM_CALLDATA = 27 * 4 + 5 * 16;

/** The gas of a call without its calldata, releases and assets. */
export const callGas = (pays: boolean): number =>
  TRANSACTION + CALL_WORK + 2 * LOG_BASE + (pays ? MULTICALL_WORK + CREDIT + TRANSFER : 0);

/** The gas that passing on takes beyond a call that claims: further contracts and balances, and their instructions. */
export const PASS_GAS = 3 * COLD_ACCOUNT + 3 * COLD_READ + 4_000;
/** The gas of deploying an outlet. */
export const OPEN_GAS = 64_000;

/**
 * The factor by which an item's gas is raised for its part of a full call. A plan of several calls is thus charged for
 * all of them but one.
 */
export const SETTLE_CHARGE = 1 + callGas(false) / (MOST_GAS - 1_500_000);
export const CLAIM_CHARGE = 1 + callGas(true) / (MOST_GAS - 100_000);

/**
 * The gas that settling a release adds to a plan, whatever else is in it: each slot at its price when it is touched
 * first. The slot of a release that is settled, too, is counted there.
 */
export function settleGas(state: LedgerState, books: Books, release: number): number {
  const { releases, assets } = state;
  const row = release - 1;
  const [first, end] = releases.edgesOf(release);
  let gas = RELEASE_WORK + LOG_WORD + ITEM_CALLDATA + COLD_READ * (1 + furtherSlots(end - first));
  gas += COLD_READ + (books.received.get(row) === 0n ? CREATE : CHANGE);
  gas += (end - first) * (EDGE_WORK + 2 * WARM_ACCESS);
  if (releases.ownWeightPpm.get(row) === 0) return gas;
  return gas + COLD_READ + (books.income.get(assets.rowOfRelease(releases, row)) === 0n ? CREATE : CHANGE);
}

/** The gas that paying a release adds, beyond {@link settleGas} of the payer, if that release is not settled. */
export const edgeGas = (books: Books, to: number): number =>
  COLD_READ + (books.received.get(to - 1) === 0n ? CREATE : CHANGE);

/** The gas that claiming for one more asset adds to a plan. */
export function claimGas(books: Books, holding: number): number {
  const empty = books.mark.get(holding) === 0n && books.accruedOf(holding) === 0n;
  return CLAIM_WORK + LOG_WORD + ITEM_CALLDATA + 3 * COLD_READ + (empty ? CREATE : CHANGE);
}

const furtherSlots = (edges: number) => (edges > 2 ? Math.ceil((edges - 2) / 4) : 0);

/** Adds up the gas of storage access: the first access to a slot in a transaction is expensive. */
export class Meter {
  readonly #flows: Slots = { touchedIn: new Map(), changed: new Set() };
  readonly #incomes: Slots = { touchedIn: new Map(), changed: new Set() };
  readonly #holdings: Slots = { touchedIn: new Map(), changed: new Set() };
  readonly #state: LedgerState;
  readonly #books: Books;
  #transaction = 1;

  constructor(state: LedgerState, books: Books) {
    this.#state = state;
    this.#books = books;
  }

  /** Begins another transaction. No slot is warm any more, but filled slots stay filled. */
  beginTransaction(): void {
    this.#transaction++;
  }

  /** @param paid The edges, by row, along which the settlement moves money. */
  settle(release: number, keeps: boolean, paid: readonly number[]): number {
    const { releases, assets } = this.#state;
    const row = release - 1;
    const [first, end] = releases.edgesOf(release);
    let gas = RELEASE_WORK + LOG_WORD + this.#change(this.#flows, row, false);
    gas += COLD_READ * (1 + furtherSlots(end - first));
    if (keeps) {
      const asset = assets.rowOfRelease(releases, row);
      gas += this.#change(this.#incomes, asset, this.#books.income.get(asset) === 0n);
    }
    for (const edge of paid) {
      const parent = releases.edgeTo.get(edge);
      gas += EDGE_WORK + this.#change(this.#flows, parent - 1, this.#books.received.get(parent - 1) === 0n);
    }
    return gas;
  }

  claim(holder: Address, id: number): number {
    const { accounts, assets, holdings } = this.#state;
    const asset = assets.rowOf(id) ?? -1;
    const holding = holdings.rowOf(accounts.rowOf(holder) ?? -1, asset) ?? -1;
    const empty = this.#books.mark.get(holding) === 0n && this.#books.accruedOf(holding) === 0n;
    const gas = CLAIM_WORK + LOG_WORD + COLD_READ; // the balance of shares
    return gas + this.#touch(this.#incomes, asset) + this.#change(this.#holdings, asset, empty);
  }

  #touch({ touchedIn }: Slots, row: number): number {
    if (touchedIn.get(row) === this.#transaction) return WARM_ACCESS;
    touchedIn.set(row, this.#transaction);
    return COLD_READ;
  }

  #change(of: Slots, row: number, empty: boolean): number {
    const isWarm = of.touchedIn.get(row) === this.#transaction;
    const changedBefore = of.changed.has(row);
    of.changed.add(row);
    if (isWarm && changedBefore) return 2 * WARM_ACCESS;
    return this.#touch(of, row) + (empty && !changedBefore ? CREATE : CHANGE);
  }
}

/** Storage slots of one kind, by row. */
interface Slots {
  /** The number of the transaction that touched the slot last. */
  touchedIn: Map<number, number>;
  /** The slots that a transaction has changed. */
  changed: Set<number>;
}
