import { TooBusy } from "../../scheduling/semaphore.ts";
import type { Walk } from "../../scheduling/walk.ts";

/** An object at a place. A move takes longer the farther it goes. */
export interface Cursor {
  /** Returns the distance to a place; infinite if the cursor must start from scratch. */
  distanceTo(place: number): number;
}

/** The distance up to which waiting for a busy cursor is faster than moving another one from farther away. */
const NEAR = 64;
const LONGEST_QUEUE = 64;

/** A pool of cursors for concurrent walks. Each walk borrows a cursor for itself, and waits if none is free. */
export class CursorPool<C extends Cursor> {
  readonly #most: number;
  readonly #make: () => C;
  /** The free cursors, the one that has been free for the longest time first. */
  readonly #free: C[] = [];
  /** The cursors in use, with their destinations. */
  readonly #busy = new Map<C, number>();
  #released = Promise.withResolvers<void>();
  #waiting = 0;

  /**
   * @param most The highest number of cursors. Only a walk that cannot wait, because `finish` runs it, may get one
   * more.
   */
  constructor(most: number, make: () => C) {
    this.#most = most;
    this.#make = make;
  }

  /**
   * Lends a cursor to a walk: one that is near the place or will be soon, else any other.
   *
   * @throws {TooBusy} if too many walks are waiting for a cursor.
   */
  *use<T>(place: number, use: (cursor: C) => Walk<T>): Walk<T> {
    const cursor = yield* this.#wait(place);
    this.#busy.set(cursor, place);
    let completed = false;
    try {
      const result = yield* use(cursor);
      completed = true;
      return result;
    } finally {
      // A walk that was aborted leaves its cursor in an undefined place: it is dropped.
      this.#busy.delete(cursor);
      if (completed) this.#free.push(cursor);
      if (this.#free.length + this.#busy.size > this.#most) this.#free.shift();
      this.#released.resolve();
      this.#released = Promise.withResolvers();
    }
  }

  *#wait(place: number): Walk<C> {
    for (;;) {
      const cursor = this.#take(place);
      if (cursor) return cursor;
      if (this.#waiting >= LONGEST_QUEUE) throw new TooBusy();
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
    const nearest = this.#free.toSorted((a, b) => a.distanceTo(place) - b.distanceTo(place) || 0)[0];
    if (nearest && nearest.distanceTo(place) <= NEAR) {
      this.#free.splice(this.#free.indexOf(nearest), 1);
      return nearest;
    }
    if ([...this.#busy.values()].some((goal) => Math.abs(goal - place) <= NEAR)) return undefined;
    if (this.#free.length + this.#busy.size < this.#most) return this.#make();
    return this.#free.shift();
  }
}
