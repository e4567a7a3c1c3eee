import { expect } from "chai";
import { type AddressLike, type Interface, ZeroAddress } from "ethers";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import type { AssetRegistry } from "../../types/ethers-contracts/AssetRegistry.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { ipfsUriOf } from "../support/cid.ts";
import { ethers, load } from "../support/contracts/fixture.ts";

/** Deploys a registry with the lineage's people and two currencies, unless told otherwise. */
async function deploy(changes: { commonsPpm?: number; commons?: AddressLike; currencies?: AddressLike[] } = {}) {
  const { admin, commons, dollar, euro } = await load();
  return deployTributary(ethers, {
    admin,
    commonsBeneficiary: changes.commons ?? commons,
    currencies: changes.currencies ?? [dollar, euro],
    ...(changes.commonsPpm === undefined ? {} : { commonsPpm: changes.commonsPpm }),
  });
}

/** Asserts that a deployment is refused with an error of the ledger. */
async function expectRefusal(changes: Parameters<typeof deploy>[0], error: string, ...args: unknown[]) {
  const { ledger } = await load();
  const refusal = expect(deploy(changes)).to.be.revertedWithCustomError(ledger, error);
  await (args.length > 0 ? refusal.withArgs(...args) : refusal);
}

describe("A deployment", () => {
  it("is a registry and the ledger that it created", async () => {
    const { registry, ledger } = await deploy();
    expect(await registry.ledger()).to.equal(ledger.target);
    expect(await ledger.registry()).to.equal(registry.target);
    expect(await ledger.releaseCount()).to.equal(0n);
    expect(await registry.name()).to.equal("Tributary Asset");
    expect(await registry.symbol()).to.equal("TRIB");
  });

  it("fixes the admin, the commons and the first currencies", async () => {
    const { admin, commons, dollar, euro } = await load();
    const { ledger } = await deploy({ commonsPpm: 25_000 });
    expect(await ledger.admin()).to.equal(admin.address);
    expect(await ledger.commonsBeneficiary()).to.equal(commons.address);
    expect(await ledger.commonsPpm()).to.equal(25_000n);
    expect([...(await ledger.currencies())]).to.deep.equal([dollar.target, euro.target]);
    for (const currency of [dollar, euro]) expect(await ledger.isAdmitted(currency)).to.equal(true);
  });

  it("gives the commons 1 % unless told otherwise", async () => {
    const { ledger } = await deploy();
    expect(await ledger.commonsPpm()).to.equal(10_000n);
  });

  it("says so in events, from its first block on", async () => {
    const { commons, dollar, euro } = await load();
    const { registry, ledger, startBlock } = await deploy();
    await expect(registry.deploymentTransaction())
      .to.emit(ledger, "LedgerCreated")
      .withArgs(registry, await ledger.admin(), await ledger.wrappedNative(), commons, 10_000)
      .and.to.emit(registry, "RegistryCreated")
      .withArgs(ledger, await registry.identityRegistry())
      .and.to.emit(ledger, "CurrencyAdmitted")
      .withArgs(dollar, "USD", 6)
      .and.to.emit(ledger, "CurrencyAdmitted")
      .withArgs(euro, "EUR", 2);
    expect((await ledger.queryFilter(ledger.filters.LedgerCreated()))[0]?.blockNumber).to.equal(startBlock);
  });

  it("may begin without a currency", async () => {
    const { ledger } = await deploy({ currencies: [] });
    expect(await ledger.currencies()).to.have.length(0);
  });

  it("refuses commons of nothing, of more than everything, and of nobody", async () => {
    await expectRefusal({ commonsPpm: 0 }, "ZeroAmount");
    await expectRefusal({ commonsPpm: 1_000_001 }, "AboveWhole", 1_000_001n);
    await expectRefusal({ commons: ZeroAddress }, "InvalidRecipient", ZeroAddress);
    const { ledger } = await deploy({ commonsPpm: 1_000_000 });
    expect(await ledger.commonsPpm()).to.equal(1_000_000n);
  });

  it("refuses what admit refuses", async () => {
    const { dollar, stranger } = await load();
    await expectRefusal({ currencies: [dollar, dollar] }, "CurrencyAlreadyAdmitted", dollar);
    await expectRefusal({ currencies: [stranger] }, "CurrencyRefused", stranger);
  });

  it("refuses nine currencies", async () => {
    const { dollar, admin, commons } = await load();
    const currencies: AddressLike[] = [dollar];
    while (currencies.length < 9) currencies.push(await ethers.deployContract("TestCurrency", ["New", "NEW", 6]));
    const { ledger } = await deployTributary(ethers, {
      admin,
      commonsBeneficiary: commons,
      currencies: currencies.slice(1),
    });
    expect(await ledger.currencies()).to.have.length(8);
    await expect(
      deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies }),
    ).to.be.revertedWithCustomError(ledger, "TooManyCurrencies");
  });

  it("shares one metadata address between an asset and its shares", async () => {
    const { stranger } = await load();
    const tributary = await deploy();
    const metadata = `{"name":"Rain in Spain"}`;
    const asset = await registerAsset(tributary, stranger, { metadata });
    expect(await tributary.registry.tokenURI(asset)).to.equal(ipfsUriOf(metadata));
    expect(await tributary.ledger.uri(asset)).to.equal(ipfsUriOf(metadata));
  });

  describe("supports the interfaces of", () => {
    /** An ERC-165 id: the exclusive or of the selectors that an interface declares itself. */
    const idOf = (contract: Interface, inherited: Interface) => {
      const ids: bigint[] = [];
      contract.forEachFunction(({ name, selector }) => {
        if (!inherited.hasFunction(name)) ids.push(BigInt(selector));
      });
      return ethers.toBeHex(
        ids.reduce((left, right) => left ^ right),
        4,
      );
    };

    /** Asks a contract about each of these interface ids. */
    const answers = (contract: AssetRegistry | FeeLedger, ids: string[]) =>
      Promise.all(ids.map((id) => contract.supportsInterface(id)));

    it("ERC-165, ERC-721, its metadata and ERC-4906: the registry", async () => {
      const { registry } = await load();
      const ids = ["0x01ffc9a7", "0x80ac58cd", "0x5b5e139f", "0x49064906"];
      expect(await answers(registry, ids)).to.deep.equal([true, true, true, true]);
    });

    it("ERC-165, ERC-1155 and its metadata: the ledger", async () => {
      const { ledger } = await load();
      expect(await answers(ledger, ["0x01ffc9a7", "0xd9b67a26", "0x0e89341c"])).to.deep.equal([true, true, true]);
    });

    it("their own, and no other", async () => {
      const { registry, ledger } = await load();
      const erc721 = ethers.Interface.from(ERC721);
      const erc1155 = ethers.Interface.from(ERC1155);
      const registryId = idOf((await ethers.getContractAt("IAssetRegistry", registry)).interface, erc721);
      const ledgerId = idOf((await ethers.getContractAt("IFeeLedger", ledger)).interface, erc1155);
      const none = "0xffffffff";
      expect(await answers(registry, [registryId, ledgerId, none, "0xd9b67a26"])).to.deep.equal([
        true,
        false,
        false,
        false,
      ]);
      expect(await answers(ledger, [ledgerId, registryId, none, "0x80ac58cd"])).to.deep.equal([
        true,
        false,
        false,
        false,
      ]);
    });
  });
});

const ERC721 = [
  "function supportsInterface(bytes4)",
  "function balanceOf(address)",
  "function ownerOf(uint256)",
  "function safeTransferFrom(address,address,uint256,bytes)",
  "function safeTransferFrom(address,address,uint256)",
  "function transferFrom(address,address,uint256)",
  "function approve(address,uint256)",
  "function setApprovalForAll(address,bool)",
  "function getApproved(uint256)",
  "function isApprovedForAll(address,address)",
];
const ERC1155 = [
  "function supportsInterface(bytes4)",
  "function balanceOf(address,uint256)",
  "function balanceOfBatch(address[],uint256[])",
  "function setApprovalForAll(address,bool)",
  "function isApprovedForAll(address,address)",
  "function safeTransferFrom(address,address,uint256,uint256,bytes)",
  "function safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)",
];
