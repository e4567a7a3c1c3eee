import type { Schemas } from "../api/client.ts";

interface Limits {
  depth: number;
  /** Maximum number of releases in the answer. */
  most: number;
}

/**
 * Returns the releases of an answer whose neighbours are all in the answer. Answers are breadth first, so only the last
 * ring may be cut: by the depth, by the number of releases, or by the number of contributions.
 */
export function completeReleases({ depth, most }: Limits, { nodes, truncated }: Schemas["Lineage"]): number[] {
  const last = nodes.at(-1)?.depth ?? 0;
  const firstCut = !truncated ? Infinity : nodes.length < most ? Math.min(last, depth) : last - 1;
  return nodes.filter((node) => node.depth < firstCut).map((node) => node.release);
}
