/**
 * Work in slices: a generator that yields every few hundred steps. {@link finish} runs it at once; `Turns` runs several in
 * turns. It may yield a promise, to be resumed only when that is fulfilled: a runner that has waited passes `true` to
 * `next`, and a walk that gets anything else does without.
 */
export type Walk<T> = Generator<Promise<unknown> | void, T, unknown>;

/** Steps between two yields: well below a millisecond. */
export const STEPS_A_TURN = 512;

/** Returns true if a result is a walk still to be run rather than the answer itself. */
export const isWalk = <T>(found: unknown): found is Walk<T> =>
  typeof found === "object" && found !== null && Symbol.iterator in found && "next" in found;

/** Runs a walk to its end without a pause. For short walks, tests and commands that nobody waits beside. */
export function finish<T>(walk: Walk<T>): T {
  for (;;) {
    const { done, value } = walk.next();
    if (done) return value;
  }
}
