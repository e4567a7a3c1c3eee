import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { PERMIT2 } from "#protocol/typedData.ts";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";
import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import { DATASET, ethers, expectRefused, MODEL, networkHelpers } from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

const codeAt = (address: string) => ethers.provider.getCode(address);

describe("Outlets.outletOf", () => {
  it("is an address of its own for each account, whether anything is deployed there or not", async () => {
    const { outlets, holder, stranger, payer } = await loadPeriphery();
    const addresses = await Promise.all([holder, stranger, payer].map((account) => outlets.outletOf(account)));
    expect(new Set(addresses).size).to.equal(3);
    for (const address of addresses) expect(await codeAt(address)).to.equal("0x");
  });

  it("is where the outlet is deployed, whoever opens it, and stays the same", async () => {
    const { outlets, holder, stranger } = await loadPeriphery();
    const address = await outlets.outletOf(holder);
    expect(await outlets.connect(stranger).open.staticCall(holder)).to.equal(address);
    await outlets.connect(stranger).open(holder);
    expect(await codeAt(address)).not.to.equal("0x");
    expect(await outlets.outletOf(holder)).to.equal(address);
  });
});

describe("Outlets.open", () => {
  it("deploys an outlet that knows its account, and says so, the first time", async () => {
    const { outlets, holder } = await loadPeriphery();
    const address = await outlets.outletOf(holder);
    await expect(outlets.open(holder)).to.emit(outlets, "OutletOpened").withArgs(holder, address);
    const outlet = await ethers.getContractAt("Outlet", address);
    expect(await outlet.account()).to.equal(holder.address);
    await expect(outlets.open(holder)).not.to.emit(outlets, "OutletOpened");
    expect(await outlets.open.staticCall(holder)).to.equal(address);
  });

  it("refuses each dead end of the deployment, as outletOf does", async () => {
    const lineage = await loadPeriphery();
    const { outlets, inlets, ledger, registry, dollar, euro, wrapped, signedPayments, preview } = lineage;
    const deadEnds = [
      ZeroAddress,
      PERMIT2,
      ledger,
      registry,
      dollar,
      euro,
      wrapped, // not admitted
      inlets,
      outlets,
      signedPayments,
      preview,
      await inlets.implementation(),
      await outlets.implementation(),
    ];
    for (const account of deadEnds) {
      await expectRefused(lineage, () => outlets.open(account), [outlets, "DeadEnd"], account);
      await expect(outlets.outletOf(account)).to.be.revertedWithCustomError(outlets, "DeadEnd");
      for (const call of [() => outlets.pass(account, [], dollar), () => outlets.passNative(account)]) {
        await expectRefused(lineage, call, [outlets, "DeadEnd"], account);
      }
    }
  });

  it("knows where there is no wrapped native token", async () => {
    const { admin, commons, dollar, holder } = await loadPeriphery();
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    const { outlets } = await deployPeriphery(ethers, bare.ledger);
    await expect(outlets.outletOf(ZeroAddress)).to.be.revertedWithCustomError(outlets, "DeadEnd");
    await outlets.open(holder);
  });

  it("refuses the inlet of a release, once it is deployed", async () => {
    const lineage = await loadPeriphery();
    const { outlets, inlets } = lineage;
    for (const release of [MODEL, 0n, 2n ** 40n - 1n]) {
      await inlets.open(release);
      const inlet = await inlets.inletOf(release);
      await expectRefused(lineage, () => outlets.open(inlet), [outlets, "AccountIsInlet"], inlet, release);
    }
    // Not known by anything before: its outlet leads to the inlet, whose release gets it all.
    await outlets.open(await inlets.inletOf(DATASET));
  });

  it("refuses another outlet, once it is deployed, so that outlets make no chains", async () => {
    const lineage = await loadPeriphery();
    const { outlets, holder } = lineage;
    await outlets.open(holder);
    const outlet = await outlets.outletOf(holder);
    await expectRefused(lineage, () => outlets.open(outlet), [outlets, "AccountIsOutlet"], outlet, holder);
    await expect(outlets.outletOf(outlet)).to.be.revertedWithCustomError(outlets, "AccountIsOutlet");
  });

  it("takes clones of others, and accounts with any code: nobody is called", async () => {
    const { outlets, inlets, ledger, holder } = await loadPeriphery();
    // Another factory's inlet and outlet look alike, but do not come from this deployment.
    const others = await deployPeriphery(ethers, ledger);
    await others.inlets.open(MODEL);
    await others.outlets.open(holder);
    const own = await inlets.inletOf(MODEL);
    expect(await codeAt(own)).to.equal("0x");
    // The length of a clone with one word; each byte would stop a call with all its gas gone.
    const loud = ethers.Wallet.createRandom().address;
    await networkHelpers.setCode(loud, `0x${"fe".repeat(0x2d + 32)}`);
    // EIP-7702: an account of a person that has code.
    const delegated = ethers.Wallet.createRandom().address;
    await networkHelpers.setCode(delegated, `0xef0100${holder.address.slice(2)}`);
    for (const account of [
      await others.inlets.inletOf(MODEL),
      await others.outlets.outletOf(holder),
      loud,
      delegated,
    ]) {
      await expect(outlets.open(account)).to.emit(outlets, "OutletOpened");
    }
  });

  it("keeps an open outlet open, whatever its account has become since", async () => {
    const lineage = await loadPeriphery();
    const { outlets, ledger, admin, dollar, payer } = lineage;
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await outlets.open(play);
    await ledger.connect(admin).admit(play);
    const outlet = await outlets.outletOf(play);
    await dollar.connect(payer).transfer(outlet, 5n);
    await outlets.pass(play, [], dollar);
    expect(await dollar.balanceOf(play)).to.equal(5n);
  });

  it("runs out of gas without a trace", async () => {
    const { outlets, holder } = await loadPeriphery();
    await expect(outlets.open(holder, { gasLimit: 45_000n })).to.revert(ethers);
    expect(await codeAt(await outlets.outletOf(holder))).to.equal("0x");
  });
});
