import { expect } from "chai";
import { publishRelease, registerAsset } from "../support/economy/assets.ts";
import { DATASET, expectRefused, load, MODEL, payThrough, releaseOf } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";

const onModel = { contributions: [{ release: MODEL, weight: 1_000 }] };

describe("AssetRegistry.setRetired", () => {
  it("says so in an event and changes nothing else about the release", async () => {
    const lineage = await load();
    const { registry, ledger, modelOwner } = lineage;
    const before = await releaseOf(lineage, MODEL);
    for (const retired of [true, false]) {
      await expect(registry.connect(modelOwner).setRetired(MODEL, retired))
        .to.emit(ledger, "RetiredSet")
        .withArgs(MODEL, retired);
      expect(await releaseOf(lineage, MODEL)).to.deep.equal({ ...before, retired });
    }
  });

  it("keeps everybody from building on the release until it is restored", async () => {
    const lineage = await load();
    const { registry, ledger, modelOwner, stranger } = lineage;
    await registry.connect(modelOwner).setRetired(MODEL, true);
    const byStranger = () => registerAsset(lineage, stranger, onModel);
    const byOwner = () => publishRelease(lineage, modelOwner, MODEL, onModel);
    for (const call of [byStranger, byOwner]) {
      await expectRefused(lineage, call, [ledger, "ReleaseRetired"], MODEL);
    }
    await registry.connect(modelOwner).setRetired(MODEL, false);
    expect([await byStranger(), await byOwner()]).to.deep.equal([4n, 5n]);
  });

  it("takes no second retirement for a restoration", async () => {
    const lineage = await load();
    const { registry, modelOwner } = lineage;
    for (const retired of [true, true, false, false]) {
      await registry.connect(modelOwner).setRetired(MODEL, retired);
      expect((await releaseOf(lineage, MODEL)).retired).to.equal(retired);
    }
  });

  it("is about one release, not about its asset", async () => {
    const lineage = await load();
    const { registry, ledger, modelOwner, stranger } = lineage;
    const second = await publishRelease(lineage, modelOwner, MODEL);
    await registry.connect(modelOwner).setRetired(second, true);
    await registerAsset(lineage, stranger, onModel);
    const onSecond = { contributions: [{ release: second, weight: 1 }] };
    const call = () => registerAsset(lineage, stranger, onSecond);
    await expectRefused(lineage, call, [ledger, "ReleaseRetired"], second);
  });

  it("refuses no money: fees, settling and claims go on", async () => {
    const lineage = await load();
    const { registry, ledger, dollar, modelOwner, datasetOwner } = lineage;
    await registry.connect(modelOwner).setRetired(MODEL, true);
    await registry.connect(datasetOwner).setRetired(DATASET, true);
    await payThrough(lineage, MODEL, 1_000_000n);
    await ledger.connect(datasetOwner).claim([DATASET], dollar, datasetOwner);
    // 30 % of the fee, less 1 % for the commons.
    expect(await dollar.balanceOf(datasetOwner)).to.equal(297_000n);
  });

  it("is for the owner of the release's asset alone", async () => {
    const lineage = await load();
    const second = await publishRelease(lineage, lineage.modelOwner, MODEL);
    for (const release of [MODEL, second]) {
      await expectOwnerOnly(lineage, (signer) => lineage.registry.connect(signer).setRetired(release, true));
    }
  });

  it("refuses an unknown release", async () => {
    const lineage = await load();
    const { registry, ledger, stranger } = lineage;
    for (const release of [0n, 4n]) {
      const call = () => registry.connect(stranger).setRetired(release, true);
      await expectRefused(lineage, call, [ledger, "UnknownRelease"], release);
    }
  });

  it("alone reaches the ledger's own switch", async () => {
    const lineage = await load();
    const { ledger, admin, modelOwner } = lineage;
    for (const caller of [admin, modelOwner]) {
      await expectRefused(lineage, () => ledger.connect(caller).setRetired(MODEL, true), [ledger, "OnlyRegistry"]);
    }
  });
});
