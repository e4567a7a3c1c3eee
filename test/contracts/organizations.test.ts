import { expect } from "chai";
import { type Addressable, type BaseContract, type ContractTransaction, type Signer, ZeroHash } from "ethers";
import { deployPeriphery } from "../../scripts/deploy/deployPeriphery.ts";
import { Kind, registerAsset, releaseDraft, Role } from "../support/economy/assets.ts";
import { ipfsUriOf } from "../support/cid.ts";
import {
  admittedNative,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  type Lineage,
  load,
  MODEL,
  REF,
} from "../support/contracts/fixture.ts";
import { grantFor, publishWithGrants, signGrant } from "../support/signing/signedGrants.ts";

/** A contract that somebody acts through. */
interface Organization extends Addressable {
  /** Makes a prepared call as the contract, told to by the person in charge or by another. */
  run(call: Promise<ContractTransaction>, by?: Signer): Promise<unknown>;
  /** Hands the contract over to another person, where that can be done. */
  handOver?: (to: Signer) => Promise<unknown>;
  /** The error with which the contract refuses others. */
  refusal: [contract: BaseContract, error: string];
}

/** A wallet as organizations have: the holder is the keyholder. */
async function openWallet({ holder }: Lineage): Promise<Organization> {
  const wallet = await ethers.deployContract("ContractWallet", [holder]);
  return {
    getAddress: () => wallet.getAddress(),
    run: async (call, by = holder) => {
      const { to, data } = await call;
      return wallet.connect(by).execute(to, 0n, data);
    },
    refusal: [wallet, "NotKeyholder"],
  };
}

/** The account of an agent's identity, an NFT of the holder: whoever owns the NFT acts through the account. */
async function openTokenBoundAccount({ identities, holder }: Lineage): Promise<Organization> {
  await identities.connect(holder)["register()"]();
  const accounts = await ethers.deployContract("TokenBoundAccounts");
  await accounts.createAccount(ZeroHash, 31_337n, identities, 0n);
  const account = await ethers.getContractAt(
    "TokenBoundAccount",
    await accounts.account(ZeroHash, 31_337n, identities, 0n),
  );
  return {
    getAddress: () => account.getAddress(),
    run: async (call, by = holder) => {
      const { to, data } = await call;
      return account.connect(by).execute(to, 0n, data, 0);
    },
    handOver: (to) => identities.connect(holder).transferFrom(holder, to, 0n),
    refusal: [account, "NotValidSigner"],
  };
}

const ASSET = 4n;

for (const { title, open } of [
  { title: "A contract wallet", open: openWallet },
  { title: "A token-bound account (ERC-6551)", open: openTokenBoundAccount },
]) {
  /** The lineage, an organization, and a model on the dataset that it has registered; three quarters are its own. */
  const loadWith = async () => {
    const lineage = await load();
    const organization = await open(lineage);
    const { registry, payer } = lineage;
    const draft = {
      kind: Kind.Model,
      keep: 0,
      metadata: "{}",
      allocations: [
        { account: await organization.getAddress(), role: Role.Training, shares: 75_000_000n },
        { account: payer.address, role: Role.Compute, shares: 25_000_000n },
      ],
    };
    const release = releaseDraft({ contributions: [{ release: DATASET, weight: 100_000 }], byGrant: true });
    await organization.run(registry.register.populateTransaction(organization, draft, release));
    return { ...lineage, organization };
  };

  describe(title, () => {
    it("registers an asset and owns it", async () => {
      const { registry, ledger, organization } = await loadWith();
      expect(await registry.ownerOf(ASSET)).to.equal(await organization.getAddress());
      expect(await ledger.balanceOf(organization, ASSET)).to.equal(75_000_000n);
    });

    it("publishes, retires, describes and grants; the person in charge cannot do so directly", async () => {
      const lineage = await loadWith();
      const { registry, ledger, organization, holder, stranger } = lineage;
      const metadata = `{"name":"Ours"}`;
      await organization.run(registry.publish.populateTransaction(ASSET, releaseDraft()));
      await organization.run(registry.setRetired.populateTransaction(5n, true));
      await organization.run(registry.setMetadata.populateTransaction(ASSET, metadata));
      await organization.run(registry.setAccountGrant.populateTransaction(ASSET, stranger, true));
      expect((await ledger.releaseInfo(5n)).asset).to.equal(ASSET);
      expect((await ledger.releaseInfo(5n)).retired).to.equal(true);
      expect(await registry.tokenURI(ASSET)).to.equal(ipfsUriOf(metadata));
      expect(await registerAsset(lineage, stranger, { contributions: [{ release: ASSET, weight: 1 }] })).to.equal(6n);

      const directly = () => registry.connect(holder).publish(ASSET, releaseDraft());
      await expectRefused(lineage, directly, [registry, "NotAssetOwner"], ASSET, holder);
    });

    it("acts for nobody but the person in charge", async () => {
      const lineage = await loadWith();
      const { registry, organization, stranger } = lineage;
      const call = () => organization.run(registry.setRetired.populateTransaction(ASSET, true), stranger);
      await expectRefused(lineage, call, organization.refusal, stranger);
    });

    it("grants by signature (ERC-1271)", async () => {
      const lineage = await loadWith();
      const { registry, organization, holder, stranger } = lineage;
      const own = await registerAsset(lineage, stranger);
      const contributions = [{ release: ASSET, weight: 1 }];
      const grant = grantFor(ASSET, { account: stranger.address });
      const forged = await signGrant(lineage, stranger, grant);
      const call = () => publishWithGrants(lineage, stranger, own, [forged], { contributions });
      await expectRefused(lineage, call, [registry, "GrantSignatureInvalid"], ASSET, organization);
      const signed = await signGrant(lineage, holder, grant);
      expect(await publishWithGrants(lineage, stranger, own, [signed], { contributions })).to.equal(own + 1n);
    });

    it("is granted leave, by signature too", async () => {
      const lineage = await loadWith();
      const { registry, datasetOwner, organization } = lineage;
      const closed = await registerAsset(lineage, datasetOwner, { byGrant: true });
      const draft = releaseDraft({ contributions: [{ release: closed, weight: 1 }] });
      const grant = grantFor(closed, { account: await organization.getAddress() });
      const signed = await signGrant(lineage, datasetOwner, grant);
      await organization.run(registry.publishWithGrants.populateTransaction(ASSET, draft, [signed]));
      const again = () => organization.run(registry.publish.populateTransaction(ASSET, draft));
      await expectRefused(lineage, again, [registry, "GrantRequired"], closed);
      await registry.connect(datasetOwner).setAccountGrant(closed, organization, true);
      await again();
      expect((await lineage.ledger.releaseInfo(closed + 2n)).asset).to.equal(ASSET);
    });

    it("earns, claims, and is paid to its credit", async () => {
      const { ledger, dollar, payer, organization, stranger } = await loadWith();
      await ledger.connect(payer).payAndSettle(ASSET, dollar, FEE, REF, [ASSET]);
      // Three quarters of 900,000, less 1 %.
      await organization.run(ledger.claim.populateTransaction([ASSET], dollar, stranger));
      expect(await dollar.balanceOf(stranger)).to.equal(668_250n);
      await ledger.connect(payer).pay(ASSET, dollar, FEE, REF);
      await organization.run(ledger.collect.populateTransaction([ASSET], [ASSET], dollar, organization));
      expect(await dollar.balanceOf(organization)).to.equal(668_250n);
      await ledger.connect(payer).payAndSettle(ASSET, dollar, FEE, REF, [ASSET]);
      await ledger.connect(stranger).claimToCredit(organization, [ASSET], dollar);
      await organization.run(ledger.withdraw.populateTransaction(dollar, 668_250n, organization));
      expect(await dollar.balanceOf(organization)).to.equal(1_336_500n);
    });

    it("pays fees, from its tokens and from its credit", async () => {
      const { ledger, dollar, organization } = await loadWith();
      await dollar.mint(organization, FEE);
      await organization.run(dollar.approve.populateTransaction(ledger, FEE));
      await organization.run(ledger.pay.populateTransaction(MODEL, dollar, 5n, REF));
      await organization.run(ledger.deposit.populateTransaction(dollar, 7n, organization));
      await organization.run(ledger.payFromCredit.populateTransaction(MODEL, dollar, 6n, REF));
      expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(11n);
      expect(await ledger.creditOf(organization, dollar)).to.equal(1n);
    });

    it("takes native money out", async () => {
      const lineage = await loadWith();
      const { ledger, wrapped, payer, organization } = lineage;
      await admittedNative(lineage);
      await ledger.connect(payer).deposit(wrapped, FEE, organization);
      const sent = organization.run(ledger.withdrawNative.populateTransaction(FEE, organization));
      await expect(sent).to.changeEtherBalances(ethers, [organization], [FEE]);
    });

    it("is sent shares and sells shares, each side earning its own", async () => {
      const { ledger, dollar, payer, organization, stranger } = await loadWith();
      await ledger.connect(payer).safeTransferFrom(payer, organization, ASSET, 25_000_000n, "0x");
      await ledger.connect(payer).payAndSettle(ASSET, dollar, FEE, REF, [ASSET]);
      await organization.run(
        ledger.safeTransferFrom.populateTransaction(organization, stranger, ASSET, 40_000_000n, "0x"),
      );
      await ledger.connect(payer).payAndSettle(ASSET, dollar, FEE, REF, [ASSET]);
      // 891,000 for the shareholders each time: all of it, then 60 %.
      expect(await ledger.claimable(organization, [ASSET], dollar)).to.equal(891_000n + 534_600n);
      expect(await ledger.claimable(stranger, [ASSET], dollar)).to.equal(356_400n);
    });

    it("buys an asset and sells it on", async () => {
      const lineage = await loadWith();
      const { registry, modelOwner, organization, stranger } = lineage;
      const safeTransfer = "safeTransferFrom(address,address,uint256)";
      await registry.connect(modelOwner)[safeTransfer](modelOwner, organization, MODEL);
      await organization.run(registry.setRetired.populateTransaction(MODEL, true));
      await organization.run(registry[safeTransfer].populateTransaction(organization, stranger, MODEL));
      expect(await registry.ownerOf(MODEL)).to.equal(stranger.address);
      const call = () => organization.run(registry.setRetired.populateTransaction(MODEL, false));
      await expectRefused(lineage, call, [registry, "NotAssetOwner"], MODEL, organization);
    });

    it("is sent what was paid into its inlet by mistake", async () => {
      const lineage = await loadWith();
      const { inlets } = await deployPeriphery(ethers, lineage.ledger);
      const inlet = await inlets.inletOf(ASSET);
      const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
      await play.mint(inlet, 5n);
      await lineage.payer.sendTransaction({ to: inlet, value: 7n });
      await inlets.recover(ASSET, play);
      expect(await play.balanceOf(lineage.organization)).to.equal(5n);
      await expect(inlets.recoverNative(ASSET)).to.changeEtherBalances(ethers, [lineage.organization], [7n]);
    });
  });
}

describe("A token-bound account (ERC-6551)", () => {
  it("goes over to whoever buys its NFT, with its asset, its shares and its earnings", async () => {
    const lineage = await load();
    const account = await openTokenBoundAccount(lineage);
    const { registry, ledger, dollar, payer, modelOwner, holder, stranger } = lineage;
    await registry.connect(modelOwner).transferFrom(modelOwner, account, MODEL);
    await ledger.connect(holder).safeTransferFrom(holder, account, MODEL, 25_000_000n, "0x");
    await ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [MODEL]);
    await account.handOver?.(stranger);

    await account.run(registry.publish.populateTransaction(MODEL, releaseDraft()), stranger);
    await account.run(ledger.claim.populateTransaction([MODEL], dollar, stranger), stranger);
    expect((await ledger.releaseInfo(4n)).asset).to.equal(MODEL);
    // A quarter of 700,000, less 1 %.
    expect(await dollar.balanceOf(stranger)).to.equal(173_250n);
    const bySeller = () => account.run(registry.setRetired.populateTransaction(MODEL, true), holder);
    await expectRefused(lineage, bySeller, account.refusal, holder);
  });
});
