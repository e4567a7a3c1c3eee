import { expect } from "chai";
import { publishRelease, registerAsset } from "../support/economy/assets.ts";
import { expectRefused, load, MODEL } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";
import { digestOf, grantFor, publishWithGrants, signGrant } from "../support/signing/signedGrants.ts";

/** The lineage with a release by grant, and its owner's grant of it to the stranger, who has an asset. */
async function loadGranted() {
  const lineage = await load();
  const { datasetOwner, stranger } = lineage;
  const closed = await registerAsset(lineage, datasetOwner, { byGrant: true });
  const asset = await registerAsset(lineage, stranger);
  const signed = await signGrant(lineage, datasetOwner, grantFor(closed, { account: stranger.address }));
  return { ...lineage, closed, asset, signed };
}
type Granted = Awaited<ReturnType<typeof loadGranted>>;

const publishWith = (lineage: Granted, signed: Granted["signed"]) =>
  publishWithGrants(lineage, lineage.stranger, lineage.asset, [signed], {
    contributions: [{ release: lineage.closed, weight: 1_000 }],
  });

describe("AssetRegistry.cancelGrant", () => {
  it("takes back a grant that is not used yet, and says so", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, closed, signed } = lineage;
    const digest = await digestOf(lineage, signed.grant);
    await expect(registry.connect(datasetOwner).cancelGrant(signed.grant))
      .to.emit(registry, "GrantSpent")
      .withArgs(closed, digest);
    expect(await registry.grantSpent(digest)).to.equal(true);
    const call = () => publishWith(lineage, signed);
    await expectRefused(lineage, call, [registry, "GrantAlreadySpent"], closed);
  });

  it("leaves grants that differ in anything as they are", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, signed } = lineage;
    await registry.connect(datasetOwner).cancelGrant({ ...signed.grant, nonce: 1n });
    await publishWith(lineage, signed);
  });

  it("outlasts a sale", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, holder, closed, signed } = lineage;
    await registry.connect(datasetOwner).cancelGrant(signed.grant);
    await registry.connect(datasetOwner).transferFrom(datasetOwner, holder, closed);
    const byBuyer = await signGrant(lineage, holder, signed.grant);
    const call = () => publishWith(lineage, byBuyer);
    await expectRefused(lineage, call, [registry, "GrantAlreadySpent"], closed);
  });

  it("does not undo what was built with a grant", async () => {
    const lineage = await loadGranted();
    const { registry, ledger, datasetOwner, closed, signed } = lineage;
    const release = await publishWith(lineage, signed);
    await registry.connect(datasetOwner).cancelGrant(signed.grant);
    expect((await ledger.releaseInfo(release)).contributions[0]?.release).to.equal(closed);
  });

  it("is for the owner of the release's asset alone", async () => {
    const lineage = await load();
    const second = await publishRelease(lineage, lineage.modelOwner, MODEL);
    for (const release of [MODEL, second]) {
      const grant = grantFor(release, { account: lineage.stranger.address });
      await expectOwnerOnly(lineage, (signer) => lineage.registry.connect(signer).cancelGrant(grant));
    }
  });

  it("goes over to whoever buys the asset", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, holder, closed, signed } = lineage;
    await registry.connect(datasetOwner).transferFrom(datasetOwner, holder, closed);
    const bySeller = () => registry.connect(datasetOwner).cancelGrant(signed.grant);
    await expectRefused(lineage, bySeller, [registry, "NotAssetOwner"], closed, datasetOwner);
    await registry.connect(holder).cancelGrant(signed.grant);
    expect(await registry.grantSpent(await digestOf(lineage, signed.grant))).to.equal(true);
  });

  it("refuses an unknown release", async () => {
    const lineage = await load();
    const { registry, ledger, stranger } = lineage;
    const call = () => registry.connect(stranger).cancelGrant(grantFor(99n));
    await expectRefused(lineage, call, [ledger, "UnknownRelease"], 99n);
  });
});
