import { AmountColumn, WordColumn } from "../../columns/columns.ts";
import type { History } from "../../columns/history.ts";
import type { Claim, Fee } from "../records.ts";
import type { Accounts } from "./accounts.ts";
import type { Currencies } from "./currencies.ts";
import { Positions } from "../../columns/positions.ts";
import { uint8Column, Table, uint32Column } from "../../columns/table.ts";

/** Fees in the order of payment. */
export class Fees extends Table {
  readonly release = uint32Column(this.history);
  /** Rows of the tables of currencies and accounts. */
  readonly currency = uint8Column(this.history);
  readonly payer = uint32Column(this.history);
  readonly source = uint32Column(this.history);
  readonly amount = new AmountColumn(this.history);
  readonly reference = new WordColumn(this.history);
  readonly paid = new Positions(this.history);
  readonly #accounts: Accounts;
  readonly #currencies: Currencies;

  constructor(history: History, accounts: Accounts, currencies: Currencies) {
    super(history);
    this.#accounts = accounts;
    this.#currencies = currencies;
  }

  get length(): number {
    return this.release.length;
  }

  /** Returns a fee by its row; a negative row counts from the end. */
  at(index: number): Fee | undefined {
    const row = index < 0 ? this.length + index : index;
    const currency = this.#currencies.at(this.currency.get(row))?.address;
    if (row < 0 || row >= this.length || currency === undefined) return undefined;
    return {
      row,
      id: this.paid.idOf(row),
      release: this.release.get(row),
      currency,
      payer: this.#accounts.address(this.payer.get(row)),
      amount: this.amount.get(row),
      reference: this.reference.get(row),
      source: this.#accounts.address(this.source.get(row)),
      paid: this.paid.get(row),
    };
  }

  get(id: string): Fee | undefined {
    const row = this.paid.rowOf(id);
    return row === undefined ? undefined : this.at(row);
  }

  *[Symbol.iterator](): Generator<Fee> {
    for (let row = 0; row < this.length; row++) yield this.at(row) as Fee; // the row is below the length
  }
}

/** Claims, to a wallet or to credit, in the order of the chain. */
export class Claims extends Table {
  readonly account = uint32Column(this.history);
  readonly currency = uint8Column(this.history);
  readonly amount = new AmountColumn(this.history);
  readonly toCredit = uint8Column(this.history);
  readonly claimed = new Positions(this.history);
  readonly #accounts: Accounts;

  constructor(history: History, accounts: Accounts) {
    super(history);
    this.#accounts = accounts;
  }

  get length(): number {
    return this.account.length;
  }

  at(row: number): Claim {
    return {
      account: this.#accounts.address(this.account.get(row)),
      currencyRow: this.currency.get(row),
      amount: this.amount.get(row),
      toCredit: this.toCredit.get(row) === 1,
      claimed: this.claimed.get(row),
    };
  }
}
