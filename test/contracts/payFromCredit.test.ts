import { expect } from "chai";
import { DATASET, ethers, expectRefused, FEE, load, MODEL, payThrough, REF } from "../support/contracts/fixture.ts";

/** The lineage, and two fees in dollars as the agent owner's credit. */
async function loadWithCredit() {
  const lineage = await load();
  const { ledger, dollar, payer, agentOwner } = lineage;
  await ledger.connect(payer).deposit(dollar, 2n * FEE, agentOwner);
  return lineage;
}

describe("FeeLedger.payFromCredit", () => {
  it("takes the fee from the caller's credit and moves no token", async () => {
    const { ledger, dollar, payer, agentOwner } = await loadWithCredit();
    await ledger.connect(payer).deposit(dollar, 5n, payer);
    await expect(ledger.connect(agentOwner).payFromCredit(MODEL, dollar, FEE, REF)).to.changeTokenBalances(
      ethers,
      dollar,
      [agentOwner, ledger],
      [0n, 0n],
    );
    expect(await ledger.creditOf(agentOwner, dollar)).to.equal(FEE);
    expect(await ledger.creditOf(payer, dollar)).to.equal(5n);
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([FEE, 0n]);
  });

  it("says who paid what for which request, out of credit", async () => {
    const { ledger, dollar, agentOwner } = await loadWithCredit();
    await expect(ledger.connect(agentOwner).payFromCredit(MODEL, dollar, FEE, REF))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, dollar, agentOwner, FEE, REF, ledger);
  });

  it("pays a fee like any other", async () => {
    const { ledger, dollar, agentOwner } = await loadWithCredit();
    await ledger.connect(agentOwner).payFromCredit(MODEL, dollar, FEE, REF);
    await ledger.settle([MODEL, DATASET], dollar);
    expect((await ledger.incomeOf(MODEL, dollar)).income).to.equal(700_000n);
    expect((await ledger.incomeOf(DATASET, dollar)).income).to.equal(300_000n);
  });

  it("lets an agent spend what it earned without leaving the ledger", async () => {
    const lineage = await load();
    const { ledger, dollar, datasetOwner } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.claimToCredit(datasetOwner, [DATASET], dollar);
    await ledger.connect(datasetOwner).payFromCredit(MODEL, dollar, 297_000n, REF);
    expect(await ledger.creditOf(datasetOwner, dollar)).to.equal(0n);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(1_297_000n);
  });

  it("spends credit to the last unit and not one more", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, agentOwner } = lineage;
    const tooMuch = () => ledger.connect(agentOwner).payFromCredit(MODEL, dollar, 2n * FEE + 1n, REF);
    await expectRefused(lineage, tooMuch, [ledger, "InsufficientCredit"], 2n * FEE, 2n * FEE + 1n);
    await ledger.connect(agentOwner).payFromCredit(MODEL, dollar, 2n * FEE, REF);
    const oneMore = () => ledger.connect(agentOwner).payFromCredit(MODEL, dollar, 1n, REF);
    await expectRefused(lineage, oneMore, [ledger, "InsufficientCredit"], 0n, 1n);
  });

  it("spends no credit of another account or currency", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, euro, agentOwner, stranger } = lineage;
    const ofAnother = () => ledger.connect(stranger).payFromCredit(MODEL, dollar, 1n, REF);
    await expectRefused(lineage, ofAnother, [ledger, "InsufficientCredit"], 0n, 1n);
    const inEuro = () => ledger.connect(agentOwner).payFromCredit(MODEL, euro, 1n, REF);
    await expectRefused(lineage, inEuro, [ledger, "InsufficientCredit"], 0n, 1n);
  });

  it("refuses an unknown release, a currency that is not admitted, and nothing at all", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, agentOwner, stranger } = lineage;
    const pay = ledger.connect(agentOwner).payFromCredit;
    for (const release of [0n, 4n]) {
      await expectRefused(lineage, () => pay(release, dollar, 1n, REF), [ledger, "UnknownRelease"], release);
    }
    const notAdmitted = () => pay(MODEL, stranger, 1n, REF);
    await expectRefused(lineage, notAdmitted, [ledger, "CurrencyNotAdmitted"], stranger);
    await expectRefused(lineage, () => pay(MODEL, dollar, 0n, REF), [ledger, "ZeroAmount"]);
  });
});
