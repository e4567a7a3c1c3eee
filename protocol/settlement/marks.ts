/** A set of small numbers that is emptied in ascending or descending order, while more are added. */
export class Marks {
  readonly #words: Uint32Array;
  readonly #size: number;
  #lowest = Infinity;
  #highest = -1;

  constructor(size: number) {
    this.#size = size;
    this.#words = new Uint32Array((size + 31) >>> 5);
  }

  get isEmpty(): boolean {
    return this.#highest < 0;
  }

  add(number: number): void {
    const word = number >>> 5;
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (number & 31));
    if (number < this.#lowest) this.#lowest = number;
    if (number > this.#highest) this.#highest = number;
  }

  addAll(): void {
    if (this.#size === 0) return;
    this.#words.fill(0xffff_ffff);
    const rest = this.#size & 31;
    if (rest > 0) this.#words[this.#words.length - 1] = 2 ** rest - 1;
    [this.#lowest, this.#highest] = [0, this.#size - 1];
  }

  /** Removes and returns the lowest number from `from` on; -1 if there is none. */
  takeUp(from: number): number {
    const first = Math.max(from, this.#lowest);
    for (let word = first >>> 5; word <= this.#highest >>> 5 && this.#highest >= first; word++) {
      const all = this.#words[word] ?? 0;
      const bits = word === first >>> 5 ? all & (-1 << (first & 31)) : all;
      if (bits === 0) continue;
      return this.#take(word, 31 - Math.clz32(bits & -bits));
    }
    if (from <= this.#lowest) this.#clear();
    else this.#highest = Math.min(this.#highest, from - 1);
    return -1;
  }

  /** Removes and returns the highest number up to `from`; -1 if there is none. */
  takeDown(from: number): number {
    const first = Math.min(from, this.#highest);
    for (let word = first >> 5; word >= 0 && first >= this.#lowest && word >= this.#lowest >>> 5; word--) {
      const all = this.#words[word] ?? 0;
      const bits = word === first >> 5 ? all & (0xffff_ffff >>> (31 - (first & 31))) : all;
      if (bits === 0) continue;
      return this.#take(word, 31 - Math.clz32(bits));
    }
    if (from >= this.#highest) this.#clear();
    else this.#lowest = Math.max(this.#lowest, from + 1);
    return -1;
  }

  #take(word: number, bit: number): number {
    this.#words[word] = (this.#words[word] ?? 0) & ~(1 << bit);
    return (word << 5) | bit;
  }

  #clear(): void {
    this.#lowest = Infinity;
    this.#highest = -1;
  }
}
