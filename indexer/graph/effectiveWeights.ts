import { WHOLE_PPM } from "../ledger/split.ts";
import type { LedgerState, Release } from "../ledger/state.ts";
import { ancestorsOf } from "./lineage.ts";

export interface EffectiveWeight {
  release: number;
  asset: number;
  /** Of what is paid into the release that was asked about: what reaches this one, in ppm, along all paths together. */
  reachesPpm: number;
  /** What of that it keeps for its own asset, in ppm. */
  keepsPpm: number;
}

/**
 * What part of a fee reaches each ancestor of a release, and what part each keeps; the release itself comes first, then
 * by what they keep. A sum over all paths of the product of the weights along each. These are the limits for a large
 * fee, as floating-point numbers: a real fee loses up to a unit at each edge, and its trace gives the exact amounts.
 */
export function effectiveWeights(state: LedgerState, start: Release): EffectiveWeight[] {
  const ancestors = [...ancestorsOf(state, [start.id])].sort((a, b) => b - a);
  const reaches = new Map([[start.id, WHOLE_PPM]]);
  const weights: EffectiveWeight[] = [];
  for (const id of ancestors) {
    const release = state.releases.get(id);
    const reachesPpm = reaches.get(id);
    if (!release || reachesPpm === undefined) continue;
    weights.push({
      release: id,
      asset: release.asset,
      reachesPpm,
      keepsPpm: (reachesPpm * release.ownWeightPpm) / WHOLE_PPM,
    });
    for (const { release: parent, weightPpm } of release.contributions) {
      reaches.set(parent, (reaches.get(parent) ?? 0) + (reachesPpm * weightPpm) / WHOLE_PPM);
    }
  }
  const [own, ...rest] = weights;
  return own ? [own, ...rest.sort((a, b) => b.keepsPpm - a.keepsPpm || a.release - b.release)] : [];
}

export interface Path {
  /** From the release that was asked about to the ancestor. */
  releases: number[];
  /** The product of the weights along the path, in ppm. */
  weightPpm: number;
}

/**
 * For each ancestor the release that its strongest path comes through: the one along which the largest part of a fee
 * reaches it. The release itself has none.
 */
export function strongestSteps(state: LedgerState, start: Release): Map<number, { weightPpm: number; via?: number }> {
  const best = new Map<number, { weightPpm: number; via?: number }>([[start.id, { weightPpm: WHOLE_PPM }]]);
  for (const id of [...ancestorsOf(state, [start.id])].sort((a, b) => b - a)) {
    const here = best.get(id);
    const release = state.releases.get(id);
    if (!here || !release) continue;
    for (const { release: parent, weightPpm } of release.contributions) {
      const along = (here.weightPpm * weightPpm) / WHOLE_PPM;
      if (along > (best.get(parent)?.weightPpm ?? 0)) best.set(parent, { weightPpm: along, via: id });
    }
  }
  return best;
}

/** The path along which the largest part of a fee reaches an ancestor; undefined if it is none. */
export function strongestPath(state: LedgerState, start: Release, ancestor: number): Path | undefined {
  const steps = strongestSteps(state, start);
  const end = steps.get(ancestor);
  if (!end) return undefined;
  const releases = [ancestor];
  for (let via = end.via; via !== undefined; via = steps.get(via)?.via) releases.unshift(via);
  return { releases, weightPpm: end.weightPpm };
}
