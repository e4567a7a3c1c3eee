import { expect } from "chai";
import { ZeroAddress } from "ethers";
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

describe("FeeLedger.payFor", () => {
  it("takes the fee from the caller and nothing from the person named", async () => {
    const { ledger, dollar, payer, stranger } = await load();
    await dollar.mint(stranger, FEE);
    await dollar.connect(stranger).approve(ledger, FEE);
    await expect(ledger.connect(payer).payFor(stranger, MODEL, dollar, FEE, REF)).to.changeTokenBalances(
      ethers,
      dollar,
      [payer, stranger, ledger],
      [-FEE, 0n, FEE],
    );
    expect(await dollar.allowance(stranger, ledger)).to.equal(FEE);
  });

  it("says for whom, and that it comes from the caller", async () => {
    const { ledger, dollar, payer, stranger } = await load();
    await expect(ledger.connect(payer).payFor(stranger, MODEL, dollar, FEE, REF))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, dollar, stranger, FEE, REF, payer);
  });

  it("lets the caller name anyone: itself, the ledger, nobody", async () => {
    const { ledger, dollar, payer } = await load();
    for (const named of [payer.address, await ledger.getAddress(), ZeroAddress]) {
      await expect(ledger.connect(payer).payFor(named, MODEL, dollar, 1n, REF))
        .to.emit(ledger, "FeePaid")
        .withArgs(MODEL, dollar, named, 1n, REF, payer);
    }
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(3n);
  });

  it("answers with what arrived", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    expect(await ledger.connect(payer).payFor.staticCall(stranger, MODEL, dollar, FEE, REF)).to.equal(FEE);
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    expect(await ledger.connect(payer).payFor.staticCall(stranger, MODEL, cut, 1_000n, REF)).to.equal(900n);
  });

  it("pays a fee like any other", async () => {
    const { ledger, dollar, payer, stranger } = await load();
    await ledger.connect(payer).payFor(stranger, AGENT, dollar, FEE, REF);
    await ledger.settle([AGENT, MODEL, DATASET], dollar);
    // Half stays with the agent, 70 % of the other half with the model.
    expect((await ledger.incomeOf(AGENT, dollar)).income).to.equal(500_000n);
    expect((await ledger.incomeOf(MODEL, dollar)).income).to.equal(350_000n);
    expect((await ledger.incomeOf(DATASET, dollar)).income).to.equal(150_000n);
  });

  it("gives the person named neither credit nor anything else", async () => {
    const { ledger, dollar, payer, stranger } = await load();
    await ledger.connect(payer).payFor(stranger, MODEL, dollar, FEE, REF);
    expect(await ledger.creditOf(stranger, dollar)).to.equal(0n);
    expect(await ledger.claimable(stranger, [MODEL, AGENT], dollar)).to.equal(0n);
  });

  it("refuses what pay refuses", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const payFor = ledger.connect(payer).payFor;
    const unknown = () => payFor(stranger, 99n, dollar, FEE, REF);
    await expectRefused(lineage, unknown, [ledger, "UnknownRelease"], 99n);
    const notAdmitted = () => payFor(stranger, MODEL, stranger, FEE, REF);
    await expectRefused(lineage, notAdmitted, [ledger, "CurrencyNotAdmitted"], stranger);
    await expectRefused(lineage, () => payFor(stranger, MODEL, dollar, 0n, REF), [ledger, "ZeroAmount"]);
  });

  it("does not spend the tokens of the person named, whatever that one approved", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const call = () => ledger.connect(stranger).payFor(payer, MODEL, dollar, FEE, REF);
    await expectRefused(lineage, call, [dollar, "ERC20InsufficientAllowance"], ledger, 0n, FEE);
  });

  it("cannot be called by a token that is being moved, nor count a fee twice", async () => {
    const lineage = await load();
    const { ledger, payer, stranger } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    const { data } = await ledger.payFor.populateTransaction(stranger, MODEL, token, 1n, REF);
    for (const outer of [
      () => ledger.connect(payer).payFor(stranger, MODEL, token, FEE, REF),
      () => ledger.connect(payer).deposit(token, FEE, payer),
    ]) {
      await token.prepare(ledger, data);
      await expectRefused(lineage, outer, [ledger, "ReentrancyGuardReentrantCall"]);
    }
  });
});
