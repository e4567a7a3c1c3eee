import { expect } from "chai";
import { type Camera, centreOn, fit, READABLE_SCALE, startCamera, zoomAt } from "./camera.ts";

const screen = ({ x, y, scale }: Camera, worldX: number, worldY: number) => [worldX * scale + x, worldY * scale + y];
const BOX = { left: 0, right: 5_000, top: -900, bottom: 900 };
const SMALL = { left: 0, right: 100, top: -20, bottom: 20 };
const POINT = { left: 0, right: 0, top: 0, bottom: 0 };

describe("zoomAt", () => {
  it("keeps the point under the pointer in place", () => {
    const camera = { x: 10, y: 20, scale: 1 };
    const near = zoomAt(camera, 2, 110, 220);
    expect(near.scale).to.equal(2);
    expect(screen(near, 100, 200)).to.deep.equal([110, 220]);
    const back = zoomAt(near, 0.5, 110, 220);
    expect(back).to.deep.equal(camera);
  });

  it("stops at its limits, and moves nothing there", () => {
    const nearest = zoomAt({ x: 3, y: 4, scale: 4 }, 10, 50, 50);
    expect(nearest).to.deep.equal({ x: 3, y: 4, scale: 4 });
    expect(zoomAt(nearest, 0, 50, 50).scale).to.equal(0.02);
    expect(zoomAt(nearest, 1e9, 50, 50).scale).to.equal(4);
  });
});

describe("fit", () => {
  it("shows all of a box", () => {
    const camera = fit(BOX, 800, 500);
    for (const [x, y] of [
      [BOX.left, BOX.top],
      [BOX.right, BOX.bottom],
    ] as const) {
      const [right, down] = screen(camera, x, y);
      expect(right).to.be.within(24, 800 - 170);
      expect(down).to.be.within(40, 500 - 24);
    }
  });

  it("does not enlarge a small drawing or a single point beyond the maximum", () => {
    for (const box of [SMALL, POINT]) {
      const camera = fit(box, 800, 500);
      expect(camera.scale).to.equal(1.25);
      expect(screen(camera, (box.left + box.right) / 2, 0)).to.deep.equal([24 + (800 - 24 - 170) / 2, 40 + 436 / 2]);
    }
  });

  it("is a finite camera before the view has a size", () => {
    expect(Object.values(fit(BOX, 0, 0)).every(Number.isFinite)).to.equal(true);
    expect(fit(BOX, 0, 0).scale).to.equal(0.02);
  });
});

describe("centreOn", () => {
  it("shows a point in the middle", () => {
    expect(screen(centreOn(2_500, 0, 1, BOX, 800, 500), 2_500, 0)).to.deep.equal([400, 250]);
  });

  it("leaves no empty space beside the box", () => {
    expect(screen(centreOn(0, 0, 1, BOX, 800, 500), BOX.left, 0)[0]).to.equal(24);
    expect(screen(centreOn(5_000, 0, 1, BOX, 800, 500), BOX.right, 0)[0]).to.equal(800 - 170);
    expect(screen(centreOn(0, -900, 1, BOX, 800, 500), 0, BOX.top)[1]).to.equal(40);
  });

  it("centres a box that is smaller than the view, whatever the point is", () => {
    for (const x of [0, 50, 100]) {
      expect(screen(centreOn(x, 0, 1, SMALL, 800, 500), 50, 0)).to.deep.equal([
        24 + (800 - 24 - 170) / 2,
        40 + 436 / 2,
      ]);
    }
  });
});

describe("startCamera", () => {
  it("shows everything if it can be read, otherwise the release itself", () => {
    expect(startCamera(SMALL, { x: 0, y: 0 }, 800, 500)).to.deep.equal(fit(SMALL, 800, 500));
    expect(startCamera(BOX, undefined, 800, 500)).to.deep.equal(fit(BOX, 800, 500));
    const camera = startCamera(BOX, { x: 2_500, y: 100 }, 800, 500);
    expect(camera.scale).to.equal(READABLE_SCALE);
    expect(screen(camera, 2_500, 100).map(Math.round)).to.deep.equal([400, 250]);
  });
});
