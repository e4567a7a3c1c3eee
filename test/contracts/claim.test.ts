import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { registerAsset, Role } from "../support/economy/assets.ts";
import {
  AGENT,
  admitted,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  load,
  MODEL,
  payThrough,
  REF,
} from "../support/contracts/fixture.ts";

// A fee of 1,000,000 for the model: it keeps 700,000, of which 7,000 are the commons', 519,750 its owner's and 173,250
// the holder's. The dataset gets 300,000, of which 3,000 are the commons'.

/** The lineage after a fee for the model, settled. */
async function loadPaid() {
  const lineage = await load();
  await payThrough(lineage, MODEL);
  return lineage;
}

describe("FeeLedger.claim", () => {
  it("pays a shareholder what its shares earned, where it says", async () => {
    const { ledger, dollar, modelOwner, stranger } = await loadPaid();
    await expect(ledger.connect(modelOwner).claim([MODEL], dollar, stranger)).to.changeTokenBalances(
      ethers,
      dollar,
      [ledger, modelOwner, stranger],
      [-519_750n, 0n, 519_750n],
    );
  });

  it("pays each shareholder its own part, whoever comes first", async () => {
    const { ledger, dollar, modelOwner, holder } = await loadPaid();
    await ledger.connect(holder).claim([MODEL], dollar, holder);
    await ledger.connect(modelOwner).claim([MODEL], dollar, modelOwner);
    expect(await dollar.balanceOf(holder)).to.equal(173_250n);
    expect(await dollar.balanceOf(modelOwner)).to.equal(519_750n);
  });

  it("says who took what where, and with which assets", async () => {
    const { ledger, dollar, datasetOwner, stranger } = await loadPaid();
    await expect(ledger.connect(datasetOwner).claim([MODEL, DATASET], dollar, stranger))
      .to.emit(ledger, "Claimed")
      .withArgs(datasetOwner, dollar, stranger, 297_000n, [MODEL, DATASET]);
  });

  it("answers with what it pays, as claimable foretold", async () => {
    const { ledger, dollar, holder } = await loadPaid();
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    expect(await ledger.connect(holder).claim.staticCall([MODEL], dollar, holder)).to.equal(173_250n);
    await ledger.connect(holder).claim([MODEL], dollar, holder);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(0n);
  });

  it("pays for many assets at once, for each once", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, payer, modelOwner } = lineage;
    const second = await registerAsset(lineage, modelOwner);
    await ledger.connect(payer).payAndSettle(second, dollar, FEE, REF, [second]);
    await ledger.connect(modelOwner).claim([MODEL, second, MODEL], dollar, modelOwner);
    expect(await dollar.balanceOf(modelOwner)).to.equal(519_750n + 990_000n);
  });

  it("pays nothing twice, and goes on from there", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, holder } = lineage;
    await ledger.connect(holder).claim([MODEL], dollar, holder);
    await expect(ledger.connect(holder).claim([MODEL], dollar, holder))
      .to.emit(ledger, "Claimed")
      .withArgs(holder, dollar, holder, 0n, [MODEL])
      .and.not.to.emit(dollar, "Transfer");
    await payThrough(lineage, MODEL);
    await ledger.connect(holder).claim([MODEL], dollar, holder);
    expect(await dollar.balanceOf(holder)).to.equal(2n * 173_250n);
  });

  it("pays nothing to those without shares, for unknown assets, or in a currency never paid in", async () => {
    const { ledger, dollar, euro, modelOwner, stranger, payer } = await loadPaid();
    expect(await ledger.connect(stranger).claim.staticCall([DATASET, MODEL, AGENT], dollar, stranger)).to.equal(0n);
    expect(await ledger.connect(modelOwner).claim.staticCall([0n, 99n], dollar, modelOwner)).to.equal(0n);
    expect(await ledger.connect(modelOwner).claim.staticCall([MODEL], euro, modelOwner)).to.equal(0n);
    expect(await ledger.connect(modelOwner).claim.staticCall([MODEL], payer, modelOwner)).to.equal(0n);
    expect(await ledger.connect(modelOwner).claim.staticCall([], dollar, modelOwner)).to.equal(0n);
  });

  it("pays nothing of what is not settled yet", async () => {
    const { ledger, dollar, payer, datasetOwner } = await load();
    await ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [MODEL]);
    expect(await ledger.claimable(datasetOwner, [DATASET], dollar)).to.equal(0n);
    await ledger.settle([DATASET], dollar);
    expect(await ledger.claimable(datasetOwner, [DATASET], dollar)).to.equal(297_000n);
  });

  it("pays in one currency and leaves the others", async () => {
    const { ledger, dollar, euro, payer, datasetOwner } = await loadPaid();
    await ledger.connect(payer).payAndSettle(DATASET, euro, 1_000n, REF, [DATASET]);
    await ledger.connect(datasetOwner).claim([DATASET], euro, datasetOwner);
    expect(await euro.balanceOf(datasetOwner)).to.equal(990n);
    expect(await ledger.claimable(datasetOwner, [DATASET], dollar)).to.equal(297_000n);
  });

  it("keeps the fraction of a unit for the next time, however often it is called", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger, holder } = lineage;
    const asset = await registerAsset(lineage, stranger, {
      allocations: [
        { account: holder.address, role: Role.Data, shares: 33_333_333n },
        { account: stranger.address, role: Role.Data, shares: 66_666_667n },
      ],
    });
    for (let i = 0; i < 10; i++) {
      await ledger.connect(payer).payAndSettle(asset, dollar, 10n, REF, [asset]);
      await ledger.connect(holder).claim([asset], dollar, holder);
      await ledger.connect(stranger).claim([asset], dollar, stranger);
    }
    // Shareholders have 99 of 100: floor(32.99999967) and floor(66.00000033).
    expect(await dollar.balanceOf(holder)).to.equal(32n);
    expect(await dollar.balanceOf(stranger)).to.equal(66n);
    const { mark, accrued } = await ledger.holdingOf(holder, asset, dollar);
    expect([mark, accrued]).to.deep.equal([100n, 99_999_967n]);
  });

  it("refuses to send to the ledger or to the zero address", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, holder } = lineage;
    for (const to of [await ledger.getAddress(), ZeroAddress]) {
      const call = () => ledger.connect(holder).claim([MODEL], dollar, to);
      await expectRefused(lineage, call, [ledger, "InvalidRecipient"], to);
    }
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
  });

  it("leaves the earnings when the token answers false, until it moves again", async () => {
    const lineage = await load();
    const { ledger, payer, datasetOwner } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await ledger.connect(payer).payAndSettle(DATASET, falsy, FEE, REF, [DATASET]);
    await falsy.setStuck(true);
    const call = () => ledger.connect(datasetOwner).claim([DATASET], falsy, datasetOwner);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    await falsy.setStuck(false);
    await call();
    expect(await falsy.balanceOf(datasetOwner)).to.equal(990_000n);
  });

  it("pays out a token that answers nothing", async () => {
    const lineage = await load();
    const { ledger, payer, datasetOwner } = lineage;
    const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
    await ledger.connect(payer).payAndSettle(DATASET, silent, FEE, REF, [DATASET]);
    await ledger.connect(datasetOwner).claim([DATASET], silent, datasetOwner);
    expect(await silent.balanceOf(datasetOwner)).to.equal(990_000n);
  });

  it("leaves the ledger with what it owes the others, to the unit", async () => {
    const lineage = await load();
    const { ledger, dollar, commons, datasetOwner, modelOwner, agentOwner, holder } = lineage;
    await payThrough(lineage, AGENT);
    for (const account of [datasetOwner, modelOwner, agentOwner, holder]) {
      await ledger.connect(account).claim([DATASET, MODEL, AGENT], dollar, account);
    }
    expect(await dollar.balanceOf(ledger)).to.equal(10_000n);
    await ledger.sweepCommons([DATASET, MODEL, AGENT], dollar);
    await ledger.connect(commons).withdraw(dollar, 10_000n, commons);
    expect(await dollar.balanceOf(ledger)).to.equal(0n);
  });
});
