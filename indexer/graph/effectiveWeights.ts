import { WHOLE_PPM } from "../ledger/split.ts";
import type { LedgerState } from "../ledger/state.ts";
import { ancestors, type Walk } from "./walk.ts";

/** By ancestor, the release itself included: column by column, by descending id. */
export interface EffectiveWeights {
  release: Uint32Array;
  /** Of what is paid into the release that was asked about: what reaches this one, in ppm, along all paths together. */
  reachesPpm: Float64Array;
  /** What of that it keeps for its own asset, in ppm. */
  keepsPpm: Float64Array;
  /** The release that its strongest path comes through, the one along which the largest part comes; 0 for the start. */
  via: Uint32Array;
  /** The product of the weights along that path, in ppm. */
  viaPpm: Float64Array;
}

const STEPS_A_TURN = 2_048;

/**
 * What part of a fee reaches each ancestor of a release, and what part each keeps: a sum over all paths of the product of
 * the weights along each. These are the limits for a large fee, as floating-point numbers: a real fee loses up to a unit
 * at each edge, and its trace gives the exact amounts.
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
  const { reachesPpm, keepsPpm, via, viaPpm } = weights;
  const placeOf = placesOf(release);
  const [to, weight, own] = [releases.edgeTo.values, releases.edgeWeightPpm.values, releases.ownWeightPpm.values];
  reachesPpm[0] = WHOLE_PPM;
  viaPpm[0] = WHOLE_PPM;
  for (let place = 0; place < count; place++) {
    const id = release[place] ?? 0;
    const here = reachesPpm[place] ?? 0;
    const strongest = viaPpm[place] ?? 0;
    keepsPpm[place] = (here * (own[id - 1] ?? 0)) / WHOLE_PPM;
    const [first, end] = releases.edgesOf(id);
    for (let edge = first; edge < end; edge++) {
      const part = (weight[edge] ?? 0) / WHOLE_PPM;
      const parent = placeOf(to[edge] ?? 0);
      reachesPpm[parent] = (reachesPpm[parent] ?? 0) + here * part;
      if (strongest * part > (viaPpm[parent] ?? 0)) {
        viaPpm[parent] = strongest * part;
        via[parent] = id;
      }
    }
    if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return weights;
}

/** Answers where an id stands in a list of descending ids. */
function placesOf(descending: Uint32Array): (id: number) => number {
  const highest = descending[0] ?? 0;
  const lowest = descending.at(-1) ?? 0;
  // A table, where it is not much longer than the list.
  if (highest - lowest < 64 * descending.length) {
    const table = new Uint32Array(highest - lowest + 1);
    for (const [place, id] of descending.entries()) table[id - lowest] = place;
    return (id) => table[id - lowest] ?? 0;
  }
  const places = new Map(Array.from(descending, (id, place) => [id, place]));
  return (id) => places.get(id) ?? 0;
}

export interface Path {
  /** From the release that was asked about to the ancestor. */
  releases: number[];
  /** The product of the weights along the path, in ppm. */
  weightPpm: number;
}

/** The path along which the largest part of a fee reaches an ancestor; undefined if it is none. */
export function strongestPath(weights: EffectiveWeights, ancestor: number): Path | undefined {
  const end = weights.release.indexOf(ancestor);
  if (end === -1) return undefined;
  const releases = [ancestor];
  for (let place = end; weights.via[place] !== 0; place = weights.release.indexOf(releases[0] ?? 0)) {
    releases.unshift(weights.via[place] ?? 0);
  }
  return { releases, weightPpm: weights.viaPpm[end] ?? 0 };
}
