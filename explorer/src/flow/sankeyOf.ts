import { sankey, sankeyJustify, sankeyLinkHorizontal } from "d3-sankey";
import { plainText } from "../format/plainText.ts";

/** A box in a column of the picture. */
export interface FlowNode {
  id: string;
  name: string;
  kind: "payer" | "release" | "asset" | "shareholder" | "commons" | "organization" | "rest";
  /** Path of the page that it links to. */
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
  /** The name, cut to fit before the next column. */
  label: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  amount: bigint;
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
/** Minimum width of a column. */
const COLUMN = 112;
/** Average width of a letter. */
const LETTER = 8.5;
const LONGEST_LABEL = 220;

/** Lays out bands from left to right. Lengths are in pixels and approximate; amounts stay exact. */
export function sankeyOf({ nodes, bands }: Flow, room: number): DrawnFlow {
  const links = bands.filter(({ amount }) => amount > 0n);
  const ends = new Set(links.flatMap(({ from, to }) => [from, to]));
  const boxes = nodes.filter(({ id }) => ends.has(id));
  if (boxes.length === 0) return { width: room, nodes: [], bands: [], height: 0 };
  const { columns, most } = sizeOf(boxes, links);
  const height = Math.max(220, most * LINE * 1.6);
  const sources = new Set(links.map(({ from }) => from));
  const longest = Math.max(...boxes.map(({ id, name }) => (sources.has(id) ? 0 : name.length)));
  const labelWidth = Math.min(LONGEST_LABEL, 36 + LETTER * longest);
  const width = Math.max(room, (columns - 1) * COLUMN + labelWidth);
  const mostLetters = Math.floor(((width - labelWidth) / Math.max(1, columns - 1) - NODE_WIDTH - 10) / LETTER);
  const graph = sankey<FlowNode, FlowBand & { value: number }>()
    .nodeId(({ id }) => id)
    .nodeAlign(sankeyJustify)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(NODE_GAP)
    .extent([
      [1, 8],
      [width - labelWidth, height - 8],
    ])({
    nodes: boxes.map((node) => ({ ...node })),
    links: links.map((band) => ({ ...band, source: band.from, target: band.to, value: Number(band.amount) })),
  });
  const pathOf = sankeyLinkHorizontal();
  const sum = (all: readonly FlowBand[]) => all.reduce((total, { amount }) => total + amount, 0n);
  return {
    width,
    height,
    nodes: graph.nodes.map((node) => {
      const [into, out] = [sum(node.targetLinks ?? []), sum(node.sourceLinks ?? [])];
      const { id, name, kind, x0 = 0, x1 = 0, y0 = 0, y1 = 0 } = node;
      const place = { left: x0, right: x1, top: y0, bottom: y1 };
      const label = out === 0n ? name : plainText(name, mostLetters);
      const amount = into > out ? into : out;
      return { id, name, label, kind, ...(node.to && { to: node.to }), ...place, amount };
    }),
    bands: graph.links.map((link) => ({
      from: link.from,
      to: link.to,
      amount: link.amount,
      path: pathOf(link) ?? "",
      thickness: Math.max(1, link.width ?? 1),
    })),
  };
}

/** Counts the columns, and the nodes of the longest column. */
function sizeOf(nodes: readonly FlowNode[], bands: readonly FlowBand[]): { columns: number; most: number } {
  const into = Map.groupBy(bands, ({ to }) => to);
  const out = new Set(bands.map(({ from }) => from));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const memo = depths.get(id);
    if (memo !== undefined) return memo;
    depths.set(id, 0);
    const depth = Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => depthOf(from))) + 1;
    depths.set(id, depth);
    return depth;
  };
  const columns = new Map<number, number>();
  for (const { id } of nodes) {
    // Nodes without outgoing bands are in the last column.
    const column = out.has(id) ? depthOf(id) : Infinity;
    columns.set(column, (columns.get(column) ?? 0) + 1);
  }
  return { columns: columns.size, most: Math.max(...columns.values()) };
}
