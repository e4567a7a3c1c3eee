import type { LedgerState } from "../../ledger/state.ts";
import type { Releases } from "../../ledger/tables/releases.ts";
import { NO_LINK } from "../../columns/table.ts";
import { type Direction, reach, type ReachLimits } from "./reach.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface LineageNode {
  release: number;
  /** The number of edges on the shortest path between this release and the start. */
  depth: number;
}

/** A contribution: an edge from a release to an earlier release that it was built from. */
export interface LineageEdge {
  from: number;
  to: number;
  weightPpm: number;
}

export interface Lineage {
  /** The releases: the start first, then by depth and id. */
  nodes: LineageNode[];
  /** The contributions between the nodes, in the direction of the walk. */
  edges: LineageEdge[];
  /** True if the lineage continues beyond the requested depth or number of releases. */
  truncated: boolean;
}

/** Finds the lineage of a release up or down, breadth first, within limits. */
export function* lineage(
  state: LedgerState,
  start: number,
  direction: Direction,
  limits: ReachLimits = {},
): Walk<Lineage> {
  const rows = yield* lineageRows(state, start, direction, limits);
  const { edgeFrom, edgeTo, edgeWeightPpm } = state.releases;
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  for (let depth = 0; depth + 1 < rows.rings.length; depth++) {
    for (const release of rows.releases.subarray(rows.rings[depth], rows.rings[depth + 1])) {
      nodes.push({ release, depth });
      if (nodes.length % STEPS_A_TURN === 0) yield;
    }
  }
  for (const edge of rows.edges) {
    edges.push({ from: edgeFrom.get(edge), to: edgeTo.get(edge), weightPpm: edgeWeightPpm.get(edge) });
    if (edges.length % STEPS_A_TURN === 0) yield;
  }
  return { nodes, edges, truncated: rows.truncated };
}

export interface LineageRows {
  /** The releases: the start first, then by depth and id. */
  releases: Uint32Array;
  /** The number of nearer releases, by depth. The last entry is the number of all releases. */
  rings: number[];
  /** The rows of the edges between these releases, in the direction of the walk. */
  edges: Uint32Array;
  truncated: boolean;
}

/** Returns the same as {@link lineage}, as numbers only: in large answers, objects would take most of the time. */
export function* lineageRows(
  state: LedgerState,
  start: number,
  direction: Direction,
  limits: ReachLimits = {},
): Walk<LineageRows> {
  const { releases, rings, truncated } = yield* reach(state, [start], direction, limits);
  for (let depth = 0; depth + 1 < rings.length; depth++) releases.subarray(rings[depth], rings[depth + 1]).sort();
  // If nothing was left out, no edge leads outside.
  const among = truncated ? new Set(releases) : undefined;
  const { depth: maxDepth = Infinity } = limits;
  const expanded = rings[Math.min(maxDepth, rings.length - 1)] ?? 0;
  const edges: EdgeRows = { rows: new Uint32Array(4 * releases.length), count: 0 };
  const addEdges = direction === "up" ? addContributions : addNamings;
  for (let next = 0; next < expanded; next += STEPS_A_TURN) {
    if (next > 0) yield;
    addEdges(state.releases, releases.subarray(next, Math.min(expanded, next + STEPS_A_TURN)), among, edges);
  }
  return { releases, rings, edges: edges.rows.subarray(0, edges.count), truncated };
}

interface EdgeRows {
  rows: Uint32Array;
  count: number;
}

function addContributions(releases: Releases, ids: Uint32Array, among: Set<number> | undefined, edges: EdgeRows): void {
  const { firstEdge, edgeTo, size, edgeCount } = releases;
  const [first, to] = [firstEdge.values, edgeTo.values];
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    const end = id < size ? (first[id] ?? 0) : edgeCount;
    for (let edge = first[id - 1] ?? 0; edge < end; edge++) {
      if (!among || among.has(to[edge] ?? 0)) addRow(edges, edge);
    }
  }
}

function addNamings(releases: Releases, ids: Uint32Array, among: Set<number> | undefined, edges: EdgeRows): void {
  const [from, previous] = [releases.edgeFrom.values, releases.previousNaming.values];
  for (let i = 0; i < ids.length; i++) {
    let link = releases.lastNaming.get((ids[i] ?? 0) - 1);
    for (; link !== NO_LINK; link = previous[link - 1] ?? NO_LINK) {
      if (!among || among.has(from[link - 1] ?? 0)) addRow(edges, link - 1);
    }
  }
}

function addRow(edges: EdgeRows, row: number): void {
  if (edges.count === edges.rows.length) {
    const grown = new Uint32Array(2 * edges.count);
    grown.set(edges.rows);
    edges.rows = grown;
  }
  edges.rows[edges.count++] = row;
}
