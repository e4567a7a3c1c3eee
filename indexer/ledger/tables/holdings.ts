import { AmountColumn, RecordedMap } from "../../columns/columns.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { uint8Column, NO_LINK, Table, uint32Column } from "../../columns/table.ts";

/** Keys of pairs are exact below this many assets (and 2^53 divided by it accounts). */
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
  /** 1 once it held any: anybody can claim in vain for anybody, which makes a row, too. */
  readonly everHeld = uint8Column(this.history);
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

  /** The row of a pair, a new one if it has none. */
  rowFor(account: number, asset: number): number {
    const key = account * MOST_ASSETS + asset;
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.account.push(account);
    this.asset.push(asset);
    this.shares.push(0);
    this.everHeld.push(0);
    this.previousOfAccount.push(this.lastOfAccount.get(account));
    this.lastOfAccount.set(account, row + 1);
    this.previousOfAsset.push(this.lastOfAsset.get(asset));
    this.lastOfAsset.set(asset, row + 1);
    this.#rows.set(key, row);
    return row;
  }

  /** The rows of an account, the newest first. */
  *ofAccount(account: number): Generator<number> {
    for (let link = this.lastOfAccount.get(account); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAccount.get(link - 1);
    }
  }

  /** The rows of an asset, the newest first. */
  *ofAsset(asset: number): Generator<number> {
    for (let link = this.lastOfAsset.get(asset); link !== NO_LINK;) {
      yield link - 1;
      link = this.previousOfAsset.get(link - 1);
    }
  }

  /** The pairs are all that has to be saved. */
  afterLoad(): void {
    for (let row = 0; row < this.length; row++) {
      this.#rows.set(this.account.get(row) * MOST_ASSETS + this.asset.get(row), row);
    }
  }
}

/** All amounts of one currency, in base units. */
export class Books extends Table {
  /** By release's row. `settled <= received`; `direct` is the part of received that was paid in. */
  readonly received = new AmountColumn(this.history);
  readonly settled = new AmountColumn(this.history);
  readonly direct = new AmountColumn(this.history);
  /** By asset's row. */
  readonly income = new AmountColumn(this.history);
  readonly commonsSwept = new AmountColumn(this.history);
  /** By holding's row. What has accrued is `accrued` and `accruedFraction` / 1e8 together. */
  readonly mark = new AmountColumn(this.history);
  readonly accrued = new AmountColumn(this.history);
  readonly accruedFraction = uint32Column(this.history);
  readonly claimed = new AmountColumn(this.history);
  /** By account's row. */
  readonly credit = new AmountColumn(this.history);

  /** What has accrued to a holding, in 1e-8 base units. */
  accruedOf(holding: number): bigint {
    return this.accrued.get(holding) * TOTAL_SHARES + BigInt(this.accruedFraction.get(holding));
  }

  setAccrued(holding: number, accrued: bigint): void {
    this.accrued.set(holding, accrued / TOTAL_SHARES);
    this.accruedFraction.set(holding, Number(accrued % TOTAL_SHARES));
  }
}
