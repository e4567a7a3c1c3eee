import type { LedgerState } from "../../../indexer/ledger/state.ts";
import type { AmountColumn } from "../../../indexer/columns/columns.ts";

/**
 * The minimal programs that answer the same questions, on arrays as long as the graph. The benchmarks compare with
 * them.
 */
export class BareWalk {
  readonly #first: Uint32Array;
  readonly #to: Uint32Array;
  readonly #weight: Uint32Array;
  readonly #own: Uint32Array;
  readonly #stamps: Uint32Array;
  readonly #queue: Uint32Array;
  readonly #depths: Uint32Array;
  readonly #parts: Float64Array;
  #epoch = 0;

  constructor({ releases }: LedgerState) {
    const { size, edgeCount } = releases;
    this.#first = new Uint32Array(size + 2);
    for (let id = 1; id <= size; id++) this.#first[id] = releases.firstEdge.get(id - 1);
    this.#first[size + 1] = edgeCount;
    this.#to = releases.edgeTo.values.slice(0, edgeCount);
    this.#weight = releases.edgeWeightPpm.values.slice(0, edgeCount);
    this.#own = releases.ownWeightPpm.values.slice(0, size);
    this.#stamps = new Uint32Array(size + 1);
    this.#queue = new Uint32Array(size);
    this.#depths = new Uint32Array(size + 1);
    this.#parts = new Float64Array(size + 1);
  }

  /** Finds the ancestors of a release and their depths, and the edges between them. */
  lineage(start: number) {
    const count = this.#reach(start);
    const releases = this.#queue.slice(0, count);
    const depths = releases.map((id) => this.#depths[id]!);
    let edges = 0;
    for (const id of releases) edges += this.#first[id + 1]! - this.#first[id]!;
    const [from, to, weight] = [new Uint32Array(edges), new Uint32Array(edges), new Uint32Array(edges)];
    let at = 0;
    for (let i = 0; i < count; i++) {
      const id = releases[i]!;
      for (let edge = this.#first[id]!; edge < this.#first[id + 1]!; edge++, at++) {
        from[at] = id;
        to[at] = this.#to[edge]!;
        weight[at] = this.#weight[edge]!;
      }
    }
    return { releases, depths, from, to, weight };
  }

  /** Computes the part of a fee that reaches each ancestor, and the part that each keeps. */
  weights(start: number) {
    const releases = this.#sorted(start);
    const reaches = new Float64Array(releases.length);
    const keeps = new Float64Array(releases.length);
    const parts = this.#parts;
    for (let i = 0; i < releases.length; i++) parts[releases[i]!] = 0;
    parts[start] = 1_000_000;
    for (let i = releases.length - 1; i >= 0; i--) {
      const id = releases[i]!;
      const here = parts[id]!;
      reaches[i] = here;
      keeps[i] = (here * this.#own[id - 1]!) / 1e6;
      for (let edge = this.#first[id]!; edge < this.#first[id + 1]!; edge++) {
        const parent = this.#to[edge]!;
        parts[parent] = parts[parent]! + (here * this.#weight[edge]!) / 1e6;
      }
    }
    return { releases, reaches, keeps };
  }

  /**
   * Computes the amount of a fee that each ancestor gets and keeps, to the base unit, on top of what it had received
   * before. Fees must be below 9 · 10^9, so that numbers are exact.
   */
  trace(start: number, amount: number, before: AmountColumn) {
    const releases = this.#sorted(start);
    const received = new Float64Array(releases.length);
    const kept = new Float64Array(releases.length);
    const amounts = this.#parts;
    for (let i = 0; i < releases.length; i++) amounts[releases[i]!] = 0;
    amounts[start] = amount;
    for (let i = releases.length - 1; i >= 0; i--) {
      const id = releases[i]!;
      const here = amounts[id]!;
      if (here === 0) continue;
      // Whole millions received before make no difference.
      const from = Number(before.get(id - 1) % 1_000_000n);
      const to = from + here;
      const own = this.#own[id - 1]!;
      received[i] = here;
      kept[i] = Math.floor((to * own) / 1e6) - Math.floor((from * own) / 1e6);
      for (let edge = this.#first[id]!; edge < this.#first[id + 1]!; edge++) {
        const weight = this.#weight[edge]!;
        const parent = this.#to[edge]!;
        amounts[parent] = amounts[parent]! + Math.floor((to * weight) / 1e6) - Math.floor((from * weight) / 1e6);
      }
    }
    return { received, kept };
  }

  #sorted(start: number): Uint32Array {
    return this.#queue.slice(0, this.#reach(start)).sort();
  }

  #reach(start: number): number {
    const [queue, stamps, epoch] = [this.#queue, this.#stamps, ++this.#epoch];
    queue[0] = start;
    stamps[start] = epoch;
    this.#depths[start] = 0;
    let count = 1;
    for (let next = 0; next < count; next++) {
      const id = queue[next]!;
      for (let edge = this.#first[id]!; edge < this.#first[id + 1]!; edge++) {
        const parent = this.#to[edge]!;
        if (stamps[parent] === epoch) continue;
        stamps[parent] = epoch;
        this.#depths[parent] = this.#depths[id]! + 1;
        queue[count++] = parent;
      }
    }
    return count;
  }
}
