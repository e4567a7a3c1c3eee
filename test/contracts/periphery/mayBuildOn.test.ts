import { expect } from "chai";
import type { Signer } from "ethers";
import { publishRelease, registerAsset } from "../../support/economy/assets.ts";
import { AGENT, DATASET, MODEL } from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

type Surrounded = Awaited<ReturnType<typeof loadPeriphery>>;

/** The answer, once it is seen that publishing does as it says. */
async function answerOf(lineage: Surrounded, release: bigint, account: Signer, asset: bigint) {
  const { preview, registry, ledger } = lineage;
  const { allowed, reason, leastWeight } = await preview.mayBuildOn(release, account, asset);
  const options = { contributions: [{ release, weight: leastWeight || 1n }] };
  const building =
    asset === 0n ? registerAsset(lineage, account, options) : publishRelease(lineage, account, asset, options);
  if (allowed) await building;
  else {
    const contract = reason === "UnknownRelease" || reason === "ReleaseRetired" ? ledger : registry;
    await expect(building).to.be.revertedWithCustomError(contract, reason);
  }
  return [allowed, reason, leastWeight];
}

describe("ReleasePreview.mayBuildOn", () => {
  it("allows everyone to build on an open release, with a release of their own asset or a new asset", async () => {
    const lineage = await loadPeriphery();
    expect(await answerOf(lineage, DATASET, lineage.stranger, 0n)).to.deep.equal([true, "", 1n]);
    expect(await answerOf(lineage, DATASET, lineage.modelOwner, MODEL)).to.deep.equal([true, "", 1n]);
  });

  it("tells the least weight: the release's floor", async () => {
    const lineage = await loadPeriphery();
    const demanding = await registerAsset(lineage, lineage.stranger, { floor: 40_000 });
    expect(await answerOf(lineage, demanding, lineage.modelOwner, MODEL)).to.deep.equal([true, "", 40_000n]);
  });

  it("refuses who does not own the asset, whatever the release", async () => {
    const lineage = await loadPeriphery();
    expect(await answerOf(lineage, DATASET, lineage.stranger, MODEL)).to.deep.equal([false, "NotAssetOwner", 1n]);
    expect(await answerOf(lineage, 99n, lineage.stranger, MODEL)).to.deep.equal([false, "NotAssetOwner", 0n]);
  });

  it("refuses a release that there is not, and a retired one", async () => {
    const lineage = await loadPeriphery();
    const { registry, modelOwner, datasetOwner } = lineage;
    expect(await answerOf(lineage, 99n, modelOwner, MODEL)).to.deep.equal([false, "UnknownRelease", 0n]);
    expect(await answerOf(lineage, 99n, modelOwner, 0n)).to.deep.equal([false, "UnknownRelease", 0n]);
    await registry.connect(datasetOwner).setRetired(DATASET, true);
    expect(await answerOf(lineage, DATASET, modelOwner, MODEL)).to.deep.equal([false, "ReleaseRetired", 1n]);
  });

  it("asks for a grant where the release is by grant: to the account, to the asset, or being its owner", async () => {
    const lineage = await loadPeriphery();
    const { registry, modelOwner, agentOwner, stranger, datasetOwner } = lineage;
    const closed = await registerAsset(lineage, datasetOwner, { byGrant: true });
    expect(await answerOf(lineage, closed, stranger, 0n)).to.deep.equal([false, "GrantRequired", 1n]);
    expect(await answerOf(lineage, closed, modelOwner, MODEL)).to.deep.equal([false, "GrantRequired", 1n]);
    expect(await answerOf(lineage, closed, datasetOwner, DATASET)).to.deep.equal([true, "", 1n]);
    await registry.connect(datasetOwner).setAccountGrant(closed, stranger, true);
    expect(await answerOf(lineage, closed, stranger, 0n)).to.deep.equal([true, "", 1n]);
    await registry.connect(datasetOwner).setAssetGrant(closed, AGENT, true);
    expect(await answerOf(lineage, closed, agentOwner, AGENT)).to.deep.equal([true, "", 1n]);
  });

  it("reverts where there is no such asset", async () => {
    const { preview, registry, stranger } = await loadPeriphery();
    await expect(preview.mayBuildOn(DATASET, stranger, 99n)).to.be.revertedWithCustomError(
      registry,
      "ERC721NonexistentToken",
    );
  });
});
