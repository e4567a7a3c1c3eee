import { expect } from "chai";
import { lineageNode } from "../../../test/support/lineageGraph.ts";
import { completeReleases } from "./completeReleases.ts";

/** Makes an answer with the releases 100, 99, … at the given depths, which ascend. */
const answerOf = (depths: number[], truncated: boolean) => ({
  nodes: depths.map((depth, i) => ({ ...lineageNode(100 - i), depth })),
  edges: [],
  truncated,
});

describe("completeReleases", () => {
  it("are all releases of a complete answer", () => {
    expect(completeReleases({ depth: 3, most: 10 }, answerOf([0, 1, 1, 2], false))).to.deep.equal([100, 99, 98, 97]);
    expect(completeReleases({ depth: 3, most: 10 }, answerOf([], false))).to.deep.equal([]);
  });

  it("are those above the last ring if the depth cuts it", () => {
    expect(completeReleases({ depth: 2, most: 10 }, answerOf([0, 1, 1, 2], true))).to.deep.equal([100, 99, 98]);
    expect(completeReleases({ depth: 1, most: 500 }, answerOf([0, 1], true))).to.deep.equal([100]);
  });

  it("are those above the last ring but one if the number of releases cuts it", () => {
    expect(completeReleases({ depth: 9, most: 4 }, answerOf([0, 1, 1, 2], true))).to.deep.equal([100]);
    expect(completeReleases({ depth: 9, most: 2 }, answerOf([0, 1], true))).to.deep.equal([]);
    expect(completeReleases({ depth: 9, most: 1 }, answerOf([0], true))).to.deep.equal([]);
  });
});
