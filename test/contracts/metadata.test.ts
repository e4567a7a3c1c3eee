import { expect } from "chai";
import { AbiCoder, concat, hexlify, sha256, toUtf8Bytes } from "ethers";
import { publishRelease } from "../support/economy/assets.ts";
import { ipfsUriOf } from "../support/cid.ts";
import { DATASET, expectRefused, load, MODEL } from "../support/contracts/fixture.ts";
import { expectOwnerOnly } from "../support/contracts/nonOwners.ts";

const METADATA = `{"name":"Llama","organisation":"Méta"}`;

describe("AssetRegistry.setMetadata", () => {
  it("replaces the digest and the address of the asset's metadata", async () => {
    const { registry, modelOwner } = await load();
    const datasetDigest = await registry.metadataDigest(DATASET);
    await registry.connect(modelOwner).setMetadata(MODEL, METADATA);
    expect(await registry.metadataDigest(MODEL)).to.equal(sha256(toUtf8Bytes(METADATA)));
    expect(await registry.tokenURI(MODEL)).to.equal(ipfsUriOf(METADATA));
    expect(await registry.metadataDigest(DATASET)).to.equal(datasetDigest);
  });

  it("tells the bytes in an event, and marketplaces to look again", async () => {
    const { registry, modelOwner } = await load();
    await expect(registry.connect(modelOwner).setMetadata(MODEL, METADATA))
      .to.emit(registry, "MetadataChanged")
      .withArgs(MODEL, hexlify(toUtf8Bytes(METADATA)))
      .and.to.emit(registry, "MetadataUpdate")
      .withArgs(MODEL);
  });

  it("keeps what is not UTF-8 as it came", async () => {
    const { registry, modelOwner } = await load();
    const bytes = "0xff00fe80";
    const { selector } = registry.interface.getFunction("setMetadata");
    const data = concat([selector, AbiCoder.defaultAbiCoder().encode(["uint40", "bytes"], [MODEL, bytes])]);
    await expect(modelOwner.sendTransaction({ to: registry, data }))
      .to.emit(registry, "MetadataChanged")
      .withArgs(MODEL, bytes);
    expect(await registry.metadataDigest(MODEL)).to.equal(sha256(bytes));
  });

  it("takes from 0 to 8,192 bytes", async () => {
    const lineage = await load();
    const { registry, modelOwner } = lineage;
    for (const length of [0, 8_192]) {
      await registry.connect(modelOwner).setMetadata(MODEL, "é".repeat(length / 2));
      expect(await registry.metadataDigest(MODEL)).to.equal(sha256(toUtf8Bytes("é".repeat(length / 2))));
    }
    const tooLong = () => registry.connect(modelOwner).setMetadata(MODEL, `${"é".repeat(4_096)}.`);
    await expectRefused(lineage, tooLong, [registry, "TextTooLong"], 8_193n, 8_192n);
  });

  it("is for the asset's owner alone", async () => {
    const lineage = await load();
    await expectOwnerOnly(lineage, (signer) => lineage.registry.connect(signer).setMetadata(MODEL, METADATA));
  });

  it("refuses an asset that there is not, a later release's id included", async () => {
    const lineage = await load();
    const { registry, modelOwner } = lineage;
    const second = await publishRelease(lineage, modelOwner, MODEL);
    for (const asset of [0n, second, 99n]) {
      const call = () => registry.connect(modelOwner).setMetadata(asset, METADATA);
      await expectRefused(lineage, call, [registry, "ERC721NonexistentToken"], asset);
    }
  });
});

describe("AssetRegistry.tokenURI", () => {
  // The names that `ipfs add --raw-leaves --cid-version 1` gives them.
  const known = {
    "": "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku",
    "hello world": "ipfs://bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e",
  };
  for (const [text, uri] of Object.entries(known)) {
    it(`of "${text}" is the one that IPFS knows`, async () => {
      const { registry, ledger, modelOwner } = await load();
      await registry.connect(modelOwner).setMetadata(MODEL, text);
      expect(ipfsUriOf(text)).to.equal(uri);
      expect(await registry.tokenURI(MODEL)).to.equal(uri);
      expect(await ledger.uri(MODEL)).to.equal(uri);
    });
  }

  it("of other bytes agrees with the CID specification", async () => {
    const { registry, modelOwner } = await load();
    for (let i = 0; i < 30; i++) {
      const text = `{"number":${i}}`;
      await registry.connect(modelOwner).setMetadata(MODEL, text);
      expect(await registry.tokenURI(MODEL)).to.equal(ipfsUriOf(text));
    }
  });

  it("of an asset that there is not is refused, by the shares too", async () => {
    const { registry, ledger } = await load();
    for (const id of [0n, 4n, MODEL + (1n << 40n)]) {
      await expect(registry.tokenURI(id))
        .to.be.revertedWithCustomError(registry, "ERC721NonexistentToken")
        .withArgs(id);
      await expect(ledger.uri(id)).to.be.revertedWithCustomError(registry, "ERC721NonexistentToken").withArgs(id);
    }
  });
});
