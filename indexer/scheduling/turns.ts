import { setImmediate as nextTurn } from "node:timers/promises";
import { abortable } from "#node/abortable.ts";
import { Semaphore } from "./semaphore.ts";
import type { Walk } from "./walk.ts";

/** A question took longer than it may. */
export class WalkTooLong extends Error {
  override name = "WalkTooLong";
}

export interface WalkLimits {
  /** How long it may take in all, waiting included. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Takes a walk to its end, in turns with others. */
export type Walker = <T>(begin: () => Walk<T>) => Promise<T>;

/** So long a walk goes on before others get their turn. */
const TURN_MS = 0.25;
const LONGEST_MS = 10_000;

/** Of the walks of this process that take more than one turn, so many go on at once, and so many more may wait. */
export const longWalks = new Semaphore(8, 64);

/**
 * Lets long walks over one state take turns with each other and with short questions, while nothing changes the state
 * under them: changes wait for the walks that have begun, and walks that come later wait for the change.
 */
export class Turns {
  #walking = 0;
  #change: Promise<unknown> | undefined;
  #idle: (() => void) | undefined;

  /**
   * Takes a walk to its end, in turns.
   *
   * @throws {WalkTooLong} after `timeoutMs`.
   * @throws {TooBusy} if it is long, and too many long ones are under way.
   */
  walk<T>(begin: () => Walk<T>, limits?: WalkLimits): Promise<T> {
    return this.hold((walk) => walk(begin), limits);
  }

  /**
   * Keeps the state as it is while several walks, one after another or side by side, answer one question.
   *
   * @throws {WalkTooLong} after `timeoutMs`.
   * @throws {TooBusy} if one is long, and too many long ones are under way.
   */
  async hold<T>(read: (walk: Walker) => Promise<T>, { timeoutMs = LONGEST_MS, signal }: WalkLimits = {}): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    const tooLong = () => new WalkTooLong(`It takes longer than ${timeoutMs} ms.`);
    while (this.#change) await this.#change;
    this.#walking++;
    try {
      return await read(async (begin) => {
        const walk = begin();
        let leave: (() => void) | undefined;
        let waited = false;
        try {
          for (;;) {
            const pause = performance.now() + TURN_MS;
            let awaited: Promise<unknown> | undefined;
            while (!awaited && performance.now() < pause) {
              const { done, value } = walk.next(waited);
              if (done) return value;
              waited = false;
              if (value) awaited = value;
            }
            if (awaited) {
              // Whoever has what it waits for may be one of those who wait to be let in.
              leave?.();
              leave = undefined;
              await before(deadline, tooLong, signal, (giveUp) => abortable(awaited, giveUp));
              waited = true;
              continue;
            }
            await nextTurn();
            signal?.throwIfAborted();
            leave ??= await before(deadline, tooLong, signal, (giveUp) => longWalks.enter(giveUp));
            if (performance.now() > deadline) throw tooLong();
          }
        } finally {
          leave?.();
          walk.return(undefined as never); // lets it clean up; the value is not used
        }
      });
    } finally {
      if (--this.#walking === 0) this.#idle?.();
    }
  }

  /** Changes the state, synchronously, when no walk is under way. One at a time. */
  async change(apply: () => void): Promise<void> {
    while (this.#change) await this.#change;
    const done = Promise.withResolvers<void>();
    this.#change = done.promise;
    try {
      if (this.#walking > 0) {
        await new Promise<void>((resolve) => {
          this.#idle = resolve;
        });
      }
      apply();
    } finally {
      this.#idle = undefined;
      this.#change = undefined;
      done.resolve();
    }
  }
}

/** Waits for something, but not longer than until then. */
async function before<T>(
  deadline: number,
  tooLong: () => Error,
  signal: AbortSignal | undefined,
  wait: (giveUp: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(tooLong()), deadline - performance.now());
  const giveUp = signal ? AbortSignal.any([signal, timeout.signal]) : timeout.signal;
  return wait(giveUp).finally(() => clearTimeout(timer));
}
