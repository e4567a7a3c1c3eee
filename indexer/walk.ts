/**
 * Work that can be interrupted: it yields every few thousand steps. {@link finish} does it at once; whoever has others
 * waiting resumes it in turns.
 */
export type Walk<T> = Generator<void, T>;

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
