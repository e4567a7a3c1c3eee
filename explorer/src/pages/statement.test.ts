import { expect } from "chai";
import { usd } from "../../../test/support/usd.ts";
import { linesToShow, sumByCurrency } from "./statement.ts";

const ether = (amount: bigint | number) => ({
  amount: String(amount),
  currency: { address: "0xee", symbol: "tETH", decimals: 18 },
});
interface LineOf {
  shares?: string;
  earned?: bigint;
  after?: bigint;
}
const lineOf = (asset: number, money: typeof usd, { shares = "0", earned = 0n, after = 0n }: LineOf = {}) => ({
  asset,
  assetName: null,
  shares,
  earned: money(earned),
  claimed: money(0),
  claimableNow: money(0),
  claimableAfterSettling: money(after),
});

describe("sumByCurrency", () => {
  it("adds up each currency separately and exactly, in order of first occurrence", () => {
    const lines = [
      lineOf(1, ether, { earned: 2n ** 200n }),
      lineOf(1, usd, { earned: 5n }),
      lineOf(2, ether, { earned: 1n }),
      lineOf(3, usd),
    ];
    expect(sumByCurrency(lines, ({ earned }) => earned)).to.deep.equal([ether(2n ** 200n + 1n), usd(5)]);
  });

  it("is empty without lines, and keeps a sum of 0", () => {
    expect(sumByCurrency([], ({ earned }) => earned)).to.deep.equal([]);
    expect(sumByCurrency([lineOf(1, usd)], ({ earned }) => earned)).to.deep.equal([usd(0)]);
  });
});

describe("linesToShow", () => {
  const keysOf = (lines: Parameters<typeof linesToShow>[0]) =>
    linesToShow(lines).map(({ asset, earned }) => `${asset} ${earned.currency.symbol}`);

  it("shows lines that have earned something, or will after settling", () => {
    const lines = [lineOf(1, usd, { earned: 1n }), lineOf(1, ether, { after: 1n }), lineOf(2, usd)];
    expect(keysOf(lines)).to.deep.equal(["1 tUSD", "1 tETH"]);
  });

  it("shows an asset once if its shares are held and have earned nothing", () => {
    const shares = "100000000";
    expect(keysOf([lineOf(1, usd, { shares }), lineOf(1, ether, { shares })])).to.deep.equal(["1 tUSD"]);
  });

  it("shows no empty line for an asset that earned in another currency", () => {
    const shares = "1";
    expect(keysOf([lineOf(1, usd, { shares }), lineOf(1, ether, { shares, earned: 1n })])).to.deep.equal(["1 tETH"]);
  });

  it("is empty for an account without shares and earnings", () => {
    expect(keysOf([])).to.deep.equal([]);
    expect(keysOf([lineOf(1, usd)])).to.deep.equal([]);
  });
});
