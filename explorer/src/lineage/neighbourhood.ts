import type { Schemas } from "../api/client.ts";

export type Direction = Schemas["Direction"];
export type LineageNode = Omit<Schemas["LineageNode"], "depth">;
export type LineageEdge = Schemas["LineageEdge"];
type LineageAnswer = Pick<Schemas["Lineage"], "edges" | "truncated"> & { nodes: readonly LineageNode[] };

/** The part of the graph that the page shows. It only grows. */
export interface Neighbourhood {
  nodes: ReadonlyMap<number, LineageNode>;
  /** Edges by `<from>-<to>`. */
  edges: ReadonlyMap<string, LineageEdge>;
  /** Edges from each release to those that it was built from. */
  up: ReadonlyMap<number, readonly LineageEdge[]>;
  /** Edges to each release from those built on it. */
  down: ReadonlyMap<number, readonly LineageEdge[]>;
  /** Releases whose neighbours in a direction are all present, as `<direction>-<release>`. */
  complete: ReadonlySet<string>;
}

interface Part {
  direction: Direction;
  answer: LineageAnswer;
  /** Releases whose neighbours in this direction are all in the answer. */
  complete: readonly number[];
}

/** Merges parts of the graph. A later part replaces the nodes and edges of an earlier one. */
export function mergeParts(parts: readonly Part[]): Neighbourhood {
  const nodes = new Map<number, LineageNode>();
  const edges = new Map<string, LineageEdge>();
  const complete = new Set<string>();
  for (const { direction, answer, complete: ids } of parts) {
    for (const node of answer.nodes) nodes.set(node.release, node);
    for (const edge of answer.edges) edges.set(`${edge.from}-${edge.to}`, edge);
    for (const id of ids) complete.add(`${direction}-${id}`);
  }
  for (const [key, { from, to }] of edges) if (!nodes.has(from) || !nodes.has(to)) edges.delete(key);
  return {
    nodes,
    edges,
    up: Map.groupBy(edges.values(), ({ from }) => from),
    down: Map.groupBy(edges.values(), ({ to }) => to),
    complete,
  };
}

/** Returns a release's edges in a direction, the edge with the most money first. */
export function neighbourEdges(neighbourhood: Neighbourhood, id: number, direction: Direction): LineageEdge[] {
  const size = (edge: LineageEdge) => BigInt(edge.passed?.amount ?? "0");
  return (neighbourhood[direction].get(id) ?? []).toSorted((a, b) => {
    const [more, less] = [size(b), size(a)];
    return more === less ? b.weightPpm - a.weightPpm : more > less ? 1 : -1;
  });
}

export const otherEnd = (edge: LineageEdge, direction: Direction): number => (direction === "up" ? edge.to : edge.from);
