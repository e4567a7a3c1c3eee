import { expect } from "chai";
import { type Contribution, registerAsset } from "../support/economy/assets.ts";
import {
  DATASET,
  ethers,
  expectRefused,
  type Lineage,
  load,
  networkHelpers,
  releaseOf,
} from "../support/contracts/fixture.ts";
import {
  digestOf,
  grantFor,
  registerWithGrants,
  type SignedGrant,
  signGrant,
} from "../support/signing/signedGrants.ts";

/** The lineage with a release by grant of the dataset's owner, and that owner's grant of it to the stranger. */
async function loadGranted() {
  const lineage = await load();
  const { datasetOwner, stranger } = lineage;
  const closed = await registerAsset(lineage, datasetOwner, { byGrant: true });
  const signed = await signGrant(lineage, datasetOwner, grantFor(closed, { account: stranger.address }));
  return { ...lineage, closed, signed };
}

const on = (release: bigint): Contribution[] => [{ release, weight: 1_000n }];

const registerOn = (lineage: Lineage, release: bigint, grants: SignedGrant[]) =>
  registerWithGrants(lineage, lineage.stranger, grants, { contributions: on(release) });

describe("AssetRegistry.registerWithGrants", () => {
  it("registers an asset on a release by grant, whose owner has signed for the caller", async () => {
    const lineage = await loadGranted();
    const { registry, stranger, closed, signed } = lineage;
    const asset = await registerOn(lineage, closed, [signed]);
    expect(await registry.ownerOf(asset)).to.equal(stranger.address);
    expect((await releaseOf(lineage, asset)).contributions).to.deep.equal(on(closed));
  });

  it("says that the grant is spent, beside what register says", async () => {
    const lineage = await loadGranted();
    const { registry, ledger, stranger, closed, signed } = lineage;
    await registerOn(lineage, closed, [signed]);
    const digest = await digestOf(lineage, signed.grant);
    const [spent] = await registry.queryFilter(registry.filters.GrantSpent());
    const [registered] = (await registry.queryFilter(registry.filters.AssetRegistered())).slice(-1);
    expect([...(spent?.args ?? [])]).to.deep.equal([closed, digest]);
    expect(registered?.transactionHash).to.equal(spent?.transactionHash);
    expect(await registry.grantSpent(digest)).to.equal(true);
    expect(await ledger.balanceOf(stranger, closed + 1n)).to.equal(100_000_000n);
  });

  it("goes by the caller, not by who will own the asset", async () => {
    const lineage = await loadGranted();
    const { registry, stranger, holder, closed, signed } = lineage;
    const contributions = on(closed);
    const byOther = () => registerWithGrants(lineage, holder, [signed], { contributions, owner: stranger });
    await expectRefused(lineage, byOther, [registry, "GrantForAnother"], closed);
    const asset = await registerWithGrants(lineage, stranger, [signed], { contributions, owner: holder });
    expect(await registry.ownerOf(asset)).to.equal(holder.address);
  });

  it("registers as register does where nothing is by grant", async () => {
    const lineage = await loadGranted();
    const asset = await registerOn(lineage, DATASET, []);
    expect(asset).to.equal(lineage.closed + 1n);
    expect((await releaseOf(lineage, asset)).contributions).to.deep.equal(on(DATASET));
  });

  it("refuses without a grant for the release", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, stranger, closed } = lineage;
    const other = await signGrant(lineage, datasetOwner, grantFor(DATASET, { account: stranger.address }));
    for (const grants of [[], [other]]) {
      const call = () => registerOn(lineage, closed, grants);
      await expectRefused(lineage, call, [registry, "GrantRequired"], closed);
    }
  });

  it("uses a grant once", async () => {
    const lineage = await loadGranted();
    const { registry, closed, signed } = lineage;
    await registerOn(lineage, closed, [signed]);
    const again = () => registerOn(lineage, closed, [signed]);
    await expectRefused(lineage, again, [registry, "GrantAlreadySpent"], closed);
  });

  it("refuses a grant to the asset that is about to be registered: it would serve whoever gets that id", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, closed } = lineage;
    const next = closed + 1n;
    const foretold = await signGrant(lineage, datasetOwner, grantFor(closed, { asset: next }));
    const call = () => registerOn(lineage, closed, [foretold]);
    await expectRefused(lineage, call, [registry, "GrantForAnother"], closed);
  });

  it("refuses an expired grant and a forged one", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, stranger, closed } = lineage;
    const deadline = BigInt(await networkHelpers.time.latest());
    const grant = grantFor(closed, { account: stranger.address });
    const expired = await signGrant(lineage, datasetOwner, { ...grant, deadline });
    const late = () => registerOn(lineage, closed, [expired]);
    await expectRefused(lineage, late, [registry, "GrantExpired"], closed, deadline);
    const forged = await signGrant(lineage, stranger, grant);
    const call = () => registerOn(lineage, closed, [forged]);
    await expectRefused(lineage, call, [registry, "GrantSignatureInvalid"], closed, datasetOwner);
  });

  it("takes the signature of a contract wallet that owns the release's asset", async () => {
    const lineage = await loadGranted();
    const { registry, datasetOwner, holder, stranger, closed, signed } = lineage;
    const wallet = await ethers.deployContract("ContractWallet", [holder]);
    await registry.connect(datasetOwner).transferFrom(datasetOwner, wallet, closed);
    const bySeller = () => registerOn(lineage, closed, [signed]);
    await expectRefused(lineage, bySeller, [registry, "GrantSignatureInvalid"], closed, wallet);
    const byKeyholder = await signGrant(lineage, holder, grantFor(closed, { account: stranger.address }));
    expect(await registerOn(lineage, closed, [byKeyholder])).to.equal(closed + 1n);
  });
});
