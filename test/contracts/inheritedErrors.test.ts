import { expect } from "chai";
import { type BaseContract, ZeroAddress, ZeroHash } from "ethers";
import {
  ethers,
  expectRefused,
  FEE,
  admittedNative,
  load,
  MODEL,
  networkHelpers,
} from "../support/contracts/fixture.ts";
import { loadPeriphery } from "../support/contracts/periphery.ts";

/** No function has this selector, so a call of it reverts without a reason. */
const UNKNOWN_CALL = "0x12345678";

describe("The registry, as an ERC-721", () => {
  it("lets only the owner and its operators approve", async () => {
    const lineage = await load();
    const { registry, stranger, holder } = lineage;
    const call = () => registry.connect(stranger).approve(holder, MODEL);
    await expectRefused(lineage, call, [registry, "ERC721InvalidApprover"], stranger);
    const unknown = () => registry.connect(stranger).approve(holder, 99n);
    await expectRefused(lineage, unknown, [registry, "ERC721NonexistentToken"], 99n);
  });

  it("refuses the zero address as operator", async () => {
    const lineage = await load();
    const { registry, modelOwner } = lineage;
    const call = () => registry.connect(modelOwner).setApprovalForAll(ZeroAddress, true);
    await expectRefused(lineage, call, [registry, "ERC721InvalidOperator"], ZeroAddress);
  });

  it("moves an asset only from its owner, by its owner or an approved account, to an account", async () => {
    const lineage = await load();
    const { registry, modelOwner, stranger, holder } = lineage;
    const move = registry.connect(modelOwner).transferFrom;
    const refusals = [
      [() => registry.connect(stranger).transferFrom(modelOwner, stranger, MODEL), "ERC721InsufficientApproval"],
      [() => move(modelOwner, holder, 99n), "ERC721NonexistentToken"],
      [() => move(stranger, holder, MODEL), "ERC721IncorrectOwner"],
      [() => move(modelOwner, ZeroAddress, MODEL), "ERC721InvalidReceiver"],
    ] as const;
    for (const [call, error] of refusals) await expectRefused(lineage, call, [registry, error]);
  });

  it("moves it safely only to a contract that accepts it", async () => {
    const lineage = await load();
    const { registry, dollar, modelOwner } = lineage;
    const call = () =>
      registry.connect(modelOwner)["safeTransferFrom(address,address,uint256)"](modelOwner, dollar, MODEL);
    await expectRefused(lineage, call, [registry, "ERC721InvalidReceiver"], dollar);
  });

  it("counts nothing for the zero address", async () => {
    const { registry } = await load();
    await expect(registry.balanceOf(ZeroAddress)).to.be.revertedWithCustomError(registry, "ERC721InvalidOwner");
  });
});

describe("The ledger, as an ERC-1155", () => {
  it("refuses the zero address as operator", async () => {
    const lineage = await load();
    const { ledger, holder } = lineage;
    const call = () => ledger.connect(holder).setApprovalForAll(ZeroAddress, true);
    await expectRefused(lineage, call, [ledger, "ERC1155InvalidOperator"], ZeroAddress);
  });

  it("wants as many amounts as ids, and as many ids as accounts", async () => {
    const lineage = await load();
    const { ledger, holder, stranger } = lineage;
    const call = () => ledger.connect(holder).safeBatchTransferFrom(holder, stranger, [MODEL], [1n, 1n], "0x");
    await expectRefused(lineage, call, [ledger, "ERC1155InvalidArrayLength"], 1, 2);
    await expect(ledger.balanceOfBatch([holder], [])).to.be.revertedWithCustomError(
      ledger,
      "ERC1155InvalidArrayLength",
    );
  });

  it("has no shares of the zero address to move: it cannot have approved anybody", async () => {
    const lineage = await load();
    const { ledger, holder } = lineage;
    const call = () => ledger.connect(holder).safeTransferFrom(ZeroAddress, holder, MODEL, 1n, "0x");
    await expectRefused(lineage, call, [ledger, "ERC1155MissingApprovalForAll"], holder, ZeroAddress);
  });
});

describe("multicall", () => {
  it("reports a call that reverts without a reason", async () => {
    const lineage = await load();
    const { registry, ledger } = lineage;
    for (const contract of [registry, ledger]) {
      await expectRefused(lineage, () => contract.multicall([UNKNOWN_CALL]), [contract, "FailedCall"]);
    }
  });
});

describe("FeeLedger.withdrawNative", () => {
  it("reverts if the wrapped token pays less than it was asked for", async () => {
    const lineage = await load();
    const { ledger, wrapped, payer, holder } = lineage;
    await admittedNative(lineage);
    await ledger.connect(payer).deposit(wrapped, FEE, holder);
    // A token that does nothing, and says so to nobody.
    await networkHelpers.setCode(String(wrapped.target), "0x00");
    const call = () => ledger.connect(holder).withdrawNative(FEE, holder);
    await expectRefused(lineage, call, [ledger, "InsufficientBalance"], 0n, FEE);
  });
});

describe("Inlets.open", () => {
  it("says so if the gas suffices for everything but the deployment", async () => {
    const { inlets } = await loadPeriphery();
    const data = inlets.interface.encodeFunctionData("open", [MODEL]);
    const enough = await ethers.provider.estimateGas({ to: inlets.target, data });
    const failures: string[] = [];
    for (let gasLimit = enough - 100n; gasLimit > enough - 40_000n; gasLimit -= 100n) {
      const call = ethers.provider.call({ to: inlets.target, data, gasLimit });
      await call.catch((error: unknown) => failures.push(String(error)));
    }
    expect(failures.some((failure) => failure.includes("'FailedDeployment()'"))).to.equal(true);
  });
});

describe("AdminTimelock, as OpenZeppelin's TimelockController", () => {
  async function deployed() {
    const [, proposer, stranger] = await ethers.getSigners();
    if (!proposer || !stranger) throw new Error("The chain has no accounts.");
    const timelock = await ethers.deployContract("AdminTimelock", [0, proposer, proposer]);
    return { proposer, stranger, timelock };
  }
  type Timelock = Awaited<ReturnType<typeof deployed>>["timelock"];
  const refuses = (timelock: BaseContract, call: Promise<unknown>, error: string) =>
    expect(call).to.be.revertedWithCustomError(timelock, error);
  const ofItself = async (timelock: Timelock, data: string) =>
    [await timelock.getAddress(), 0n, data, ZeroHash, ZeroHash] as const;

  it("schedules an operation once, and cancels only what is pending", async () => {
    const { proposer, timelock } = await networkHelpers.loadFixture(deployed);
    const operation = await ofItself(timelock, "0x");
    await timelock.connect(proposer).schedule(...operation, 60);
    const again = timelock.connect(proposer).schedule(...operation, 60);
    await refuses(timelock, again, "TimelockUnexpectedOperationState");
    await refuses(timelock, timelock.connect(proposer).cancel(ZeroHash), "TimelockUnexpectedOperationState");
    const id = await timelock.hashOperation(...operation);
    await refuses(timelock, timelock.cancel(id), "AccessControlUnauthorizedAccount");
    await timelock.connect(proposer).cancel(id);
    expect(await timelock.isOperation(id)).to.equal(false);
  });

  it("wants a value and data for each call of a batch", async () => {
    const { proposer, timelock } = await networkHelpers.loadFixture(deployed);
    const scheduling = timelock.connect(proposer).scheduleBatch([timelock], [], [], ZeroHash, ZeroHash, 0);
    await refuses(timelock, scheduling, "TimelockInvalidOperationLength");
    const executing = timelock.executeBatch([timelock], [], [], ZeroHash, ZeroHash);
    await refuses(timelock, executing, "TimelockInvalidOperationLength");
  });

  it("executes an operation after its predecessor only, and passes on why a call failed", async () => {
    const { proposer, stranger, timelock } = await networkHelpers.loadFixture(deployed);
    const target = await timelock.getAddress();
    const later = [target, 0n, UNKNOWN_CALL, `0x${"11".repeat(32)}`, ZeroHash] as const;
    await timelock.connect(proposer).schedule(...later, 0);
    await refuses(timelock, timelock.execute(...later), "TimelockUnexecutedPredecessor");

    const failing = await ofItself(timelock, UNKNOWN_CALL);
    await timelock.connect(proposer).schedule(...failing, 0);
    await refuses(timelock, timelock.execute(...failing), "FailedCall");

    const call = timelock.interface.encodeFunctionData("renounceRole", [ZeroHash, stranger.address]);
    const refused = await ofItself(timelock, call);
    await timelock.connect(proposer).schedule(...refused, 0);
    await refuses(timelock, timelock.execute(...refused), "AccessControlBadConfirmation");
  });

  it("changes its delay and its roles only by an operation of its own", async () => {
    const { proposer, stranger, timelock } = await networkHelpers.loadFixture(deployed);
    const role = await timelock.PROPOSER_ROLE();
    await refuses(timelock, timelock.connect(proposer).updateDelay(1), "TimelockUnauthorizedCaller");
    for (const change of [timelock.connect(proposer).grantRole, timelock.connect(proposer).revokeRole]) {
      await refuses(timelock, change(role, stranger), "AccessControlUnauthorizedAccount");
    }
    for (const change of [
      timelock.interface.encodeFunctionData("grantRole", [role, stranger.address]),
      timelock.interface.encodeFunctionData("updateDelay", [1]),
    ]) {
      const operation = await ofItself(timelock, change);
      await timelock.connect(proposer).schedule(...operation, 0);
      await timelock.execute(...operation);
    }
    expect(await timelock.getMinDelay()).to.equal(1n);
    expect(await timelock.hasRole(role, stranger)).to.equal(true);
  });
});
