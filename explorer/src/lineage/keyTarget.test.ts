import { expect } from "chai";
import { lineageGraph } from "../../../test/support/lineageGraph.ts";
import { keyTarget } from "./keyTarget.ts";
import { layOut } from "./layout.ts";

// A diamond: most money goes from 4 over 2 to 1.
const neighbourhood = lineageGraph([[4, 3, 1n], [4, 2, 9n], [3, 1, 1n], [2, 1, 9n]]); // prettier-ignore
const layout = layOut(neighbourhood);
const from = (selectedId: number, key: string) => keyTarget({ key, selectedId, focusId: 4, neighbourhood, layout });

describe("keyTarget", () => {
  it("follows the edge with the most money to the right and to the left", () => {
    expect(from(4, "ArrowRight")).to.equal(2);
    expect(from(1, "ArrowLeft")).to.equal(2);
    expect(from(3, "ArrowRight")).to.equal(1);
  });

  it("goes up and down within a rank", () => {
    const [upper = 0, lower = 0] = layout.ranks[1] ?? [];
    expect(from(upper, "ArrowDown")).to.equal(lower);
    expect(from(lower, "ArrowUp")).to.equal(upper);
  });

  it("leads nowhere at the edges of the drawing", () => {
    const [upper = 0, lower = 0] = layout.ranks[1] ?? [];
    for (const [id, key] of [
      [1, "ArrowRight"],
      [4, "ArrowLeft"],
      [upper, "ArrowUp"],
      [lower, "ArrowDown"],
    ] as const) {
      expect(from(id, key), `${id} ${key}`).to.equal(null);
    }
  });

  it("returns to the focus on Home, and ignores other keys", () => {
    expect(from(1, "Home")).to.equal(4);
    for (const key of ["End", "a", "Tab", "Escape"]) expect(from(4, key), key).to.equal(undefined);
    expect(from(99, "ArrowRight"), "a release that is not drawn").to.equal(undefined);
  });
});
