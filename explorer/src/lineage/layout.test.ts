import { expect } from "chai";
import { lineageGraph, lineageNode } from "../../../test/support/lineageGraph.ts";
import { layOut } from "./layout.ts";
import { mergeParts } from "./neighbourhood.ts";

const ranksOf = (...edges: Parameters<typeof lineageGraph>[0]) =>
  layOut(lineageGraph(edges)).ranks.map((rank) => rank.toSorted((a, b) => a - b));

describe("layOut", () => {
  it("is empty for an empty lineage", () => {
    const { positions, ranks } = layOut(mergeParts([]));
    expect([positions.size, ranks]).to.deep.equal([0, []]);
  });

  it("puts a release without neighbours at the origin", () => {
    const answer = { nodes: [lineageNode(7)], edges: [], truncated: false };
    const { positions } = layOut(mergeParts([{ direction: "up", answer, complete: [] }]));
    expect([...positions.values()]).to.deep.equal([{ id: 7, x: 0, y: 0, rank: 0 }]);
  });

  it("puts a chain in a line from the newest to the oldest", () => {
    const { positions } = layOut(lineageGraph([[9, 5], [5, 2]])); // prettier-ignore
    expect([9, 5, 2].map((id) => positions.get(id))).to.deep.equal([
      { id: 9, x: 0, y: 0, rank: 0 },
      { id: 5, x: 250, y: 0, rank: 1 },
      { id: 2, x: 500, y: 0, rank: 2 },
    ]);
  });

  it("puts a diamond in three ranks, with its sides one above the other around the middle", () => {
    const { positions, ranks } = layOut(lineageGraph([[4, 3], [4, 2], [3, 1], [2, 1]])); // prettier-ignore
    expect(ranks.map(({ length }) => length)).to.deep.equal([1, 2, 1]);
    expect(ranks[1]?.map((id) => positions.get(id)?.y)).to.deep.equal([-23, 23]);
    expect([4, 1].map((id) => positions.get(id)?.y)).to.deep.equal([0, 0]);
  });

  it("ranks a release by the longest path to it", () => {
    expect(ranksOf([4, 3], [3, 2], [2, 1], [4, 1], [4, 2])).to.deep.equal([[4], [3], [2], [1]]);
    expect(ranksOf([5, 4], [5, 3], [4, 2], [3, 2], [2, 1], [5, 1])).to.deep.equal([[5], [3, 4], [2], [1]]);
  });

  it("puts a release without descendants directly before the releases that it was built from", () => {
    expect(ranksOf([9, 8], [8, 7], [7, 1], [5, 1])).to.deep.equal([[9], [8], [5, 7], [1]]);
  });

  it("orders ranks so that edges of separate chains do not cross", () => {
    const { ranks } = layOut(lineageGraph([[12, 10], [11, 9], [10, 7], [9, 8]])); // prettier-ignore
    const chains = [
      [12, 10, 7],
      [11, 9, 8],
    ];
    const rows = chains.map((chain) => chain.map((id, rank) => ranks[rank]?.indexOf(id)));
    expect(rows.map((row) => new Set(row).size)).to.deep.equal([1, 1]);
  });

  it("lays out a chain of 5,000 releases and a fan of 5,000 releases", () => {
    const numbers = Array.from({ length: 5_000 }, (_, i) => i + 1);
    expect(layOut(lineageGraph(numbers.map((id) => [id + 1, id]))).ranks.length).to.equal(5_001);
    expect(layOut(lineageGraph(numbers.map((id) => [id + 1, 1]))).ranks.map(({ length }) => length)).to.deep.equal([
      5_000, 1,
    ]);
  });
});
