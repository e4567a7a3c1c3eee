import { expect } from "chai";
import { id as hashOf, ZeroHash } from "ethers";
import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import { AGENT, ethers, expectRefused, FEE, MODEL, REF } from "../../support/contracts/fixture.ts";
import { authorize, loadSigned, type Payment } from "../../support/signing/signedPayments.ts";

/** An organization's wallet with ten fees, for which the holder has the key, and a payment of one fee from it. */
async function loadWallet() {
  const lineage = await loadSigned();
  const wallet = await ethers.deployContract("ContractWallet", [lineage.holder]);
  await lineage.signed.mint(wallet, 10n * FEE);
  return { ...lineage, wallet, payment: { ...lineage.payment, payer: await wallet.getAddress() } };
}
type Walleted = Awaited<ReturnType<typeof loadWallet>>;

/** Signs a payment with the wallet's key, unless another is given. */
const sign = async ({ signedPayments, signed, holder }: Walleted, payment: Payment, signer = holder) =>
  [payment, await authorize({ signer, signedPayments, currency: signed }, payment)] as const;

/** Asserts that the stranger's submission is refused by the currency, and moves no money. */
async function expectPaymentRefused(
  lineage: Walleted,
  args: Awaited<ReturnType<typeof sign>>,
  error: string,
  ...errorArgs: unknown[]
) {
  const { signedPayments, signed, stranger, wallet } = lineage;
  const before = await signed.balanceOf(wallet);
  const call = () => signedPayments.connect(stranger).payFromContractWallet(...args);
  await expectRefused(lineage, call, [signed, error], ...errorArgs);
  expect(await signed.balanceOf(wallet)).to.equal(before);
}

describe("SignedPayments.payFromContractWallet", () => {
  it("pays a fee that a contract wallet signed (ERC-1271), submitted by anyone, and names the wallet as payer", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, wallet, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    const submit = signedPayments.connect(stranger).payFromContractWallet;
    expect(await submit.staticCall(...args)).to.equal(FEE);
    const paid = submit(...args);
    await expect(paid).to.changeTokenBalances(
      ethers,
      signed,
      [wallet, ledger, signedPayments, stranger],
      [-FEE, FEE, 0n, 0n],
    );
    await expect(paid).to.emit(ledger, "FeePaid").withArgs(MODEL, signed, wallet, FEE, REF, signedPayments);
    expect(await signed.allowance(signedPayments, ledger)).to.equal(0n);
  });

  it("pays for an account without code, too", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, payer, payment } = lineage;
    const args = await sign(lineage, { ...payment, payer: payer.address }, payer);
    await signedPayments.payFromContractWallet(...args);
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("cannot be sent to another release, changed, or taken from another's money", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, holder, payment } = lineage;
    // Another wallet under the same key, which would take the key's signature for anything of its own.
    const other = await ethers.deployContract("ContractWallet", [holder]);
    for (const account of [other, holder]) await signed.mint(account, FEE);
    const [, signature] = await sign(lineage, payment);
    for (const changes of [
      { release: AGENT },
      { ref: ZeroHash },
      { ref: hashOf("another request") },
      { salt: 1n },
      { amount: FEE + 1n },
      { amount: FEE - 1n },
      { validAfter: 1n },
      { validBefore: 4_000_000_001n },
      { payer: await other.getAddress() },
      { payer: holder.address },
    ]) {
      await expectPaymentRefused(lineage, [{ ...payment, ...changes }, signature], "ERC3009InvalidSignature");
    }
    await signedPayments.payFromContractWallet(payment, signature);
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("cannot be submitted twice", async () => {
    const lineage = await loadWallet();
    const { signedPayments, wallet, payment } = lineage;
    const args = await sign(lineage, payment);
    await signedPayments.payFromContractWallet(...args);
    const nonce = await signedPayments.nonceOf(payment);
    await expectPaymentRefused(lineage, args, "ERC3009UsedAuthorization", wallet, nonce);
  });

  it("cannot be submitted both as a whole and as v, r and s", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, payer, payment } = lineage;
    const own = { ...payment, payer: payer.address };
    const [, whole] = await sign(lineage, own, payer);
    const { v, r, s } = ethers.Signature.from(whole);
    await signedPayments.pay(own, v, r, s);
    const nonce = await signedPayments.nonceOf(own);
    await expectPaymentRefused(lineage, [own, whole], "ERC3009UsedAuthorization", payer, nonce);
    expect(await signed.balanceOf(payer)).to.equal(999n * FEE);
  });

  it("cannot be submitted by another entry point, nor taken out at the currency itself", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, wallet, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    const { signedPayments: other } = await deployPeriphery(ethers, ledger);
    const elsewhere = () => other.connect(stranger).payFromContractWallet(...args);
    await expectRefused(lineage, elsewhere, [signed, "ERC3009InvalidSignature"]);

    const nonce = await signedPayments.nonceOf(payment);
    const terms = [wallet, signedPayments, FEE, payment.validAfter, payment.validBefore, nonce, args[1]] as const;
    const receive = "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)" as const;
    const directly = () => signed.connect(stranger)[receive](...terms);
    await expectRefused(lineage, directly, [signed, "ERC20InvalidReceiver"], signedPayments);
    expect(await signed.balanceOf(wallet)).to.equal(10n * FEE);
  });

  it("takes no signature that the wallet does not take", async () => {
    const lineage = await loadWallet();
    const { stranger, payment } = lineage;
    const [, ofAnother] = await sign(lineage, payment, stranger);
    for (const signature of [ofAnother, "0x", "0x00", `0x${"ff".repeat(65)}`]) {
      await expectPaymentRefused(lineage, [payment, signature], "ERC3009InvalidSignature");
    }
  });

  it("takes no signature for another chain", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, holder, payment } = lineage;
    const signing = { signer: holder, signedPayments, currency: signed, chainId: 1n };
    await expectPaymentRefused(lineage, [payment, await authorize(signing, payment)], "ERC3009InvalidSignature");
  });

  it("cannot be called by a wallet that is asked about its signature", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, stranger, payment } = lineage;
    const wallet = await ethers.deployContract("ReentrantWallet");
    await signed.mint(wallet, 10n * FEE);
    const outer = { ...payment, payer: await wallet.getAddress() };
    const inner = await sign(lineage, { ...payment, release: AGENT });
    const { data } = await signedPayments.payFromContractWallet.populateTransaction(...inner);
    await wallet.prepare(signedPayments, data);
    await expectPaymentRefused(lineage, [outer, "0x"], "ERC3009InvalidSignature");
    expect(await signed.balanceOf(wallet)).to.equal(10n * FEE);

    await wallet.prepare(ethers.ZeroAddress, "0x");
    await signedPayments.connect(stranger).payFromContractWallet(outer, "0x");
    await signedPayments.payFromContractWallet(...inner);
    for (const release of [MODEL, AGENT]) expect((await ledger.flowOf(release, signed)).received).to.equal(FEE);
  });

  it("takes no signature for a contract that cannot sign", async () => {
    const lineage = await loadWallet();
    const { signed, ledger, signedPayments, dollar, payment } = lineage;
    for (const account of [ledger, signedPayments, dollar]) {
      await signed.mint(account, FEE);
      const args = await sign(lineage, { ...payment, payer: await account.getAddress() });
      await expectPaymentRefused(lineage, args, "ERC3009InvalidSignature");
    }
  });

  it("refuses an unknown release and leaves the signature unused", async () => {
    const lineage = await loadWallet();
    const { signedPayments, signed, ledger, wallet, payment } = lineage;
    const unknown = { ...payment, release: 99n };
    const args = await sign(lineage, unknown);
    const call = () => signedPayments.payFromContractWallet(...args);
    await expectRefused(lineage, call, [ledger, "UnknownRelease"], 99n);
    expect(await signed.authorizationState(wallet, await signedPayments.nonceOf(unknown))).to.equal(false);
    expect(await signed.balanceOf(wallet)).to.equal(10n * FEE);
  });

  it("refuses a currency that takes v, r and s only", async () => {
    const lineage = await loadWallet();
    const { signedPayments, dollar, payment } = lineage;
    const args = await sign(lineage, { ...payment, currency: await dollar.getAddress() });
    await expect(signedPayments.payFromContractWallet(...args)).to.be.revertedWithoutReason(ethers);
  });
});
