import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { inheritedFloorUp, portionBetween, portionDown } from "./split.ts";

describe("the arithmetic", () => {
  it("rounds a portion down", () => {
    expect(portionDown(999_999n, 1)).to.equal(0n);
    expect(portionDown(1_000_000n, 1)).to.equal(1n);
    expect(portionDown(10n, 333_333)).to.equal(3n);
  });

  it("returns differences of floors: the parts of three payments add up to the floor of the whole", () => {
    const steps = [0n, 1n, 2n, 3n].map((total) => portionBetween(0n, total, 333_334));
    expect(steps).to.deep.equal([0n, 0n, 0n, 1n]);
    expect(portionBetween(0n, 2n, 333_334) + portionBetween(2n, 3n, 333_334)).to.equal(1n);
  });

  it("gives the same results with numbers as with bigints, at every limit of both", () => {
    const random = seededRandom(1);
    for (let i = 0; i < 20_000; i++) {
      const millions = BigInt(Math.floor(9_007_199_254 * (i % 2 === 0 ? 1 - random.next() ** 8 : random.next())));
      const total = millions * 1_000_000n + BigInt(random.between(-1, 1)) * BigInt(random.between(0, 1) * 740_993 || 1);
      const weightPpm = random.pick([1, 333_333, 500_000, 999_999, 1_000_000, random.between(1, 1_000_000)]);
      if (total >= 0n) expect(portionDown(total, weightPpm)).to.equal((total * BigInt(weightPpm)) / 1_000_000n);
    }
    for (const total of [2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 112n - 1n]) {
      expect(portionDown(total, 999_999)).to.equal((total * 999_999n) / 1_000_000n);
      expect(portionBetween(7n, total, 999_999)).to.equal((total * 999_999n) / 1_000_000n - 6n);
    }
  });

  it("rounds an inherited floor up, and never above the whole", () => {
    expect(inheritedFloorUp(10_000, 300_000)).to.equal(33_334);
    expect(inheritedFloorUp(0, 1)).to.equal(0);
    expect(inheritedFloorUp(250_000, 250_000)).to.equal(1_000_000);
  });
});
