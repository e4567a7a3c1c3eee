import { type Camera, READABLE_SCALE } from "./camera.ts";
import { RADIUS, type Scene } from "./scene.ts";

/** Maximum distance at which a pointer hits a node, in pixels. */
const REACH_PX = 14;
/** Width of a name in pixels. A pointer on the name also hits the node. */
const NAME_PX = 150;

/** Returns the node at a point of the screen: the nearest node whose shape or name is in reach. NaN hits no node. */
export function nodeAt(nodes: Scene["nodes"], camera: Camera, x: number, y: number): number | undefined {
  const [worldX, worldY] = [(x - camera.x) / camera.scale, (y - camera.y) / camera.scale];
  const reach = Math.max(RADIUS, REACH_PX / camera.scale);
  const reachRight = camera.scale >= READABLE_SCALE ? NAME_PX : reach;
  let nearest: number | undefined;
  let least = reach;
  for (const node of nodes) {
    const [right, down] = [worldX - node.x, Math.abs(worldY - node.y)];
    const isHit = right >= -reach && right <= reachRight && down < least;
    if (!isHit) continue;
    least = down;
    nearest = node.id;
  }
  return nearest;
}
