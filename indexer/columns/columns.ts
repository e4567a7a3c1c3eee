import type { Hex } from "viem";
import type { History } from "./history.ts";

type NumberArray = Uint8Array | Uint32Array | Float64Array;

/** A column's content in a form that can be stored. */
export type SavedColumn = NumberArray | BigUint64Array | readonly unknown[];

const LEAST = 16;

/**
 * A column of numbers, in one typed array that grows by doubling. Rows that were never set, and rows after the end, are
 * 0. Walks over the graph read `values` directly, up to `length`.
 */
export class NumberColumn<A extends NumberArray = NumberArray> {
  values: A;
  length = 0;
  readonly #history: History;
  readonly #make: (length: number) => A;

  constructor(history: History, make: (length: number) => A) {
    this.#history = history;
    this.#make = make;
    this.values = make(LEAST);
  }

  get(row: number): number {
    return row < this.length ? (this.values[row] ?? 0) : 0;
  }

  set(row: number, value: number): void {
    if (this.#history.recording) {
      const [before, { length }] = [this.get(row), this];
      this.#history.record(() => {
        if (row < length) this.values[row] = before;
        else this.#cut(length);
      });
    }
    if (row >= this.length) this.#reach(row + 1);
    this.values[row] = value;
  }

  push(value: number): number {
    const row = this.length;
    this.set(row, value);
    return row;
  }

  save(): SavedColumn {
    return this.values.slice(0, this.length) as NumberArray;
  }

  load(saved: SavedColumn): void {
    this.#reach(saved.length);
    this.values.set(saved as NumberArray);
  }

  #reach(length: number): void {
    if (length > this.values.length) {
      const grown = this.#make(Math.max(length, this.values.length * 2));
      grown.set(this.values);
      this.values = grown;
    }
    this.length = length;
  }

  #cut(length: number): void {
    this.values.fill(0, length, this.length);
    this.length = length;
  }
}

/**
 * A column of unsigned integers below 2^128: two 64-bit limbs each, the lower first. Otherwise like {@link
 * NumberColumn}.
 */
export class AmountColumn {
  limbs = new BigUint64Array(2 * LEAST);
  length = 0;
  readonly #history: History | undefined;

  constructor(history?: History) {
    this.#history = history;
  }

  get(row: number): bigint {
    if (row >= this.length) return 0n;
    const high = this.limbs[2 * row + 1] ?? 0n;
    const low = this.limbs[2 * row] ?? 0n;
    return high === 0n ? low : (high << 64n) | low;
  }

  /** @throws {RangeError} if the amount is negative or has more than 128 bits. */
  set(row: number, amount: bigint): void {
    if (amount < 0n || amount >> 128n !== 0n) throw new RangeError(`${amount} is not an amount below 2^128.`);
    if (this.#history?.recording) {
      const [before, { length }] = [this.get(row), this];
      this.#history.record(() => {
        if (row < length) this.#write(row, before);
        else this.#cut(length);
      });
    }
    if (row >= this.length) this.#reach(row + 1);
    this.#write(row, amount);
  }

  add(row: number, amount: bigint): void {
    this.set(row, this.get(row) + amount);
  }

  push(amount: bigint): void {
    this.set(this.length, amount);
  }

  save(): SavedColumn {
    return this.limbs.slice(0, 2 * this.length);
  }

  load(saved: SavedColumn): void {
    this.#reach(saved.length / 2);
    this.limbs.set(saved as BigUint64Array);
  }

  #write(row: number, amount: bigint): void {
    this.limbs[2 * row] = amount; // the array keeps the lower 64 bits
    this.limbs[2 * row + 1] = amount >> 64n;
  }

  #reach(length: number): void {
    if (2 * length > this.limbs.length) {
      const grown = new BigUint64Array(Math.max(2 * length, this.limbs.length * 2));
      grown.set(this.limbs);
      this.limbs = grown;
    }
    this.length = length;
  }

  #cut(length: number): void {
    this.limbs.fill(0n, 2 * length, 2 * this.length);
    this.length = length;
  }
}

/** A column of values of any type. */
export class ListColumn<T> {
  readonly values: T[] = [];
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  get length(): number {
    return this.values.length;
  }

  get(row: number): T | undefined {
    return this.values[row];
  }

  set(row: number, value: T): void {
    if (this.#history.recording) {
      const [before, { length }] = [this.values[row], this.values];
      this.#history.record(() => {
        if (row < length)
          this.values[row] = before as T; // the row existed
        else this.values.length = length;
      });
    }
    this.values[row] = value;
  }

  push(value: T): void {
    this.set(this.values.length, value);
  }

  save(): SavedColumn {
    return this.values;
  }

  load(saved: SavedColumn): void {
    for (const value of saved as T[]) this.values.push(value);
  }
}

/** A column of 32-byte words, such as hashes. Rows can only be added. */
export class WordColumn {
  length = 0;
  #bytes = Buffer.alloc(32 * LEAST);
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  get(row: number): Hex {
    return row < this.length ? `0x${this.#bytes.toString("hex", 32 * row, 32 * (row + 1))}` : "0x";
  }

  push(word: Hex): void {
    const row = this.length;
    if (this.#history.recording) this.#history.record(() => (this.length = row));
    this.#reach(row + 1);
    this.#bytes.fill(0, 32 * row, 32 * (row + 1));
    this.#bytes.write(word.slice(2), 32 * row, 32, "hex");
  }

  save(): SavedColumn {
    return new Uint8Array(this.#bytes.subarray(0, 32 * this.length));
  }

  load(saved: SavedColumn): void {
    this.#reach(saved.length / 32);
    this.#bytes.set(saved as Uint8Array);
  }

  #reach(length: number): void {
    if (32 * length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], Math.max(32 * length, this.#bytes.length * 2));
    }
    this.length = length;
  }
}

/** A map whose changes can be undone. */
export class RecordedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #history: History;

  constructor(history: History) {
    this.#history = history;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  keys(): MapIterator<K> {
    return this.#entries.keys();
  }

  values(): MapIterator<V> {
    return this.#entries.values();
  }

  set(key: K, value: V): void {
    this.#recordEntry(key);
    this.#entries.set(key, value);
  }

  delete(key: K): void {
    this.#recordEntry(key);
    this.#entries.delete(key);
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.#entries[Symbol.iterator]();
  }

  save(): SavedColumn {
    return [...this.#entries];
  }

  load(saved: SavedColumn): void {
    for (const [key, value] of saved as [K, V][]) this.#entries.set(key, value);
  }

  #recordEntry(key: K): void {
    if (!this.#history.recording) return;
    const [had, before] = [this.#entries.has(key), this.#entries.get(key)];
    this.#history.record(() => {
      if (had)
        this.#entries.set(key, before as V); // the key existed
      else this.#entries.delete(key);
    });
  }
}
