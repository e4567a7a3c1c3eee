import type { Address, Hex } from "viem";
import { RecordedMap } from "../columns/columns.ts";
import { History } from "../columns/history.ts";
import { RecordedState } from "../columns/table.ts";
import { Accounts } from "./tables/accounts.ts";
import { Assets } from "./tables/assets.ts";
import { Currencies } from "./tables/currencies.ts";
import { Claims, Fees } from "./tables/fees.ts";
import { Books, Holdings } from "./tables/holdings.ts";
import type { Creation, Flow, Holding, Income } from "./records.ts";
import { Releases } from "./tables/releases.ts";

/** The highest number of currencies that the ledger admits. */
const MOST_CURRENCIES = 8;

/**
 * The state of the registry and the ledger, in columns: one row for each release, asset, fee, claim, account, and pair
 * of an account and an asset, numbered from 0 in the order of the events. Every address is in lower case.
 */
export class LedgerState extends RecordedState {
  /** The ledger's own address. */
  readonly ledger: Address;
  readonly creation = new RecordedMap<keyof Creation, Address | number>(this.history);
  readonly currencies = new Currencies(this.history);
  readonly accounts = new Accounts(this.history);
  readonly releases = new Releases(this.history);
  readonly assets = new Assets(this.history);
  readonly fees = new Fees(this.history, this.accounts, this.currencies);
  readonly claims = new Claims(this.history, this.accounts);
  readonly holdings = new Holdings(this.history);
  /** The amounts of each currency, in the order of admission. */
  readonly books = Array.from({ length: MOST_CURRENCIES }, () => new Books(this.history));
  /** Grants to build on a release: `<release>:<account or asset id>`. */
  readonly grants = new RecordedMap<string, true>(this.history);
  /** Digests of signed grants that were used or cancelled. */
  readonly spentGrants = new RecordedMap<Hex, true>(this.history);
  /** The ERC-8004 identities that agents are bound to, by asset id. */
  readonly identities = new RecordedMap<number, bigint>(this.history);
  /** Operators that may move an account's shares: `<account>:<operator>`. */
  readonly shareOperators = new RecordedMap<string, true>(this.history);
  /** The last claim to credit: within one transaction, a withdrawal shows who made it. Not saved, since blocks are whole. */
  #lastToCredit: { transactionHash: Hex; account: Address; assets: readonly number[] } | undefined;

  /** @param history The history to record in. The states of several books share one. */
  constructor(ledger: Address, history = new History()) {
    super(history);
    this.ledger = ledger;
  }

  set lastToCredit(claim: { transactionHash: Hex; account: Address; assets: readonly number[] }) {
    this.#lastToCredit = claim;
  }

  /** Lists the assets for which the account's credit grew in this transaction, by its last claim. */
  creditedAssets(account: Address, transactionHash: Hex): readonly number[] {
    const last = this.#lastToCredit;
    return last?.account === account && last.transactionHash === transactionHash ? last.assets : [];
  }

  /** The commons' part of all income in ppm; 0 before the ledger was deployed. */
  get commonsPpm(): number {
    return Number(this.creation.get("commonsPpm") ?? 0);
  }

  booksOf(currency: Address): Books | undefined {
    const row = this.currencies.rowOf(currency);
    return row === undefined ? undefined : this.books[row];
  }
}

const NO_FLOW: Readonly<Flow> = { received: 0n, settled: 0n, direct: 0n };
const NO_INCOME: Readonly<Income> = { income: 0n, commonsSwept: 0n };
const NO_HOLDING: Readonly<Holding> = { mark: 0n, accrued: 0n, claimed: 0n };

/** Returns what a release has received and settled. */
export function flowOf(state: LedgerState, release: number, currency: Address): Readonly<Flow> {
  const books = state.booksOf(currency);
  if (!books) return NO_FLOW;
  const row = release - 1;
  return { received: books.received.get(row), settled: books.settled.get(row), direct: books.direct.get(row) };
}

export function incomeOf(state: LedgerState, asset: number, currency: Address): Readonly<Income> {
  const [books, row] = [state.booksOf(currency), state.assets.rowOf(asset)];
  if (!books || row === undefined) return NO_INCOME;
  return { income: books.income.get(row), commonsSwept: books.commonsSwept.get(row) };
}

export function holdingOf(state: LedgerState, account: Address, asset: number, currency: Address): Readonly<Holding> {
  const [books, row] = [state.booksOf(currency), holdingRow(state, account, asset)];
  if (!books || row === undefined) return NO_HOLDING;
  return { mark: books.mark.get(row), accrued: books.accruedOf(row), claimed: books.claimed.get(row) };
}

export function sharesOf(state: LedgerState, account: Address, asset: number): bigint {
  const row = holdingRow(state, account, asset);
  return row === undefined ? 0n : BigInt(state.holdings.shares.get(row));
}

export function creditOf(state: LedgerState, account: Address, currency: Address): bigint {
  const row = state.accounts.rowOf(account);
  return row === undefined ? 0n : (state.booksOf(currency)?.credit.get(row) ?? 0n);
}

/** Returns the part of an account's credit that was claimed to it and neither withdrawn nor made prepaid by a payment. */
export function claimedCreditOf(state: LedgerState, account: Address, currency: Address): bigint {
  const row = state.accounts.rowOf(account);
  return row === undefined ? 0n : (state.booksOf(currency)?.claimedCredit.get(row) ?? 0n);
}

function holdingRow(state: LedgerState, account: Address, asset: number): number | undefined {
  const [accountRow, assetRow] = [state.accounts.rowOf(account), state.assets.rowOf(asset)];
  if (accountRow === undefined || assetRow === undefined) return undefined;
  return state.holdings.rowOf(accountRow, assetRow);
}
