import { expect } from "chai";
import hre from "hardhat";
import { ZeroAddress, ZeroHash } from "ethers";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";

const { ethers, networkHelpers } = await hre.network.create();

describe("AdminTimelock", () => {
  async function deployed() {
    const [, proposer, canceller, stranger] = await ethers.getSigners();
    if (!proposer || !canceller || !stranger) throw new Error("The chain has no accounts.");
    const timelock = await ethers.deployContract("AdminTimelock", [3_600, proposer, canceller]);
    const parameters = { admin: timelock, commonsBeneficiary: timelock, currencies: [] };
    const { ledger } = await deployTributary(ethers, parameters);
    const currency = await ethers.deployContract("TestCurrency", ["Euro", "EUR", 6]);
    const call = ledger.interface.encodeFunctionData("admit", [await currency.getAddress()]);
    const proposal = [await ledger.getAddress(), 0n, call, ZeroHash, ZeroHash] as const;
    return { proposer, canceller, stranger, timelock, ledger, currency, proposal };
  }

  it("admits a currency that its proposer wants, once it was known long enough, carried out by anyone", async () => {
    const { proposer, stranger, timelock, ledger, currency, proposal } = await networkHelpers.loadFixture(deployed);
    await timelock.connect(proposer).schedule(...proposal, 3_600);
    await expect(timelock.connect(stranger).execute(...proposal)).to.be.revertedWithCustomError(
      timelock,
      "TimelockUnexpectedOperationState",
    );
    await networkHelpers.time.increase(3_600);
    await timelock.connect(stranger).execute(...proposal);
    expect(await ledger.isAdmitted(currency)).to.equal(true);
  });

  it("takes proposals of its proposer only, not sooner than its delay, and has no administrator", async () => {
    const { proposer, canceller, stranger, timelock, proposal } = await networkHelpers.loadFixture(deployed);
    await expect(timelock.connect(stranger).schedule(...proposal, 3_600)).to.be.revertedWithCustomError(
      timelock,
      "AccessControlUnauthorizedAccount",
    );
    await expect(timelock.connect(proposer).schedule(...proposal, 3_599)).to.be.revertedWithCustomError(
      timelock,
      "TimelockInsufficientDelay",
    );
    const administrator = await timelock.DEFAULT_ADMIN_ROLE();
    for (const account of [proposer, canceller, stranger, { address: ZeroAddress }]) {
      expect(await timelock.hasRole(administrator, account.address)).to.equal(false);
    }
    expect(await timelock.hasRole(administrator, timelock)).to.equal(true);
  });

  it("lets its canceller cancel, and not its proposer", async () => {
    const { proposer, canceller, stranger, timelock, proposal } = await networkHelpers.loadFixture(deployed);
    await timelock.connect(proposer).schedule(...proposal, 3_600);
    const operation = await timelock.hashOperation(...proposal);
    for (const account of [proposer, stranger]) {
      await expect(timelock.connect(account).cancel(operation)).to.be.revertedWithCustomError(
        timelock,
        "AccessControlUnauthorizedAccount",
      );
    }
    await timelock.connect(canceller).cancel(operation);
    await networkHelpers.time.increase(3_600);
    await expect(timelock.execute(...proposal)).to.be.revertedWithCustomError(
      timelock,
      "TimelockUnexpectedOperationState",
    );
    await expect(timelock.connect(canceller).schedule(...proposal, 3_600)).to.be.revertedWithCustomError(
      timelock,
      "AccessControlUnauthorizedAccount",
    );
  });

  it("lets its proposer cancel, too, where that account is named as both", async () => {
    const { proposer, proposal } = await networkHelpers.loadFixture(deployed);
    const both = await ethers.deployContract("AdminTimelock", [3_600, proposer, proposer]);
    await both.connect(proposer).schedule(...proposal, 3_600);
    const operation = await both.hashOperation(...proposal);
    await both.connect(proposer).cancel(operation);
    expect(await both.isOperation(operation)).to.equal(false);
  });
});
