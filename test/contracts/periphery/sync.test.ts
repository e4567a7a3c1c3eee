import { expect } from "chai";
import { type Addressable, ZeroHash } from "ethers";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";
import { registerAsset } from "../../support/economy/assets.ts";
import {
  admitted,
  admittedNative,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  MODEL,
} from "../../support/contracts/fixture.ts";
import { loadPeriphery, surround } from "../../support/contracts/periphery.ts";

type Surrounded = Awaited<ReturnType<typeof loadPeriphery>>;

const inletAt = async ({ inlets }: Surrounded, release: bigint) =>
  ethers.getContractAt("Inlet", await inlets.inletOf(release));

const nativeOf = async (account: Addressable) => ethers.provider.getBalance(account);

describe("Inlets.sync", () => {
  it("makes a fee of what was sent before anything was deployed", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer, stranger } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await dollar.connect(payer).transfer(inlet, FEE);
    await expect(inlets.connect(stranger).sync(MODEL, dollar)).to.changeTokenBalances(
      ethers,
      dollar,
      [inlet, ledger, stranger, inlets],
      [-FEE, FEE, 0n, 0n],
    );
    expect([...(await ledger.flowOf(MODEL, dollar))]).to.deep.equal([FEE, 0n]);
    expect(await dollar.allowance(inlet, ledger)).to.equal(0n);
  });

  it("names the inlet as payer, without a reference, and says that it was opened", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer, stranger } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await dollar.connect(payer).transfer(inlet, FEE);
    const sent = inlets.connect(stranger).sync(MODEL, dollar);
    await expect(sent).to.emit(ledger, "FeePaid").withArgs(MODEL, dollar, inlet, FEE, ZeroHash, inlet);
    await expect(sent).to.emit(inlets, "InletOpened").withArgs(MODEL, inlet);
  });

  it("answers with what became a fee", async () => {
    const lineage = await loadPeriphery();
    const { inlets, dollar, payer } = lineage;
    await dollar.connect(payer).transfer(await inletAt(lineage, MODEL), FEE);
    expect(await inlets.sync.staticCall(MODEL, dollar)).to.equal(FEE);
  });

  it("pays a fee like any other", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer, holder } = lineage;
    await dollar.connect(payer).transfer(await inletAt(lineage, MODEL), FEE);
    await inlets.sync(MODEL, dollar);
    await ledger.connect(holder).collect([MODEL], [MODEL], dollar, holder);
    // A quarter of 700,000, less 1 %.
    expect(await dollar.balanceOf(holder)).to.equal(173_250n);
  });

  it("takes what has come since, again and again", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await dollar.connect(payer).transfer(inlet, 5n);
    await inlets.sync(MODEL, dollar);
    await dollar.connect(payer).transfer(inlet, 7n);
    await dollar.connect(payer).transfer(inlet, 11n);
    await expect(inlets.sync(MODEL, dollar))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, dollar, inlet, 18n, ZeroHash, inlet);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(23n);
  });

  it("refuses where nothing lies, a second time included", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer } = lineage;
    const call = () => inlets.sync(MODEL, dollar);
    await expectRefused(lineage, call, [ledger, "ZeroAmount"]);
    await dollar.connect(payer).transfer(await inletAt(lineage, MODEL), FEE);
    await call();
    await expectRefused(lineage, call, [ledger, "ZeroAmount"]);
  });

  it("keeps releases and currencies apart", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, euro, payer } = lineage;
    await dollar.connect(payer).transfer(await inletAt(lineage, MODEL), 5n);
    await euro.connect(payer).transfer(await inletAt(lineage, MODEL), 7n);
    await dollar.connect(payer).transfer(await inletAt(lineage, DATASET), 11n);
    await inlets.sync(MODEL, dollar);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(5n);
    expect((await ledger.flowOf(MODEL, euro)).received).to.equal(0n);
    expect((await ledger.flowOf(DATASET, dollar)).received).to.equal(0n);
    await inlets.sync(MODEL, euro);
    await inlets.sync(DATASET, dollar);
    expect((await ledger.flowOf(MODEL, euro)).received).to.equal(7n);
    expect((await ledger.flowOf(DATASET, dollar)).received).to.equal(11n);
  });

  it("reverts before the release exists, leaves the money, and pays it once it does", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer, stranger } = lineage;
    const next = 4n;
    const inlet = await inletAt(lineage, next);
    await dollar.connect(payer).transfer(inlet, FEE);
    await expectRefused(lineage, () => inlets.sync(next, dollar), [ledger, "UnknownRelease"], next);
    await inlets.open(next);
    await expectRefused(lineage, () => inlet.sync(dollar), [ledger, "UnknownRelease"], next);
    expect(await dollar.balanceOf(inlet)).to.equal(FEE);

    expect(await registerAsset(lineage, stranger)).to.equal(next);
    await inlets.sync(next, dollar);
    expect((await ledger.flowOf(next, dollar)).received).to.equal(FEE);
  });

  it("refuses a token that is not admitted, until it is", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, admin } = lineage;
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    const inlet = await inletAt(lineage, MODEL);
    await play.mint(inlet, FEE);
    await expectRefused(lineage, () => inlets.sync(MODEL, play), [ledger, "CurrencyNotAdmitted"], play);
    expect(await play.balanceOf(inlet)).to.equal(FEE);
    await ledger.connect(admin).admit(play);
    await inlets.sync(MODEL, play);
    expect((await ledger.flowOf(MODEL, play)).received).to.equal(FEE);
  });

  it("pays a retired release all the same", async () => {
    const lineage = await loadPeriphery();
    const { inlets, registry, ledger, dollar, payer, modelOwner } = lineage;
    await registry.connect(modelOwner).setRetired(MODEL, true);
    await dollar.connect(payer).transfer(await inletAt(lineage, MODEL), FEE);
    await inlets.sync(MODEL, dollar);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
  });

  it("takes a token that answers nothing, and what arrives of one that takes a cut", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, payer } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
    await silent.connect(payer).transfer(inlet, FEE);
    await inlets.sync(MODEL, silent);
    expect((await ledger.flowOf(MODEL, silent)).received).to.equal(FEE);

    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    await cut.connect(payer).transfer(inlet, 1_000n);
    await inlets.sync(MODEL, cut);
    // A tenth is lost on the way in and another on the way on.
    expect((await ledger.flowOf(MODEL, cut)).received).to.equal(810n);
  });

  it("leaves the money when the token answers false, until it moves again", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, payer } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await falsy.connect(payer).transfer(inlet, FEE);
    await falsy.setStuck(true);
    const call = () => inlets.sync(MODEL, falsy);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    expect(await falsy.balanceOf(inlet)).to.equal(FEE);
    await falsy.setStuck(false);
    await call();
    expect((await ledger.flowOf(MODEL, falsy)).received).to.equal(FEE);
  });

  it("cannot be called by a token that is being moved", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, payer } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await token.connect(payer).transfer(await inletAt(lineage, MODEL), FEE);
    const { data } = await inlets.sync.populateTransaction(MODEL, token);
    await token.prepare(inlets, data);
    const call = () => inlets.sync(MODEL, token);
    await expectRefused(lineage, call, [ledger, "ReentrancyGuardReentrantCall"]);
    await token.prepare(ethers.ZeroAddress, "0x");
    await call();
    expect((await ledger.flowOf(MODEL, token)).received).to.equal(FEE);
  });
});

describe("Inlet.sync", () => {
  it("is for anyone to call at the inlet itself, with the same result", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, dollar, payer, stranger } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await dollar.connect(payer).transfer(inlet, FEE);
    await inlets.open(MODEL);
    expect(await inlet.connect(stranger).sync.staticCall(dollar)).to.equal(FEE);
    await expect(inlet.connect(stranger).sync(dollar))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, dollar, inlet, FEE, ZeroHash, inlet);
  });
});

describe("Inlets.syncNative", () => {
  /** The periphery on a chain whose wrapped native token is admitted. */
  async function loadNative() {
    const lineage = await loadPeriphery();
    await admittedNative(lineage);
    return lineage;
  }

  it("wraps native money that was sent before anything was deployed, and makes a fee of it", async () => {
    const lineage = await loadNative();
    const { inlets, ledger, wrapped, payer, stranger } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await payer.sendTransaction({ to: inlet, value: FEE });
    expect(await inlets.connect(stranger).syncNative.staticCall(MODEL)).to.equal(FEE);
    await expect(inlets.connect(stranger).syncNative(MODEL))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, wrapped, inlet, FEE, ZeroHash, inlet);
    expect(await nativeOf(inlet)).to.equal(0n);
    expect(await wrapped.balanceOf(ledger)).to.equal(FEE);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(FEE);
  });

  it("takes native money that is sent later, and what lies there wrapped", async () => {
    const lineage = await loadNative();
    const { inlets, ledger, wrapped, payer } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await inlets.open(MODEL);
    await payer.sendTransaction({ to: inlet, value: 5n });
    await wrapped.connect(payer).transfer(inlet, 7n);
    await inlet.syncNative();
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(12n);
    await wrapped.connect(payer).transfer(inlet, 1n);
    await inlets.syncNative(MODEL);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(13n);
  });

  it("refuses where nothing lies", async () => {
    const lineage = await loadNative();
    const { inlets, ledger } = lineage;
    await expectRefused(lineage, () => inlets.syncNative(MODEL), [ledger, "ZeroAmount"]);
  });

  it("reverts before the release exists and leaves the money", async () => {
    const lineage = await loadNative();
    const { inlets, ledger, wrapped, payer, stranger } = lineage;
    const inlet = await inletAt(lineage, 4n);
    await payer.sendTransaction({ to: inlet, value: FEE });
    await expectRefused(lineage, () => inlets.syncNative(4n), [ledger, "UnknownRelease"], 4n);
    expect(await nativeOf(inlet)).to.equal(FEE);
    await registerAsset(lineage, stranger);
    await inlets.syncNative(4n);
    expect((await ledger.flowOf(4n, wrapped)).received).to.equal(FEE);
  });

  it("reverts while the wrapped token is not admitted and leaves the money", async () => {
    const lineage = await loadPeriphery();
    const { inlets, ledger, wrapped, payer } = lineage;
    const inlet = await inletAt(lineage, MODEL);
    await payer.sendTransaction({ to: inlet, value: FEE });
    await expectRefused(lineage, () => inlets.syncNative(MODEL), [ledger, "CurrencyNotAdmitted"], wrapped);
    expect(await nativeOf(inlet)).to.equal(FEE);
    await admittedNative(lineage);
    await inlets.syncNative(MODEL);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(FEE);
  });

  it("reverts where there is no wrapped token and leaves the money", async () => {
    const lineage = await loadPeriphery();
    const { admin, commons, dollar, payer, stranger } = lineage;
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    await registerAsset(bare, stranger);
    const around = await surround({ ...lineage, ...bare });
    const inlet = await inletAt(around, 1n);
    await payer.sendTransaction({ to: inlet, value: FEE });
    await expect(around.inlets.syncNative(1n)).to.be.revertedWithoutReason(ethers);
    expect(await nativeOf(inlet)).to.equal(FEE);
  });
});
