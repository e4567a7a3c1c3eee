import { expect } from "chai";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { Kind, publishRelease, registerAsset } from "../support/economy/assets.ts";
import { AGENT, DATASET, ethers, expectRefused, type Lineage, load, MODEL } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";

/** The lineage; identities 0 and 1 are the agent owner's, 2 is the stranger's. */
async function loadIdentified() {
  const lineage = await load();
  const { identities, agentOwner, stranger } = lineage;
  await identities.connect(agentOwner)["register(string)"]("https://agents.example/zero.json");
  await identities.connect(agentOwner)["register()"]();
  await identities.connect(stranger)["register()"]();
  return lineage;
}

const bind = ({ registry, agentOwner }: Lineage, asset: bigint, identity: bigint) =>
  registry.connect(agentOwner).bindIdentity(asset, identity);

const identityOf = async ({ registry }: Lineage, asset: bigint) => {
  const { bound, identity } = await registry.identityOf(asset);
  return bound ? identity : undefined;
};

describe("AssetRegistry.bindIdentity", () => {
  it("binds an agent to its ERC-8004 identity, to be found from either side", async () => {
    const lineage = await loadIdentified();
    const { registry } = lineage;
    expect(await identityOf(lineage, AGENT)).to.equal(undefined);
    expect(await registry.assetOfIdentity(1n)).to.equal(0n);
    await bind(lineage, AGENT, 1n);
    expect(await identityOf(lineage, AGENT)).to.equal(1n);
    expect(await registry.assetOfIdentity(1n)).to.equal(AGENT);
  });

  it("says so", async () => {
    const lineage = await loadIdentified();
    await expect(bind(lineage, AGENT, 1n))
      .to.emit(lineage.registry, "IdentityBound")
      .withArgs(AGENT, 1n);
  });

  it("takes identity number 0 for one like any other", async () => {
    const lineage = await loadIdentified();
    const { registry, agentOwner } = lineage;
    await bind(lineage, AGENT, 0n);
    expect(await identityOf(lineage, AGENT)).to.equal(0n);
    expect(await registry.assetOfIdentity(0n)).to.equal(AGENT);
    const rebinding = () => bind(lineage, AGENT, 1n);
    await expectRefused(lineage, rebinding, [registry, "IdentityAlreadyBound"], AGENT, 1n);
    const second = await registerAsset(lineage, agentOwner, { kind: Kind.Agent });
    const sharing = () => bind(lineage, second, 0n);
    await expectRefused(lineage, sharing, [registry, "IdentityAlreadyBound"], second, 0n);
    expect(await identityOf(lineage, second)).to.equal(undefined);
  });

  it("binds several agents of an owner, each to its own", async () => {
    const lineage = await loadIdentified();
    const { registry, agentOwner } = lineage;
    const second = await registerAsset(lineage, agentOwner, { kind: Kind.Agent });
    await bind(lineage, AGENT, 0n);
    await bind(lineage, second, 1n);
    expect(await registry.assetOfIdentity(0n)).to.equal(AGENT);
    expect(await registry.assetOfIdentity(1n)).to.equal(second);
  });

  it("binds an agent once, to the same identity either", async () => {
    const lineage = await loadIdentified();
    await bind(lineage, AGENT, 1n);
    for (const identity of [0n, 1n]) {
      const call = () => bind(lineage, AGENT, identity);
      await expectRefused(lineage, call, [lineage.registry, "IdentityAlreadyBound"], AGENT, identity);
    }
  });

  it("binds an identity once", async () => {
    const lineage = await loadIdentified();
    const { registry, agentOwner } = lineage;
    const second = await registerAsset(lineage, agentOwner, { kind: Kind.Agent });
    await bind(lineage, AGENT, 1n);
    const call = () => bind(lineage, second, 1n);
    await expectRefused(lineage, call, [registry, "IdentityAlreadyBound"], second, 1n);
  });

  it("binds for ever, whoever buys the agent and the identity", async () => {
    const lineage = await loadIdentified();
    const { registry, identities, agentOwner, holder } = lineage;
    await bind(lineage, AGENT, 1n);
    await registry.connect(agentOwner).transferFrom(agentOwner, holder, AGENT);
    for (const identity of [0n, 1n]) await identities.connect(agentOwner).transferFrom(agentOwner, holder, identity);
    expect(await identityOf(lineage, AGENT)).to.equal(1n);
    const rebinding = () => registry.connect(holder).bindIdentity(AGENT, 0n);
    await expectRefused(lineage, rebinding, [registry, "IdentityAlreadyBound"], AGENT, 0n);
  });

  it("is not touched by what the identity says of itself, before or after", async () => {
    const lineage = await loadIdentified();
    const { identities, agentOwner } = lineage;
    const described = identities.connect(agentOwner)["register(string,(string,bytes)[])"];
    await described("", [{ metadataKey: "asset", metadataValue: "0x63" }]);
    await bind(lineage, AGENT, 3n);
    await identities.connect(agentOwner).setAgentURI(3n, "https://agents.example/three.json");
    await identities.connect(agentOwner).setMetadata(3n, "asset", "0x64");
    expect(await identities.getMetadata(3n, "asset")).to.equal("0x64");
    expect(await identityOf(lineage, AGENT)).to.equal(3n);
  });

  it("is for the asset's owner alone", async () => {
    const lineage = await loadIdentified();
    await expectOwnerOnly(lineage, (signer) => lineage.registry.connect(signer).bindIdentity(MODEL, 2n));
    const { registry, stranger } = lineage;
    const call = () => registry.connect(stranger).bindIdentity(AGENT, 2n);
    await expectRefused(lineage, call, [registry, "NotAssetOwner"], AGENT, stranger);
  });

  it("refuses a dataset and a model", async () => {
    const lineage = await loadIdentified();
    const { registry, identities, datasetOwner, modelOwner } = lineage;
    for (const [owner, asset, identity] of [
      [datasetOwner, DATASET, 3n],
      [modelOwner, MODEL, 4n],
    ] as const) {
      await identities.connect(owner)["register()"]();
      const call = () => registry.connect(owner).bindIdentity(asset, identity);
      await expectRefused(lineage, call, [registry, "NotAnAgent"], asset);
    }
  });

  it("refuses an identity of somebody else, even to an operator", async () => {
    const lineage = await loadIdentified();
    const { registry, identities, agentOwner, stranger } = lineage;
    const call = () => bind(lineage, AGENT, 2n);
    await expectRefused(lineage, call, [registry, "NotIdentityOwner"], 2n, agentOwner);
    await identities.connect(stranger).setApprovalForAll(agentOwner, true);
    await identities.connect(stranger).approve(agentOwner, 2n);
    await expectRefused(lineage, call, [registry, "NotIdentityOwner"], 2n, agentOwner);
    await identities.connect(stranger).transferFrom(stranger, agentOwner, 2n);
    await call();
    expect(await identityOf(lineage, AGENT)).to.equal(2n);
  });

  it("refuses an identity that there is not", async () => {
    const lineage = await loadIdentified();
    const call = () => bind(lineage, AGENT, 99n);
    await expectRefused(lineage, call, [lineage.identities, "ERC721NonexistentToken"], 99n);
  });

  it("refuses an asset that there is not, a later release's id included", async () => {
    const lineage = await loadIdentified();
    const second = await publishRelease(lineage, lineage.agentOwner, AGENT);
    for (const asset of [0n, second, 99n]) {
      const call = () => bind(lineage, asset, 1n);
      await expectRefused(lineage, call, [lineage.registry, "ERC721NonexistentToken"], asset);
    }
  });

  it("refuses every identity on a chain without a registry of identities", async () => {
    const { admin, commons, dollar, agentOwner } = await loadIdentified();
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    const agent = await registerAsset(bare, agentOwner, { kind: Kind.Agent });
    await expect(bare.registry.connect(agentOwner).bindIdentity(agent, 1n))
      .to.be.revertedWithCustomError(bare.registry, "NotIdentityOwner")
      .withArgs(1n, agentOwner);
  });
});

describe("AssetRegistry.identityRegistry", () => {
  it("is the one that the deployment names, or none", async () => {
    const { registry, identities, admin, commons, dollar } = await load();
    expect(await registry.identityRegistry()).to.equal(await identities.getAddress());
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    expect(await bare.registry.identityRegistry()).to.equal(ethers.ZeroAddress);
  });
});
