import { expect } from "chai";
import { lineageNode } from "../../../test/support/lineageGraph.ts";
import { usd } from "../../../test/support/usd.ts";
import { mergeParts, neighbourEdges, otherEnd } from "./neighbourhood.ts";

const edgeOf = (from: number, to: number, weightPpm = 1, passed: bigint | null = null) => ({
  from,
  to,
  weightPpm,
  passed: passed === null ? null : usd(passed),
});
const partOf = (
  direction: "up" | "down",
  ids: number[],
  edges: ReturnType<typeof edgeOf>[],
  complete: number[] = [],
) => ({ direction, answer: { nodes: ids.map(lineageNode), edges, truncated: false }, complete });

describe("mergeParts", () => {
  it("is empty without parts", () => {
    const { nodes, edges, up, down, complete } = mergeParts([]);
    expect([nodes, edges, up, down, complete].map(({ size }) => size)).to.deep.equal([0, 0, 0, 0, 0]);
  });

  it("has every release and edge once, and finds an edge from both of its ends", () => {
    const merged = mergeParts([
      partOf("up", [4, 3, 2], [edgeOf(4, 3), edgeOf(4, 2)], [4]),
      partOf("up", [3, 2, 1], [edgeOf(3, 1), edgeOf(2, 1)], [3, 2]),
      partOf("down", [1, 2, 3], [edgeOf(3, 1), edgeOf(2, 1)], [1]),
    ]);
    expect([...merged.nodes.keys()].sort()).to.deep.equal([1, 2, 3, 4]);
    expect([...merged.edges.keys()].sort()).to.deep.equal(["2-1", "3-1", "4-2", "4-3"]);
    expect(merged.up.get(4)?.map(({ to }) => to)).to.deep.equal([3, 2]);
    expect(merged.down.get(1)?.map(({ from }) => from)).to.deep.equal([3, 2]);
    expect([...merged.complete]).to.deep.equal(["up-4", "up-3", "up-2", "down-1"]);
  });

  it("replaces an edge by the same edge of a later part", () => {
    const merged = mergeParts([
      partOf("up", [2, 1], [edgeOf(2, 1, 1, 5n)]),
      partOf("up", [2, 1], [edgeOf(2, 1, 1, 6n)]),
    ]);
    expect(neighbourEdges(merged, 2, "up").map(({ passed }) => passed?.amount)).to.deep.equal(["6"]);
  });

  it("leaves out an edge until both of its ends are present", () => {
    const cut = partOf("up", [3, 2], [edgeOf(3, 2), edgeOf(2, 1)]);
    expect([...mergeParts([cut]).edges.keys()]).to.deep.equal(["3-2"]);
    expect([...mergeParts([cut, partOf("up", [1], [])]).edges.keys()]).to.deep.equal(["3-2", "2-1"]);
  });
});

describe("neighbourEdges", () => {
  it("sorts by money, then by weight; an edge without an amount counts as 0", () => {
    const edges = [
      edgeOf(9, 1, 5, null),
      edgeOf(9, 2, 6, 0n),
      edgeOf(9, 3, 1, 2n ** 90n),
      edgeOf(9, 4, 1, 2n ** 90n - 1n),
    ];
    const graph = mergeParts([partOf("up", [9, 1, 2, 3, 4], edges)]);
    expect(neighbourEdges(graph, 9, "up").map(({ to }) => to)).to.deep.equal([3, 4, 2, 1]);
    expect(
      graph.up.get(9)?.map(({ to }) => to),
      "the graph itself does not change",
    ).to.deep.equal([1, 2, 3, 4]);
  });

  it("is empty at the ends of the graph and for a release outside it", () => {
    const graph = mergeParts([partOf("up", [2, 1], [edgeOf(2, 1)])]);
    expect(neighbourEdges(graph, 1, "up")).to.deep.equal([]);
    expect(neighbourEdges(graph, 2, "down")).to.deep.equal([]);
    expect(neighbourEdges(graph, 3, "up")).to.deep.equal([]);
  });
});

describe("otherEnd", () => {
  it("is the release to which an edge leads in a direction", () => {
    expect(otherEnd(edgeOf(2, 1), "up")).to.equal(1);
    expect(otherEnd(edgeOf(2, 1), "down")).to.equal(2);
  });
});
