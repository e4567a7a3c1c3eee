import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Releases } from "../../ledger/tables/releases.ts";
import { NO_LINK } from "../../columns/table.ts";

/** `up`: the releases that a release was built from. `down`: the releases that were built on it. */
export type Direction = "up" | "down";

/** Scratch memory of a walk, by release. It is reused, since clearing it would cost more than most walks. */
export interface Scratch {
  /** A release was visited in this walk if its stamp equals the epoch. */
  stamps: Uint32Array;
  epoch: number;
  /** The releases in the order of the walk. Afterwards, the walk may use it for numbers by release. */
  numbers: Uint32Array;
}

const idle: Scratch[] = [];

/** Borrows scratch memory. Return it with {@link returnScratch}. */
export function borrowScratch(releases: number): Scratch {
  const scratch = idle.pop();
  if (!scratch || scratch.stamps.length <= releases || scratch.epoch === 0xffff_ffff) {
    const length = Math.ceil(releases * 1.5) + 1;
    return { stamps: new Uint32Array(length), epoch: 1, numbers: new Uint32Array(length) };
  }
  scratch.epoch++;
  return scratch;
}

export const returnScratch = (scratch: Scratch) => void idle.push(scratch);

export interface ReachResult {
  /** The ids of the releases, breadth first, the start first. Releases of one depth are in no particular order. */
  releases: Uint32Array;
  /** The number of nearer releases, by depth. The last entry is the number of all releases. */
  rings: number[];
  /** True if there are more releases beyond the limits. */
  truncated: boolean;
}

export interface ReachLimits {
  /** The highest number of edges from the start. */
  depth?: number;
  /** The highest number of releases. */
  releases?: number;
}

/** Finds every release that can be reached from the starts, breadth first. */
export function* reach(
  state: LedgerState,
  starts: Iterable<number>,
  direction: Direction,
  limits: ReachLimits = {},
): Walk<ReachResult> {
  const scratch = borrowScratch(state.releases.size);
  try {
    const { count, rings, truncated } = yield* search(state.releases, starts, direction, limits, scratch);
    return { releases: scratch.numbers.slice(0, count), rings, truncated };
  } finally {
    returnScratch(scratch);
  }
}

/** Does the work of {@link reach}, and leaves the releases in the scratch memory. */
function* search(
  releases: Releases,
  starts: Iterable<number>,
  direction: Direction,
  { depth: maxDepth = Infinity, releases: most = Infinity }: ReachLimits,
  scratch: Scratch,
): Walk<{ count: number; rings: number[]; truncated: boolean }> {
  const frontier: Frontier = { ...scratch, most, next: 0, link: NO_LINK, count: 0, truncated: false };
  for (const id of starts) if (releases.has(id)) visit(frontier, id);
  const rings: number[] = [0];
  let turnEnd = STEPS_A_TURN;
  for (let depth = 0; frontier.next < frontier.count; depth++) {
    const end = frontier.count;
    rings.push(end);
    if (depth >= maxDepth) {
      frontier.truncated ||= scratch.numbers
        .subarray(frontier.next, end)
        .some((id) => hasNeighbours(releases, id, direction));
      break;
    }
    while (frontier.next < end) {
      if (direction === "up") visitParents(releases, frontier, end);
      else visitChildren(releases, frontier, end);
      // A release with many children takes several turns by itself.
      if (frontier.link === NO_LINK && frontier.next < turnEnd) continue;
      turnEnd = frontier.next + STEPS_A_TURN;
      yield;
    }
  }
  return { count: frontier.count, rings, truncated: frontier.truncated };
}

interface Frontier extends Scratch {
  most: number;
  /** The place of the release whose neighbours come next, and the link where its list continues if it was begun. */
  next: number;
  link: number;
  count: number;
  truncated: boolean;
}

function visit(frontier: Frontier, id: number): void {
  const { stamps, epoch, numbers } = frontier;
  if (stamps[id] === epoch) return;
  if (frontier.count >= frontier.most) {
    frontier.truncated = true;
    return;
  }
  stamps[id] = epoch;
  numbers[frontier.count++] = id;
}

// These two run for about a turn. They are plain functions with local variables because these are the innermost loops.

function visitParents({ firstEdge, edgeTo, size, edgeCount }: Releases, frontier: Frontier, end: number): void {
  const { stamps, epoch, numbers, most } = frontier;
  const [first, to] = [firstEdge.values, edgeTo.values];
  const pause = Math.min(end, frontier.next + STEPS_A_TURN);
  let { next, count } = frontier;
  for (; next < pause; next++) {
    const id = numbers[next] ?? 0;
    const last = id < size ? (first[id] ?? 0) : edgeCount;
    for (let edge = first[id - 1] ?? 0; edge < last; edge++) {
      const parent = to[edge] ?? 0;
      if (stamps[parent] === epoch) continue;
      if (count >= most) {
        frontier.truncated = true;
        continue;
      }
      stamps[parent] = epoch;
      numbers[count++] = parent;
    }
  }
  frontier.next = next;
  frontier.count = count;
}

function visitChildren({ edgeFrom, lastNaming, previousNaming }: Releases, frontier: Frontier, end: number): void {
  const { stamps, epoch, numbers, most } = frontier;
  const [from, last, previous] = [edgeFrom.values, lastNaming.values, previousNaming.values];
  let { next, count, link } = frontier;
  for (let steps = 0; next < end && steps < STEPS_A_TURN; steps++) {
    if (link === NO_LINK) link = last[(numbers[next] ?? 0) - 1] ?? NO_LINK;
    for (; link !== NO_LINK && steps < STEPS_A_TURN; steps++) {
      const child = from[link - 1] ?? 0;
      link = previous[link - 1] ?? NO_LINK;
      if (stamps[child] === epoch) continue;
      if (count >= most) {
        frontier.truncated = true;
        continue;
      }
      stamps[child] = epoch;
      numbers[count++] = child;
    }
    if (link === NO_LINK) next++;
  }
  frontier.next = next;
  frontier.count = count;
  frontier.link = link;
}

function hasNeighbours(releases: Releases, id: number, direction: Direction): boolean {
  if (direction === "down") return releases.lastNaming.get(id - 1) !== NO_LINK;
  const [first, end] = releases.edgesOf(id);
  return end > first;
}

/** Finds the releases that a set was built from, at any depth, the set included, by ascending id. */
export const ancestors = (state: LedgerState, ids: Iterable<number>): Walk<Uint32Array> =>
  reachAscending(state, ids, "up");

/** Finds the releases that were built on a set, at any depth, the set included, by ascending id. */
export const descendants = (state: LedgerState, ids: Iterable<number>): Walk<Uint32Array> =>
  reachAscending(state, ids, "down");

function* reachAscending(state: LedgerState, ids: Iterable<number>, direction: Direction): Walk<Uint32Array> {
  const scratch = borrowScratch(state.releases.size);
  try {
    const { count } = yield* search(state.releases, ids, direction, {}, scratch);
    return yield* ascending(scratch, count);
  } finally {
    returnScratch(scratch);
  }
}

/** The number of stamps that can be scanned in the time of sorting one id. */
const STAMPS_AN_ID = 32;

/** Lists the visited releases by ascending id. */
function* ascending({ stamps, epoch, numbers }: Scratch, count: number): Walk<Uint32Array> {
  const sorted = numbers.slice(0, count);
  let [lowest, highest] = [Infinity, 0];
  for (let i = 0; i < count; i++) {
    const id = sorted[i] ?? 0;
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  if (highest - lowest > STAMPS_AN_ID * count) return sorted.sort();
  let at = 0;
  for (let from = lowest; from <= highest; from += STAMPS_AN_ID * STEPS_A_TURN) {
    yield;
    at = copyStamped(stamps, epoch, from, Math.min(highest + 1, from + STAMPS_AN_ID * STEPS_A_TURN), sorted, at);
  }
  return sorted;
}

/** Copies the ids in this range that have the stamp. A plain function, since it is an innermost loop. */
function copyStamped(
  stamps: Uint32Array,
  epoch: number,
  from: number,
  end: number,
  into: Uint32Array,
  at: number,
): number {
  let place = at;
  for (let id = from; id < end; id++) if (stamps[id] === epoch) into[place++] = id;
  return place;
}
