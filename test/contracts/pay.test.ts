import { expect } from "chai";
import { MaxUint256, ZeroHash } from "ethers";
import {
  AGENT,
  admitted,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  load,
  MODEL,
  REF,
} from "../support/contracts/fixture.ts";

describe("FeeLedger.pay", () => {
  it("moves the fee from the payer to the ledger", async () => {
    const { ledger, dollar, payer } = await load();
    await expect(ledger.connect(payer).pay(MODEL, dollar, FEE, REF)).to.changeTokenBalances(
      ethers,
      dollar,
      [payer, ledger],
      [-FEE, FEE],
    );
  });

  it("says who paid what for which request", async () => {
    const { ledger, dollar, payer } = await load();
    for (const ref of [REF, ZeroHash]) {
      await expect(ledger.connect(payer).pay(MODEL, dollar, FEE, ref))
        .to.emit(ledger, "FeePaid")
        .withArgs(MODEL, dollar, payer, FEE, ref, payer);
    }
  });

  it("answers with what arrived", async () => {
    const { ledger, dollar, payer } = await load();
    expect(await ledger.connect(payer).pay.staticCall(MODEL, dollar, FEE, REF)).to.equal(FEE);
  });

  it("adds up per release and currency, and passes nothing on yet", async () => {
    const { ledger, dollar, euro, payer } = await load();
    await ledger.connect(payer).pay(MODEL, dollar, 5n, REF);
    await ledger.connect(payer).pay(MODEL, dollar, 1n, REF);
    await ledger.connect(payer).pay(MODEL, euro, 7n, REF);
    await ledger.connect(payer).pay(AGENT, dollar, 11n, REF);
    const flows = [
      [MODEL, dollar, 6n],
      [MODEL, euro, 7n],
      [AGENT, dollar, 11n],
      [AGENT, euro, 0n],
      [DATASET, dollar, 0n],
    ] as const;
    for (const [release, currency, received] of flows) {
      expect([...(await ledger.flowOf(release, currency))]).to.deep.equal([received, 0n]);
    }
    expect([...(await ledger.incomeOf(MODEL, dollar))]).to.deep.equal([0n, 0n]);
  });

  it("refuses an unknown release, in any currency", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    for (const release of [0n, 4n, 2n ** 40n - 1n]) {
      for (const currency of [dollar, stranger]) {
        const call = () => ledger.connect(payer).pay(release, currency, FEE, REF);
        await expectRefused(lineage, call, [ledger, "UnknownRelease"], release);
      }
    }
  });

  it("refuses a currency that is not admitted", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await play.mint(payer, FEE);
    await play.connect(payer).approve(ledger, FEE);
    const call = () => ledger.connect(payer).pay(MODEL, play, FEE, REF);
    await expectRefused(lineage, call, [ledger, "CurrencyNotAdmitted"], play);
    expect(await play.balanceOf(payer)).to.equal(FEE);
  });

  it("refuses nothing at all", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await expectRefused(lineage, () => ledger.connect(payer).pay(MODEL, dollar, 0n, REF), [ledger, "ZeroAmount"]);
  });

  it("refuses more than the payer approved or has", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    await dollar.connect(payer).approve(ledger, FEE - 1n);
    const beyondAllowance = () => ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    const allowance = [dollar, "ERC20InsufficientAllowance"] as const;
    await expectRefused(lineage, beyondAllowance, [...allowance], ledger, FEE - 1n, FEE);

    await dollar.connect(stranger).approve(ledger, FEE);
    const beyondBalance = () => ledger.connect(stranger).pay(MODEL, dollar, FEE, REF);
    await expectRefused(lineage, beyondBalance, [dollar, "ERC20InsufficientBalance"], stranger, 0n, FEE);
  });

  it("takes up to 2^112 - 1 in all, whatever the currency does", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    const most = 2n ** 112n - 1n;
    await dollar.mint(payer, 2n ** 113n);
    await dollar.connect(payer).approve(ledger, MaxUint256);
    await ledger.connect(payer).pay(DATASET, dollar, most, REF);
    expect((await ledger.flowOf(DATASET, dollar)).received).to.equal(most);
    for (const amount of [1n, 2n ** 112n]) {
      const call = () => ledger.connect(payer).pay(DATASET, dollar, amount, REF);
      await expectRefused(lineage, call, [ledger, "CounterOverflow"]);
    }
    await ledger.connect(payer).payAndSettle(MODEL, dollar, 3n, REF, [DATASET]);
    expect((await ledger.incomeOf(DATASET, dollar)).income).to.equal(most);
  });

  describe("with an odd token", () => {
    it("credits what arrived when the token takes a cut", async () => {
      const lineage = await load();
      const { ledger, payer } = lineage;
      const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
      await expect(ledger.connect(payer).pay(MODEL, cut, 1_000n, REF))
        .to.emit(ledger, "FeePaid")
        .withArgs(MODEL, cut, payer, 900n, REF, payer);
      expect((await ledger.flowOf(MODEL, cut)).received).to.equal(900n);
      expect(await cut.balanceOf(ledger)).to.equal(900n);
      expect(await ledger.connect(payer).pay.staticCall(MODEL, cut, 1_000n, REF)).to.equal(900n);
    });

    it("refuses when the token answers false", async () => {
      const lineage = await load();
      const { ledger, payer } = lineage;
      const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
      await ledger.connect(payer).pay(MODEL, falsy, FEE, REF);
      const call = () => ledger.connect(payer).pay(MODEL, falsy, 1_000n * FEE, REF);
      await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
      expect((await ledger.flowOf(MODEL, falsy)).received).to.equal(FEE);
    });

    it("takes a token that answers nothing", async () => {
      const lineage = await load();
      const { ledger, payer } = lineage;
      const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
      await ledger.connect(payer).pay(MODEL, silent, FEE, REF);
      expect((await ledger.flowOf(MODEL, silent)).received).to.equal(FEE);
      expect(await silent.balanceOf(ledger)).to.equal(FEE);
    });

    it("credits what arrived when the token takes amounts for upper bounds", async () => {
      const lineage = await load();
      const { ledger, payer } = lineage;
      const bound = await admitted(lineage, await ethers.deployContract("UpperBoundCurrency"));
      await bound.connect(payer).approve(ledger, MaxUint256);
      await ledger.connect(payer).pay(MODEL, bound, MaxUint256, REF);
      expect((await ledger.flowOf(MODEL, bound)).received).to.equal(1_000n * FEE);
      // Nothing is left to take, so nothing arrives.
      const call = () => ledger.connect(payer).pay(MODEL, bound, FEE, REF);
      await expectRefused(lineage, call, [ledger, "ZeroAmount"]);
    });
  });
});
