import { finish, type Walk } from "../walk.ts";
import { portionBetween } from "./split.ts";
import type { LedgerState } from "./state.ts";

/** What arrives by release's row: all zeros between uses. Kept, since a map would take most of the time. */
const idle: bigint[][] = [];

/** A release takes longer than most steps of a walk, as something of the fee goes on along each of its edges. */
const RELEASES_A_TURN = 128;

type Visit = (row: number, amount: bigint) => bigint | undefined;

/**
 * Passes a fee on from the paid release to its oldest ancestor, each release once, by descending id: every release passes
 * on to lower ids only, so the highest id that waits has got all that it will.
 *
 * @param visit Called with each release's row and what of the fee arrives there; answers what the release had received
 * before it, fully settled, which decides where the units fall; or nothing, if what happens beyond it does not matter.
 * @param onPass Called with each edge that something of the fee takes.
 */
export function* passFee(
  state: LedgerState,
  paidRelease: number,
  amount: bigint,
  visit: Visit,
  onPass?: (edge: number) => void,
): Walk<void> {
  const { releases } = state;
  const arriving = idle.pop() ?? [];
  while (arriving.length < releases.size) arriving.push(0n);
  arriving[paidRelease - 1] = amount;
  const waiting = [paidRelease];
  for (;;) {
    passSome(state, arriving, waiting, visit, onPass);
    if (waiting.length === 0) break;
    yield;
  }
  idle.push(arriving); // not if the walk was given up: there are no zeros then
}

/** As {@link passFee}, at once. */
export function passFeeAtOnce(...given: Parameters<typeof passFee>): void {
  finish(passFee(...given));
}

/** A plain function, since it is an innermost loop. */
function passSome(
  { releases }: LedgerState,
  arriving: bigint[],
  waiting: number[],
  visit: Visit,
  onPass?: (edge: number) => void,
): void {
  for (let visited = 0; visited < RELEASES_A_TURN; visited++) {
    const id = popHighest(waiting);
    if (id === undefined) return;
    const received = arriving[id - 1] ?? 0n;
    arriving[id - 1] = 0n;
    const from = visit(id - 1, received);
    if (from === undefined) continue;
    const [first, end] = releases.edgesOf(id);
    for (let edge = first; edge < end; edge++) {
      const passed = portionBetween(from, from + received, releases.edgeWeightPpm.get(edge));
      if (passed === 0n) continue;
      onPass?.(edge);
      const parent = releases.edgeTo.get(edge);
      const already = arriving[parent - 1] ?? 0n;
      if (already === 0n) push(waiting, parent);
      arriving[parent - 1] = already + passed;
    }
  }
}

/** Adds to a binary heap, the highest first. */
function push(heap: number[], id: number): void {
  let at = heap.length;
  heap.push(id);
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    const above = heap[parent] ?? 0;
    if (above >= id) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = id;
}

function popHighest(heap: number[]): number | undefined {
  const highest = heap[0];
  const last = heap.pop();
  if (highest === undefined || last === undefined || heap.length === 0) return highest;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && (heap[child + 1] ?? 0) > (heap[child] ?? 0)) child++;
    const below = heap[child] ?? 0;
    if (below <= last) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
  return highest;
}
