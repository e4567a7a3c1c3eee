import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Releases } from "../../ledger/tables/releases.ts";
import { ancestors, borrowScratch, returnScratch } from "./reach.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The effective weights of a release's ancestors and the release itself, by descending id. Each array is a column. */
export interface EffectiveWeights {
  release: Uint32Array;
  /** The effective weight: the part of a fee that reaches this ancestor over all paths together, in ppm. */
  reachesPpm: Float64Array;
  /** The part of the fee that this ancestor keeps for its own asset, in ppm. */
  keepsPpm: Float64Array;
  /** The release before this one on the strongest path, over which the largest part comes; 0 for the start. */
  via: Uint32Array;
  /** The product of the weights along that path, in ppm. */
  viaPpm: Float64Array;
}

/**
 * Computes the part of a fee that reaches each ancestor of a release, and the part that each keeps: the sum, over all
 * paths, of the product of the weights along the path. These are the limits for a large fee, as floating-point numbers:
 * a real fee loses up to one base unit at each edge, and its trace has the exact amounts.
 */
export function* effectiveWeights(state: LedgerState, start: number): Walk<EffectiveWeights> {
  const { releases } = state;
  const release = (yield* ancestors(state, [start])).toReversed();
  const count = release.length;
  const weights: EffectiveWeights = {
    release,
    reachesPpm: new Float64Array(count),
    keepsPpm: new Float64Array(count),
    via: new Uint32Array(count),
    viaPpm: new Float64Array(count),
  };
  weights.reachesPpm[0] = WHOLE_PPM;
  weights.viaPpm[0] = WHOLE_PPM;
  const scratch = borrowScratch(releases.size);
  try {
    const placeOf = scratch.numbers;
    for (let place = 0; place < count; place++) {
      placeOf[release[place] ?? 0] = place;
      if (place % (8 * STEPS_A_TURN) === 8 * STEPS_A_TURN - 1) yield;
    }
    for (let place = 0; place < count; place += STEPS_A_TURN) {
      if (place > 0) yield;
      passOn(releases, weights, placeOf, place, Math.min(count, place + STEPS_A_TURN));
    }
    return weights;
  } finally {
    returnScratch(scratch);
  }
}

/**
 * Passes the parts at these places on to the releases that they name. A plain function, since it is the innermost loop.
 */
function passOn(
  { firstEdge, edgeTo, edgeWeightPpm, ownWeightPpm, size, edgeCount }: Releases,
  { release, reachesPpm, keepsPpm, via, viaPpm }: EffectiveWeights,
  placeOf: Uint32Array,
  from: number,
  end: number,
): void {
  const [first, to, weight, own] = [firstEdge.values, edgeTo.values, edgeWeightPpm.values, ownWeightPpm.values];
  for (let place = from; place < end; place++) {
    const id = release[place] ?? 0;
    const here = reachesPpm[place] ?? 0;
    const strongest = viaPpm[place] ?? 0;
    keepsPpm[place] = (here * (own[id - 1] ?? 0)) / WHOLE_PPM;
    const lastEdge = id < size ? (first[id] ?? 0) : edgeCount;
    for (let edge = first[id - 1] ?? 0; edge < lastEdge; edge++) {
      const part = (weight[edge] ?? 0) / WHOLE_PPM;
      const parent = placeOf[to[edge] ?? 0] ?? 0;
      reachesPpm[parent] = (reachesPpm[parent] ?? 0) + here * part;
      if (strongest * part > (viaPpm[parent] ?? 0)) {
        viaPpm[parent] = strongest * part;
        via[parent] = id;
      }
    }
  }
}

export interface Path {
  /** The releases from the start to the ancestor. */
  releases: number[];
  /** The product of the weights along the path, in ppm. */
  weightPpm: number;
}

/**
 * Finds the path over which the largest part of a fee reaches an ancestor; undefined if the release is not an ancestor.
 */
export function strongestPath(weights: EffectiveWeights, ancestor: number): Path | undefined {
  const end = weights.release.indexOf(ancestor);
  if (end === -1) return undefined;
  const releases = [ancestor];
  for (let place = end; weights.via[place] !== 0; place = weights.release.indexOf(releases[0] ?? 0)) {
    releases.unshift(weights.via[place] ?? 0);
  }
  return { releases, weightPpm: weights.viaPpm[end] ?? 0 };
}
