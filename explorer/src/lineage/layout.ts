import type { Neighbourhood } from "./neighbourhood.ts";

/** Position of the centre of a release. */
export interface NodePosition {
  id: number;
  x: number;
  y: number;
  /** Column, from 0 at the left. */
  rank: number;
}

export interface Layout {
  positions: ReadonlyMap<number, NodePosition>;
  /** Releases by rank, each from top to bottom. */
  ranks: readonly (readonly number[])[];
}

const COLUMN = 250;
const ROW = 46;
const SWEEPS = 6;

/**
 * Places releases in ranks so that money always flows from left to right: descendants of a release are on its left, its
 * ancestors are on its right. Every edge leads to a lower id, so one sweep in the order of ids is enough.
 */
export function layOut({ nodes, edges }: Pick<Neighbourhood, "nodes" | "edges">): Layout {
  const ids = [...nodes.keys()].sort((a, b) => b - a);
  const out = new Map<number, number[]>();
  const into = new Map<number, number[]>();
  for (const { from, to } of edges.values()) {
    add(out, from, to);
    add(into, to, from);
  }

  const rankOf = new Map<number, number>();
  for (const id of ids) {
    const before = into.get(id) ?? [];
    rankOf.set(id, before.length === 0 ? 0 : Math.max(...before.map((each) => rankOf.get(each) ?? 0)) + 1);
  }
  // A release without descendants is directly before the releases that it was built from, not at the far left.
  for (const id of ids.toReversed()) {
    const after = out.get(id) ?? [];
    if (into.has(id) || after.length === 0) continue;
    rankOf.set(id, Math.min(...after.map((each) => rankOf.get(each) ?? 0)) - 1);
  }

  const ranks: number[][] = [];
  for (const id of ids) (ranks[rankOf.get(id) ?? 0] ??= []).push(id);
  for (let i = 0; i < ranks.length; i++) ranks[i] ??= [];
  reduceCrossings(ranks, out, into);

  const positions = new Map<number, NodePosition>();
  ranks.forEach((column, rank) => {
    column.forEach((id, i) => {
      positions.set(id, { id, rank, x: rank * COLUMN, y: (i - (column.length - 1) / 2) * ROW });
    });
  });
  return { positions, ranks };
}

/** Moves each release near the middle of its neighbours, sweep by sweep, so that few edges cross. */
function reduceCrossings(ranks: number[][], out: Map<number, number[]>, into: Map<number, number[]>): void {
  const place = new Map<number, number>();
  const note = (column: readonly number[]) => column.forEach((id, i) => place.set(id, i - (column.length - 1) / 2));
  ranks.forEach(note);
  const mean = (id: number, neighbours: readonly number[] | undefined) => {
    if (!neighbours || neighbours.length === 0) return place.get(id) ?? 0;
    return neighbours.reduce((sum, each) => sum + (place.get(each) ?? 0), 0) / neighbours.length;
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const toRight = sweep % 2 === 0;
    for (const column of toRight ? ranks : ranks.toReversed()) {
      const targets = new Map(column.map((id) => [id, mean(id, (toRight ? into : out).get(id))]));
      column.sort((a, b) => (targets.get(a) ?? 0) - (targets.get(b) ?? 0));
      note(column);
    }
  }
}

function add(to: Map<number, number[]>, key: number, value: number): void {
  const values = to.get(key);
  if (values) values.push(value);
  else to.set(key, [value]);
}
