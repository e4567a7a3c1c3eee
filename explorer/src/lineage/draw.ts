import type { KindName } from "../api/client.ts";
import type { Camera } from "./camera.ts";
import type { LineageEdge } from "./neighbourhood.ts";
import { addShape, RADIUS, type Scene } from "./scene.ts";

export interface Colours {
  paper: string;
  ink: string;
  edge: string;
  accent: string;
  kinds: Record<KindName, string>;
  font: string;
}

/** Releases and edges that stand out. */
export interface Marks {
  /** The release whose lineage is shown. */
  focusId: number;
  selectedId: number | undefined;
  hoveredId: number | undefined;
  /** Releases that match the search. */
  matches: ReadonlySet<number>;
  edges: readonly LineageEdge[];
}

/** Minimum scale with names. Below it, names would overlap. */
const MIN_NAME_SCALE = 0.5;
const NAME_PX = 13;

/** Draws a scene on a canvas. `ratio` is the number of canvas pixels for each pixel of the page. */
export function draw(
  context: CanvasRenderingContext2D,
  ratio: number,
  scene: Scene,
  camera: Camera,
  colours: Colours,
  marks: Marks,
): void {
  const { canvas } = context;
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  const { scale } = camera;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * camera.x, ratio * camera.y);

  context.strokeStyle = colours.edge;
  context.globalAlpha = marks.edges.length > 0 ? 0.3 : 0.5;
  for (const { width: thickness, path } of scene.strokes) {
    context.lineWidth = Math.max(thickness, 0.5 / scale);
    context.stroke(path);
  }
  context.strokeStyle = colours.accent;
  context.globalAlpha = 0.75;
  for (const edge of marks.edges) {
    const path = scene.pathOf(edge);
    context.lineWidth = Math.max(scene.widthOf(edge), 1.5 / scale);
    if (path) context.stroke(path);
  }
  context.globalAlpha = 1;
  for (const [kind, path] of scene.shapes) {
    context.fillStyle = colours.kinds[kind];
    context.fill(path);
  }

  context.font = `${NAME_PX}px ${colours.font}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  for (const node of scene.nodes) {
    const [x, y] = [node.x * scale + camera.x, node.y * scale + camera.y];
    if (x < -260 || x > width + 20 || y < -20 || y > height + 20) continue;
    const isMarked = node.id === marks.focusId || node.id === marks.selectedId || node.id === marks.hoveredId;
    const isMatch = marks.matches.has(node.id);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (isMarked || isMatch) ring(context, node.kind, x, y, Math.max(RADIUS * scale, 3) + 4, !isMarked, colours);
    if (!isMarked && !isMatch && scale < MIN_NAME_SCALE) continue;
    const weight = node.id === marks.focusId ? "600 " : "";
    context.font = `${weight}${NAME_PX}px ${colours.font}`;
    context.strokeStyle = colours.paper;
    context.lineWidth = 4;
    // Names are above the edges.
    const [left, above] = [x - RADIUS * scale, y - RADIUS * scale - 11];
    context.strokeText(node.name, left, above);
    context.fillStyle = colours.ink;
    context.fillText(node.name, left, above);
  }
}

function ring(
  context: CanvasRenderingContext2D,
  kind: KindName,
  x: number,
  y: number,
  radius: number,
  isDashed: boolean,
  { accent }: Colours,
): void {
  const path = new Path2D();
  addShape(path, kind, x, y, radius);
  context.strokeStyle = accent;
  context.lineWidth = 2;
  context.setLineDash(isDashed ? [3, 3] : []);
  context.stroke(path);
  context.setLineDash([]);
}

/** Reads the page's colours in its current theme. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`);
  return {
    paper: value("paper"),
    ink: value("ink"),
    edge: value("edge"),
    accent: value("accent"),
    kinds: { dataset: value("dataset"), model: value("model"), agent: value("agent") },
    font: style.fontFamily,
  };
}
