import type { Schemas } from "../api/client.ts";

export type Direction = Schemas["Direction"];
export type LineageNode = Omit<Schemas["LineageNode"], "depth">;
export type LineageEdge = Schemas["LineageEdge"];
type Answered = Pick<Schemas["Lineage"], "edges" | "truncated"> & { nodes: readonly LineageNode[] };

/** The part of the graph that is looked at. It only grows. */
export interface Neighbourhood {
  nodes: ReadonlyMap<number, LineageNode>;
  /** By `<from>-<to>`. */
  edges: ReadonlyMap<string, LineageEdge>;
  /** What a release was built from, by its id; the other way round below. */
  up: ReadonlyMap<number, readonly LineageEdge[]>;
  down: ReadonlyMap<number, readonly LineageEdge[]>;
  /** From where all that is next in a direction is there, as `<direction>-<release>`. */
  complete: ReadonlySet<string>;
}

interface Part {
  direction: Direction;
  answer: Answered;
  /** The releases of which all that is next was answered. */
  complete: readonly number[];
}

/** Puts parts of the graph together. Where they tell of the same, the later one holds. */
export function together(parts: readonly Part[]): Neighbourhood {
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

/** The edges that lead from a release in a direction, those over which most went first. */
export function next(of: Neighbourhood, id: number, direction: Direction): LineageEdge[] {
  const size = (edge: LineageEdge) => BigInt(edge.passed?.amount ?? "0");
  return (of[direction].get(id) ?? []).toSorted((a, b) => {
    const [more, less] = [size(b), size(a)];
    return more === less ? b.weightPpm - a.weightPpm : more > less ? 1 : -1;
  });
}

export const otherEnd = (edge: LineageEdge, direction: Direction): number => (direction === "up" ? edge.to : edge.from);
