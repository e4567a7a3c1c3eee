import { expect } from "chai";
import type { Addressable } from "ethers";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";
import { publishRelease, registerAsset } from "../../support/economy/assets.ts";
import { admittedNative, ethers, expectRefused, FEE, MODEL } from "../../support/contracts/fixture.ts";
import { loadPeriphery, surround } from "../../support/contracts/periphery.ts";

/** The periphery, and an inlet of the model with a token that is not admitted and some native money in it. */
async function loadMisled() {
  const lineage = await loadPeriphery();
  const inlet = await ethers.getContractAt("Inlet", await lineage.inlets.inletOf(MODEL));
  const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
  await play.mint(inlet, FEE);
  await lineage.payer.sendTransaction({ to: inlet, value: 7n });
  return { ...lineage, inlet, play };
}

const nativeOf = async (account: Addressable) => ethers.provider.getBalance(account);

describe("Inlets.recover", () => {
  it("sends a token that is not admitted to the asset's owner, whoever calls", async () => {
    const { inlets, inlet, play, modelOwner, stranger } = await loadMisled();
    await expect(inlets.connect(stranger).recover(MODEL, play)).to.changeTokenBalances(
      ethers,
      play,
      [inlet, modelOwner, stranger],
      [-FEE, FEE, 0n],
    );
  });

  it("sends it to the owner of the time, who has bought the asset", async () => {
    const { registry, inlets, inlet, play, modelOwner, stranger } = await loadMisled();
    await registry.connect(modelOwner).transferFrom(modelOwner, stranger, MODEL);
    await inlets.open(MODEL);
    await inlet.connect(modelOwner).recover(play);
    expect(await play.balanceOf(stranger)).to.equal(FEE);
    expect(await play.balanceOf(modelOwner)).to.equal(0n);
  });

  it("serves later releases of an asset too", async () => {
    const lineage = await loadMisled();
    const { inlets, play, modelOwner } = lineage;
    const second = await publishRelease(lineage, modelOwner, MODEL);
    await play.mint(await inlets.inletOf(second), 5n);
    await inlets.recover(second, play);
    expect(await play.balanceOf(modelOwner)).to.equal(5n);
  });

  it("never takes an admitted currency, which is a fee, not for the owner either", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, dollar, payer, modelOwner, stranger } = lineage;
    await dollar.connect(payer).transfer(inlet, FEE);
    for (const caller of [stranger, modelOwner]) {
      const call = () => inlets.connect(caller).recover(MODEL, dollar);
      await expectRefused(lineage, call, [inlet, "SyncInstead"], dollar);
    }
    expect(await dollar.balanceOf(inlet)).to.equal(FEE);
  });

  it("takes a token no longer once it is admitted", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, ledger, admin, play } = lineage;
    await ledger.connect(admin).admit(play);
    await expectRefused(lineage, () => inlets.recover(MODEL, play), [inlet, "SyncInstead"], play);
    await inlets.sync(MODEL, play);
    expect((await ledger.flowOf(MODEL, play)).received).to.equal(FEE);
  });

  it("reverts before the release exists and leaves the token", async () => {
    const lineage = await loadMisled();
    const { inlets, ledger, play, stranger } = lineage;
    const inlet = await inlets.inletOf(4n);
    await play.mint(inlet, 5n);
    await expectRefused(lineage, () => inlets.recover(4n, play), [ledger, "UnknownRelease"], 4n);
    expect(await play.balanceOf(inlet)).to.equal(5n);
    await registerAsset(lineage, stranger);
    await inlets.recover(4n, play);
    expect(await play.balanceOf(stranger)).to.equal(5n);
  });

  it("sends nothing where nothing lies", async () => {
    const { inlets, play, modelOwner } = await loadMisled();
    await inlets.recover(MODEL, play);
    await inlets.recover(MODEL, play);
    expect(await play.balanceOf(modelOwner)).to.equal(FEE);
  });

  it("refuses when the token answers false", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, modelOwner } = lineage;
    const falsy = await ethers.deployContract("FalseCurrency");
    await falsy.mint(inlet, FEE);
    await falsy.setStuck(true);
    const call = () => inlets.recover(MODEL, falsy);
    await expectRefused(lineage, call, [lineage.ledger, "SafeERC20FailedOperation"], falsy);
    await falsy.setStuck(false);
    await call();
    expect(await falsy.balanceOf(modelOwner)).to.equal(FEE);
  });

  it("gives a hostile token no way to the currencies beside it", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, ledger, dollar, payer, modelOwner } = lineage;
    await dollar.connect(payer).transfer(inlet, FEE);
    const hostile = await ethers.deployContract("ReentrantCurrency");
    await hostile.mint(inlet, FEE);
    await hostile.prepare(inlets, (await inlets.recover.populateTransaction(MODEL, dollar)).data);
    await expectRefused(lineage, () => inlets.recover(MODEL, hostile), [inlet, "SyncInstead"], dollar);
    // Not even by what anyone may do at any other time.
    await hostile.prepare(inlets, (await inlets.sync.populateTransaction(MODEL, dollar)).data);
    await expectRefused(lineage, () => inlets.recover(MODEL, hostile), [inlet, "SyncInstead"], dollar);
    await inlets.sync(MODEL, dollar);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
    expect(await dollar.balanceOf(modelOwner)).to.equal(0n);
  });

  it("keeps an admitted currency that can be reached by a second address", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, ledger, admin } = lineage;
    const currency = await ethers.deployContract("TwoAddressCurrency");
    await ledger.connect(admin).admit(currency);
    await currency.mint(inlet, FEE);
    const second = await currency.second();
    await expectRefused(lineage, () => inlets.recover(MODEL, second), [inlet, "SyncInstead"], currency);
    await inlets.sync(MODEL, currency);
    expect((await ledger.flowOf(MODEL, currency)).received).to.equal(FEE);
  });
});

describe("Inlets.recoverNative", () => {
  it("sends native money to the asset's owner while it cannot become a fee", async () => {
    const { inlets, inlet, modelOwner, stranger } = await loadMisled();
    await expect(inlets.connect(stranger).recoverNative(MODEL)).to.changeEtherBalances(
      ethers,
      [inlet, modelOwner, stranger],
      [-7n, 7n, 0n],
    );
  });

  it("sends it to the owner of the time, who has bought the asset", async () => {
    const { registry, inlets, inlet, modelOwner, stranger } = await loadMisled();
    await registry.connect(modelOwner).transferFrom(modelOwner, stranger, MODEL);
    await inlets.open(MODEL);
    await expect(inlet.recoverNative()).to.changeEtherBalances(ethers, [modelOwner, stranger], [0n, 7n]);
  });

  it("serves a chain without a wrapped token", async () => {
    const lineage = await loadMisled();
    const { admin, commons, dollar, payer, stranger } = lineage;
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    await registerAsset(bare, stranger);
    const { inlets } = await surround({ ...lineage, ...bare });
    await payer.sendTransaction({ to: await inlets.inletOf(1n), value: 5n });
    await expect(inlets.connect(payer).recoverNative(1n)).to.changeEtherBalances(ethers, [stranger], [5n]);
  });

  it("never takes what can become a fee", async () => {
    const lineage = await loadMisled();
    const { inlets, inlet, wrapped, modelOwner } = lineage;
    await admittedNative(lineage);
    const call = () => inlets.connect(modelOwner).recoverNative(MODEL);
    await expectRefused(lineage, call, [inlet, "SyncInstead"], wrapped);
    expect(await nativeOf(inlet)).to.equal(7n);
  });

  it("reverts before the release exists and leaves the money", async () => {
    const lineage = await loadMisled();
    const { inlets, ledger, payer } = lineage;
    const address = await inlets.inletOf(4n);
    await payer.sendTransaction({ to: address, value: 5n });
    await expectRefused(lineage, () => inlets.recoverNative(4n), [ledger, "UnknownRelease"], 4n);
    expect(await ethers.provider.getBalance(address)).to.equal(5n);
  });

  it("leaves the money when the owner refuses it", async () => {
    const lineage = await loadMisled();
    const { registry, inlets, inlet, dollar, modelOwner } = lineage;
    await registry.connect(modelOwner).transferFrom(modelOwner, dollar, MODEL);
    await expectRefused(lineage, () => inlets.recoverNative(MODEL), [lineage.ledger, "FailedCall"]);
    expect(await nativeOf(inlet)).to.equal(7n);
  });
});
