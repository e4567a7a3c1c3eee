import { expect } from "chai";
import { usd } from "../../../test/support/usd.ts";
import { feeFlow, type FeeFlowParameters, MOST_HOPS } from "./feeFlow.ts";
import { sankeyOf } from "./sankeyOf.ts";

const PAYER = `0x${"a".repeat(40)}`;
const OWNER = `0x${"b".repeat(40)}`;

const feeOf = (release: number, amount: bigint): FeeFlowParameters["fee"] => ({
  id: "1-0",
  release,
  assetName: `asset ${release}`,
  payer: PAYER,
  amount: usd(amount),
  reference: "0x",
  source: PAYER,
  fromCredit: false,
  paid: { blockNumber: "1", logIndex: 0, timestamp: 1, transactionHash: "0x" },
});
/** Makes a hop of release `id`, whose asset has the same number, with the amounts that it passes on. */
const hopOf = (id: number, received: bigint, passed: [to: number, amount: bigint][] = []) => ({
  release: id,
  asset: id,
  assetName: null,
  received: usd(received),
  kept: usd(received - passed.reduce((sum, [, amount]) => sum + amount, 0n)),
  passed: passed.map(([to, amount]) => ({ to, amount: usd(amount) })),
});
const dueOf = (id: number, kept: bigint, commons = 0n) => ({
  asset: id,
  assetName: null,
  kept: usd(kept),
  commons: usd(commons),
  shareholders: usd(kept - commons),
});
const textsOf = ({ bands }: ReturnType<typeof feeFlow>) =>
  bands.map(({ from, to, amount }) => `${from} ${to} ${amount}`);

describe("feeFlow", () => {
  it("leads a fee of one hop from the payer to the shareholders and the commons", () => {
    const flow = feeFlow({
      fee: feeOf(1, 100n),
      hops: [hopOf(1, 100n)],
      assets: [dueOf(1, 100n, 1n)],
      holders: new Map([[1, [{ account: OWNER, shares: "100000000" }]]]),
    });
    expect(textsOf(flow)).to.deep.equal(["payer r1 100", "r1 a1 100", "a1 commons 1", `a1 ${OWNER} 99`]);
    expect(flow.nodes.map(({ id, kind }) => `${id} ${kind}`)).to.deep.equal([
      "payer payer",
      "r1 release",
      "a1 asset",
      "commons commons",
      `${OWNER} shareholder`,
    ]);
  });

  it("leads all paths of a diamond to the asset at its end", () => {
    const flow = feeFlow({
      fee: feeOf(4, 100n),
      hops: [hopOf(4, 100n, [[3, 30n], [2, 20n]]), hopOf(3, 30n, [[1, 5n]]), hopOf(2, 20n, [[1, 7n]]), hopOf(1, 12n)], // prettier-ignore
      assets: [dueOf(4, 50n), dueOf(3, 25n), dueOf(2, 13n), dueOf(1, 12n)],
      holders: new Map(),
    });
    expect(textsOf(flow)).to.deep.equal([
      "payer r4 100",
      "r4 a4 50",
      "r4 r3 30",
      "r4 r2 20",
      "r3 a3 25",
      "r3 r1 5",
      "r2 a2 13",
      "r2 r1 7",
      "r1 a1 12",
    ]);
  });

  it("has two nodes for an account that pays and holds shares, so that no flow is circular", () => {
    const flow = feeFlow({
      fee: feeOf(1, 10n),
      hops: [hopOf(1, 10n)],
      assets: [dueOf(1, 10n)],
      holders: new Map([[1, [{ account: PAYER, shares: "100000000" }]]]),
    });
    expect(textsOf(flow)).to.deep.equal(["payer r1 10", "r1 a1 10", "a1 commons 0", `a1 ${PAYER} 10`]);
    expect(sankeyOf(flow, 800).bands.length).to.equal(3);
  });

  it("combines the shareholders beyond the sixth with those who are not listed", () => {
    const holders = Array.from({ length: 8 }, (_, i) => ({ account: `0x${i}`, shares: "10000000" }));
    const flow = feeFlow({
      fee: feeOf(1, 1_000n),
      hops: [hopOf(1, 1_000n)],
      assets: [dueOf(1, 1_000n)],
      holders: new Map([[1, holders]]),
    });
    expect(textsOf(flow).slice(3)).to.deep.equal([
      ...Array.from({ length: 6 }, (_, i) => `a1 0x${i} 100`),
      "a1 others of a1 400",
    ]);
    expect(flow.nodes.at(-1)?.name).to.equal("others in asset 1");
  });

  it("rounds a shareholder's amount down to the unit, as the ledger does", () => {
    const flow = feeFlow({
      fee: feeOf(1, 1n),
      hops: [hopOf(1, 1n)],
      assets: [dueOf(1, 1n)],
      holders: new Map([[1, [{ account: OWNER, shares: "99999999" }]]]),
    });
    expect(textsOf(flow).slice(3)).to.deep.equal([`a1 ${OWNER} 0`, "a1 others of a1 0"]);
  });

  it("has one node for an account that holds shares of several assets", () => {
    const flow = feeFlow({
      fee: feeOf(2, 100n),
      hops: [hopOf(2, 100n, [[1, 40n]]), hopOf(1, 40n)],
      assets: [dueOf(2, 60n), dueOf(1, 40n)],
      holders: new Map([1, 2].map((id) => [id, [{ account: OWNER, shares: "100000000" }]])),
    });
    expect(flow.nodes.filter(({ id }) => id === OWNER).length).to.equal(1);
    expect(textsOf(flow).filter((text) => text.includes(OWNER))).to.deep.equal([`a2 ${OWNER} 60`, `a1 ${OWNER} 40`]);
  });

  it("leaves out a band to a release that is not among the hops", () => {
    const flow = feeFlow({
      fee: feeOf(2, 10n),
      hops: [hopOf(2, 10n, [[1, 4n]])],
      assets: [dueOf(2, 6n)],
      holders: new Map(),
    });
    expect(textsOf(flow)).to.deep.equal(["payer r2 10", "r2 a2 6"]);
  });

  it("goes directly to the assets if there are too many hops, and combines further assets", () => {
    const ids = Array.from({ length: MOST_HOPS + 1 }, (_, i) => MOST_HOPS + 1 - i);
    const parameters = {
      fee: feeOf(ids.length, BigInt(ids.length)),
      hops: ids.map((id) => hopOf(id, 1n)),
      assets: ids.map((id) => dueOf(id, 1n)),
      holders: new Map(),
    };
    const flow = feeFlow(parameters);
    expect(flow.nodes.filter(({ kind }) => kind === "release").map(({ id }) => id)).to.deep.equal([`r${ids.length}`]);
    expect(flow.bands.length).to.equal(1 + 40 + 1);
    expect(textsOf(flow).at(-1)).to.equal(`r${ids.length} assets ${ids.length - 40}`);
    expect(flow.nodes.at(-1)?.name).to.equal(`${ids.length - 40} more assets`);
    const fewer = feeFlow({ ...parameters, hops: parameters.hops.slice(1) });
    expect(fewer.nodes.filter(({ kind }) => kind === "release").length).to.equal(1 + MOST_HOPS);
  });
});
