import { expect } from "chai";
import type { Signer } from "ethers";
import { type Contribution, publishRelease, registerAsset } from "../support/economy/assets.ts";
import { DATASET, expectRefused, type Lineage, load, MODEL, REF } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";

/** The lineage with a release by grant of the dataset's owner, and an asset of the stranger that wants it. */
async function loadClosed() {
  const lineage = await load();
  const closed = await registerAsset(lineage, lineage.datasetOwner, { byGrant: true });
  const asset = await registerAsset(lineage, lineage.stranger);
  return { ...lineage, closed, asset };
}
type ClosedLineage = Awaited<ReturnType<typeof loadClosed>>;

const on = (...releases: bigint[]): Contribution[] => releases.map((release) => ({ release, weight: 1_000 }));

const registerOn = (lineage: Lineage, signer: Signer, ...releases: bigint[]) =>
  registerAsset(lineage, signer, { contributions: on(...releases) });

const publishOn = (lineage: ClosedLineage, ...releases: bigint[]) =>
  publishRelease(lineage, lineage.stranger, lineage.asset, { contributions: on(...releases) });

const expectGrantRequired = (lineage: Lineage, call: () => Promise<unknown>, release: bigint) =>
  expectRefused(lineage, call, [lineage.registry, "GrantRequired"], release);

describe("A release by grant", () => {
  it("is named by nobody without a grant", async () => {
    const lineage = await loadClosed();
    await expectGrantRequired(lineage, () => registerOn(lineage, lineage.stranger, lineage.closed), lineage.closed);
    await expectGrantRequired(lineage, () => publishOn(lineage, lineage.closed), lineage.closed);
  });

  it("is named freely by its owner, who has bought it or not", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, holder, closed } = lineage;
    await registerOn(lineage, datasetOwner, closed);
    await publishRelease(lineage, datasetOwner, DATASET, { contributions: on(closed) });

    await registry.connect(datasetOwner).transferFrom(datasetOwner, holder, closed);
    await registerOn(lineage, holder, closed);
    await expectGrantRequired(lineage, () => registerOn(lineage, datasetOwner, closed), closed);
  });

  it("is looked for at every place of the list, the 64th included", async () => {
    const lineage = await loadClosed();
    const { datasetOwner, stranger, asset } = lineage;
    const list = [asset];
    while (list.length < 63) list.push(await registerAsset(lineage, stranger));
    const last = await registerAsset(lineage, datasetOwner, { byGrant: true });
    await expectGrantRequired(lineage, () => publishOn(lineage, ...list, last), last);
    await expectGrantRequired(lineage, () => publishOn(lineage, DATASET, MODEL, lineage.closed, asset), lineage.closed);
  });

  it("takes money as any other", async () => {
    const { ledger, dollar, payer, closed } = await loadClosed();
    await ledger.connect(payer).pay(closed, dollar, 5n, REF);
    expect((await ledger.flowOf(closed, dollar)).received).to.equal(5n);
  });

  it("leaves the asset's other releases open", async () => {
    const lineage = await loadClosed();
    const { datasetOwner, closed, stranger } = lineage;
    const open = await publishRelease(lineage, datasetOwner, closed);
    expect(await registerOn(lineage, stranger, open)).to.equal(open + 1n);
  });
});

describe("AssetRegistry.setAccountGrant", () => {
  it("lets that account build on that release, for itself and for others, again and again", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, holder, closed } = lineage;
    await registry.connect(datasetOwner).setAccountGrant(closed, stranger, true);
    await registerOn(lineage, stranger, closed);
    await registerAsset(lineage, stranger, { owner: holder, contributions: on(closed) });
    await publishOn(lineage, closed);
    expect(await publishOn(lineage, closed)).to.equal(lineage.asset + 4n);
  });

  it("serves no other account and no other release", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, holder, closed } = lineage;
    const other = await registerAsset(lineage, datasetOwner, { byGrant: true });
    await registry.connect(datasetOwner).setAccountGrant(closed, stranger, true);
    await expectGrantRequired(lineage, () => registerOn(lineage, holder, closed), closed);
    await expectGrantRequired(lineage, () => publishOn(lineage, closed, other), other);
  });

  it("says so in an event and a view", async () => {
    const { registry, datasetOwner, stranger, closed } = await loadClosed();
    for (const granted of [true, false]) {
      await expect(registry.connect(datasetOwner).setAccountGrant(closed, stranger, granted))
        .to.emit(registry, "AccountGrantSet")
        .withArgs(closed, stranger, granted);
      expect(await registry.accountGrant(closed, stranger)).to.equal(granted);
    }
  });

  it("can be revoked", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, closed } = lineage;
    await registry.connect(datasetOwner).setAccountGrant(closed, stranger, true);
    await registry.connect(datasetOwner).setAccountGrant(closed, stranger, false);
    await expectGrantRequired(lineage, () => publishOn(lineage, closed), closed);
  });

  it("lifts neither a floor nor a retirement", async () => {
    const lineage = await loadClosed();
    const { registry, ledger, datasetOwner, stranger } = lineage;
    const release = await registerAsset(lineage, datasetOwner, { byGrant: true, floor: 1_001 });
    await registry.connect(datasetOwner).setAccountGrant(release, stranger, true);
    const call = () => publishOn(lineage, release);
    await expectRefused(lineage, call, [ledger, "WeightBelowFloor"], release, 1_000n, 1_001n);
    await registry.connect(datasetOwner).setRetired(release, true);
    await expectRefused(lineage, call, [ledger, "ReleaseRetired"], release);
  });

  it("is for the owner of the release's asset alone", async () => {
    const lineage = await load();
    const second = await publishRelease(lineage, lineage.modelOwner, MODEL);
    for (const release of [MODEL, second]) {
      await expectOwnerOnly(lineage, (signer) =>
        lineage.registry.connect(signer).setAccountGrant(release, lineage.stranger, true),
      );
    }
  });

  it("refuses an unknown release", async () => {
    const lineage = await load();
    const { registry, ledger, stranger } = lineage;
    const call = () => registry.connect(stranger).setAccountGrant(99, stranger, true);
    await expectRefused(lineage, call, [ledger, "UnknownRelease"], 99n);
  });
});

describe("AssetRegistry.setAssetGrant", () => {
  it("lets that asset's owner, whoever it is, build on that release", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, holder, closed, asset } = lineage;
    await registry.connect(datasetOwner).setAssetGrant(closed, asset, true);
    await publishOn(lineage, closed);
    await registry.connect(stranger).transferFrom(stranger, holder, asset);
    expect(await publishRelease(lineage, holder, asset, { contributions: on(closed) })).to.equal(asset + 2n);
  });

  it("serves no other asset of the same owner and no other release", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, closed, asset } = lineage;
    const other = await registerAsset(lineage, datasetOwner, { byGrant: true });
    await registry.connect(datasetOwner).setAssetGrant(closed, asset, true);
    await expectGrantRequired(lineage, () => registerOn(lineage, stranger, closed), closed);
    await expectGrantRequired(lineage, () => publishOn(lineage, closed, other), other);
  });

  it("says so in an event and a view", async () => {
    const { registry, datasetOwner, closed, asset } = await loadClosed();
    for (const granted of [true, false]) {
      await expect(registry.connect(datasetOwner).setAssetGrant(closed, asset, granted))
        .to.emit(registry, "AssetGrantSet")
        .withArgs(closed, asset, granted);
      expect(await registry.assetGrant(closed, asset)).to.equal(granted);
    }
  });

  it("can be revoked", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, closed, asset } = lineage;
    await registry.connect(datasetOwner).setAssetGrant(closed, asset, true);
    await registry.connect(datasetOwner).setAssetGrant(closed, asset, false);
    await expectGrantRequired(lineage, () => publishOn(lineage, closed), closed);
  });

  it("is for the owner of the release's asset alone", async () => {
    const lineage = await load();
    const second = await publishRelease(lineage, lineage.modelOwner, MODEL);
    for (const release of [MODEL, second]) {
      await expectOwnerOnly(lineage, (signer) =>
        lineage.registry.connect(signer).setAssetGrant(release, DATASET, true),
      );
    }
  });

  it("refuses an unknown release", async () => {
    const lineage = await load();
    const { registry, ledger, stranger } = lineage;
    const call = () => registry.connect(stranger).setAssetGrant(99, DATASET, true);
    await expectRefused(lineage, call, [ledger, "UnknownRelease"], 99n);
  });

  it("refuses an asset that is not registered yet: the grant would fall to whoever registers next", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, closed, asset } = lineage;
    const call = () => registry.connect(datasetOwner).setAssetGrant(closed, asset + 1n, true);
    await expectRefused(lineage, call, [registry, "ERC721NonexistentToken"], asset + 1n);
  });
});
