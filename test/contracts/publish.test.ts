import { expect } from "chai";
import { id as hashOf } from "ethers";
import {
  Kind,
  publishRelease,
  registerAsset,
  releaseDraft,
  type ReleaseOptions,
  WHOLE,
} from "../support/economy/assets.ts";
import { badContributions } from "../support/contracts/badContributions.ts";
import { AGENT, DATASET, expectRefused, type Lineage, load, MODEL, releaseOf } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";

/** Publishes a release of the model by its owner. */
const publish = (lineage: Lineage, options: ReleaseOptions = {}) =>
  publishRelease(lineage, lineage.modelOwner, MODEL, options);

/** Asserts that the model's owner cannot publish this. */
const expectReleaseRefused = (lineage: Lineage, options: ReleaseOptions, error: string, ...args: unknown[]) =>
  expectRefused(lineage, () => publish(lineage, options), [lineage.ledger, error], ...args);

describe("AssetRegistry.publish", () => {
  it("gives the next id, and the asset's kind, to the release", async () => {
    const lineage = await load();
    const contributions = [{ release: AGENT, weight: 20_000n }];
    expect(await publish(lineage, { contributions, floor: 3_000, byGrant: true })).to.equal(4n);
    expect(await releaseOf(lineage, 4n)).to.deep.equal({
      asset: MODEL,
      kind: BigInt(Kind.Model),
      ownWeight: 980_000n,
      floor: 3_000n,
      keep: 0n,
      byGrant: true,
      retired: false,
      contributions,
    });
  });

  it("answers with the new id", async () => {
    const { registry, modelOwner } = await load();
    expect(await registry.connect(modelOwner).publish.staticCall(MODEL, releaseDraft())).to.equal(4n);
  });

  it("tells the whole release in one event", async () => {
    const { registry, modelOwner } = await load();
    const contributions = [
      { release: DATASET, weight: 200_000n },
      { release: MODEL, weight: 100_000n },
    ];
    const draft = { contributions, floor: 70_000, byGrant: false, label: "2.0", digest: hashOf("w"), uri: "ipfs://b" };
    const edges = [(DATASET << 24n) | 200_000n, (MODEL << 24n) | 100_000n];
    await expect(registry.connect(modelOwner).publish(MODEL, draft))
      .to.emit(registry, "ReleasePublished")
      .withArgs(4n, MODEL, edges, 70_000, false, "2.0", hashOf("w"), "ipfs://b");
  });

  it("leaves earlier releases and the asset's shares as they are", async () => {
    const lineage = await load();
    const { ledger, modelOwner } = lineage;
    const [before, shares] = [await releaseOf(lineage, MODEL), await ledger.balanceOf(modelOwner, MODEL)];
    await publish(lineage, { contributions: [{ release: DATASET, weight: 1 }], floor: 9, byGrant: true });
    expect(await releaseOf(lineage, MODEL)).to.deep.equal(before);
    expect(await ledger.balanceOf(modelOwner, MODEL)).to.equal(shares);
    expect(await ledger.balanceOf(modelOwner, 4n)).to.equal(0n);
  });

  it("brings the asset income from all of its releases", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    const second = await publish(lineage, { contributions: [{ release: MODEL, weight: 100_000 }] });
    await ledger.connect(payer).payAndSettle(second, dollar, 1_000_000n, hashOf("r"), [second, MODEL]);
    // The second release keeps 900,000 and passes 100,000 to the first, which keeps 70 % of that.
    expect((await ledger.incomeOf(MODEL, dollar)).income).to.equal(970_000n);
    expect((await ledger.incomeOf(second, dollar)).income).to.equal(0n);
  });

  it("is for the asset's owner alone", async () => {
    const lineage = await load();
    await expectOwnerOnly(lineage, (signer) => lineage.registry.connect(signer).publish(MODEL, releaseDraft()));
  });

  it("goes over to whoever buys the asset", async () => {
    const lineage = await load();
    const { registry, modelOwner, stranger } = lineage;
    await registry.connect(modelOwner).transferFrom(modelOwner, stranger, MODEL);
    await expectRefused(lineage, () => publish(lineage), [registry, "NotAssetOwner"], MODEL, modelOwner);
    expect(await publishRelease(lineage, stranger, MODEL)).to.equal(4n);
  });

  it("refuses an asset that there is not, a later release's id included", async () => {
    const lineage = await load();
    const second = await publish(lineage);
    for (const asset of [0n, second, 99n]) {
      const call = () => publishRelease(lineage, lineage.modelOwner, asset);
      await expectRefused(lineage, call, [lineage.registry, "ERC721NonexistentToken"], asset);
    }
  });

  for (const { title, contributions, error, args } of badContributions) {
    it(`refuses as contributions ${title}`, async () => {
      await expectReleaseRefused(await load(), { contributions }, error, ...args);
    });
  }

  it("refuses to build on a retired release, its own asset's included", async () => {
    const lineage = await load();
    await lineage.registry.connect(lineage.modelOwner).setRetired(MODEL, true);
    const contributions = [{ release: MODEL, weight: 1 }];
    await expectReleaseRefused(lineage, { contributions }, "ReleaseRetired", MODEL);
  });

  it("refuses a weight under a floor, its own asset's included", async () => {
    const lineage = await load();
    const demanding = await publish(lineage, { floor: 40_000 });
    const contributions = [{ release: demanding, weight: 39_999 }];
    await expectReleaseRefused(lineage, { contributions }, "WeightBelowFloor", demanding, 39_999n, 40_000n);
  });

  it("inherits floors as a first release does", async () => {
    const lineage = await load();
    const demanding = await publish(lineage, { floor: 40_000 });
    const heir = await publish(lineage, { contributions: [{ release: demanding, weight: 300_000 }] });
    expect((await releaseOf(lineage, heir)).floor).to.equal(133_334n);
  });

  it("refuses a floor above the whole", async () => {
    await expectReleaseRefused(await load(), { floor: WHOLE + 1 }, "AboveWhole", 1_000_001n);
  });

  it("holds every release to the keep that the asset was registered with", async () => {
    const lineage = await load();
    const { registry, ledger, stranger } = lineage;
    const asset = await registerAsset(lineage, stranger, { keep: 600_000 });
    const publishPassingOn = (weight: number) =>
      publishRelease(lineage, stranger, asset, { contributions: [{ release: DATASET, weight }] });

    const second = await publishPassingOn(400_000);
    expect((await releaseOf(lineage, second)).keep).to.equal(600_000n);
    const call = () => publishPassingOn(400_001);
    await expectRefused(lineage, call, [ledger, "OwnWeightBelowKeep"], 599_999n, 600_000n);

    await registry.connect(stranger).transferFrom(stranger, lineage.holder, asset);
    const contributions = [{ release: DATASET, weight: 400_001 }];
    const byBuyer = () => publishRelease(lineage, lineage.holder, asset, { contributions });
    await expectRefused(lineage, byBuyer, [ledger, "OwnWeightBelowKeep"], 599_999n, 600_000n);
  });

  it("alone may add a release to the ledger", async () => {
    const lineage = await load();
    const { ledger, admin, modelOwner } = lineage;
    for (const caller of [admin, modelOwner]) {
      const call = () => ledger.connect(caller).addRelease(MODEL, 0, false, []);
      await expectRefused(lineage, call, [ledger, "OnlyRegistry"]);
    }
  });
});
