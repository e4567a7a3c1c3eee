import type { Address } from "viem";
import { ListColumn } from "../../columns/columns.ts";
import type { Currency } from "../records.ts";
import { Table } from "../../columns/table.ts";

/** The admitted currencies, in the order of admission. There are few, so they are searched one by one. */
export class Currencies extends Table {
  readonly list = new ListColumn<Currency>(this.history);

  get size(): number {
    return this.list.length;
  }

  rowOf(address: Address): number | undefined {
    const row = this.list.values.findIndex((currency) => currency.address === address);
    return row === -1 ? undefined : row;
  }

  at(row: number): Currency | undefined {
    return this.list.get(row);
  }

  get(address: Address): Currency | undefined {
    return this.list.values.find((currency) => currency.address === address);
  }

  has(address: Address): boolean {
    return this.rowOf(address) !== undefined;
  }

  push(currency: Currency): void {
    this.list.push(currency);
  }

  keys(): Address[] {
    return this.list.values.map(({ address }) => address);
  }

  values(): readonly Currency[] {
    return this.list.values;
  }
}
