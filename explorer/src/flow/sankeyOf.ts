import { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";

/** What stands in a column of the picture. */
export interface FlowNode {
  id: string;
  name: string;
  kind: "payer" | "release" | "asset" | "person" | "commons" | "organization" | "rest";
  /** Where it leads. */
  to?: string;
}

export interface FlowBand {
  from: string;
  to: string;
  /** Base units. */
  amount: bigint;
}

export interface Flow {
  nodes: readonly FlowNode[];
  bands: readonly FlowBand[];
}

export interface DrawnNode extends FlowNode {
  /** As much of the name as fits. */
  label: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  amount: bigint;
  /** Nothing leaves it. */
  last: boolean;
}

export interface DrawnBand extends FlowBand {
  path: string;
  thickness: number;
}

export interface DrawnFlow {
  width: number;
  nodes: readonly DrawnNode[];
  bands: readonly DrawnBand[];
  height: number;
}

const NODE_WIDTH = 12;
const NODE_GAP = 16;
const LINE = 22;
/** A column is no narrower. */
const COLUMN = 112;
const LETTER = 8.5;
const LONGEST_LABEL = 220;

/** Lays bands out from left to right. Lengths are of a screen; amounts stay exact beside them. */
export function sankeyOf({ nodes, bands }: Flow, room: number): DrawnFlow {
  const some = bands.filter(({ amount }) => amount > 0n);
  const used = new Set(some.flatMap(({ from, to }) => [from, to]));
  const shown = nodes.filter(({ id }) => used.has(id));
  if (shown.length === 0) return { width: room, nodes: [], bands: [], height: 0 };
  const { columns, most } = sizeOf(shown, some);
  const height = Math.max(220, most * LINE * 1.6);
  const leading = new Set(some.map(({ from }) => from));
  const longest = Math.max(...shown.map(({ id, name }) => (leading.has(id) ? 0 : name.length)));
  const labelWidth = Math.min(LONGEST_LABEL, 36 + LETTER * longest);
  const width = Math.max(room, (columns - 1) * COLUMN + labelWidth);
  const fitting = Math.floor(((width - labelWidth) / Math.max(1, columns - 1) - NODE_WIDTH - 10) / LETTER);
  const { nodes: placed, links } = sankey<FlowNode, FlowBand & { value: number }>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_GAP)
    .extent([
      [1, 8],
      [width - labelWidth, height - 8],
    ])({
    nodes: shown.map((node) => ({ ...node })),
    links: some.map((band) => ({ ...band, source: band.from, target: band.to, value: Number(band.amount) })),
  });
  const pathOf = sankeyLinkHorizontal();
  const sum = (all: readonly FlowBand[]) => all.reduce((total, { amount }) => total + amount, 0n);
  return {
    width,
    height,
    nodes: placed.map((node) => {
      const [into, out] = [sum(node.targetLinks ?? []), sum(node.sourceLinks ?? [])];
      const { id, name, kind, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
      const place = { left: x0, right: x1, top: y0, bottom: y1 };
      const last = out === 0n;
      const label = last || name.length <= fitting ? name : `${name.slice(0, fitting - 1)}…`;
      const amount = into > out ? into : out;
      return { id, name, label, kind, ...(node.to && { to: node.to }), ...place, amount, last };
    }),
    bands: links.map((link) => ({
      from: link.from,
      to: link.to,
      amount: link.amount,
      path: pathOf(link) ?? "",
      thickness: Math.max(1, link.width ?? 1),
    })),
  };
}

/** How many columns there are, and how many stand below each other in one at most. */
function sizeOf(nodes: readonly FlowNode[], bands: readonly FlowBand[]): { columns: number; most: number } {
  const into = Map.groupBy(bands, ({ to }) => to);
  const out = new Set(bands.map(({ from }) => from));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    depths.set(id, 0);
    const depth = Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => depthOf(from))) + 1;
    depths.set(id, depth);
    return depth;
  };
  const columns = new Map<number, number>();
  for (const { id } of nodes) {
    // Those that nothing leaves stand in the last column, wherever they begin.
    const column = out.has(id) ? depthOf(id) : Infinity;
    columns.set(column, (columns.get(column) ?? 0) + 1);
  }
  return { columns: columns.size, most: Math.max(...columns.values()) };
}
