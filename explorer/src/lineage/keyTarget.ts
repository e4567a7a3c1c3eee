import type { Layout } from "./layout.ts";
import { neighbourEdges, type Neighbourhood, otherEnd } from "./neighbourhood.ts";

interface KeyTargetParameters {
  key: string;
  selectedId: number;
  /** The release whose lineage is shown. */
  focusId: number;
  neighbourhood: Neighbourhood;
  layout: Layout;
}

/**
 * Returns the release to which a key leads from the selected one: left and right along the edge with the most money, up and
 * down within a rank, Home to the focus. Returns null if there is no such release, undefined for other keys.
 */
export function keyTarget(parameters: KeyTargetParameters): number | null | undefined {
  const { key, selectedId, focusId, neighbourhood, layout } = parameters;
  const position = layout.positions.get(selectedId);
  if (!position) return undefined;
  if (key === "Home") return focusId;
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const direction = key === "ArrowRight" ? "up" : "down";
    const [edge] = neighbourEdges(neighbourhood, selectedId, direction);
    return edge ? otherEnd(edge, direction) : null;
  }
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
  const column = layout.ranks[position.rank] ?? [];
  return column[column.indexOf(selectedId) + (key === "ArrowDown" ? 1 : -1)] ?? null;
}
