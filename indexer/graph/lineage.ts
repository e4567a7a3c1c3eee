import type { LedgerState, Release } from "../ledger/state.ts";

/** `up`: what a release was built from. `down`: what was built on it. */
export type Direction = "up" | "down";

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
  /** Every edge between two of the nodes that a walk in this direction takes. */
  edges: LineageEdge[];
  /** True if there is more beyond the depth that was asked for. */
  truncated: boolean;
}

/** What a release was built from, or what was built on it, breadth first, to a depth. */
export function lineage(state: LedgerState, start: Release, direction: Direction, maxDepth = Infinity): Lineage {
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  const seen = new Set([start.id]);
  let truncated = false;
  let ring = [start];
  for (let depth = 0; ring.length > 0; depth++) {
    const next: Release[] = [];
    for (const release of ring) {
      nodes.push({ release: release.id, depth });
      const steps = stepsFrom(state, release, direction);
      if (depth >= maxDepth) {
        truncated ||= steps.length > 0;
        continue;
      }
      for (const { neighbour, edge } of steps) {
        edges.push(edge);
        if (seen.has(neighbour.id)) continue;
        seen.add(neighbour.id);
        next.push(neighbour);
      }
    }
    ring = next.sort((a, b) => a.id - b.id);
  }
  return { nodes, edges, truncated };
}

function stepsFrom(state: LedgerState, release: Release, direction: Direction) {
  const steps: { neighbour: Release; edge: LineageEdge }[] = [];
  if (direction === "up") {
    for (const { release: parent, weightPpm } of release.contributions) {
      const neighbour = state.releases.get(parent);
      if (neighbour) steps.push({ neighbour, edge: { from: release.id, to: parent, weightPpm } });
    }
  } else {
    for (const child of release.builtBy) {
      const neighbour = state.releases.get(child);
      const named = neighbour?.contributions.find((contribution) => contribution.release === release.id);
      if (neighbour && named) {
        steps.push({ neighbour, edge: { from: child, to: release.id, weightPpm: named.weightPpm } });
      }
    }
  }
  return steps;
}

/** The releases that a set was built from, at any depth, the set included. */
export function ancestorsOf(state: LedgerState, ids: Iterable<number>): Set<number> {
  return closure(ids, (id) => state.releases.get(id)?.contributions.map(({ release }) => release) ?? []);
}

/** The releases that were built on a set, at any depth, the set included. */
export function descendantsOf(state: LedgerState, ids: Iterable<number>): Set<number> {
  return closure(ids, (id) => state.releases.get(id)?.builtBy ?? []);
}

function closure(ids: Iterable<number>, neighbours: (id: number) => readonly number[]): Set<number> {
  const reached = new Set(ids);
  for (const id of reached) for (const neighbour of neighbours(id)) reached.add(neighbour);
  return reached;
}
