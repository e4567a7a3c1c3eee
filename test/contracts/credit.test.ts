import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import { admitted, ethers, expectRefused, FEE, load } from "../support/contracts/fixture.ts";

describe("FeeLedger.deposit", () => {
  it("turns the caller's tokens into credit of the named account", async () => {
    const { ledger, dollar, payer, holder } = await load();
    await expect(ledger.connect(payer).deposit(dollar, FEE, holder)).to.changeTokenBalances(
      ethers,
      dollar,
      [payer, ledger, holder],
      [-FEE, FEE, 0n],
    );
    await ledger.connect(payer).deposit(dollar, 1n, holder);
    expect(await ledger.creditOf(holder, dollar)).to.equal(FEE + 1n);
    expect(await ledger.creditOf(payer, dollar)).to.equal(0n);
  });

  it("says whose credit it is and who bought it", async () => {
    const { ledger, dollar, payer, holder } = await load();
    await expect(ledger.connect(payer).deposit(dollar, FEE, holder))
      .to.emit(ledger, "Deposited")
      .withArgs(holder, dollar, payer, FEE);
  });

  it("keeps currencies apart", async () => {
    const { ledger, dollar, euro, payer } = await load();
    await ledger.connect(payer).deposit(dollar, 3n, payer);
    await ledger.connect(payer).deposit(euro, 5n, payer);
    expect(await ledger.creditOf(payer, dollar)).to.equal(3n);
    expect(await ledger.creditOf(payer, euro)).to.equal(5n);
  });

  it("refuses a currency that is not admitted, nothing at all, and credit for nobody", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const deposit = ledger.connect(payer).deposit;
    const notAdmitted = () => deposit(stranger, FEE, payer);
    await expectRefused(lineage, notAdmitted, [ledger, "CurrencyNotAdmitted"], stranger);
    await expectRefused(lineage, () => deposit(dollar, 0n, payer), [ledger, "ZeroAmount"]);
    const forNobody = () => deposit(dollar, FEE, ZeroAddress);
    await expectRefused(lineage, forNobody, [ledger, "InvalidRecipient"], ZeroAddress);
    const forTheLedger = () => deposit(dollar, FEE, ledger);
    await expectRefused(lineage, forTheLedger, [ledger, "InvalidRecipient"], ledger);
  });

  it("refuses more than the caller approved", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await dollar.connect(payer).approve(ledger, 1n);
    const call = () => ledger.connect(payer).deposit(dollar, 2n, payer);
    await expectRefused(lineage, call, [dollar, "ERC20InsufficientAllowance"], ledger, 1n, 2n);
  });

  it("credits what arrived when the token takes a cut", async () => {
    const lineage = await load();
    const { ledger, payer } = lineage;
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    expect(await ledger.connect(payer).deposit.staticCall(cut, 1_000n, payer)).to.equal(900n);
    await expect(ledger.connect(payer).deposit(cut, 1_000n, payer))
      .to.emit(ledger, "Deposited")
      .withArgs(payer, cut, payer, 900n);
    expect(await ledger.creditOf(payer, cut)).to.equal(900n);
  });

  it("refuses when the token answers false", async () => {
    const lineage = await load();
    const { ledger, payer } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    const call = () => ledger.connect(payer).deposit(falsy, 1_001n * FEE, payer);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    expect(await ledger.creditOf(payer, falsy)).to.equal(0n);
  });

  it("credits what arrived when the token takes amounts for upper bounds", async () => {
    const lineage = await load();
    const { ledger, payer } = lineage;
    const bound = await admitted(lineage, await ethers.deployContract("UpperBoundCurrency"));
    await bound.connect(payer).approve(ledger, MaxUint256);
    await ledger.connect(payer).deposit(bound, MaxUint256, payer);
    expect(await ledger.creditOf(payer, bound)).to.equal(1_000n * FEE);
  });
});

describe("FeeLedger.withdraw", () => {
  /** The lineage, and a fee in dollars as the holder's credit. */
  async function loadWithCredit() {
    const lineage = await load();
    await lineage.ledger.connect(lineage.payer).deposit(lineage.dollar, FEE, lineage.holder);
    return lineage;
  }

  it("sends the caller's credit out to whom it names", async () => {
    const { ledger, dollar, holder, stranger } = await loadWithCredit();
    await expect(ledger.connect(holder).withdraw(dollar, FEE - 1n, stranger)).to.changeTokenBalances(
      ethers,
      dollar,
      [ledger, holder, stranger],
      [1n - FEE, 0n, FEE - 1n],
    );
    expect(await ledger.creditOf(holder, dollar)).to.equal(1n);
  });

  it("says whose credit went where", async () => {
    const { ledger, dollar, holder, stranger } = await loadWithCredit();
    await expect(ledger.connect(holder).withdraw(dollar, FEE, stranger))
      .to.emit(ledger, "Withdrawn")
      .withArgs(holder, dollar, stranger, FEE);
  });

  it("refuses more than the caller's own credit in that currency", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, euro, holder, stranger } = lineage;
    const tooMuch = () => ledger.connect(holder).withdraw(dollar, FEE + 1n, holder);
    await expectRefused(lineage, tooMuch, [ledger, "InsufficientCredit"], FEE, FEE + 1n);
    const ofAnother = () => ledger.connect(stranger).withdraw(dollar, 1n, stranger);
    await expectRefused(lineage, ofAnother, [ledger, "InsufficientCredit"], 0n, 1n);
    const inEuro = () => ledger.connect(holder).withdraw(euro, 1n, holder);
    await expectRefused(lineage, inEuro, [ledger, "InsufficientCredit"], 0n, 1n);
    const notAdmitted = () => ledger.connect(holder).withdraw(stranger, 1n, holder);
    await expectRefused(lineage, notAdmitted, [ledger, "InsufficientCredit"], 0n, 1n);
  });

  it("refuses nothing at all", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, holder } = lineage;
    await expectRefused(lineage, () => ledger.connect(holder).withdraw(dollar, 0n, holder), [ledger, "ZeroAmount"]);
  });

  it("refuses to send to the ledger or to the zero address", async () => {
    const lineage = await loadWithCredit();
    const { ledger, dollar, holder } = lineage;
    for (const to of [await ledger.getAddress(), ZeroAddress]) {
      const call = () => ledger.connect(holder).withdraw(dollar, FEE, to);
      await expectRefused(lineage, call, [ledger, "InvalidRecipient"], to);
    }
  });

  it("leaves the credit when the token answers false, until it moves again", async () => {
    const lineage = await load();
    const { ledger, payer, holder } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await ledger.connect(payer).deposit(falsy, FEE, holder);
    await falsy.setStuck(true);
    const call = () => ledger.connect(holder).withdraw(falsy, FEE, holder);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    await falsy.setStuck(false);
    await call();
    expect(await falsy.balanceOf(holder)).to.equal(FEE);
    expect(await ledger.creditOf(holder, falsy)).to.equal(0n);
  });

  it("pays out a token that answers nothing", async () => {
    const lineage = await load();
    const { ledger, payer, holder } = lineage;
    const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
    await ledger.connect(payer).deposit(silent, FEE, holder);
    await ledger.connect(holder).withdraw(silent, FEE, holder);
    expect(await silent.balanceOf(holder)).to.equal(FEE);
  });

  it("leaves the cut of a token that takes one to the recipient", async () => {
    const lineage = await load();
    const { ledger, payer, holder } = lineage;
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    await ledger.connect(payer).deposit(cut, 1_000n, holder);
    await ledger.connect(payer).deposit(cut, 1_000n, payer);
    await ledger.connect(holder).withdraw(cut, 900n, holder);
    expect(await cut.balanceOf(holder)).to.equal(810n);
    expect(await cut.balanceOf(ledger)).to.equal(await ledger.creditOf(payer, cut));
  });
});
