import { mergeParts, type Neighbourhood } from "../../explorer/src/lineage/neighbourhood.ts";
import { usd } from "./usd.ts";

/** Returns a release of an asset with the same id, in the form of a lineage. */
export const lineageNode = (release: number) => ({
  release,
  asset: release,
  assetName: null,
  kind: "model" as const,
  received: null,
});

/** Returns the neighbourhood of edges, each from a release to one of its contributions. Default of `passed`: 0. */
export function lineageGraph(edges: readonly (readonly [from: number, to: number, passed?: bigint])[]): Neighbourhood {
  const ids = [...new Set(edges.flatMap(([from, to]) => [from, to]))];
  const answer = {
    nodes: ids.map(lineageNode),
    edges: edges.map(([from, to, passed = 0n]) => ({ from, to, weightPpm: 1_000, passed: usd(passed) })),
    truncated: false,
  };
  return mergeParts([{ direction: "up", answer, complete: ids }]);
}
