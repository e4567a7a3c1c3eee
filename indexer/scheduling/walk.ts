/**
 * Work that can be interrupted: it yields every few thousand steps. {@link finish} does it at once; whoever has others
 * waiting resumes it in turns. It may yield a promise, to go on only when that is fulfilled; whoever has waited for it
 * gives `true` to `next`, and a walk that is not waited for does without.
 */
export type Walk<T> = Generator<Promise<unknown> | void, T, unknown>;

/** After so many steps a walk yields: well below a millisecond. */
export const STEPS_A_TURN = 512;

export const isWalk = <T>(found: unknown): found is Walk<T> =>
  typeof found === "object" && found !== null && Symbol.iterator in found && "next" in found;

export function finish<T>(walk: Walk<T>): T {
  for (;;) {
    const { done, value } = walk.next();
    if (done) return value;
  }
}
