import type { KindName } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";
import type { Box } from "./camera.ts";
import type { Layout } from "./layout.ts";
import type { LineageEdge, Neighbourhood } from "./neighbourhood.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";

/** Half of the size of a node. */
export const RADIUS = 7;
/** Maximum number of characters of a name. */
const MOST_LETTERS = 24;
const THICKEST = 16;
const THINNEST = 1;

/** The shapes of a drawing, which many frames share. */
export interface Scene {
  nodes: readonly { id: number; kind: KindName; x: number; y: number; name: string }[];
  /** Edges grouped by their thickness, the thinnest first. */
  strokes: readonly { width: number; path: Path2D }[];
  shapes: ReadonlyMap<KindName, Path2D>;
  box: Box;
  pathOf: (edge: LineageEdge) => Path2D | undefined;
  widthOf: (edge: LineageEdge) => number;
}

/**
 * Returns a function that computes an edge's width from the square root of the money along it, relative to the edge with the
 * most money. If no edge has any money, it uses the weight instead.
 */
function edgeWidths(edges: Iterable<LineageEdge>): (edge: LineageEdge) => number {
  const all = [...edges];
  const moneyOf = (edge: LineageEdge) => Number(edge.passed?.amount ?? 0);
  const most = all.reduce((largest, edge) => Math.max(largest, moneyOf(edge)), 0);
  const size =
    most > 0 ? (edge: LineageEdge) => moneyOf(edge) / most : (edge: LineageEdge) => edge.weightPpm / WHOLE_PPM;
  return (edge) => Math.max(THINNEST, Math.round(THICKEST * Math.sqrt(size(edge))));
}

/** Makes the shapes of a neighbourhood's nodes and edges. */
export function makeScene({ nodes, edges }: Neighbourhood, { positions }: Layout): Scene {
  const widthOf = edgeWidths(edges.values());
  const byWidth = new Map<number, Path2D>();
  for (const edge of edges.values()) {
    const width = widthOf(edge);
    const path = byWidth.get(width) ?? new Path2D();
    byWidth.set(width, path);
    trace(path, edge);
  }
  const shapes = new Map<KindName, Path2D>();
  const sceneNodes = [...nodes.values()].flatMap(({ release: id, assetName, asset, kind }) => {
    const at = positions.get(id);
    if (!at) return [];
    const path = shapes.get(kind) ?? new Path2D();
    shapes.set(kind, path);
    addShape(path, kind, at.x, at.y, RADIUS);
    return [
      { id, kind, x: at.x, y: at.y, name: `${plainText(assetName ?? "", MOST_LETTERS) || `asset ${asset}`} #${id}` },
    ];
  });
  const [xs, ys] = [sceneNodes.map(({ x }) => x), sceneNodes.map(({ y }) => y)];
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), 0);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 0);

  return {
    nodes: sceneNodes,
    strokes: [...byWidth].map(([width, path]) => ({ width, path })).sort((a, b) => a.width - b.width),
    shapes,
    box: { left: least(xs), right: most(xs), top: least(ys), bottom: most(ys) },
    widthOf,
    pathOf(edge) {
      const path = new Path2D();
      return trace(path, edge) ? path : undefined;
    },
  };

  function trace(path: Path2D, { from, to }: LineageEdge): boolean {
    const [a, b] = [positions.get(from), positions.get(to)];
    if (!a || !b) return false;
    const bend = Math.max(40, (b.x - a.x) / 2);
    path.moveTo(a.x + RADIUS, a.y);
    path.bezierCurveTo(a.x + bend, a.y, b.x - bend, b.y, b.x - RADIUS, b.y);
    return true;
  }
}

/** Adds a kind's shape to a path: a square for a dataset, a circle for a model, a diamond for an agent. */
export function addShape(path: Path2D, kind: KindName, x: number, y: number, radius: number): void {
  if (kind === "dataset") path.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  if (kind === "model") {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  }
  if (kind === "agent") {
    const reach = radius * 1.2;
    path.moveTo(x, y - reach);
    path.lineTo(x + reach, y);
    path.lineTo(x, y + reach);
    path.lineTo(x - reach, y);
    path.closePath();
  }
}
