import { expect } from "chai";
import { usd } from "../../../test/support/usd.ts";
import { shareholderFlow } from "./shareholderFlow.ts";
import { sankeyOf } from "./sankeyOf.ts";

const ALICE = `0x${"a".repeat(40)}`;

describe("shareholderFlow", () => {
  it("has one column each for payers, releases, assets and shareholders", () => {
    const flow = shareholderFlow({
      fees: [{ payer: ALICE, release: 2, releaseName: "model", amount: usd(100) }],
      kept: [{ release: 2, releaseName: "model", asset: 2, assetName: "model", amount: usd(100) }],
      earned: [{ asset: 2, assetName: "model", account: ALICE, amount: usd(99) }],
      commons: [{ asset: 2, assetName: "model", amount: usd(1) }],
    });
    expect(flow.bands).to.deep.equal([
      { from: `payer ${ALICE}`, to: "release 2", amount: 100n },
      { from: "release 2", to: "asset 2", amount: 100n },
      { from: "asset 2", to: `shareholder ${ALICE}`, amount: 99n },
      { from: "asset 2", to: "commons", amount: 1n },
    ]);
    expect(flow.nodes.map(({ name, kind }) => `${kind} ${name}`)).to.deep.equal([
      "payer 0xaaaa…aaaa",
      "release model #2",
      "asset model",
      "shareholder 0xaaaa…aaaa",
      "commons commons",
    ]);
    expect(sankeyOf(flow, 800).bands.length, "no flow is circular").to.equal(4);
  });

  it("has one node in each column for all that the answer does not name", () => {
    const none = { releaseName: null, assetName: null, amount: usd(5) };
    const { nodes, bands } = shareholderFlow({
      fees: [{ payer: null, release: null, ...none }],
      kept: [
        { release: null, asset: null, ...none },
        { release: null, asset: 1, ...none },
      ],
      earned: [{ asset: null, account: null, ...none }],
      commons: [{ asset: null, ...none }],
    });
    expect(nodes.map(({ id, kind }) => `${kind} ${id}`)).to.deep.equal([
      "rest other payers",
      "rest other releases",
      "rest other assets",
      "asset asset 1",
      "rest other shareholders",
      "commons commons",
    ]);
    expect(nodes.filter(({ kind }) => kind === "rest").every(({ to }) => to === undefined)).to.equal(true);
    expect(bands.length).to.equal(5);
  });

  it("is empty for a period without fees", () => {
    expect(shareholderFlow({ fees: [], kept: [], earned: [], commons: [] })).to.deep.equal({ nodes: [], bands: [] });
  });
});
