/**
 * Work in slices: a generator that yields every few hundred steps. {@link finish} runs it at once; `Turns` runs several
 * walks in turns. A walk may yield a promise that it wants to wait for. A runner that has waited for it passes `true`
 * to `next`. If the walk gets anything else, it must do without the promise's result.
 */
export type Walk<T> = Generator<Promise<unknown> | void, T, unknown>;

/** The number of steps between two yields. They take well below a millisecond. */
export const STEPS_A_TURN = 512;

/** Returns true if a result is a walk that must still be run, and false if it is the answer itself. */
export const isWalk = <T>(result: unknown): result is Walk<T> =>
  typeof result === "object" && result !== null && Symbol.iterator in result && "next" in result;

/** Runs a walk to its end without a pause: for short walks, for tests, and for commands that serve nobody else. */
export function finish<T>(walk: Walk<T>): T {
  for (;;) {
    const { done, value } = walk.next();
    if (done) return value;
  }
}
