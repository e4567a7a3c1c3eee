import type { Address } from "viem";
import { ListColumn, RecordedMap } from "../../columns/columns.ts";
import { Table } from "../../columns/table.ts";

/** A row for each address that ever held shares or credit, paid, was the source of a fee, or claimed. */
export class Accounts extends Table {
  readonly addresses = new ListColumn<Address>(this.history);
  readonly #rows = new RecordedMap<Address, number>(this.history);

  get length(): number {
    return this.addresses.length;
  }

  rowOf(address: Address): number | undefined {
    return this.#rows.get(address);
  }

  /** Returns the row of an address. Adds a row if it has none. */
  getOrAddRow(address: Address): number {
    const existing = this.#rows.get(address);
    if (existing !== undefined) return existing;
    const row = this.addresses.length;
    this.addresses.push(address);
    this.#rows.set(address, row);
    return row;
  }

  /** @throws {RangeError} if there is no such row. */
  address(row: number): Address {
    const address = this.addresses.get(row);
    if (address === undefined) throw new RangeError(`There is no account ${row}.`);
    return address;
  }

  /** Derives the index by address, which is not saved. */
  afterLoad(): void {
    for (const [row, address] of this.addresses.values.entries()) this.#rows.set(address, row);
  }
}
