import { setImmediate as nextTurn } from "node:timers/promises";
import { abortable } from "#node/abortable.ts";
import { Semaphore } from "./semaphore.ts";
import type { Walk } from "./walk.ts";

/** A question took longer than its limit. */
export class WalkTooLong extends Error {
  override name = "WalkTooLong";
}

export interface WalkLimits {
  /** Limit for the whole question, waiting included. Default: 10,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Runs a walk to its end, in turns with others. */
export type Walker = <T>(begin: () => Walk<T>) => Promise<T>;

/** The length of a turn. */
const TURN_MS = 0.25;
const LONGEST_MS = 10_000;

/** Limits the walks of this process that take more than one turn: 8 run at once, 64 more may wait. */
export const longWalks = new Semaphore(8, 64);

/**
 * Cooperative scheduler and readers-writer lock for one state. Long walks take turns with each other and with short
 * questions, and nothing changes the state while they read it: a change waits for the walks that have begun, and later
 * walks wait for the change.
 */
export class Turns {
  /** The number of questions that hold the state now. */
  #holding = 0;
  #change: Promise<unknown> | undefined;
  #idle: (() => void) | undefined;

  /**
   * Runs a walk to its end, in turns.
   *
   * @throws {WalkTooLong} after `timeoutMs`.
   * @throws {TooBusy} if the walk is long and too many long walks are running.
   */
  walk<T>(begin: () => Walk<T>, limits?: WalkLimits): Promise<T> {
    return this.hold((walk) => walk(begin), limits);
  }

  /**
   * Prevents changes of the state while several walks, in sequence or concurrently, answer one question.
   *
   * @throws {WalkTooLong} after `timeoutMs`.
   * @throws {TooBusy} if a walk is long and too many long walks are running.
   */
  async hold<T>(read: (walk: Walker) => Promise<T>, { timeoutMs = LONGEST_MS, signal }: WalkLimits = {}): Promise<T> {
    const deadline = performance.now() + timeoutMs;
    const tooLong = () => new WalkTooLong(`The answer takes longer than ${timeoutMs} ms.`);
    while (this.#change) await this.#change;
    this.#holding++;
    try {
      return await read(async (begin) => {
        const walk = begin();
        let release: (() => void) | undefined;
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
              // The walk that it waits for may be in the queue for a permit. Keeping our permit could block both until
              // the timeout.
              release?.();
              release = undefined;
              await before(deadline, tooLong, signal, (giveUp) => abortable(awaited, giveUp));
              waited = true;
              continue;
            }
            await nextTurn();
            signal?.throwIfAborted();
            release ??= await before(deadline, tooLong, signal, (giveUp) => longWalks.acquire(giveUp));
            if (performance.now() > deadline) throw tooLong();
          }
        } finally {
          release?.();
          walk.return(undefined as never); // runs its `finally`; the value is not used
        }
      });
    } finally {
      if (--this.#holding === 0) this.#idle?.();
    }
  }

  /** Changes the state, synchronously, once no question holds it. One change at a time. */
  async change(apply: () => void): Promise<void> {
    while (this.#change) await this.#change;
    const done = Promise.withResolvers<void>();
    this.#change = done.promise;
    try {
      if (this.#holding > 0) {
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

/** Waits for something until a deadline. */
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
