import { expect } from "chai";
import { lineageGraph, lineageNode } from "../../../test/support/lineageGraph.ts";
import { callsOf, installRecordedPaths } from "../../../test/support/recordedPath.ts";
import { usd } from "../../../test/support/usd.ts";
import { layOut } from "./layout.ts";
import { mergeParts } from "./neighbourhood.ts";
import { addShape, makeScene, RADIUS } from "./scene.ts";

/** Returns the widths of edges of one release, given the weight of each and the money along it. */
function widthsOf(...edges: [weightPpm: number, passed: bigint | null][]): number[] {
  const nodes = [...edges.keys(), edges.length].map((i) => lineageNode(i + 1));
  const answer = {
    nodes,
    edges: edges.map(([weightPpm, passed], i) => ({
      from: nodes.length,
      to: i + 1,
      weightPpm,
      passed: passed === null ? null : usd(passed),
    })),
    truncated: false,
  };
  const graph = mergeParts([{ direction: "up", answer, complete: [] }]);
  return [...graph.edges.values()].map(makeScene(graph, layOut(graph)).widthOf);
}

describe("makeScene", () => {
  let uninstall: () => void;
  before(() => {
    uninstall = installRecordedPaths();
  });
  after(() => uninstall());

  it("is empty for an empty lineage", () => {
    const graph = mergeParts([]);
    const { nodes, strokes, shapes, box } = makeScene(graph, layOut(graph));
    expect([nodes, strokes, shapes.size]).to.deep.equal([[], [], 0]);
    expect(box).to.deep.equal({ left: 0, right: 0, top: 0, bottom: 0 });
  });

  it("has the releases of a diamond at their positions, and its edges by thickness, the thinnest first", () => {
    const graph = lineageGraph([[4, 3, 1n], [4, 2, 400n], [3, 1, 1n], [2, 1, 100n]]); // prettier-ignore
    const layout = layOut(graph);
    const { nodes, strokes, shapes, box } = makeScene(graph, layout);
    expect(nodes.map(({ id, x, y }) => ({ id, x, y }))).to.have.deep.members(
      [...layout.positions.values()].map(({ id, x, y }) => ({ id, x, y })),
    );
    expect(strokes.map(({ width, path }) => [width, callsOf(path).length / 2])).to.deep.equal([[1, 2], [8, 1], [16, 1]]); // prettier-ignore
    expect([...shapes.keys()]).to.deep.equal(["model"]);
    expect(box).to.deep.equal({ left: 0, right: 500, top: -23, bottom: 23 });
  });

  it("draws an edge from the right of one release to the left of the other", () => {
    const graph = lineageGraph([[2, 1]]);
    const { pathOf } = makeScene(graph, layOut(graph));
    const [edge] = graph.edges.values();
    expect(callsOf(pathOf(edge!))).to.deep.equal([
      ["moveTo", RADIUS, 0],
      ["bezierCurveTo", 125, 0, 125, 0, 250 - RADIUS, 0],
    ]);
    expect(pathOf({ ...edge!, to: 99 }), "a release outside the drawing").to.equal(undefined);
  });

  it("makes edges as wide as the square root of the money along them, down to one pixel", () => {
    expect(widthsOf([1, 400n], [900_000, 100n], [1, 1n], [1, 0n], [1, null])).to.deep.equal([16, 8, 1, 1, 1]);
    expect(widthsOf([1, 2n ** 250n], [1, 2n ** 248n], [1, 1n]), "huge amounts").to.deep.equal([16, 8, 1]);
  });

  it("makes edges as wide as the square root of their weight if no edge has money", () => {
    expect(widthsOf([1_000_000, 0n], [250_000, null], [1, 0n], [0, 0n])).to.deep.equal([16, 8, 1, 1]);
  });

  it("cuts the untrusted names of releases short", () => {
    const nodes = ["corpus", null, "", "\u202e<b>", "x".repeat(100)].map((assetName, i) => ({
      ...lineageNode(i + 1),
      assetName,
    }));
    const graph = mergeParts([{ direction: "up", answer: { nodes, edges: [], truncated: false }, complete: [] }]);
    expect(makeScene(graph, layOut(graph)).nodes.map(({ name }) => name)).to.have.members([
      "corpus #1",
      "asset 2 #2",
      "asset 3 #3",
      "<b> #4",
      `${"x".repeat(23)}… #5`,
    ]);
  });

  it("has a different shape for each kind, centred on the position", () => {
    const shapeOf = (kind: Parameters<typeof addShape>[1]) => {
      const path = new Path2D();
      addShape(path, kind, 100, 50, 10);
      return callsOf(path);
    };
    expect(shapeOf("dataset")).to.deep.equal([["rect", 91, 41, 18, 18]]);
    expect(shapeOf("model")).to.deep.equal([
      ["moveTo", 110, 50],
      ["arc", 100, 50, 10, 0, 2 * Math.PI],
    ]);
    expect(shapeOf("agent")).to.deep.equal([
      ["moveTo", 100, 38],
      ["lineTo", 112, 50],
      ["lineTo", 100, 62],
      ["lineTo", 88, 50],
      ["closePath"],
    ]);
  });
});
