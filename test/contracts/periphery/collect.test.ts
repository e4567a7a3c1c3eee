import { expect } from "chai";
import { ZeroHash } from "ethers";
import { publishRelease, registerAsset, Role } from "../../support/economy/assets.ts";
import {
  admitted,
  admittedNative,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  MODEL,
  OWNER_SHARES,
  REF,
} from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

type Surrounded = Awaited<ReturnType<typeof loadPeriphery>>;

const ASSET = 4n;

/** The periphery, and an asset of which the dataset's inlet, not deployed yet, was allocated a quarter of the shares. */
async function loadEarning(release = DATASET) {
  const lineage = await loadPeriphery();
  const { inlets, stranger } = lineage;
  const inlet = await ethers.getContractAt("Inlet", await inlets.inletOf(release));
  await registerAsset(lineage, stranger, {
    allocations: [
      { account: stranger.address, role: Role.Training, shares: OWNER_SHARES },
      { account: await inlet.getAddress(), role: Role.Data, shares: HOLDER_SHARES },
    ],
  });
  return { ...lineage, inlet };
}

/** Pays a fee into the asset of which the inlet has a quarter, so that it earns a quarter less 1 %: 247,500. */
const earn = ({ ledger, dollar, payer }: Surrounded) =>
  ledger.connect(payer).payAndSettle(ASSET, dollar, FEE, REF, [ASSET]);
const EARNED = 247_500n;

describe("Inlets.collect", () => {
  it("pays what the inlet's shares earned into its release, whoever calls, before the inlet was deployed", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar, payer } = lineage;
    await earn(lineage);
    expect(await inlets.connect(payer).collect.staticCall(DATASET, [ASSET], dollar)).to.equal(EARNED);
    const sent = inlets.connect(payer).collect(DATASET, [ASSET], dollar);
    await expect(sent).to.emit(ledger, "FeePaid").withArgs(DATASET, dollar, inlet, EARNED, ZeroHash, inlet);
    await expect(sent).to.emit(inlets, "InletOpened").withArgs(DATASET, inlet);
    expect(await ledger.creditOf(inlet, dollar)).to.equal(0n);
    expect(await dollar.balanceOf(inlet)).to.equal(0n);
    expect(await dollar.allowance(inlet, ledger)).to.equal(0n);
  });

  it("takes credit that others claimed or deposited for it, and what lies at its address, in one fee", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar, payer, stranger } = lineage;
    await earn(lineage);
    await ledger.connect(stranger).claimToCredit(inlet, [ASSET], dollar);
    await ledger.connect(payer).deposit(dollar, 7n, inlet);
    await dollar.connect(payer).transfer(inlet, 5n);
    await earn(lineage);
    await expect(inlets.collect(DATASET, [ASSET], dollar))
      .to.emit(ledger, "FeePaid")
      .withArgs(DATASET, dollar, inlet, 2n * EARNED + 12n, ZeroHash, inlet);
  });

  it("never moves the shares", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar } = lineage;
    await earn(lineage);
    await inlets.collect(DATASET, [ASSET], dollar);
    expect(await ledger.balanceOf(inlet, ASSET)).to.equal(HOLDER_SHARES);
    const names = inlet.interface.fragments.flatMap((each) => ("name" in each ? [String(each.name)] : []));
    expect(names.filter((name) => /safe(Batch)?Transfer|setApproval|execute/.test(name))).to.deep.equal([]);
  });

  it("does nothing where nothing is due, so that one call in front spoils no batch", async () => {
    const lineage = await loadEarning();
    const { inlets, ledger, dollar, stranger } = lineage;
    expect(await inlets.collect.staticCall(DATASET, [], dollar)).to.equal(0n);
    await earn(lineage);
    await inlets.connect(stranger).collect(DATASET, [ASSET], dollar);
    expect(await inlets.collect.staticCall(DATASET, [ASSET], dollar)).to.equal(0n);
    await expect(inlets.collect(DATASET, [ASSET], dollar)).not.to.emit(ledger, "FeePaid");
    // Nothing is due of a token that is not admitted, or for a release that does not exist, either.
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    expect(await inlets.collect.staticCall(DATASET, [ASSET], play)).to.equal(0n);
    expect(await inlets.collect.staticCall(99n, [ASSET], dollar)).to.equal(0n);
  });

  it("counts an asset once that is named twice, and passes over those that it has no shares of", async () => {
    const lineage = await loadEarning();
    const { inlets, dollar } = lineage;
    await earn(lineage);
    expect(await inlets.collect.staticCall(DATASET, [ASSET, 99n, MODEL, ASSET], dollar)).to.equal(EARNED);
  });

  it("keeps currencies apart", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar, euro, payer } = lineage;
    await earn(lineage);
    await ledger.connect(payer).deposit(euro, 9n, inlet);
    await inlets.collect(DATASET, [ASSET], dollar);
    expect(await ledger.creditOf(inlet, euro)).to.equal(9n);
    expect(await inlets.collect.staticCall(DATASET, [ASSET], euro)).to.equal(9n);
  });

  it("reverts before the release exists, loses nothing, and pays once it does", async () => {
    const next = 5n;
    const lineage = await loadEarning(next);
    const { inlets, inlet, ledger, dollar, payer, stranger } = lineage;
    await earn(lineage);
    await ledger.connect(payer).deposit(dollar, 7n, inlet);
    await expectRefused(lineage, () => inlets.collect(next, [ASSET], dollar), [ledger, "UnknownRelease"], next);
    expect(await ledger.claimable(inlet, [ASSET], dollar)).to.equal(EARNED);
    expect(await ledger.creditOf(inlet, dollar)).to.equal(7n);
    await publishRelease(lineage, stranger, ASSET);
    await inlets.collect(next, [ASSET], dollar);
    expect((await ledger.flowOf(next, dollar)).received).to.equal(EARNED + 7n);
  });

  it("ends, where the shares are of the release's own asset: each round is smaller", async () => {
    const lineage = await loadEarning(ASSET);
    const { inlets, ledger, dollar } = lineage;
    await earn(lineage);
    await inlets.collect(ASSET, [ASSET], dollar);
    await ledger.settle([ASSET], dollar);
    expect(await inlets.collect.staticCall(ASSET, [ASSET], dollar)).to.equal(61_256n); // a quarter of it, less 1 %
  });

  it("pays wrapped native money; native money that lies there waits for syncNative", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, wrapped, payer } = lineage;
    await admittedNative(lineage);
    await ledger.connect(payer).deposit(wrapped, FEE, inlet);
    await payer.sendTransaction({ to: inlet, value: 3n });
    await inlets.collect(DATASET, [], wrapped);
    expect((await ledger.flowOf(DATASET, wrapped)).received).to.equal(FEE);
    expect(await ethers.provider.getBalance(inlet)).to.equal(3n);
    expect(await inlets.syncNative.staticCall(DATASET)).to.equal(3n);
  });

  it("refuses what lies there of a token that is not admitted", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger } = lineage;
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await play.mint(inlet, FEE);
    const call = () => inlets.collect(DATASET, [ASSET], play);
    await expectRefused(lineage, call, [ledger, "CurrencyNotAdmitted"], play);
  });

  it("refuses an address that is no token", async () => {
    const { inlets, stranger } = await loadEarning();
    await expect(inlets.collect(DATASET, [], stranger)).to.be.revertedWithoutReason(ethers);
  });

  it("takes what arrives of a token that takes a cut, once for the way in and once for the way back", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, payer } = lineage;
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    await ledger.connect(payer).deposit(cut, 10_000n, inlet); // 9,000 arrive
    await inlets.collect(DATASET, [], cut);
    expect((await ledger.flowOf(DATASET, cut)).received).to.equal(7_290n);
  });

  it("leaves the credit when the token answers false or blocks, until it moves again", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, payer } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await ledger.connect(payer).deposit(falsy, FEE, inlet);
    await falsy.setStuck(true);
    const call = () => inlets.collect(DATASET, [], falsy);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    expect(await ledger.creditOf(inlet, falsy)).to.equal(FEE);
    await falsy.setStuck(false);
    await call();
    expect((await ledger.flowOf(DATASET, falsy)).received).to.equal(FEE);
  });

  it("takes a token that returns nothing", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, payer } = lineage;
    const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
    await ledger.connect(payer).deposit(silent, FEE, inlet);
    await inlets.collect(DATASET, [], silent);
    expect((await ledger.flowOf(DATASET, silent)).received).to.equal(FEE);
  });

  it("cannot be called by a token that is being moved", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, payer } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await ledger.connect(payer).deposit(token, FEE, inlet);
    const { data } = await inlets.collect.populateTransaction(DATASET, [ASSET], token);
    await token.prepare(inlets, data);
    const call = () => inlets.collect(DATASET, [], token);
    await expectRefused(lineage, call, [ledger, "ReentrancyGuardReentrantCall"]);
    await token.prepare(ethers.ZeroAddress, "0x");
    await call();
    expect((await ledger.flowOf(DATASET, token)).received).to.equal(FEE);
  });
});

describe("Inlet.collect", () => {
  it("is for anyone to call at the inlet itself, with the same result", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar, stranger } = lineage;
    await inlets.open(DATASET);
    await earn(lineage);
    await expect(inlet.connect(stranger).collect([ASSET], dollar))
      .to.emit(ledger, "FeePaid")
      .withArgs(DATASET, dollar, inlet, EARNED, ZeroHash, inlet);
  });

  it("gives a hostile token no way to take an inlet's money: recover refuses what collect has moved", async () => {
    const lineage = await loadEarning();
    const { inlets, inlet, ledger, dollar, payer } = lineage;
    await earn(lineage);
    await dollar.connect(payer).transfer(inlet, 5n);
    const token = await ethers.deployContract("ReentrantCurrency");
    await token.mint(inlet, 1n);
    const { data } = await inlets.collect.populateTransaction(DATASET, [ASSET], dollar);
    await token.prepare(inlets, data);
    await expectRefused(lineage, () => inlets.recover(DATASET, token), [inlet, "SyncInstead"], dollar);
    expect(await ledger.claimable(inlet, [ASSET], dollar)).to.equal(EARNED);
  });

  it("does nothing in the code that inlets share: it has no release", async () => {
    const lineage = await loadEarning();
    const { inlets, ledger, dollar, payer } = lineage;
    const shared = await ethers.getContractAt("Inlet", await inlets.implementation());
    await ledger.connect(payer).deposit(dollar, 5n, shared);
    await expect(shared.collect([], dollar)).to.be.revertedWithoutReason(ethers);
    expect(await ledger.creditOf(shared, dollar)).to.equal(5n);
  });
});
