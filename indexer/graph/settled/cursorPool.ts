import { TooBusy } from "../../scheduling/semaphore.ts";
import type { Walk } from "../../scheduling/walk.ts";

/** Something at a place, whose moves take the longer the farther they go. */
export interface Cursor {
  /** Distance to a place; infinite if it has to start from scratch wherever it goes. */
  distanceTo(place: number): number;
}

/** Waiting for a cursor that will be this near takes less time than moving another one from afar. */
const NEAR = 64;
const LONGEST_LINE = 64;

/** A pool of cursors for concurrent walks: each has one for itself for a while, and waits if none is free. */
export class CursorPool<C extends Cursor> {
  readonly #most: number;
  readonly #make: () => C;
  /** The longest at rest first. */
  readonly #resting: C[] = [];
  /** The destination of each cursor in use. */
  readonly #busy = new Map<C, number>();
  #released = Promise.withResolvers<void>();
  #waiting = 0;

  /**
   * @param most The number of cursors at once. A walk that cannot wait, as `finish` runs it, gets one beyond that if need
   * be.
   */
  constructor(most: number, make: () => C) {
    this.#most = most;
    this.#make = make;
  }

  /**
   * Lends a walk a cursor that is near a place, or will be soon, or else another.
   *
   * @throws {TooBusy} if too many are waiting for one.
   */
  *use<T>(place: number, use: (cursor: C) => Walk<T>): Walk<T> {
    const cursor = yield* this.#wait(place);
    this.#busy.set(cursor, place);
    let whole = false;
    try {
      const found = yield* use(cursor);
      whole = true;
      return found;
    } finally {
      // A walk that was given up leaves its cursor halfway: dropped.
      this.#busy.delete(cursor);
      if (whole) this.#resting.push(cursor);
      if (this.#resting.length + this.#busy.size > this.#most) this.#resting.shift();
      this.#released.resolve();
      this.#released = Promise.withResolvers();
    }
  }

  *#wait(place: number): Walk<C> {
    for (;;) {
      const cursor = this.#take(place);
      if (cursor) return cursor;
      if (this.#waiting >= LONGEST_LINE) throw new TooBusy();
      this.#waiting++;
      try {
        const waited = yield this.#released.promise;
        if (!waited) return this.#make();
      } finally {
        this.#waiting--;
      }
    }
  }

  #take(place: number): C | undefined {
    const nearest = this.#resting.toSorted((a, b) => a.distanceTo(place) - b.distanceTo(place) || 0)[0];
    if (nearest && nearest.distanceTo(place) <= NEAR) {
      this.#resting.splice(this.#resting.indexOf(nearest), 1);
      return nearest;
    }
    if ([...this.#busy.values()].some((goal) => Math.abs(goal - place) <= NEAR)) return undefined;
    if (this.#resting.length + this.#busy.size < this.#most) return this.#make();
    return this.#resting.shift();
  }
}
