import { type Address, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { projectBooks, projectedBooks } from "../settled/projectedBooks.ts";
import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import {
  calldataGas,
  CHANGE,
  COLD_ACCOUNT,
  COLD_READ,
  CREATE,
  LOG,
  LOG_BYTE,
  TOPIC,
  TRANSACTION,
  WARM_ACCESS,
} from "./gasCosts.ts";
import type { ClaimPlan } from "./claimPlans.ts";
import type { Walk } from "../../scheduling/walk.ts";

/** A transaction of a plan. The account must sign it; anyone can sign it if it only settles. */
export interface ClaimPlanCall {
  /** The ledger. */
  to: Address;
  functionName: "settle" | "collect";
  data: Hex;
  /** Estimated from the storage that it touches: see {@link claimPlanCalls}. */
  gas: number;
}

const RELEASES_A_TURN = 32;

/** The highest gas of one call. It is far below the 16.7 M gas that a transaction may use. */
const MOST_GAS = 8_000_000;

const LOG_WORD = 32 * LOG_BYTE;
const LOG_BASE = LOG + 4 * TOPIC;
// The ledger's own instructions, fitted to what the gas benchmark measures.
const CALL_WORK = 3_500;
const RELEASE_WORK = 1_300;
const EDGE_WORK = 550;
const CLAIM_WORK = 2_300;
/** The gas of two balance reads and a transfer of a plain ERC-20 to an account that holds none of it. */
const TRANSFER = COLD_ACCOUNT + 2 * COLD_READ + CHANGE + CREATE + LOG_BASE + LOG_WORD + 3_000;

/**
 * Turns a claim plan into transactions, in order, each with its calldata: `settle` as often as needed, then one
 * `collect` to the account itself.
 *
 * The gas is an estimate: 21,000 + calldata + storage slots + logs + measured cost of the instructions. Each storage
 * slot counts where the transaction touches it first (2,100 to read; 2,900 more to change, 20,000 more to fill). The
 * estimate assumes a plain ERC-20 and an account that holds none of it.
 */
export function* claimPlanCalls(state: LedgerState, account: Address, plan: ClaimPlan): Walk<ClaimPlanCall[]> {
  const books = state.booksOf(plan.currency);
  if (!books) return [];
  yield* projectBooks(state, plan.currency);
  const meter = new Meter(state, books, plan.currency);
  const calls: ClaimPlanCall[] = [];
  let releases: number[] = [];
  let gas = 0;
  const claimGas = new Meter(state, books, plan.currency).claim(account, plan.assets);
  for (const [i, release] of plan.releases.entries()) {
    if (i % RELEASES_A_TURN === RELEASES_A_TURN - 1) yield;
    const cost = meter.settle(release);
    if (gas + cost + claimGas > MOST_GAS && releases.length > 0) {
      calls.push(callOf(state, "settle", [releases, plan.currency], gas));
      meter.beginTransaction();
      releases = [];
      gas = 0;
    }
    releases.push(release);
    gas += cost;
  }
  const rest = gas + meter.claim(account, plan.assets);
  calls.push(callOf(state, "collect", [releases, plan.assets, plan.currency, account], rest));
  return calls;
}

function callOf(
  state: LedgerState,
  functionName: ClaimPlanCall["functionName"],
  args: unknown[],
  gas: number,
): ClaimPlanCall {
  const data = encodeFunctionData({ abi: ledgerAbi as readonly unknown[], functionName, args });
  const callGas = TRANSACTION + calldataGas(data) + CALL_WORK + 2 * LOG_BASE;
  return { to: state.ledger, functionName, data, gas: callGas + gas };
}

/** Adds up the gas of storage access: the first access to a slot in a transaction is expensive. */
class Meter {
  readonly #touched = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #state: LedgerState;
  readonly #books: Books;
  readonly #currency: Address;

  constructor(state: LedgerState, books: Books, currency: Address) {
    this.#state = state;
    this.#books = books;
    this.#currency = currency;
  }

  /** Begins another transaction. No slot is warm any more, but filled slots stay filled. */
  beginTransaction(): void {
    this.#touched.clear();
  }

  settle(release: number): number {
    const { releases, assets } = this.#state;
    const row = release - 1;
    const from = this.#books.settled.get(row);
    const to = projectedBooks(this.#state, this.#currency).received.get(row);
    const [first, end] = releases.edgesOf(release);
    const furtherSlots = end - first > 2 ? Math.ceil((end - first - 2) / 4) : 0;
    let gas = RELEASE_WORK + LOG_WORD + this.#change(`flow ${release}`, false) + COLD_READ * (1 + furtherSlots);
    if (portionBetween(from, to, releases.ownWeightPpm.get(row)) > 0n) {
      const asset = assets.rowOfRelease(releases, row);
      gas += this.#change(`income ${asset}`, this.#books.income.get(asset) === 0n);
    }
    for (let edge = first; edge < end; edge++) {
      if (portionBetween(from, to, releases.edgeWeightPpm.get(edge)) === 0n) continue;
      const parent = releases.edgeTo.get(edge);
      gas += EDGE_WORK + this.#change(`flow ${parent}`, this.#books.received.get(parent - 1) === 0n);
    }
    return gas;
  }

  claim(account: Address, assets: readonly number[]): number {
    let gas = TRANSFER;
    const { accounts, holdings } = this.#state;
    for (const id of assets) {
      const asset = this.#state.assets.rowOf(id) ?? -1;
      const holding = holdings.rowOf(accounts.rowOf(account) ?? -1, asset) ?? -1;
      const empty = this.#books.mark.get(holding) === 0n && this.#books.accruedOf(holding) === 0n;
      gas += CLAIM_WORK + LOG_WORD + COLD_READ; // the balance of shares
      gas += this.#touch(`income ${asset}`) + this.#change(`holding ${id}`, empty);
    }
    return gas;
  }

  #touch(slot: string): number {
    if (this.#touched.has(slot)) return WARM_ACCESS;
    this.#touched.add(slot);
    return COLD_READ;
  }

  #change(slot: string, empty: boolean): number {
    const warm = this.#touched.has(slot);
    const changedBefore = this.#changed.has(slot);
    this.#changed.add(slot);
    if (warm && changedBefore) return 2 * WARM_ACCESS;
    return this.#touch(slot) + (empty && !changedBefore ? CREATE : CHANGE);
  }
}
