import { AmountColumn, RecordedMap } from "../../columns/columns.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { uint8Column, NO_LINK, Table, uint32Column } from "../../columns/table.ts";

/** Keys of pairs are exact below this many assets, and below 2^53 divided by this many accounts. */
const MOST_ASSETS = 2 ** 27;

/**
 * A row for each pair of an account and an asset that it ever held shares of. The rows of an account and those of an
 * asset are linked lists, the newest first.
 */
export class Holdings extends Table {
  readonly account = uint32Column(this.history);
  /** The asset's row. */
  readonly asset = uint32Column(this.history);
  readonly shares = uint32Column(this.history);
  /** 1 if the account ever held shares. It can be 0: a claim of zero for any account also adds a row. */
  readonly everHeld = uint8Column(this.history);
  /** 1 if the account itself ever transferred shares of the asset, or claimed for it: see `isGift`. */
  readonly acted = uint8Column(this.history);
  readonly lastOfAccount = uint32Column(this.history);
  readonly previousOfAccount = uint32Column(this.history);
  readonly lastOfAsset = uint32Column(this.history);
  readonly previousOfAsset = uint32Column(this.history);
  readonly #rows = new RecordedMap<number, number>(this.history);

  get length(): number {
    return this.account.length;
  }

  rowOf(account: number, asset: number): number | undefined {
    return this.#rows.get(account * MOST_ASSETS + asset);
  }

  /** Returns the row of a pair. Adds a row if it has none. */
  getOrAddRow(account: number, asset: number): number {
    const key = account * MOST_ASSETS + asset;
    const existing = this.#rows.get(key);
    if (existing !== undefined) return existing;
    const row = this.account.push(account);
    this.asset.push(asset);
    this.shares.push(0);
    this.everHeld.push(0);
    this.acted.push(0);
    this.previousOfAccount.push(this.lastOfAccount.get(account));
    this.lastOfAccount.set(account, row + 1);
    this.previousOfAsset.push(this.lastOfAsset.get(asset));
    this.lastOfAsset.set(asset, row + 1);
    this.#rows.set(key, row);
    return row;
  }

  /** Yields the rows of an account, the newest first. */
  *ofAccount(account: number): Generator<number> {
    for (let link = this.lastOfAccount.get(account); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAccount.get(link - 1);
    }
  }

  /** Yields the rows of an asset, the newest first. */
  *ofAsset(asset: number): Generator<number> {
    for (let link = this.lastOfAsset.get(asset); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAsset.get(link - 1);
    }
  }

  /** Derives the index by pair, which is not saved. */
  afterLoad(): void {
    for (let row = 0; row < this.length; row++) {
      this.#rows.set(this.account.get(row) * MOST_ASSETS + this.asset.get(row), row);
    }
  }
}

/** All amounts of one currency, in base units. */
export class Books extends Table {
  /** Amounts by release's row. `settled <= received`. `direct`: the part of received that was paid in. */
  readonly received = new AmountColumn(this.history);
  readonly settled = new AmountColumn(this.history);
  readonly direct = new AmountColumn(this.history);
  /** Amounts by asset's row. */
  readonly income = new AmountColumn(this.history);
  readonly commonsSwept = new AmountColumn(this.history);
  /** Amounts by holding's row. The accrued amount is `accrued` + `accruedFraction` / 1e8. */
  readonly mark = new AmountColumn(this.history);
  readonly accrued = new AmountColumn(this.history);
  readonly accruedFraction = uint32Column(this.history);
  readonly claimed = new AmountColumn(this.history);
  /** Amounts by account's row. */
  readonly credit = new AmountColumn(this.history);
  /**
   * The part of each account's credit, by row, that was claimed to it and not taken out yet. Anyone can claim for an
   * account to its credit, and the event does not name the caller. A withdrawal takes this part first, a payment the
   * rest first. A payment that needs this part, too, shows that the account spends it: what is left is then prepaid.
   */
  readonly claimedCredit = new AmountColumn(this.history);

  /** Returns the accrued amount of a holding, in 1e-8 base units. */
  accruedOf(holding: number): bigint {
    return this.accrued.get(holding) * TOTAL_SHARES + BigInt(this.accruedFraction.get(holding));
  }

  setAccrued(holding: number, accrued: bigint): void {
    this.accrued.set(holding, accrued / TOTAL_SHARES);
    this.accruedFraction.set(holding, Number(accrued % TOTAL_SHARES));
  }
}
