import { expect } from "chai";
import {
  type Contribution,
  publishRelease,
  registerAsset,
  releaseDraft,
  type ReleaseOptions,
} from "../support/economy/assets.ts";
import {
  DATASET,
  ethers,
  expectRefused,
  load,
  MODEL,
  networkHelpers,
  releaseOf,
} from "../support/contracts/fixture.ts";
import { callData } from "../support/contracts/multicall.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";
import { digestOf, grantFor, publishWithGrants, type SignedGrant, signGrant } from "../support/signing/signedGrants.ts";

/** The lineage with a release by grant of the dataset's owner, and an asset of the stranger that wants it. */
async function loadClosed() {
  const lineage = await load();
  const closed = await registerAsset(lineage, lineage.datasetOwner, { byGrant: true });
  const asset = await registerAsset(lineage, lineage.stranger);
  return { ...lineage, closed, asset };
}
type ClosedLineage = Awaited<ReturnType<typeof loadClosed>>;

const on = (...releases: bigint[]): Contribution[] => releases.map((release) => ({ release, weight: 1_000 }));

/** Publishes a release of the stranger's asset on these. */
const publishOn = (lineage: ClosedLineage, releases: bigint[], grants: SignedGrant[], options: ReleaseOptions = {}) =>
  publishWithGrants(lineage, lineage.stranger, lineage.asset, grants, { contributions: on(...releases), ...options });

/** The dataset owner's grant of the closed release to the stranger, once. */
const grantToStranger = (lineage: ClosedLineage, fields: Parameters<typeof grantFor>[1] = {}) =>
  signGrant(lineage, lineage.datasetOwner, grantFor(lineage.closed, { account: lineage.stranger.address, ...fields }));

const expectGrantRequired = (lineage: ClosedLineage, call: () => Promise<unknown>, release: bigint) =>
  expectRefused(lineage, call, [lineage.registry, "GrantRequired"], release);

describe("AssetRegistry.publishWithGrants", () => {
  it("lets the account that the owner's signature names build on the release", async () => {
    const lineage = await loadClosed();
    const { asset, closed } = lineage;
    await expectGrantRequired(lineage, () => publishOn(lineage, [closed], []), closed);
    const release = await publishOn(lineage, [closed], [await grantToStranger(lineage)]);
    expect((await releaseOf(lineage, release)).asset).to.equal(asset);
    expect((await releaseOf(lineage, release)).contributions).to.deep.equal([{ release: closed, weight: 1_000n }]);
  });

  it("answers with the new id, and says that the grant is spent", async () => {
    const lineage = await loadClosed();
    const { registry, stranger, asset, closed } = lineage;
    const signed = await grantToStranger(lineage);
    const digest = await digestOf(lineage, signed.grant);
    const publish = registry.connect(stranger).publishWithGrants;
    const draft = releaseDraft({ contributions: on(closed) });
    expect(await registry.grantSpent(digest)).to.equal(false);
    expect(await publish.staticCall(asset, draft, [signed])).to.equal(asset + 1n);
    await expect(publish(asset, draft, [signed]))
      .to.emit(registry, "GrantSpent")
      .withArgs(closed, digest);
    expect(await registry.grantSpent(digest)).to.equal(true);
  });

  it("publishes as publish does where nothing is by grant", async () => {
    const lineage = await loadClosed();
    const { registry, stranger, asset } = lineage;
    const contributions = [{ release: DATASET, weight: 70_000n }];
    const draft = releaseDraft({ contributions, floor: 9, byGrant: true, label: "2" });
    const edges = [(DATASET << 24n) | 70_000n];
    await expect(registry.connect(stranger).publishWithGrants(asset, draft, []))
      .to.emit(registry, "ReleasePublished")
      .withArgs(asset + 1n, asset, edges, 9, true, "2", draft.digest, draft.uri);
  });

  it("uses a grant once", async () => {
    const lineage = await loadClosed();
    const { registry, closed } = lineage;
    const signed = await grantToStranger(lineage);
    await publishOn(lineage, [closed], [signed]);
    const again = () => publishOn(lineage, [closed], [signed]);
    await expectRefused(lineage, again, [registry, "GrantAlreadySpent"], closed);
    await publishOn(lineage, [closed], [await grantToStranger(lineage, { nonce: 1n })]);
  });

  it("uses a grant once in a multicall too", async () => {
    const lineage = await loadClosed();
    const { registry, stranger, asset, closed } = lineage;
    const signed = await grantToStranger(lineage);
    const draft = releaseDraft({ contributions: on(closed) });
    const publish = () => registry.publishWithGrants.populateTransaction(asset, draft, [signed]);
    const twice = await callData(publish(), publish());
    const call = () => registry.connect(stranger).multicall(twice);
    await expectRefused(lineage, call, [registry, "GrantAlreadySpent"], closed);
  });

  it("leaves a grant unspent when publishing fails for another reason", async () => {
    const lineage = await loadClosed();
    const { ledger, closed } = lineage;
    const signed = await grantToStranger(lineage);
    const call = () => publishOn(lineage, [closed], [signed], { floor: 1_000_001 });
    await expectRefused(lineage, call, [ledger, "AboveWhole"], 1_000_001n);
    await publishOn(lineage, [closed], [signed]);
  });

  it("takes a grant that names the asset, from whoever owns it then", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, stranger, holder, asset, closed } = lineage;
    const signed = await signGrant(lineage, datasetOwner, grantFor(closed, { asset }));
    await registry.connect(stranger).transferFrom(stranger, holder, asset);
    await publishWithGrants(lineage, holder, asset, [signed], { contributions: on(closed) });
    expect(await registry.grantSpent(await digestOf(lineage, signed.grant))).to.equal(true);
  });

  it("takes a grant that names an account and an asset from either, once", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, holder, asset, closed } = lineage;
    const grant = grantFor(closed, { account: holder.address, asset });
    const signed = await signGrant(lineage, datasetOwner, grant);
    await publishOn(lineage, [closed], [signed]);
    const own = await registerAsset(lineage, holder);
    const again = () => publishWithGrants(lineage, holder, own, [signed], { contributions: on(closed) });
    await expectRefused(lineage, again, [registry, "GrantAlreadySpent"], closed);
    const next = await signGrant(lineage, datasetOwner, { ...grant, nonce: 1n });
    await publishWithGrants(lineage, holder, own, [next], { contributions: on(closed) });
  });

  it("refuses a grant to another account or another asset", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, holder, asset, closed } = lineage;
    for (const fields of [
      { account: holder.address },
      { asset: asset + 1n },
      { asset: DATASET },
      { account: holder.address, asset: DATASET },
      {},
    ]) {
      const signed = await signGrant(lineage, datasetOwner, grantFor(closed, fields));
      const call = () => publishOn(lineage, [closed], [signed]);
      await expectRefused(lineage, call, [registry, "GrantForAnother"], closed);
    }
  });

  it("needs the caller to own the asset, whatever was granted", async () => {
    const lineage = await loadClosed();
    const { registry, datasetOwner, closed } = lineage;
    const signed = await signGrant(lineage, datasetOwner, grantFor(closed, { asset: MODEL }));
    const draft = releaseDraft({ contributions: on(closed) });
    await expectOwnerOnly(lineage, (signer) => registry.connect(signer).publishWithGrants(MODEL, draft, [signed]));
  });

  it("refuses an asset that there is not", async () => {
    const lineage = await loadClosed();
    const { registry, stranger, asset } = lineage;
    const call = () => publishWithGrants(lineage, stranger, asset + 1n, []);
    await expectRefused(lineage, call, [registry, "ERC721NonexistentToken"], asset + 1n);
  });

  it("takes a grant up to its deadline and not after", async () => {
    const lineage = await loadClosed();
    const { registry, closed } = lineage;
    const deadline = BigInt(await networkHelpers.time.latest()) + 1_000n;
    const [first, second] = [
      await grantToStranger(lineage, { deadline }),
      await grantToStranger(lineage, { deadline, nonce: 1n }),
    ];
    await networkHelpers.time.setNextBlockTimestamp(deadline);
    await publishOn(lineage, [closed], [first]);
    await networkHelpers.time.increaseTo(deadline + 1n);
    const late = () => publishOn(lineage, [closed], [second]);
    await expectRefused(lineage, late, [registry, "GrantExpired"], closed, deadline);
  });

  describe("refuses a signature", () => {
    const expectInvalid = async (lineage: ClosedLineage, signed: SignedGrant, owner = lineage.datasetOwner.address) => {
      const call = () => publishOn(lineage, [lineage.closed], [signed]);
      await expectRefused(lineage, call, [lineage.registry, "GrantSignatureInvalid"], lineage.closed, owner);
    };

    it("of somebody else, the buyer of the grant included", async () => {
      const lineage = await loadClosed();
      const grant = grantFor(lineage.closed, { account: lineage.stranger.address });
      for (const signer of [lineage.stranger, lineage.holder, lineage.admin]) {
        await expectInvalid(lineage, await signGrant(lineage, signer, grant));
      }
    });

    it("for another chain, another registry, another protocol or another version", async () => {
      const lineage = await loadClosed();
      const grant = grantFor(lineage.closed, { account: lineage.stranger.address });
      for (const domain of [
        { chainId: 1n },
        { verifyingContract: await lineage.ledger.getAddress() },
        { name: "Tributary Asset" },
        { version: "2" },
      ]) {
        await expectInvalid(lineage, await signGrant(lineage, lineage.datasetOwner, grant, domain));
      }
      await publishOn(lineage, [lineage.closed], [await signGrant(lineage, lineage.datasetOwner, grant)]);
    });

    it("under other terms than the grant's", async () => {
      const lineage = await loadClosed();
      const { datasetOwner, stranger, holder, asset, closed } = lineage;
      const grant = grantFor(closed, { account: stranger.address });
      for (const changes of [
        { release: DATASET },
        { account: holder.address },
        { asset },
        { nonce: 1n },
        { deadline: 4_000_000_000n },
      ]) {
        const { signature } = await signGrant(lineage, datasetOwner, { ...grant, ...changes });
        await expectInvalid(lineage, { grant, signature });
      }
    });

    it("that is none, or of the wrong length", async () => {
      const lineage = await loadClosed();
      const { grant, signature } = await grantToStranger(lineage);
      for (const wrong of ["0x", `0x${"00".repeat(65)}`, `${String(signature)}00`, String(signature).slice(0, -2)]) {
        await expectInvalid(lineage, { grant, signature: wrong });
      }
    });

    it("of an owner who has sold since, but takes the buyer's", async () => {
      const lineage = await loadClosed();
      const { registry, datasetOwner, stranger, holder, closed } = lineage;
      const bySeller = await grantToStranger(lineage);
      await registry.connect(datasetOwner).transferFrom(datasetOwner, holder, closed);
      await expectInvalid(lineage, bySeller, holder.address);
      const grant = grantFor(closed, { account: stranger.address });
      await publishOn(lineage, [closed], [await signGrant(lineage, holder, grant)]);
    });
  });

  describe("from a contract wallet (ERC-1271)", () => {
    /** The closed lineage, whose closed release belongs to an organization's wallet with the holder as keyholder. */
    async function loadOrganization() {
      const lineage = await loadClosed();
      const { registry, datasetOwner, holder, closed } = lineage;
      const wallet = await ethers.deployContract("ContractWallet", [holder]);
      await registry.connect(datasetOwner).transferFrom(datasetOwner, wallet, closed);
      return { ...lineage, wallet };
    }

    it("takes what the wallet says is its signature, once", async () => {
      const lineage = await loadOrganization();
      const { registry, stranger, holder, closed } = lineage;
      const signed = await signGrant(lineage, holder, grantFor(closed, { account: stranger.address }));
      await publishOn(lineage, [closed], [signed]);
      const again = () => publishOn(lineage, [closed], [signed]);
      await expectRefused(lineage, again, [registry, "GrantAlreadySpent"], closed);
    });

    it("refuses what the wallet does not take for its signature", async () => {
      const lineage = await loadOrganization();
      const { registry, closed, wallet } = lineage;
      const call = async () => publishOn(lineage, [closed], [await grantToStranger(lineage)]);
      await expectRefused(lineage, call, [registry, "GrantSignatureInvalid"], closed, wallet);
    });

    it("refuses any signature for a contract that cannot sign", async () => {
      const lineage = await loadClosed();
      const { registry, dollar, datasetOwner, closed } = lineage;
      const signed = await grantToStranger(lineage);
      await registry.connect(datasetOwner).transferFrom(datasetOwner, dollar, closed);
      const call = () => publishOn(lineage, [closed], [signed]);
      await expectRefused(lineage, call, [registry, "GrantSignatureInvalid"], closed, dollar);
    });
  });

  describe("with several grants", () => {
    /** The closed lineage with a second release by grant, of the model's owner, between two that are open. */
    async function loadTwoClosed() {
      const lineage = await loadClosed();
      const { modelOwner, stranger } = lineage;
      const alsoClosed = await registerAsset(lineage, modelOwner, { byGrant: true });
      const ofDataset = await grantToStranger(lineage);
      const ofModel = await signGrant(lineage, modelOwner, grantFor(alsoClosed, { account: stranger.address }));
      return { ...lineage, alsoClosed, ofDataset, ofModel };
    }

    it("finds the one for each release, in any order", async () => {
      const lineage = await loadTwoClosed();
      const { registry, asset, closed, alsoClosed, ofDataset, ofModel } = lineage;
      await publishOn(lineage, [DATASET, closed, asset, alsoClosed], [ofModel, ofDataset]);
      for (const { grant } of [ofDataset, ofModel]) {
        expect(await registry.grantSpent(await digestOf(lineage, grant))).to.equal(true);
      }
    });

    it("needs one for every release by grant, and spends none otherwise", async () => {
      const lineage = await loadTwoClosed();
      const { closed, alsoClosed, ofDataset } = lineage;
      const call = () => publishOn(lineage, [closed, alsoClosed], [ofDataset]);
      await expectGrantRequired(lineage, call, alsoClosed);
      await publishOn(lineage, [closed], [ofDataset]);
    });

    it("ignores and keeps one for a release that is not in the list, valid or not", async () => {
      const lineage = await loadTwoClosed();
      const { registry, closed, alsoClosed, ofDataset, ofModel } = lineage;
      const forged = { grant: { ...ofModel.grant, nonce: 5n }, signature: "0x" };
      await publishOn(lineage, [closed], [forged, ofModel, ofDataset]);
      expect(await registry.grantSpent(await digestOf(lineage, ofModel.grant))).to.equal(false);
      await publishOn(lineage, [alsoClosed], [ofModel]);
    });

    it("keeps one that is not needed: of an open release, of the caller's own, beside a standing grant", async () => {
      const lineage = await loadTwoClosed();
      const { registry, datasetOwner, modelOwner, stranger, asset, closed, ofDataset, ofModel, alsoClosed } = lineage;
      const open = await signGrant(lineage, datasetOwner, grantFor(DATASET, { account: stranger.address }));
      const own = await publishRelease(lineage, stranger, asset, { byGrant: true });
      const toSelf = await signGrant(lineage, stranger, grantFor(own, { account: stranger.address }));
      await registry.connect(datasetOwner).setAccountGrant(closed, stranger, true);
      await registry.connect(modelOwner).setAssetGrant(alsoClosed, asset, true);
      const grants = [open, toSelf, ofDataset, ofModel];
      await publishOn(lineage, [DATASET, closed, alsoClosed, own], grants);
      for (const { grant } of grants) {
        expect(await registry.grantSpent(await digestOf(lineage, grant))).to.equal(false);
      }
    });

    it("goes by the first one for a release", async () => {
      const lineage = await loadTwoClosed();
      const { registry, closed, ofDataset } = lineage;
      const expired = await grantToStranger(lineage, { deadline: 1n });
      const call = () => publishOn(lineage, [closed], [expired, ofDataset]);
      await expectRefused(lineage, call, [registry, "GrantExpired"], closed, 1n);
      const spare = await grantToStranger(lineage, { nonce: 1n });
      await publishOn(lineage, [closed], [ofDataset, spare]);
      expect(await registry.grantSpent(await digestOf(lineage, spare.grant))).to.equal(false);
    });
  });

  it("lifts neither a floor nor a retirement", async () => {
    const lineage = await loadClosed();
    const { registry, ledger, datasetOwner, stranger } = lineage;
    const release = await registerAsset(lineage, datasetOwner, { byGrant: true, floor: 1_001 });
    const signed = await signGrant(lineage, datasetOwner, grantFor(release, { account: stranger.address }));
    const call = () => publishOn(lineage, [release], [signed]);
    await expectRefused(lineage, call, [ledger, "WeightBelowFloor"], release, 1_000n, 1_001n);
    await registry.connect(datasetOwner).setRetired(release, true);
    await expectRefused(lineage, call, [ledger, "ReleaseRetired"], release);
  });
});
