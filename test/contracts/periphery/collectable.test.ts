import { expect } from "chai";
import { registerAsset } from "../../support/economy/assets.ts";
import { AGENT, DATASET, FEE, MODEL, REF } from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

/** The lineage, and a fee in dollars for the agent that nobody has settled. */
async function loadPaid() {
  const lineage = await loadPeriphery();
  await lineage.ledger.connect(lineage.payer).pay(AGENT, lineage.dollar, FEE, REF);
  return lineage;
}

// The agent passes 500,000 to the model, which keeps 350,000; less 1 % that is 346,500, a quarter of it 86,625.

describe("ReleasePreview.collectable", () => {
  it("is what collect pays", async () => {
    const { preview, ledger, dollar, holder } = await loadPaid();
    expect(await preview.collectable(holder, [AGENT, MODEL], [MODEL], dollar)).to.equal(86_625n);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(0n);
    await ledger.connect(holder).collect([AGENT, MODEL], [MODEL], dollar, holder);
    expect(await dollar.balanceOf(holder)).to.equal(86_625n);
    expect(await preview.collectable(holder, [AGENT, MODEL], [MODEL], dollar)).to.equal(0n);
  });

  it("adds what was earned before and not claimed", async () => {
    const { preview, ledger, dollar, payer, holder } = await loadPaid();
    await ledger.settle([AGENT, MODEL], dollar);
    expect(await preview.collectable(holder, [], [MODEL], dollar)).to.equal(86_625n);
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    expect(await preview.collectable(holder, [MODEL], [MODEL], dollar)).to.equal(86_625n + 173_250n);
  });

  it("keeps what accrued for who sold its shares, and gives the rest with them", async () => {
    const { preview, ledger, dollar, holder, stranger } = await loadPaid();
    await ledger.settle([AGENT, MODEL], dollar);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, 25_000_000n, "0x");
    expect(await preview.collectable(holder, [MODEL], [MODEL], dollar)).to.equal(86_625n);
    expect(await preview.collectable(stranger, [MODEL], [MODEL], dollar)).to.equal(0n);
  });

  it("settles in the order that is given, and no more than that", async () => {
    const { preview, dollar, holder } = await loadPaid();
    expect(await preview.collectable(holder, [MODEL, AGENT], [MODEL], dollar)).to.equal(0n);
    expect(await preview.collectable(holder, [AGENT], [MODEL], dollar)).to.equal(0n);
    expect(await preview.collectable(holder, [MODEL, AGENT, MODEL], [MODEL], dollar)).to.equal(86_625n);
  });

  it("pays an asset that is named twice once, and several assets together", async () => {
    const lineage = await loadPaid();
    const { preview, ledger, dollar, payer, datasetOwner } = lineage;
    const second = await registerAsset(lineage, datasetOwner);
    await ledger.connect(payer).pay(second, dollar, 100n, REF);
    const all = [second, AGENT, MODEL, DATASET];
    expect(await preview.collectable(datasetOwner, all, [DATASET, second, DATASET], dollar)).to.equal(148_599n);
  });

  it("is nothing for unknown releases and assets, and in other currencies", async () => {
    const { preview, dollar, euro, holder } = await loadPaid();
    expect(await preview.collectable(holder, [99n, 0n], [MODEL, 99n], dollar)).to.equal(0n);
    expect(await preview.collectable(holder, [AGENT, MODEL], [MODEL], euro)).to.equal(0n);
    expect(await preview.collectable(holder, [], [], dollar)).to.equal(0n);
  });
});
