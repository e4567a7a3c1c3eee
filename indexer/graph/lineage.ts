import type { LedgerState } from "../ledger/state.ts";
import { type Direction, reach, type ReachLimits, type Walk } from "./walk.ts";

export interface LineageNode {
  release: number;
  /** The fewest edges between this release and the one that was asked about. */
  depth: number;
}

/** From a release to an earlier one that it was built from. */
export interface LineageEdge {
  from: number;
  to: number;
  weightPpm: number;
}

export interface Lineage {
  /** The release itself first, then by depth and id. */
  nodes: LineageNode[];
  /** Every edge that a walk in this direction takes between the nodes. */
  edges: LineageEdge[];
  /** True if there is more beyond the depth or the number that was asked for. */
  truncated: boolean;
}

/** What a release was built from, or what was built on it, breadth first, to a depth. */
export function* lineage(
  state: LedgerState,
  start: number,
  direction: Direction,
  limits: ReachLimits = {},
): Walk<Lineage> {
  const { releases } = state;
  const { releases: found, rings, truncated } = yield* reach(state, [start], direction, limits);
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  const among = new Set(found);
  const { depth: maxDepth = Infinity } = limits;
  for (let depth = 0; depth + 1 < rings.length; depth++) {
    const ring = found.slice(rings[depth], rings[depth + 1]).sort();
    for (const release of ring) {
      nodes.push({ release, depth });
      if (nodes.length % 1_024 === 0) yield;
      if (depth >= maxDepth) continue;
      const [from, to, weight] = [releases.edgeFrom, releases.edgeTo, releases.edgeWeightPpm];
      for (const edge of direction === "up" ? releases.edgeRowsOf(release) : releases.namingEdgesOf(release)) {
        const other = direction === "up" ? to.get(edge) : from.get(edge);
        if (among.has(other)) edges.push({ from: from.get(edge), to: to.get(edge), weightPpm: weight.get(edge) });
      }
    }
  }
  return { nodes, edges, truncated };
}
