import { expect } from "chai";
import { nodeAt } from "./nodeAt.ts";

const nodes = [
  { id: 1, kind: "model" as const, x: 0, y: 0, name: "one" },
  { id: 2, kind: "agent" as const, x: 250, y: 0, name: "two" },
  { id: 3, kind: "agent" as const, x: 0, y: 20, name: "three" },
];
const SAME = { x: 0, y: 0, scale: 1 };

describe("nodeAt", () => {
  it("is the release at a point, or undefined", () => {
    expect(nodeAt(nodes, SAME, 0, 0)).to.equal(1);
    expect(nodeAt(nodes, SAME, 250, 13)).to.equal(2);
    expect(nodeAt(nodes, SAME, 250, 14)).to.equal(undefined);
    expect(nodeAt(nodes, SAME, 230, 0)).to.equal(undefined);
    expect(nodeAt([], SAME, 0, 0)).to.equal(undefined);
  });

  it("is the nearer of two releases in reach", () => {
    expect([9, 11].map((y) => nodeAt(nodes, SAME, 0, y))).to.deep.equal([1, 3]);
  });

  it("is also hit by its name if the name can be read", () => {
    expect(nodeAt(nodes, SAME, 140, 0)).to.equal(1);
    expect(nodeAt(nodes, { ...SAME, scale: 0.5 }, 60, 0)).to.equal(undefined);
  });

  it("can be hit with a finger at any scale and position of the drawing", () => {
    expect(nodeAt(nodes, { x: 100, y: 50, scale: 0.02 }, 100 + 250 * 0.02, 50 + 5)).not.to.equal(undefined);
    expect(nodeAt([nodes[1]!], { x: 100, y: 50, scale: 4 }, 1_100, 50)).to.equal(2);
  });

  it("is undefined after the pointer has left", () => {
    expect(nodeAt(nodes, SAME, Number.NaN, Number.NaN)).to.equal(undefined);
  });
});
