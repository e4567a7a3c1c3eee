import { mergeParts, type Neighbourhood } from "../../explorer/src/lineage/neighbourhood.ts";
import { usd } from "./usd.ts";

/** Returns a release of an asset with the same number, as a lineage has it. */
export const lineageNode = (release: number) => ({
  release,
  asset: release,
  assetName: null,
  kind: "model" as const,
  received: null,
});

/** Returns the neighbourhood of some edges, each from a release to one that it was built from. `passed` is 0 by default. */
export function lineageGraph(edges: readonly (readonly [from: number, to: number, passed?: bigint])[]): Neighbourhood {
  const ids = [...new Set(edges.flatMap(([from, to]) => [from, to]))];
  const answer = {
    nodes: ids.map(lineageNode),
    edges: edges.map(([from, to, passed = 0n]) => ({ from, to, weightPpm: 1_000, passed: usd(passed) })),
    truncated: false,
  };
  return mergeParts([{ direction: "up", answer, complete: ids }]);
}
