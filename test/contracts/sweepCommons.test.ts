import { expect } from "chai";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { AGENT, DATASET, ethers, FEE, load, MODEL, payThrough, REF } from "../support/contracts/fixture.ts";

const ALL = [DATASET, MODEL, AGENT];

describe("FeeLedger.sweepCommons", () => {
  it("credits the commons with their part of each asset's income, whoever calls", async () => {
    const lineage = await load();
    const { ledger, dollar, commons, stranger } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.connect(stranger).sweepCommons([MODEL], dollar);
    expect(await ledger.creditOf(commons, dollar)).to.equal(7_000n);
    expect([...(await ledger.incomeOf(MODEL, dollar))]).to.deep.equal([700_000n, 7_000n]);
    expect([...(await ledger.incomeOf(DATASET, dollar))]).to.deep.equal([300_000n, 0n]);
    expect(await ledger.creditOf(stranger, dollar)).to.equal(0n);
  });

  it("says how much came from which assets", async () => {
    const lineage = await load();
    const { ledger, dollar } = lineage;
    await payThrough(lineage, AGENT);
    expect(await ledger.sweepCommons.staticCall(ALL, dollar)).to.equal(10_000n);
    await expect(ledger.sweepCommons(ALL, dollar)).to.emit(ledger, "CommonsSwept").withArgs(dollar, 10_000n, ALL);
  });

  it("takes nothing twice, and goes on from there", async () => {
    const lineage = await load();
    const { ledger, dollar, commons } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.sweepCommons([MODEL, MODEL], dollar);
    await expect(ledger.sweepCommons([MODEL], dollar))
      .to.emit(ledger, "CommonsSwept")
      .withArgs(dollar, 0n, [MODEL]);
    await payThrough(lineage, MODEL);
    await ledger.sweepCommons([MODEL], dollar);
    expect(await ledger.creditOf(commons, dollar)).to.equal(14_000n);
  });

  it("takes nothing that is the shareholders'", async () => {
    const lineage = await load();
    const { ledger, dollar, modelOwner, holder } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.sweepCommons([MODEL], dollar);
    expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(519_750n);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
  });

  it("loses no fraction to being called after each small fee", async () => {
    const { ledger, dollar, payer, commons } = await load();
    for (const [fee, credit] of [
      [99n, 0n],
      [1n, 1n],
      [199n, 2n],
      [1n, 3n],
    ] as const) {
      await ledger.connect(payer).payAndSettle(DATASET, dollar, fee, REF, [DATASET]);
      await ledger.sweepCommons([DATASET], dollar);
      expect(await ledger.creditOf(commons, dollar)).to.equal(credit);
    }
  });

  it("takes nothing from unknown assets and currencies", async () => {
    const lineage = await load();
    const { ledger, dollar, euro, stranger } = lineage;
    await payThrough(lineage, MODEL);
    expect(await ledger.sweepCommons.staticCall([0n, 99n], dollar)).to.equal(0n);
    expect(await ledger.sweepCommons.staticCall(ALL, euro)).to.equal(0n);
    expect(await ledger.sweepCommons.staticCall(ALL, stranger)).to.equal(0n);
    expect(await ledger.sweepCommons.staticCall([], dollar)).to.equal(0n);
  });

  it("can be all that there is, if a deployment says so", async () => {
    const { dollar, admin, commons, payer, datasetOwner } = await load();
    const parts = { admin, commonsBeneficiary: commons, commonsPpm: 1_000_000, currencies: [dollar] };
    const tributary = await deployTributary(ethers, parts);
    const { ledger } = tributary;
    const asset = await registerAsset(tributary, datasetOwner);
    await dollar.connect(payer).approve(ledger, FEE);
    await ledger.connect(payer).payAndSettle(asset, dollar, FEE, REF, [asset]);
    expect(await ledger.claimable(datasetOwner, [asset], dollar)).to.equal(0n);
    expect(await ledger.sweepCommons.staticCall([asset], dollar)).to.equal(FEE);
  });
});
