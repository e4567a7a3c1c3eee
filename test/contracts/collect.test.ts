import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { registerAsset } from "../support/economy/assets.ts";
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

/** The lineage, and a fee in dollars for the agent that nobody has settled. */
async function loadPaid() {
  const lineage = await load();
  await lineage.ledger.connect(lineage.payer).pay(AGENT, lineage.dollar, FEE, REF);
  return lineage;
}

// The agent passes 500,000 to the model, which keeps 350,000; less 1 % that is 346,500, a quarter of it 86,625.

describe("FeeLedger.collect", () => {
  it("settles, then sends all that the caller is owed where it wants", async () => {
    const { ledger, dollar, holder, stranger } = await loadPaid();
    await expect(ledger.connect(holder).collect([AGENT, MODEL], [MODEL], dollar, stranger)).to.changeTokenBalances(
      ethers,
      dollar,
      [ledger, holder, stranger],
      [-86_625n, 0n, 86_625n],
    );
    expect([...(await ledger.flowOf(AGENT, dollar))]).to.deep.equal([FEE, FEE]);
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([500_000n, 500_000n]);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(0n);
  });

  it("says what was settled and what was claimed", async () => {
    const { ledger, dollar, holder, stranger } = await loadPaid();
    await expect(ledger.connect(holder).collect([AGENT, MODEL, MODEL], [MODEL], dollar, stranger))
      .to.emit(ledger, "Settled")
      .withArgs(dollar, [AGENT, MODEL])
      .and.to.emit(ledger, "Claimed")
      .withArgs(holder, dollar, stranger, 86_625n, [MODEL]);
  });

  it("answers with what it sends", async () => {
    const { ledger, dollar, holder } = await loadPaid();
    expect(await ledger.connect(holder).collect.staticCall([AGENT, MODEL], [MODEL], dollar, holder)).to.equal(86_625n);
  });

  it("brings every shareholder what settling and claiming would", async () => {
    const { ledger, dollar, modelOwner, agentOwner, datasetOwner } = await loadPaid();
    await ledger.connect(agentOwner).collect([AGENT, MODEL, DATASET], [AGENT], dollar, agentOwner);
    await ledger.connect(modelOwner).claim([MODEL], dollar, modelOwner);
    await ledger.connect(datasetOwner).collect([AGENT, MODEL, DATASET], [DATASET], dollar, datasetOwner);
    // 50 %, three quarters of 35 %, and 15 % of the fee, less 1 %.
    expect(await dollar.balanceOf(agentOwner)).to.equal(495_000n);
    expect(await dollar.balanceOf(modelOwner)).to.equal(259_875n);
    expect(await dollar.balanceOf(datasetOwner)).to.equal(148_500n);
  });

  it("claims for several assets at once", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, payer, datasetOwner } = lineage;
    const second = await registerAsset(lineage, datasetOwner);
    await ledger.connect(payer).pay(second, dollar, 100n, REF);
    await ledger
      .connect(datasetOwner)
      .collect([second, AGENT, MODEL, DATASET], [DATASET, second], dollar, datasetOwner);
    expect(await dollar.balanceOf(datasetOwner)).to.equal(148_500n + 99n);
  });

  it("leaves for later what its list does not reach", async () => {
    const { ledger, dollar, holder } = await loadPaid();
    // In ascending order the model is settled before the agent has passed anything on to it.
    await ledger.connect(holder).collect([MODEL, AGENT], [MODEL], dollar, holder);
    expect(await dollar.balanceOf(holder)).to.equal(0n);
    await ledger.connect(holder).collect([MODEL], [MODEL], dollar, holder);
    expect(await dollar.balanceOf(holder)).to.equal(86_625n);
  });

  it("passes over unknown releases and sends nothing where nothing is due", async () => {
    const { ledger, dollar, stranger } = await loadPaid();
    const sent = ledger.connect(stranger).collect([99n, 0n], [MODEL, 99n], dollar, stranger);
    await expect(sent).to.emit(ledger, "Claimed").withArgs(stranger, dollar, stranger, 0n, [MODEL, 99n]);
    await expect(sent).not.to.emit(ledger, "Settled");
    expect(await dollar.balanceOf(stranger)).to.equal(0n);
  });

  it("refuses to send to the ledger or to the zero address, and settles nothing then", async () => {
    const lineage = await loadPaid();
    const { ledger, dollar, holder } = lineage;
    for (const to of [await ledger.getAddress(), ZeroAddress]) {
      const call = () => ledger.connect(holder).collect([AGENT, MODEL], [MODEL], dollar, to);
      await expectRefused(lineage, call, [ledger, "InvalidRecipient"], to);
    }
  });

  it("leaves everything as it was when the token answers false", async () => {
    const lineage = await load();
    const { ledger, payer, holder } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await ledger.connect(payer).pay(MODEL, falsy, FEE, REF);
    await falsy.setStuck(true);
    const call = () => ledger.connect(holder).collect([MODEL], [MODEL], falsy, holder);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    await falsy.setStuck(false);
    await call();
    expect(await falsy.balanceOf(holder)).to.equal(173_250n);
  });

  it("cannot be called by a token that is being moved, nor be the moment for a second claim", async () => {
    const lineage = await load();
    const { ledger, payer, holder } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await ledger.connect(payer).pay(MODEL, token, FEE, REF);
    const collect = () => ledger.connect(holder).collect([MODEL], [MODEL], token, holder);
    const inner = [
      await ledger.collect.populateTransaction([MODEL], [MODEL], token, token),
      await ledger.claim.populateTransaction([MODEL], token, token),
    ];
    for (const { data } of inner) {
      await token.prepare(ledger, data);
      await expectRefused(lineage, collect, [ledger, "ReentrancyGuardReentrantCall"]);
    }
  });
});
