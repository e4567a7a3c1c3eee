export interface PageParameters {
  /** The number of rows to skip from the top. Default: 0. */
  offset?: number;
  limit?: number;
}

export interface RankedPage<T> {
  rows: T[];
  /** The number of rows on all pages. */
  total: number;
}

/** Keeps the highest of many items as they are added, without sorting all of them. */
export class Ranking<T> {
  #kept: { item: T; amount: bigint; order: number }[] = [];
  #total = 0;
  readonly #offset: number;
  readonly #most: number;

  constructor({ offset = 0, limit = 100 }: PageParameters = {}) {
    this.#offset = offset;
    this.#most = offset + limit;
  }

  /** Adds an item. Of equal amounts, the earlier one ranks higher. An item with an amount of zero is ignored. */
  add(item: T, amount: bigint): void {
    if (amount <= 0n) return;
    this.#kept.push({ item, amount, order: this.#total++ });
    if (this.#kept.length >= 2 * this.#most + 1_024) this.#cut();
  }

  page(): RankedPage<T> {
    this.#cut();
    return { rows: this.#kept.slice(this.#offset).map(({ item }) => item), total: this.#total };
  }

  #cut(): void {
    this.#kept.sort((a, b) => (b.amount > a.amount ? 1 : b.amount < a.amount ? -1 : a.order - b.order));
    this.#kept.length = Math.min(this.#kept.length, this.#most);
  }
}
