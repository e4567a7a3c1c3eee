import { expect } from "chai";
import { AGENT, admitted, DATASET, ethers, FEE, load, MODEL, payThrough, REF } from "../support/contracts/fixture.ts";

/** The lineage after a fee for the model, settled: its owner earned 519,750, the holder 173,250. */
async function loadPaid() {
  const lineage = await load();
  await payThrough(lineage, MODEL);
  return lineage;
}

describe("FeeLedger.claimToCredit", () => {
  it("credits the shareholder, whoever calls, and moves no token", async () => {
    const { ledger, dollar, holder, stranger } = await loadPaid();
    await expect(ledger.connect(stranger).claimToCredit(holder, [MODEL], dollar)).to.changeTokenBalances(
      ethers,
      dollar,
      [ledger, holder, stranger],
      [0n, 0n, 0n],
    );
    expect(await ledger.creditOf(holder, dollar)).to.equal(173_250n);
    expect(await ledger.creditOf(stranger, dollar)).to.equal(0n);
  });

  it("says whose credit grew by what, and with which assets", async () => {
    const { ledger, dollar, modelOwner } = await loadPaid();
    await expect(ledger.claimToCredit(modelOwner, [AGENT, MODEL], dollar))
      .to.emit(ledger, "ClaimedToCredit")
      .withArgs(modelOwner, dollar, 519_750n, [AGENT, MODEL]);
  });

  it("answers with what it credits", async () => {
    const { ledger, dollar, holder } = await loadPaid();
    expect(await ledger.claimToCredit.staticCall(holder, [MODEL], dollar)).to.equal(173_250n);
  });

  it("credits nothing twice, nor after a claim", async () => {
    const { ledger, dollar, modelOwner, holder } = await loadPaid();
    await ledger.claimToCredit(holder, [MODEL, MODEL], dollar);
    await ledger.claimToCredit(holder, [MODEL], dollar);
    expect(await ledger.creditOf(holder, dollar)).to.equal(173_250n);
    await ledger.connect(modelOwner).claim([MODEL], dollar, modelOwner);
    await ledger.claimToCredit(modelOwner, [MODEL], dollar);
    expect(await ledger.creditOf(modelOwner, dollar)).to.equal(0n);
  });

  it("adds to the credit that there is, to be withdrawn whole", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, payer, holder } = lineage;
    await ledger.connect(payer).deposit(dollar, 50n, holder);
    await ledger.claimToCredit(holder, [MODEL], dollar);
    await payThrough(lineage, MODEL);
    await ledger.claimToCredit(holder, [MODEL], dollar);
    await ledger.connect(holder).withdraw(dollar, 50n + 2n * 173_250n, holder);
    expect(await dollar.balanceOf(holder)).to.equal(346_550n);
  });

  it("rounds nobody to nothing by being called after each tiny fee", async () => {
    const { ledger, dollar, payer, stranger, holder } = await load();
    for (let i = 0; i < 20; i++) {
      await ledger.connect(payer).payAndSettle(MODEL, dollar, 2n, REF, [MODEL]);
      await ledger.connect(stranger).claimToCredit(holder, [MODEL], dollar);
    }
    // 40 received, 28 kept, 27 for the shareholders: a quarter is 6.75.
    expect(await ledger.creditOf(holder, dollar)).to.equal(6n);
    expect((await ledger.holdingOf(holder, MODEL, dollar)).accrued).to.equal(75_000_000n);
  });

  it("credits nothing to those without shares, or for what there is not", async () => {
    const { ledger, dollar, euro, holder, stranger } = await loadPaid();
    for (const [account, assets, currency] of [
      [stranger, [DATASET, MODEL, AGENT], dollar],
      [holder, [0n, 99n], dollar],
      [holder, [MODEL], euro],
      [holder, [MODEL], stranger],
      [holder, [], dollar],
    ] as const) {
      await ledger.claimToCredit(account, [...assets], currency);
      expect(await ledger.creditOf(account, currency)).to.equal(0n);
    }
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
  });

  it("asks nothing of the currency, which may be stuck", async () => {
    const lineage = await load();
    const { ledger, payer, datasetOwner } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await ledger.connect(payer).payAndSettle(DATASET, falsy, FEE, REF, [DATASET]);
    await falsy.setStuck(true);
    await ledger.claimToCredit(datasetOwner, [DATASET], falsy);
    expect(await ledger.creditOf(datasetOwner, falsy)).to.equal(990_000n);
  });
});
