import { TooBusy } from "../../scheduling/semaphore.ts";
import type { Walk } from "../../scheduling/walk.ts";

/** Something that stands somewhere, and takes the longer to go elsewhere the farther that is. */
export interface Cursor {
  /** How far it is from a place; infinitely far if it has to begin anew wherever it is to go. */
  distanceTo(place: number): number;
}

/** To wait for one that comes this near takes less time than to bring another one from afar. */
const NEAR = 64;
const LONGEST_LINE = 64;

/** Cursors for walks that go on side by side: each has one for itself for a while, and waits where none is to be had. */
export class CursorPool<C extends Cursor> {
  readonly #most: number;
  readonly #make: () => C;
  /** The one that has been at rest for longest first. */
  readonly #resting: C[] = [];
  /** Where those in use are going. */
  readonly #busy = new Map<C, number>();
  #released = Promise.withResolvers<void>();
  #waiting = 0;

  /**
   * @param most How many there are at once. Walks that cannot wait, taken to their end by `finish`, have one of their own
   * beyond that if need be.
   */
  constructor(most: number, make: () => C) {
    this.#most = most;
    this.#make = make;
  }

  /**
   * Lets a walk have a cursor that is near a place, or will be soon, or else another.
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
      // Where a walk was given up, its cursor is of no use any more.
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
