import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import {
  admittedNative,
  ethers,
  expectRefused,
  FEE,
  load,
  MODEL,
  payThrough,
  REF,
} from "../support/contracts/fixture.ts";

/** The lineage on a chain whose wrapped native token is admitted, and a fee of it as the holder's credit. */
async function loadWithCredit() {
  const lineage = await load();
  const { ledger, wrapped, payer, holder } = lineage;
  await admittedNative(lineage);
  await ledger.connect(payer).deposit(wrapped, FEE, holder);
  return lineage;
}

const nativeOf = (account: string) => ethers.provider.getBalance(account);

describe("FeeLedger.withdrawNative", () => {
  it("sends the caller's credit out, unwrapped, to whom it names", async () => {
    const { ledger, wrapped, holder, stranger } = await loadWithCredit();
    const sent = ledger.connect(holder).withdrawNative(FEE - 1n, stranger);
    await expect(sent).to.changeEtherBalances(
      ethers,
      [wrapped, ledger, holder, stranger],
      [1n - FEE, 0n, 0n, FEE - 1n],
    );
    await expect(sent).to.changeTokenBalances(ethers, wrapped, [ledger, stranger], [1n - FEE, 0n]);
    expect(await ledger.creditOf(holder, wrapped)).to.equal(1n);
  });

  it("says whose credit went where", async () => {
    const { ledger, wrapped, holder, stranger } = await loadWithCredit();
    await expect(ledger.connect(holder).withdrawNative(FEE, stranger))
      .to.emit(ledger, "Withdrawn")
      .withArgs(holder, wrapped, stranger, FEE);
  });

  it("pays out what was earned from fees in native money", async () => {
    const { ledger, wrapped, payer, holder } = await loadWithCredit();
    await ledger.connect(payer).payNative(MODEL, REF, { value: FEE });
    await ledger.settle([MODEL], wrapped);
    await ledger.claimToCredit(holder, [MODEL], wrapped);
    // A quarter of 700,000, less 1 %, and the credit from before.
    await expect(ledger.connect(holder).withdrawNative(173_250n + FEE, holder)).to.changeEtherBalances(
      ethers,
      [holder],
      [173_250n + FEE],
    );
  });

  it("pays a contract that takes native money", async () => {
    const { ledger, wrapped, holder } = await loadWithCredit();
    const wallet = await ethers.deployContract("ContractWallet", [holder]);
    await ledger.connect(holder).withdrawNative(FEE, wallet);
    expect(await nativeOf(await wallet.getAddress())).to.equal(FEE);
    expect(await ledger.creditOf(holder, wrapped)).to.equal(0n);
  });

  it("changes nothing when the recipient refuses the money", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, holder } = lineage;
    const call = () => ledger.connect(holder).withdrawNative(FEE, dollar);
    await expectRefused(lineage, call, [ledger, "FailedCall"]);
    expect(await nativeOf(await ledger.getAddress())).to.equal(0n);
    await ledger.connect(holder).withdrawNative(FEE, holder);
  });

  it("tells why the recipient refuses the money", async () => {
    const lineage = await loadWithCredit();
    const { ledger, registry, holder } = lineage;
    const wallet = await ethers.deployContract("ReentrantWallet");
    await wallet.prepare(registry, (await registry.setRetired.populateTransaction(MODEL, true)).data);
    const call = () => ledger.connect(holder).withdrawNative(FEE, wallet);
    await expectRefused(lineage, call, [registry, "NotAssetOwner"], MODEL, wallet);
  });

  it("cannot be called again, nor any other payment, by the recipient, who has credit too", async () => {
    const lineage = await loadWithCredit();
    const { ledger, wrapped, payer, holder } = lineage;
    const wallet = await ethers.deployContract("ReentrantWallet");
    await ledger.connect(payer).deposit(wrapped, FEE, wallet);
    for (const { data } of [
      await ledger.withdrawNative.populateTransaction(1n, wallet),
      await ledger.withdraw.populateTransaction(wrapped, 1n, wallet),
      await ledger.claim.populateTransaction([MODEL], wrapped, wallet),
      await ledger.pay.populateTransaction(MODEL, wrapped, 1n, REF),
    ]) {
      await wallet.prepare(ledger, data);
      const call = () => ledger.connect(holder).withdrawNative(FEE, wallet);
      await expectRefused(lineage, call, [ledger, "ReentrancyGuardReentrantCall"]);
    }
    const { data } = await ledger.withdrawNative.populateTransaction(FEE, holder);
    await expect(wallet.perform(ledger, data)).to.changeEtherBalances(ethers, [holder], [FEE]);
  });

  it("leaves the recipient its own credit to spend meanwhile, counted once", async () => {
    const { ledger, wrapped, payer, holder } = await loadWithCredit();
    const wallet = await ethers.deployContract("ReentrantWallet");
    await ledger.connect(payer).deposit(wrapped, 10n, wallet);
    const { data } = await ledger.payFromCredit.populateTransaction(MODEL, wrapped, 7n, REF);
    await wallet.prepare(ledger, data);
    await ledger.connect(holder).withdrawNative(FEE, wallet);
    expect(await ledger.creditOf(wallet, wrapped)).to.equal(3n);
    expect(await ledger.creditOf(holder, wrapped)).to.equal(0n);
    expect((await ledger.flowOf(MODEL, wrapped)).received).to.equal(7n);
    expect(await wrapped.balanceOf(ledger)).to.equal(10n);
  });

  it("refuses more than the caller's own credit in the wrapped token", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, payer, holder, stranger } = lineage;
    const tooMuch = () => ledger.connect(holder).withdrawNative(FEE + 1n, holder);
    await expectRefused(lineage, tooMuch, [ledger, "InsufficientCredit"], FEE, FEE + 1n);
    await ledger.connect(payer).deposit(dollar, FEE, stranger);
    const ofAnother = () => ledger.connect(stranger).withdrawNative(1n, stranger);
    await expectRefused(lineage, ofAnother, [ledger, "InsufficientCredit"], 0n, 1n);
  });

  it("refuses nothing at all", async () => {
    const lineage = await loadWithCredit();
    const { ledger, holder } = lineage;
    await expectRefused(lineage, () => ledger.connect(holder).withdrawNative(0n, holder), [ledger, "ZeroAmount"]);
  });

  it("refuses to send to the ledger, to the wrapped token or to the zero address", async () => {
    const lineage = await loadWithCredit();
    const { ledger, wrapped, holder } = lineage;
    for (const to of [await ledger.getAddress(), await wrapped.getAddress(), ZeroAddress]) {
      const call = () => ledger.connect(holder).withdrawNative(FEE, to);
      await expectRefused(lineage, call, [ledger, "InvalidRecipient"], to);
    }
  });

  it("has nothing to send where the wrapped token is not admitted, or there is none", async () => {
    const lineage = await load();
    const { ledger, admin, commons, dollar, holder } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.claimToCredit(holder, [MODEL], dollar);
    const call = () => ledger.connect(holder).withdrawNative(1n, holder);
    await expectRefused(lineage, call, [ledger, "InsufficientCredit"], 0n, 1n);
    const bare = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    await expect(bare.ledger.connect(holder).withdrawNative(1n, holder))
      .to.be.revertedWithCustomError(bare.ledger, "InsufficientCredit")
      .withArgs(0n, 1n);
  });
});

describe("The ledger", () => {
  it("refuses native money that is just sent to it, and would be nobody's", async () => {
    const lineage = await loadWithCredit();
    const { ledger, payer } = lineage;
    const withData = payer.sendTransaction({ to: ledger, value: 1n, data: "0x12345678" });
    await expect(withData).to.be.revertedWithoutReason(ethers);
    const call = () => payer.sendTransaction({ to: ledger, value: 1n });
    await expectRefused(lineage, call, [ledger, "InvalidRecipient"], ledger);
    expect(await nativeOf(await ledger.getAddress())).to.equal(0n);
  });
});
