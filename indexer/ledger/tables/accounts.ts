import type { Address } from "viem";
import { ListColumn, RecordedMap } from "../../columns/columns.ts";
import { Table } from "../../columns/table.ts";

/** Every address that ever held shares, credit or an asset, paid or claimed, and its row. */
export class Accounts extends Table {
  readonly addresses = new ListColumn<Address>(this.history);
  readonly #rows = new RecordedMap<Address, number>(this.history);

  get length(): number {
    return this.addresses.length;
  }

  rowOf(address: Address): number | undefined {
    return this.#rows.get(address);
  }

  /** The row of an address, a new one if it has none. */
  rowFor(address: Address): number {
    const known = this.#rows.get(address);
    if (known !== undefined) return known;
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

  /** The rows are all that has to be saved. */
  afterLoad(): void {
    for (const [row, address] of this.addresses.values.entries()) this.#rows.set(address, row);
  }
}
