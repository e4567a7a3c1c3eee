import { expect } from "chai";
import { inheritedFloorUp, portionBetween, portionDown } from "./split.ts";

describe("the arithmetic", () => {
  it("rounds a portion down", () => {
    expect(portionDown(999_999n, 1)).to.equal(0n);
    expect(portionDown(1_000_000n, 1)).to.equal(1n);
    expect(portionDown(10n, 333_333)).to.equal(3n);
  });

  it("gives differences of floors: three payments of a third's third come to the floor of the whole", () => {
    const steps = [0n, 1n, 2n, 3n].map((total) => portionBetween(0n, total, 333_334));
    expect(steps).to.deep.equal([0n, 0n, 0n, 1n]);
    expect(portionBetween(0n, 2n, 333_334) + portionBetween(2n, 3n, 333_334)).to.equal(1n);
  });

  it("rounds an inherited floor up, and never above the whole", () => {
    expect(inheritedFloorUp(10_000, 300_000)).to.equal(33_334);
    expect(inheritedFloorUp(0, 1)).to.equal(0);
    expect(inheritedFloorUp(250_000, 250_000)).to.equal(1_000_000);
  });
});
