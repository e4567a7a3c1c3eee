import { expect } from "chai";
import { ethers, expectRefused, FEE, load, MODEL, REF } from "../support/contracts/fixture.ts";

const deployCurrency = (symbol = "NEW", decimals = 18) =>
  ethers.deployContract("TestCurrency", ["New", symbol, decimals]);

describe("FeeLedger.admit", () => {
  it("lets a currency be paid in from then on", async () => {
    const { ledger, admin, payer } = await load();
    const currency = await deployCurrency();
    await currency.mint(payer, FEE);
    await currency.connect(payer).approve(ledger, FEE);
    expect(await ledger.isAdmitted(currency)).to.equal(false);
    await ledger.connect(admin).admit(currency);
    expect(await ledger.isAdmitted(currency)).to.equal(true);
    await ledger.connect(payer).pay(MODEL, currency, FEE, REF);
    expect(await currency.balanceOf(ledger)).to.equal(FEE);
  });

  it("adds it to the list, with its symbol and decimals in an event", async () => {
    const { ledger, dollar, euro, admin } = await load();
    const currency = await deployCurrency("YEN", 0);
    await expect(ledger.connect(admin).admit(currency))
      .to.emit(ledger, "CurrencyAdmitted")
      .withArgs(currency, "YEN", 0);
    expect([...(await ledger.currencies())]).to.deep.equal([dollar.target, euro.target, currency.target]);
  });

  it("is for the admin alone", async () => {
    const lineage = await load();
    const { ledger, commons, modelOwner, stranger } = lineage;
    const currency = await deployCurrency();
    for (const caller of [commons, modelOwner, stranger]) {
      await expectRefused(lineage, () => ledger.connect(caller).admit(currency), [ledger, "OnlyAdmin"]);
    }
  });

  it("refuses a currency twice", async () => {
    const lineage = await load();
    const { ledger, dollar, admin } = lineage;
    const call = () => ledger.connect(admin).admit(dollar);
    await expectRefused(lineage, call, [ledger, "CurrencyAlreadyAdmitted"], dollar);
  });

  it("refuses the ninth", async () => {
    const lineage = await load();
    const { ledger, admin } = lineage;
    for (let count = 2; count < 8; count++) await ledger.connect(admin).admit(await deployCurrency());
    const ninth = await deployCurrency();
    await expectRefused(lineage, () => ledger.connect(admin).admit(ninth), [ledger, "TooManyCurrencies"]);
    expect((await ledger.currencies()).length).to.equal(8);
  });

  it("still moves shares when all eight have brought income", async () => {
    const { ledger, dollar, admin, payer, holder, stranger } = await load();
    const currencies = [dollar];
    for (let count = 2; count < 8; count++) {
      const currency = await deployCurrency();
      await ledger.connect(admin).admit(currency);
      await currency.mint(payer, FEE);
      await currency.connect(payer).approve(ledger, FEE);
      currencies.push(currency);
    }
    for (const currency of currencies) await ledger.connect(payer).payAndSettle(MODEL, currency, FEE, REF, [MODEL]);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, 25_000_000n, "0x");
    for (const currency of currencies) expect(await ledger.claimable(holder, [MODEL], currency)).to.equal(173_250n);
  });

  it("refuses an address without code", async () => {
    const lineage = await load();
    const { ledger, admin, stranger } = lineage;
    const call = () => ledger.connect(admin).admit(stranger);
    await expectRefused(lineage, call, [ledger, "CurrencyRefused"], stranger);
  });

  it("refuses a contract that is no token", async () => {
    const { registry, ledger, admin } = await load();
    for (const contract of [registry, ledger]) {
      await expect(ledger.connect(admin).admit(contract)).to.be.revertedWithoutReason(ethers);
    }
    expect((await ledger.currencies()).length).to.equal(2);
  });

  it("refuses a total supply of 2^96 and takes one less", async () => {
    const lineage = await load();
    const { ledger, admin, stranger } = lineage;
    const currency = await deployCurrency();
    await currency.mint(stranger, 2n ** 96n);
    const call = () => ledger.connect(admin).admit(currency);
    await expectRefused(lineage, call, [ledger, "CurrencyRefused"], currency);

    const smaller = await deployCurrency();
    await smaller.mint(stranger, 2n ** 96n - 1n);
    await ledger.connect(admin).admit(smaller);
    expect(await ledger.isAdmitted(smaller)).to.equal(true);
  });
});
