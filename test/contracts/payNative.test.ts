import { expect } from "chai";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { callData } from "../support/contracts/multicall.ts";
import {
  admittedNative,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  load,
  MODEL,
  OWNER_SHARES,
  REF,
} from "../support/contracts/fixture.ts";

/** The lineage on a chain whose wrapped native token is admitted. */
async function loadNative() {
  const lineage = await load();
  await admittedNative(lineage);
  return lineage;
}

describe("FeeLedger.payNative", () => {
  it("wraps the money that is sent and keeps it, wrapped", async () => {
    const { ledger, wrapped, payer } = await loadNative();
    const call = () => ledger.connect(payer).payNative(MODEL, REF, { value: FEE });
    await expect(call()).to.changeEtherBalances(ethers, [payer, ledger, wrapped], [-FEE, 0n, FEE]);
    await expect(call()).to.changeTokenBalances(ethers, wrapped, [payer, ledger], [0n, FEE]);
  });

  it("says who paid what for which request, in the wrapped token", async () => {
    const { ledger, wrapped, payer } = await loadNative();
    await expect(ledger.connect(payer).payNative(MODEL, REF, { value: FEE }))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, wrapped, payer, FEE, REF, payer);
  });

  it("adds up with fees that were paid in the wrapped token", async () => {
    const { ledger, wrapped, payer } = await loadNative();
    await ledger.connect(payer).payNative(MODEL, REF, { value: 5n });
    await ledger.connect(payer).pay(MODEL, wrapped, 7n, REF);
    await ledger.connect(payer).payNative(MODEL, REF, { value: 11n });
    expect([...(await ledger.flowOf(MODEL, wrapped))]).to.deep.equal([23n, 0n]);
    expect(await wrapped.balanceOf(ledger)).to.equal(23n);
  });

  it("pays a fee like any other, down to the shareholders", async () => {
    const { ledger, wrapped, payer, holder, modelOwner, datasetOwner } = await loadNative();
    await ledger.connect(payer).payNative(MODEL, REF, { value: FEE });
    await ledger.settle([MODEL, DATASET], wrapped);
    // 70 % and 30 % of the fee, less 1 %; a quarter of the model's is the holder's.
    for (const [account, asset, amount] of [
      [holder, MODEL, (693_000n * HOLDER_SHARES) / 100_000_000n],
      [modelOwner, MODEL, (693_000n * OWNER_SHARES) / 100_000_000n],
      [datasetOwner, DATASET, 297_000n],
    ] as const) {
      await ledger.connect(account).claim([asset], wrapped, account);
      expect(await wrapped.balanceOf(account)).to.equal(amount);
    }
  });

  it("refuses nothing at all", async () => {
    const lineage = await loadNative();
    const { ledger, payer } = lineage;
    await expectRefused(lineage, () => ledger.connect(payer).payNative(MODEL, REF), [ledger, "ZeroAmount"]);
  });

  it("refuses an unknown release and gives the money back", async () => {
    const lineage = await loadNative();
    const { ledger, payer } = lineage;
    for (const release of [0n, 4n, 2n ** 40n - 1n]) {
      const call = () => ledger.connect(payer).payNative(release, REF, { value: FEE });
      await expectRefused(lineage, call, [ledger, "UnknownRelease"], release);
    }
    expect(await ethers.provider.getBalance(ledger)).to.equal(0n);
  });

  it("refuses while the wrapped token is not admitted", async () => {
    const lineage = await load();
    const { ledger, wrapped, payer } = lineage;
    const call = () => ledger.connect(payer).payNative(MODEL, REF, { value: FEE });
    await expectRefused(lineage, call, [ledger, "CurrencyNotAdmitted"], wrapped);
    await admittedNative(lineage);
    await call();
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(FEE);
  });

  it("refuses where there is no wrapped token", async () => {
    const { admin, commons, dollar, payer } = await load();
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    await registerAsset(bare, payer);
    await expect(bare.ledger.connect(payer).payNative(1n, REF, { value: FEE }))
      .to.be.revertedWithCustomError(bare.ledger, "CurrencyNotAdmitted")
      .withArgs(ethers.ZeroAddress);
  });

  it("counts no money twice in a multicall, which brings none in", async () => {
    const lineage = await loadNative();
    const { ledger, wrapped, payer } = lineage;
    const twice = await callData(
      ledger.payNative.populateTransaction(MODEL, REF),
      ledger.payNative.populateTransaction(MODEL, REF),
    );
    await expectRefused(lineage, () => ledger.connect(payer).multicall(twice), [ledger, "ZeroAmount"]);

    const { data } = await ledger.multicall.populateTransaction(twice);
    await expect(payer.sendTransaction({ to: ledger, data, value: FEE })).to.be.revertedWithoutReason(ethers);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(0n);
    expect(await ethers.provider.getBalance(ledger)).to.equal(0n);
  });

  it("stops at 2^112 - 1 in all, as every counter does", async () => {
    const lineage = await loadNative();
    const { ledger, wrapped, payer } = lineage;
    const most = 2n ** 112n - 1n;
    await ethers.provider.send("hardhat_setBalance", [payer.address, ethers.toQuantity(2n ** 113n)]);
    await ledger.connect(payer).payNative(MODEL, REF, { value: most });
    const call = () => ledger.connect(payer).payNative(MODEL, REF, { value: 1n });
    await expectRefused(lineage, call, [ledger, "CounterOverflow"]);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(most);
  });

  it("cannot be called while a deposit is under way, even by a currency that should not have been admitted", async () => {
    const { admin, commons, modelOwner } = await load();
    const hooked = await ethers.deployContract("HookedWrappedNative");
    const tributary = await deployTributary(ethers, {
      admin,
      commonsBeneficiary: commons,
      currencies: [hooked],
      wrappedNative: hooked,
    });
    const release = await registerAsset(tributary, modelOwner);
    const payer = await ethers.deployContract("HookedPayer", [tributary.ledger, release]);
    await expect(payer.depositAndPay(hooked, { value: FEE })).to.be.revertedWithCustomError(
      tributary.ledger,
      "ReentrancyGuardReentrantCall",
    );
  });
});
