import type { LedgerState } from "../ledger/state.ts";
import { NO_LINK, type Releases } from "../ledger/tables.ts";

/** `up`: what a release was built from. `down`: what was built on it. */
export type Direction = "up" | "down";

/**
 * Work that can be interrupted: it yields every few thousand steps. {@link finish} does it at once; whoever has others
 * waiting resumes it in turns.
 */
export type Walk<T> = Generator<void, T>;

/** After so many steps a walk yields: well below a millisecond. */
export const STEPS_A_TURN = 2_048;

export function finish<T>(walk: Walk<T>): T {
  for (;;) {
    const { done, value } = walk.next();
    if (done) return value;
  }
}

/** What a walk needs by release. Reused, since a million zeros cost more than most walks. */
interface Scratch {
  /** A release was seen in this walk if its stamp is the epoch. */
  stamps: Uint32Array;
  epoch: number;
}

const idle: Scratch[] = [];

function borrowScratch(releases: number): Scratch {
  const scratch = idle.pop();
  if (!scratch || scratch.stamps.length <= releases || scratch.epoch === 0xffff_ffff) {
    return { stamps: new Uint32Array(Math.ceil(releases * 1.5) + 1), epoch: 1 };
  }
  scratch.epoch++;
  return scratch;
}

export interface Reached {
  /** Ids of releases, breadth first, the start first; those of one depth are in no order. */
  releases: Uint32Array;
  /** By depth: how many are less far away. The last entry is the number of all. */
  rings: number[];
  /** True if there is more beyond the depth or the number asked for. */
  truncated: boolean;
}

export interface ReachLimits {
  /** How many edges away at most. */
  depth?: number;
  /** How many releases at most. */
  releases?: number;
}

/** Every release that can be reached from some, breadth first. */
export function* reach(
  state: LedgerState,
  starts: Iterable<number>,
  direction: Direction,
  limits: ReachLimits = {},
): Walk<Reached> {
  const { releases } = state;
  const { depth: maxDepth = Infinity, releases: most = Infinity } = limits;
  const scratch = borrowScratch(releases.size);
  const { stamps, epoch } = scratch;
  let found = new Uint32Array(256);
  let count = 0;
  const see = (id: number) => {
    if (stamps[id] === epoch) return;
    if (count >= most) {
      truncated = true;
      return;
    }
    stamps[id] = epoch;
    if (count === found.length) {
      const grown = new Uint32Array(found.length * 2);
      grown.set(found);
      found = grown;
    }
    found[count++] = id;
  };
  let truncated = false;
  for (const id of starts) if (releases.has(id)) see(id);
  const rings: number[] = [0];
  let next = 0;
  try {
    for (let depth = 0; next < count; depth++) {
      const end = count;
      rings.push(end);
      for (; next < end; next++) {
        const id = found[next] ?? 0;
        if (depth >= maxDepth) truncated ||= hasNeighbours(releases, id, direction);
        else if (direction === "up") seeParents(releases, id, see);
        else seeChildren(releases, id, see);
        if (next % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      }
      if (depth >= maxDepth) break;
    }
    return { releases: found.subarray(0, count), rings, truncated };
  } finally {
    idle.push(scratch);
  }
}

function seeParents(releases: Releases, id: number, see: (id: number) => void): void {
  const [first, end] = releases.edgesOf(id);
  const to = releases.edgeTo.values;
  for (let edge = first; edge < end; edge++) see(to[edge] ?? 0);
}

function seeChildren(releases: Releases, id: number, see: (id: number) => void): void {
  const from = releases.edgeFrom.values;
  const previous = releases.previousNaming.values;
  for (let link = releases.lastNaming.get(id - 1); link !== NO_LINK; link = previous[link - 1] ?? NO_LINK) {
    see(from[link - 1] ?? 0);
  }
}

function hasNeighbours(releases: Releases, id: number, direction: Direction): boolean {
  if (direction === "down") return releases.lastNaming.get(id - 1) !== NO_LINK;
  const [first, end] = releases.edgesOf(id);
  return end > first;
}

/** The releases that a set was built from, at any depth, the set included, by ascending id. */
export function* ancestors(state: LedgerState, ids: Iterable<number>): Walk<Uint32Array> {
  const { releases } = yield* reach(state, ids, "up");
  return releases.sort();
}

/** The releases that were built on a set, at any depth, the set included, by ascending id. */
export function* descendants(state: LedgerState, ids: Iterable<number>): Walk<Uint32Array> {
  const { releases } = yield* reach(state, ids, "down");
  return releases.sort();
}
