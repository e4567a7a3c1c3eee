import { expect } from "chai";
import { type Flow, type FlowNode, sankeyOf } from "./sankeyOf.ts";

const node = (id: string, name = id): FlowNode => ({ id, name, kind: "release" });
const flowOf = (bands: [from: string, to: string, amount: bigint][], names: Record<string, string> = {}): Flow => ({
  nodes: [...new Set(bands.flatMap(([from, to]) => [from, to]))].map((id) => node(id, names[id])),
  bands: bands.map(([from, to, amount]) => ({ from, to, amount })),
});
const byId = (flow: ReturnType<typeof sankeyOf>) => new Map(flow.nodes.map((each) => [each.id, each]));

describe("sankeyOf", () => {
  it("is empty without a flow", () => {
    const empty = { width: 500, nodes: [], bands: [], height: 0 };
    expect(sankeyOf({ nodes: [], bands: [] }, 500)).to.deep.equal(empty);
    expect(sankeyOf(flowOf([["a", "b", 0n]]), 500)).to.deep.equal(empty);
  });

  it("leaves out bands of 0 and the nodes without other bands", () => {
    const drawn = sankeyOf(flowOf([["a", "b", 1n], ["a", "c", 0n]]), 500); // prettier-ignore
    expect(drawn.nodes.map(({ id }) => id)).to.deep.equal(["a", "b"]);
    expect(drawn.bands.map(({ to }) => to)).to.deep.equal(["b"]);
  });

  it("draws from left to right, and ends at the right", () => {
    const drawn = sankeyOf(flowOf([["a", "b", 10n], ["b", "c", 4n], ["b", "d", 6n], ["a", "d", 1n]]), 900); // prettier-ignore
    const nodes = byId(drawn);
    for (const { from, to } of drawn.bands) {
      expect(nodes.get(from)!.right, `${from} ${to}`).to.be.lessThan(nodes.get(to)!.left);
    }
    expect(nodes.get("c")!.left).to.equal(nodes.get("d")!.left);
    expect(nodes.get("c")!.right).to.be.lessThan(drawn.width);
  });

  it("gives a node the larger of its incoming and outgoing sums, exactly", () => {
    const whole = 2n ** 200n + 1n;
    const nodes = byId(sankeyOf(flowOf([["a", "b", whole], ["b", "c", 2n ** 200n]]), 500)); // prettier-ignore
    expect([...nodes.values()].map(({ id, amount }) => [id, amount])).to.deep.equal([
      ["a", whole],
      ["b", whole],
      ["c", 2n ** 200n],
    ]);
  });

  it("draws a band of one unit beside a huge one visibly", () => {
    const drawn = sankeyOf(flowOf([["a", "b", 10n ** 30n], ["a", "c", 1n]]), 500); // prettier-ignore
    expect(drawn.bands.map(({ amount }) => amount)).to.deep.equal([10n ** 30n, 1n]);
    expect(drawn.bands[1]?.thickness).to.equal(1);
    expect(drawn.bands[0]?.thickness).to.be.greaterThan(100);
    for (const { left, right, top, bottom } of drawn.nodes) {
      expect([left, right, top, bottom].every(Number.isFinite)).to.equal(true);
    }
  });

  it("draws a diamond's four nodes in three columns", () => {
    const drawn = sankeyOf(flowOf([["a", "b", 2n], ["a", "c", 2n], ["b", "d", 2n], ["c", "d", 2n]]), 600); // prettier-ignore
    expect(new Set(drawn.nodes.map(({ left }) => left)).size).to.equal(3);
  });

  it("is as wide as its columns need and as high as its longest column", () => {
    const chain = Array.from({ length: 30 }, (_, i): [string, string, bigint] => [`n${i}`, `n${i + 1}`, 1n]);
    expect(sankeyOf(flowOf(chain), 500).width).to.be.at.least(30 * 112);
    expect(sankeyOf(flowOf(chain.slice(0, 2)), 500).width).to.equal(500);
    const fan = Array.from({ length: 100 }, (_, i): [string, string, bigint] => ["a", `n${i}`, 1n]);
    const { height, nodes } = sankeyOf(flowOf(fan), 500);
    expect(height).to.be.greaterThan(100 * 22);
    const column = nodes.slice(1).toSorted((a, b) => a.top - b.top);
    for (const [i, { top }] of column.slice(1).entries()) expect(top).to.be.at.least(column[i]!.bottom);
  });

  it("cuts names between characters before the next column, and shows the names in the last column in full", () => {
    const names = { a: "😀".repeat(60), b: "x".repeat(60), c: "short" };
    const nodes = byId(sankeyOf(flowOf([["a", "b", 1n], ["c", "b", 1n]], names), 500)); // prettier-ignore
    expect(nodes.get("a")!.label).to.match(/^(?:😀){5,59}…$/u);
    expect(nodes.get("a")!.name).to.equal(names.a);
    expect(nodes.get("b")!.label).to.equal(names.b);
    expect(nodes.get("c")!.label).to.equal("short");
  });
});
