import { expect } from "chai";
import { concat, getAddress, toBeHex } from "ethers";
import { registerAsset, Role } from "../../support/economy/assets.ts";
import {
  ethers,
  FEE,
  HOLDER_SHARES,
  MODEL,
  networkHelpers,
  OWNER_SHARES,
  REF,
} from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

const ASSET = 4n;

describe("A loop through an outlet, an inlet and shares", () => {
  it("ends, makes no money, and pays the commons' part of each round", async () => {
    const lineage = await loadPeriphery();
    const { outlets, inlets, ledger, dollar, payer, stranger } = lineage;
    // An outlet that leads to the inlet of the asset whose shares it holds. It can only be opened before the inlet is.
    const inlet = await inlets.inletOf(ASSET);
    const outlet = await outlets.outletOf(inlet);
    await registerAsset(lineage, stranger, {
      allocations: [
        { account: stranger.address, role: Role.Training, shares: OWNER_SHARES },
        { account: outlet, role: Role.Data, shares: HOLDER_SHARES },
      ],
    });
    await outlets.open(inlet);
    await inlets.open(ASSET);
    await ledger.connect(payer).pay(ASSET, dollar, FEE, REF);
    let income = FEE;
    let last = FEE;
    for (;;) {
      await ledger.settle([ASSET], dollar);
      expect((await ledger.incomeOf(ASSET, dollar)).income).to.equal(income);
      await outlets.pass(inlet, [ASSET], dollar);
      const received = await inlets.collect.staticCall(ASSET, [], dollar);
      await inlets.collect(ASSET, [], dollar);
      if (received === 0n) break;
      expect(received).to.be.at.most(last / 4n + 1n); // a fraction of an earlier round may add a base unit
      [income, last] = [income + received, received];
    }
    expect(await dollar.balanceOf(ledger)).to.equal(FEE);
    await ledger.sweepCommons([ASSET], dollar);
    const commons = await ledger.creditOf(await ledger.commonsBeneficiary(), dollar);
    expect(commons).to.equal(income / 100n);
    const earned = await ledger.claimable(stranger, [ASSET], dollar);
    // All that is left over is fractions of base units.
    expect(FEE - commons - earned).to.be.within(0n, 3n);
  });
});

describe("The addresses of inlets and outlets", () => {
  it("differ where the release and the account are the same number", async () => {
    const { outlets, inlets } = await loadPeriphery();
    for (const number of [0x100_000n, 2n ** 40n - 1n]) {
      const account = getAddress(toBeHex(number, 20));
      const [inlet, outlet] = [await inlets.inletOf(number), await outlets.outletOf(account)];
      expect(inlet).not.to.equal(outlet);
      await inlets.open(number);
      await outlets.open(account);
      expect(await (await ethers.getContractAt("Inlet", inlet)).release()).to.equal(number);
      expect(await (await ethers.getContractAt("Outlet", outlet)).account()).to.equal(account);
    }
  });
});

describe("The outlet of an account with code by EIP-7702", () => {
  it("gives the shares to nobody else, and to the account once its code accepts them", async () => {
    const { outlets, ledger, holder, stranger } = await loadPeriphery();
    await outlets.open(holder);
    const outlet = await ethers.getContractAt("Outlet", await outlets.outletOf(holder));
    await ledger.connect(holder).safeTransferFrom(holder, outlet, MODEL, HOLDER_SHARES, "0x");
    const withdraw = () => outlet.connect(holder).withdrawShares([MODEL], [HOLDER_SHARES]);
    const delegateTo = async (delegate: { getAddress(): Promise<string> }) =>
      networkHelpers.setCode(holder.address, concat(["0xef0100", await delegate.getAddress()]));
    await delegateTo(await ethers.deployContract("KeyDelegate")); // knows no shares
    await expect(withdraw()).to.be.revertedWithCustomError(ledger, "ERC1155InvalidReceiver");
    // Its code is also that of another account, which gains nothing by it.
    await expect(outlet.connect(stranger).withdrawShares([MODEL], [1n])).to.be.revertedWithCustomError(
      outlet,
      "OnlyAccount",
    );
    await delegateTo(await ethers.deployContract("PassiveAccount"));
    await withdraw();
    expect(await ledger.balanceOf(holder, MODEL)).to.equal(HOLDER_SHARES);
  });
});
