import { expect } from "chai";
import { usd } from "../../../test/support/usd.ts";
import { bucketFor, incomeBars } from "./incomeBars.ts";

const bucketsOf = (incomes: [from: number, amount: bigint][]) =>
  incomes.map(([from, amount]) => ({ from, income: usd(amount) }));

describe("bucketFor", () => {
  it("is the shortest interval that gives at most 120 bars", () => {
    expect([0, -5, 7_200, 7_201, 432_000, 432_001, 86_400 * 120, 86_400 * 841, 1e12].map(bucketFor)).to.deep.equal([
      60, 60, 60, 3_600, 3_600, 86_400, 86_400, 2_592_000, 2_592_000,
    ]);
  });
});

describe("incomeBars", () => {
  it("is empty without income", () => {
    expect(incomeBars([], 60, 500, 100)).to.deep.equal({ width: 500, bars: [], count: 1, largest: undefined });
  });

  it("gives the largest income the whole height, and each bucket its place in time", () => {
    const { bars, count, largest, width } = incomeBars(bucketsOf([[0, 10n], [60, 40n], [240, 20n]]), 60, 200, 100); // prettier-ignore
    expect(bars.map(({ x, height }) => [x, height])).to.deep.equal([
      [0, 25],
      [40, 100],
      [160, 50],
    ]);
    expect([count, width, largest?.amount]).to.deep.equal([5, 200, "40"]);
  });

  it("shows one unit beside a huge income, and an income of 0, as a line", () => {
    const [small] = incomeBars(bucketsOf([[0, 1n], [60, 2n ** 200n]]), 60, 200, 100).bars; // prettier-ignore
    expect(small?.height).to.equal(1);
    expect(incomeBars(bucketsOf([[0, 0n]]), 60, 200, 100).bars.map(({ height }) => height)).to.deep.equal([1]);
  });

  it("limits the width of a bar's place to between 2 and 48 pixels", () => {
    expect(incomeBars(bucketsOf([[0, 1n]]), 60, 1_000, 100).bars[0]?.width).to.equal(45);
    const many = bucketsOf(Array.from({ length: 500 }, (_, i) => [i * 60, 1n]));
    const { width, bars } = incomeBars(many, 60, 300, 100);
    expect(width).to.equal(1_000);
    expect(bars.at(-1)?.x).to.equal(998);
    expect(bars.every((bar) => bar.width >= 1)).to.equal(true);
  });

  it("names the first of equal incomes as the largest", () => {
    expect(incomeBars(bucketsOf([[0, 5n], [60, 5n]]), 60, 200, 100).largest?.amount).to.equal("5"); // prettier-ignore
  });
});
