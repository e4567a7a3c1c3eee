import { expect } from "chai";
import { admitted, ethers, expectRefused, FEE, load, MODEL, REF } from "../support/contracts/fixture.ts";
import { callData } from "../support/contracts/multicall.ts";
import { signPermit } from "../support/signing/permits.ts";

/** The lineage with a currency that takes permits, of which the payer has 1,000 fees, nothing of it approved. */
async function loadPermits() {
  const lineage = await load();
  const { ledger, payer } = lineage;
  const signed = await admitted(lineage, await ethers.deployContract("SignedCurrency"));
  await signed.connect(payer).approve(ledger, 0n);
  return { ...lineage, signed };
}
type Permits = Awaited<ReturnType<typeof loadPermits>>;

/** A permit of the payer for one fee. */
const permitOf = ({ ledger, signed, payer }: Permits, amount = FEE) =>
  signPermit(payer, { currency: signed, spender: ledger, amount });

/** The calls of one multicall: it uses a permit and pays one fee. */
const permitAndPay = ({ ledger, signed }: Permits, permit: Awaited<ReturnType<typeof signPermit>>) =>
  callData(ledger.permit.populateTransaction(...permit), ledger.pay.populateTransaction(MODEL, signed, FEE, REF));

const expectNoAllowance = (lineage: Permits, call: () => Promise<unknown>, allowance = 0n) =>
  expectRefused(lineage, call, [lineage.signed, "ERC20InsufficientAllowance"], lineage.ledger, allowance, FEE);

describe("FeeLedger.permit", () => {
  it("makes a payment in one transaction, without an approval before", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer } = lineage;
    const calls = await permitAndPay(lineage, await permitOf(lineage));
    await expect(ledger.connect(payer).multicall(calls)).to.changeTokenBalances(
      ethers,
      signed,
      [payer, ledger],
      [-FEE, FEE],
    );
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
    expect(await signed.allowance(payer, ledger)).to.equal(0n);
  });

  it("records the payment as the caller's", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer } = lineage;
    await expect(ledger.connect(payer).multicall(await permitAndPay(lineage, await permitOf(lineage))))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, signed, payer, FEE, REF, payer);
  });

  it("makes a deposit in one transaction", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer, holder } = lineage;
    const calls = await callData(
      ledger.permit.populateTransaction(...(await permitOf(lineage))),
      ledger.deposit.populateTransaction(signed, FEE, holder),
    );
    await ledger.connect(payer).multicall(calls);
    expect(await ledger.creditOf(holder, signed)).to.equal(FEE);
  });

  it("allows the ledger exactly what was signed", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer } = lineage;
    await ledger.connect(payer).permit(...(await permitOf(lineage, 7n)));
    expect(await signed.allowance(payer, ledger)).to.equal(7n);
  });

  it("does not mind that somebody else has used the signature first", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer, stranger } = lineage;
    const permit = await permitOf(lineage);
    const [, amount, deadline, v, r, s] = permit;
    await signed.connect(stranger).permit(payer, ledger, amount, deadline, v, r, s);
    await ledger.connect(payer).multicall(await permitAndPay(lineage, permit));
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("serves once: what it allowed is spent", async () => {
    const lineage = await loadPermits();
    const { ledger, payer } = lineage;
    const calls = await permitAndPay(lineage, await permitOf(lineage));
    await ledger.connect(payer).multicall(calls);
    await expectNoAllowance(lineage, () => ledger.connect(payer).multicall(calls));
  });

  it("shows a wrong signature as the allowance that is missing", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer, stranger } = lineage;
    const ofAnother = await signPermit(stranger, { currency: signed, spender: ledger, amount: FEE, owner: payer });
    const forAnother = await signPermit(payer, { currency: signed, spender: stranger, amount: FEE });
    const expired = await signPermit(payer, { currency: signed, spender: ledger, amount: FEE, deadline: 1n });
    const tooSmall = await permitOf(lineage, FEE - 1n);
    for (const [permit, allowance] of [
      [ofAnother, 0n],
      [forAnother, 0n],
      [expired, 0n],
      [tooSmall, FEE - 1n],
    ] as const) {
      const calls = await permitAndPay(lineage, permit);
      await expectNoAllowance(lineage, () => ledger.connect(payer).multicall(calls), allowance);
    }
  });

  it("does nothing with a wrong signature on its own", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer, stranger } = lineage;
    const ofAnother = await signPermit(stranger, { currency: signed, spender: ledger, amount: FEE, owner: payer });
    await ledger.connect(payer).permit(...ofAnother);
    expect(await signed.allowance(payer, ledger)).to.equal(0n);
    expect(await signed.nonces(payer)).to.equal(0n);
  });

  it("is of no use to who submits another's signature", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer, stranger } = lineage;
    await signed.mint(stranger, FEE);
    const calls = await permitAndPay(lineage, await permitOf(lineage));
    await expectNoAllowance(lineage, () => ledger.connect(stranger).multicall(calls));
    expect(await signed.allowance(payer, ledger)).to.equal(0n);
  });

  it("is of no use to a contract that its signer calls", async () => {
    const lineage = await loadPermits();
    const { ledger, signed, payer } = lineage;
    const wallet = await ethers.deployContract("ContractWallet", [payer]);
    const { data } = await ledger.permit.populateTransaction(...(await permitOf(lineage)));
    await wallet.connect(payer).execute(ledger, 0n, data);
    expect(await signed.allowance(payer, ledger)).to.equal(0n);
    expect(await signed.nonces(payer)).to.equal(0n);
  });

  it("is passed over for a currency without permits, whose allowance counts", async () => {
    const lineage = await loadPermits();
    const { ledger, dollar, payer } = lineage;
    const [, ...terms] = await permitOf(lineage);
    const calls = await callData(
      ledger.permit.populateTransaction(dollar, ...terms),
      ledger.pay.populateTransaction(MODEL, dollar, FEE, REF),
    );
    await ledger.connect(payer).multicall(calls);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
  });

  it("refuses a currency that is not admitted, and does not call it", async () => {
    const lineage = await loadPermits();
    const { ledger, payer } = lineage;
    const other = await ethers.deployContract("SignedCurrency");
    const permit = await signPermit(payer, { currency: other, spender: ledger, amount: FEE });
    const call = () => ledger.connect(payer).permit(...permit);
    await expectRefused(lineage, call, [ledger, "CurrencyNotAdmitted"], other);
    expect(await other.nonces(payer)).to.equal(0n);
  });
});
