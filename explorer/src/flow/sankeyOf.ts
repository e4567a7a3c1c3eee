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
  nodes: readonly DrawnNode[];
  bands: readonly DrawnBand[];
  height: number;
}

const NODE_WIDTH = 12;
const NODE_GAP = 16;
const LINE = 22;

/** Lays bands out from left to right. Lengths are of a screen; amounts stay exact beside them. */
export function sankeyOf({ nodes, bands }: Flow, width: number, labelWidth: number): DrawnFlow {
  const some = bands.filter(({ amount }) => amount > 0n);
  const used = new Set(some.flatMap(({ from, to }) => [from, to]));
  const shown = nodes.filter(({ id }) => used.has(id));
  if (shown.length === 0) return { nodes: [], bands: [], height: 0 };
  const height = Math.max(220, mostInAColumn(shown, some) * LINE * 1.6);
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
    height,
    nodes: placed.map((node) => {
      const [into, out] = [sum(node.targetLinks ?? []), sum(node.sourceLinks ?? [])];
      const { id, name, kind, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
      const place = { left: x0, right: x1, top: y0, bottom: y1 };
      return {
        id,
        name,
        kind,
        ...(node.to && { to: node.to }),
        ...place,
        amount: into > out ? into : out,
        last: out === 0n,
      };
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

/** How many stand below each other, about: as many as are equally far from the beginning. */
function mostInAColumn(nodes: readonly FlowNode[], bands: readonly FlowBand[]): number {
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
  return Math.max(...columns.values());
}
