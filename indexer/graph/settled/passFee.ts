import type { Walk } from "../../scheduling/walk.ts";
import { portionBetween } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Releases } from "../../ledger/tables/releases.ts";

/** Reusable arrays of arriving amounts by release's row, all zeros between uses. Maps would take most of the time. */
const idle = { numbers: [] as Float64Array[], bigints: [] as bigint[][] };

/**
 * The number of releases in a turn. A release takes longer than most steps of a walk, since the fee goes on along each
 * of its edges.
 */
const RELEASES_A_TURN = 128;
const WHOLE = BigInt(WHOLE_PPM);

type Visit = (row: number, amount: bigint) => bigint | undefined;

/**
 * Passes a fee on from the paid release to its oldest ancestor. It visits each release once, by descending id: every
 * release passes on to lower ids only, so the highest waiting id has already received everything.
 *
 * @param visit Called with each release's row and the amount of the fee that arrives there. Returns the projected
 * amount that the release had received before the fee, which determines the rounding; undefined: pass nothing on from
 * there.
 * @param onPass Called with each edge over which a part of the fee goes.
 */
export function* passFee(
  state: LedgerState,
  paidRelease: number,
  amount: bigint,
  visit: Visit,
  onPass?: (edge: number) => void,
): Walk<void> {
  const { releases } = state;
  const waiting = [paidRelease];
  if (fitsNumbers(amount, releases)) {
    const arriving = borrowNumbers(releases.size);
    arriving[paidRelease - 1] = Number(amount);
    for (;;) {
      passNumbers(releases, arriving, waiting, visit, onPass);
      if (waiting.length === 0) break;
      yield;
    }
    idle.numbers.push(arriving); // not reached if the walk was aborted: the array is not all zeros then
    return;
  }
  const arriving = idle.bigints.pop() ?? [];
  while (arriving.length < releases.size) arriving.push(0n);
  arriving[paidRelease - 1] = amount;
  for (;;) {
    passBigints(releases, arriving, waiting, visit, onPass);
    if (waiting.length === 0) break;
    yield;
  }
  idle.bigints.push(arriving);
}

/**
 * Returns true if every arriving amount is exact as a number: it is at most the fee plus one unit of rounding for each
 * edge.
 */
const fitsNumbers = (amount: bigint, { edgeCount }: Releases) =>
  amount < BigInt(Number.MAX_SAFE_INTEGER - WHOLE_PPM - edgeCount);

function borrowNumbers(releases: number): Float64Array {
  const free = idle.numbers.pop();
  return free && free.length >= releases ? free : new Float64Array(Math.ceil(releases * 1.5));
}

// These two do the same. They are plain functions, since these are innermost loops. Most fees are small enough for
// numbers.

function passNumbers(
  { firstEdge, edgeTo, edgeWeightPpm, size, edgeCount }: Releases,
  arriving: Float64Array,
  waiting: number[],
  visit: Visit,
  onPass?: (edge: number) => void,
): void {
  const [first, to, weights] = [firstEdge.values, edgeTo.values, edgeWeightPpm.values];
  for (let visited = 0; visited < RELEASES_A_TURN; visited++) {
    const id = popHighest(waiting);
    if (id === undefined) return;
    const received = arriving[id - 1] ?? 0;
    arriving[id - 1] = 0;
    const from = visit(id - 1, BigInt(received));
    if (from === undefined) continue;
    // ⌊(from + received) · w⌋ − ⌊from · w⌋ does not change if whole millions are subtracted from `from`: their product
    // is exact.
    const rest = Number(from % WHOLE);
    const newRest = (rest + received) % WHOLE_PPM;
    const millions = (rest + received - newRest) / WHOLE_PPM;
    const end = id < size ? (first[id] ?? 0) : edgeCount;
    for (let edge = first[id - 1] ?? 0; edge < end; edge++) {
      const weight = weights[edge] ?? 0;
      const passed =
        millions * weight + Math.floor((newRest * weight) / WHOLE_PPM) - Math.floor((rest * weight) / WHOLE_PPM);
      if (passed === 0) continue;
      onPass?.(edge);
      const parent = to[edge] ?? 0;
      const already = arriving[parent - 1] ?? 0;
      if (already === 0) push(waiting, parent);
      arriving[parent - 1] = already + passed;
    }
  }
}

function passBigints(
  releases: Releases,
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

/** Adds an id to a binary heap with the highest id first. */
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
