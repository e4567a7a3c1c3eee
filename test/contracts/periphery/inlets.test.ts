import { expect } from "chai";
import { getCreateAddress } from "ethers";
import { DATASET, ethers, expectRefused, FEE, MODEL } from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

const codeAt = (address: string) => ethers.provider.getCode(address);

describe("Inlets.inletOf", () => {
  it("is an address of its own for each release, whether the release or the inlet exists or not", async () => {
    const { inlets } = await loadPeriphery();
    const releases = [0n, 1n, 2n, 3n, 4n, 2n ** 40n - 1n];
    const addresses = await Promise.all(releases.map((release) => inlets.inletOf(release)));
    expect(new Set(addresses).size).to.equal(6);
    for (const address of addresses) expect(await codeAt(address)).to.equal("0x");
  });

  it("is where the inlet is deployed, whoever opens it, and stays the same", async () => {
    const { inlets, stranger } = await loadPeriphery();
    const address = await inlets.inletOf(MODEL);
    expect(await inlets.connect(stranger).open.staticCall(MODEL)).to.equal(address);
    await inlets.connect(stranger).open(MODEL);
    expect(await codeAt(address)).not.to.equal("0x");
    expect(await inlets.inletOf(MODEL)).to.equal(address);
    expect(await codeAt(await inlets.inletOf(DATASET))).to.equal("0x");
  });
});

describe("Inlets.open", () => {
  it("deploys an inlet that knows its release", async () => {
    const { inlets } = await loadPeriphery();
    for (const release of [MODEL, 4n, 2n ** 40n - 1n]) {
      await inlets.open(release);
      const inlet = await ethers.getContractAt("Inlet", await inlets.inletOf(release));
      expect(await inlet.release()).to.equal(release);
    }
  });

  it("says so, the first time", async () => {
    const { inlets } = await loadPeriphery();
    const address = await inlets.inletOf(MODEL);
    await expect(inlets.open(MODEL)).to.emit(inlets, "InletOpened").withArgs(MODEL, address);
    await expect(inlets.open(MODEL)).not.to.emit(inlets, "InletOpened");
    expect(await inlets.open.staticCall(MODEL)).to.equal(address);
  });

  it("opens an inlet at which money waits already", async () => {
    const { inlets, dollar, payer } = await loadPeriphery();
    const address = await inlets.inletOf(MODEL);
    await dollar.connect(payer).transfer(address, FEE);
    await payer.sendTransaction({ to: address, value: 5n });
    await inlets.open(MODEL);
    expect(await dollar.balanceOf(address)).to.equal(FEE);
    expect(await ethers.provider.getBalance(address)).to.equal(5n);
  });
});

describe("The code that inlets share", () => {
  it("does nothing on its own: it has no release", async () => {
    const lineage = await loadPeriphery();
    const { inlets, dollar, wrapped, ledger, admin, payer } = lineage;
    await ledger.connect(admin).admit(wrapped);
    const address = getCreateAddress({ from: await inlets.getAddress(), nonce: 1 });
    const shared = await ethers.getContractAt("Inlet", address);
    await dollar.connect(payer).transfer(address, FEE);
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await play.mint(address, FEE);

    await expect(shared.release()).to.revert(ethers);
    for (const call of [() => shared.sync(dollar), () => shared.syncNative(), () => shared.recover(play)]) {
      await expect(call()).to.be.revertedWithoutReason(ethers);
    }
    await expectRefused(lineage, () => shared.recoverNative(), [shared, "SyncInstead"], wrapped);
    expect(await dollar.balanceOf(address)).to.equal(FEE);
    expect(await play.balanceOf(address)).to.equal(FEE);
  });
});
