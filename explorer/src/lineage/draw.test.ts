import { expect } from "chai";
import { lineageGraph } from "../../../test/support/lineageGraph.ts";
import { installRecordedPaths } from "../../../test/support/recordedPath.ts";
import { type Camera, fit } from "./camera.ts";
import { draw, type Marks } from "./draw.ts";
import { layOut } from "./layout.ts";
import { makeScene } from "./scene.ts";

const COLOURS = {
  paper: "white",
  ink: "black",
  edge: "grey",
  accent: "teal",
  kinds: { dataset: "olive", model: "navy", agent: "purple" },
  font: "sans-serif",
};
const NO_MARKS: Marks = { focusId: 0, selectedId: undefined, hoveredId: undefined, matches: new Set(), edges: [] };
const [WIDTH, HEIGHT, RATIO] = [800, 500, 2];

/** Makes a fake canvas context that records what is filled and stroked, and in which colour. */
function recordContext() {
  const operations: string[] = [];
  let dash: number[] = [];
  const state = {
    canvas: { width: WIDTH * RATIO, height: HEIGHT * RATIO },
    strokeStyle: "",
    fillStyle: "",
    setTransform: () => undefined,
    clearRect: () => void operations.splice(0),
    setLineDash: (segments: number[]) => {
      dash = segments;
    },
    stroke: () => void operations.push(`${dash.length > 0 ? "dashed" : "stroke"} ${state.strokeStyle}`),
    fill: () => void operations.push(`fill ${state.fillStyle}`),
    strokeText: () => undefined,
    fillText: (text: string) => void operations.push(`text ${text}`),
  };
  // `draw` uses only these parts of a context.
  return { context: state as unknown as CanvasRenderingContext2D, operations };
}

describe("draw", () => {
  let uninstall: () => void;
  before(() => {
    uninstall = installRecordedPaths();
  });
  after(() => uninstall());

  const graph = lineageGraph([[3, 2, 4n], [2, 1, 4n]]); // prettier-ignore
  const operationsWith = (marks: Partial<Marks>, change: Partial<Camera> = {}) => {
    const scene = makeScene(graph, layOut(graph));
    const { context, operations } = recordContext();
    draw(context, RATIO, scene, { ...fit(scene.box, WIDTH, HEIGHT), ...change }, COLOURS, { ...NO_MARKS, ...marks });
    return operations;
  };

  it("draws edges below shapes, and names above both", () => {
    expect(operationsWith({})).to.deep.equal([
      "stroke grey",
      "fill navy",
      "text asset 3 #3",
      "text asset 2 #2",
      "text asset 1 #1",
    ]);
  });

  it("draws the edges of the selected release again in another colour", () => {
    const edges = graph.up.get(3) ?? [];
    expect(operationsWith({ edges }).slice(0, 3)).to.deep.equal(["stroke grey", "stroke teal", "fill navy"]);
  });

  it("draws a ring around marked releases, and a dashed ring around other matches", () => {
    const rings = (marks: Partial<Marks>) => operationsWith(marks).filter((each) => each.includes("teal"));
    expect(rings({ focusId: 3 })).to.deep.equal(["stroke teal"]);
    expect(rings({ selectedId: 3, hoveredId: 2 })).to.deep.equal(["stroke teal", "stroke teal"]);
    expect(rings({ matches: new Set([1]) })).to.deep.equal(["dashed teal"]);
    expect(rings({ matches: new Set([1]), selectedId: 1 })).to.deep.equal(["stroke teal"]);
  });

  it("names only marked releases and matches if names would overlap", () => {
    const texts = (marks: Partial<Marks>) =>
      operationsWith(marks, { scale: 0.1 }).filter((each) => each.startsWith("text"));
    expect(texts({})).to.deep.equal([]);
    expect(texts({ focusId: 3, matches: new Set([1]) })).to.deep.equal(["text asset 3 #3", "text asset 1 #1"]);
  });

  it("does not name releases out of sight", () => {
    expect(operationsWith({ focusId: 3 }, { x: 10_000 })).to.deep.equal(["stroke grey", "fill navy"]);
    expect(operationsWith({}, { y: -1_000 })).to.deep.equal(["stroke grey", "fill navy"]);
  });

  it("draws an empty lineage", () => {
    const empty = lineageGraph([]);
    const { context, operations } = recordContext();
    draw(context, RATIO, makeScene(empty, layOut(empty)), { x: 0, y: 0, scale: 1 }, COLOURS, NO_MARKS);
    expect(operations).to.deep.equal([]);
  });
});
