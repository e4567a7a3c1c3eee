import { expect } from "chai";
import {
  AGENT,
  admitted,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  load,
  MODEL,
  REF,
} from "../support/contracts/fixture.ts";

describe("FeeLedger.payAndSettle", () => {
  it("takes the fee and moves it through the whole lineage at once", async () => {
    const { ledger, dollar, payer } = await load();
    await expect(
      ledger.connect(payer).payAndSettle(AGENT, dollar, FEE, REF, [AGENT, MODEL, DATASET]),
    ).to.changeTokenBalances(ethers, dollar, [payer, ledger], [-FEE, FEE]);
    // The agent keeps half. Of the other half the dataset gets 30 %.
    expect((await ledger.incomeOf(AGENT, dollar)).income).to.equal(500_000n);
    expect((await ledger.incomeOf(MODEL, dollar)).income).to.equal(350_000n);
    expect((await ledger.incomeOf(DATASET, dollar)).income).to.equal(150_000n);
  });

  it("says both, the fee and what was settled", async () => {
    const { ledger, dollar, payer } = await load();
    await expect(ledger.connect(payer).payAndSettle(AGENT, dollar, FEE, REF, [AGENT, MODEL]))
      .to.emit(ledger, "FeePaid")
      .withArgs(AGENT, dollar, payer, FEE, REF, payer)
      .and.to.emit(ledger, "Settled")
      .withArgs(dollar, [AGENT, MODEL]);
  });

  it("settles in the given order: ancestors named first are passed over", async () => {
    const { ledger, dollar, payer } = await load();
    await expect(ledger.connect(payer).payAndSettle(AGENT, dollar, FEE, REF, [DATASET, MODEL, AGENT]))
      .to.emit(ledger, "Settled")
      .withArgs(dollar, [AGENT]);
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([500_000n, 0n]);
  });

  it("settles nothing when asked for nothing", async () => {
    const { ledger, dollar, payer } = await load();
    await expect(ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [])).not.to.emit(ledger, "Settled");
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([FEE, 0n]);
  });

  it("settles what others paid before, in this currency only", async () => {
    const { ledger, dollar, euro, payer } = await load();
    await ledger.connect(payer).pay(DATASET, dollar, 7n, REF);
    await ledger.connect(payer).pay(DATASET, euro, 9n, REF);
    await ledger.connect(payer).payAndSettle(AGENT, dollar, FEE, REF, [DATASET]);
    expect([...(await ledger.flowOf(DATASET, dollar))]).to.deep.equal([7n, 7n]);
    expect([...(await ledger.flowOf(DATASET, euro))]).to.deep.equal([9n, 0n]);
    expect([...(await ledger.flowOf(AGENT, dollar))]).to.deep.equal([FEE, 0n]);
  });

  it("answers with what arrived, and moves no more than that", async () => {
    const lineage = await load();
    const { ledger, payer } = lineage;
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    const pay = ledger.connect(payer).payAndSettle;
    expect(await pay.staticCall(MODEL, cut, FEE, REF, [MODEL])).to.equal(900_000n);
    await pay(MODEL, cut, FEE, REF, [MODEL]);
    expect((await ledger.incomeOf(MODEL, cut)).income).to.equal(630_000n);
    expect((await ledger.flowOf(DATASET, cut)).received).to.equal(270_000n);
  });

  it("refuses what pay refuses", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const pay = ledger.connect(payer).payAndSettle;
    await expectRefused(lineage, () => pay(4, dollar, FEE, REF, [MODEL]), [ledger, "UnknownRelease"], 4n);
    const unknownCurrency = () => pay(MODEL, stranger, FEE, REF, [MODEL]);
    await expectRefused(lineage, unknownCurrency, [ledger, "CurrencyNotAdmitted"], stranger);
    await expectRefused(lineage, () => pay(MODEL, dollar, 0n, REF, [MODEL]), [ledger, "ZeroAmount"]);
  });

  it("settles nothing when the fee is refused", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    await dollar.connect(payer).approve(ledger, 0n);
    const call = () => ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [MODEL]);
    await expectRefused(lineage, call, [dollar, "ERC20InsufficientAllowance"], ledger, 0n, FEE);
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([FEE, 0n]);
  });
});
