import { expect } from "chai";
import { id as hashOf, Signature, ZeroHash } from "ethers";
import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import {
  AGENT,
  admitted,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  MODEL,
  networkHelpers,
  REF,
} from "../../support/contracts/fixture.ts";
import { domainOf } from "../../support/signing/permits.ts";
import { authorize, loadSigned, type Payment, signPayment } from "../../support/signing/signedPayments.ts";

const RECEIVE =
  "receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)" as const;

type Signed = Awaited<ReturnType<typeof loadSigned>>;

/** Signs a payment as the payer does. */
const sign = ({ signedPayments, signed, payer }: Signed, payment: Payment) =>
  signPayment({ signer: payer, signedPayments, currency: signed }, payment);

/** Asserts that the stranger's submission is refused by the currency, and moves no money. */
async function expectPaymentRefused(
  lineage: Signed,
  args: Awaited<ReturnType<typeof sign>>,
  error: string,
  ...errorArgs: unknown[]
) {
  const { signedPayments, signed, stranger, payer } = lineage;
  const before = await signed.balanceOf(payer);
  const call = () => signedPayments.connect(stranger).pay(...args);
  await expectRefused(lineage, call, [signed, error], ...errorArgs);
  expect(await signed.balanceOf(payer)).to.equal(before);
}

describe("SignedPayments.pay", () => {
  it("pays a fee that its payer signed, submitted by anyone", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    await expect(signedPayments.connect(stranger).pay(...args)).to.changeTokenBalances(
      ethers,
      signed,
      [payer, ledger, signedPayments, stranger],
      [-FEE, FEE, 0n, 0n],
    );
    expect([...(await ledger.flowOf(MODEL, signed))]).to.deep.equal([FEE, 0n]);
    expect(await signed.allowance(signedPayments, ledger)).to.equal(0n);
  });

  it("names the signer as payer and itself as source, with the reference that was signed", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, stranger, payment } = lineage;
    await expect(signedPayments.connect(stranger).pay(...(await sign(lineage, payment))))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, signed, payer, FEE, REF, signedPayments);
  });

  it("answers with what became a fee", async () => {
    const lineage = await loadSigned();
    const { signedPayments, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    expect(await signedPayments.connect(stranger).pay.staticCall(...args)).to.equal(FEE);
  });

  it("pays a fee like any other", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, holder, payment } = lineage;
    await signedPayments.pay(...(await sign(lineage, payment)));
    await ledger.connect(holder).collect([MODEL], [MODEL], signed, holder);
    // A quarter of 700,000, less 1 %.
    expect(await signed.balanceOf(holder)).to.equal(173_250n);
  });

  it("pays alike fees with another salt each", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payment } = lineage;
    for (const salt of [0n, 1n, 2n ** 256n - 1n]) {
      await signedPayments.pay(...(await sign(lineage, { ...payment, salt })));
    }
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(3n * FEE);
  });

  it("cannot be sent to another release, under another reference or salt", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payment } = lineage;
    const [, ...signature] = await sign(lineage, payment);
    for (const changes of [
      { release: AGENT },
      { release: DATASET },
      { ref: ZeroHash },
      { ref: hashOf("another request") },
      { salt: 1n },
    ]) {
      await expectPaymentRefused(lineage, [{ ...payment, ...changes }, ...signature], "ERC3009InvalidSignature");
    }
    await signedPayments.pay(payment, ...signature);
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("cannot be made larger, smaller, longer valid or another's", async () => {
    const lineage = await loadSigned();
    const { holder, payment } = lineage;
    const [, ...signature] = await sign(lineage, payment);
    for (const changes of [
      { amount: FEE + 1n },
      { amount: FEE - 1n },
      { validAfter: 1n },
      { validBefore: 4_000_000_001n },
      { payer: holder.address },
    ]) {
      await expectPaymentRefused(lineage, [{ ...payment, ...changes }, ...signature], "ERC3009InvalidSignature");
    }
  });

  it("cannot be taken in another currency", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, payer, payment } = lineage;
    const other = await admitted(lineage, await ethers.deployContract("SignedCurrency"));
    expect(await other.balanceOf(payer)).to.equal(await signed.balanceOf(payer));
    const [, ...signature] = await sign(lineage, payment);
    const elsewhere = { ...payment, currency: await other.getAddress() };
    const call = () => signedPayments.pay(elsewhere, ...signature);
    await expectRefused(lineage, call, [other, "ERC3009InvalidSignature"]);
  });

  it("cannot be submitted twice", async () => {
    const lineage = await loadSigned();
    const { signedPayments, payer, payment } = lineage;
    const args = await sign(lineage, payment);
    await signedPayments.pay(...args);
    const nonce = await signedPayments.nonceOf(payment);
    await expectPaymentRefused(lineage, args, "ERC3009UsedAuthorization", payer, nonce);
  });

  it("cannot be submitted by another entry point, nor taken out at the currency itself", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    const [, ...signature] = args;
    const { signedPayments: other } = await deployPeriphery(ethers, ledger);
    const elsewhere = () => other.connect(stranger).pay(...args);
    await expectRefused(lineage, elsewhere, [signed, "ERC3009InvalidSignature"]);

    const nonce = await signedPayments.nonceOf(payment);
    const terms = [payer, signedPayments, FEE, payment.validAfter, payment.validBefore, nonce] as const;
    const directly = () => signed.connect(stranger)[RECEIVE](...terms, ...signature);
    await expectRefused(lineage, directly, [signed, "ERC20InvalidReceiver"], signedPayments);
    expect(await signed.balanceOf(payer)).to.equal(1_000n * FEE);
  });

  it("takes no signature of a plain transfer, which others could use to lose the money in it", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, payer, payment } = lineage;
    const type = "TransferWithAuthorization";
    const args = await signPayment({ signer: payer, signedPayments, currency: signed, type }, payment);
    await expectPaymentRefused(lineage, args, "ERC3009InvalidSignature");
  });

  it("takes no signature for another chain", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, payer, payment } = lineage;
    const args = await signPayment({ signer: payer, signedPayments, currency: signed, chainId: 1n }, payment);
    await expectPaymentRefused(lineage, args, "ERC3009InvalidSignature");
  });

  it("takes nothing that the payer has called back", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, payer, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    const nonce = await signedPayments.nonceOf(payment);
    const types = {
      CancelAuthorization: [
        { name: "authorizer", type: "address" },
        { name: "nonce", type: "bytes32" },
      ],
    };
    const cancel = { authorizer: payer.address, nonce };
    const { v, r, s } = Signature.from(await payer.signTypedData(await domainOf(signed), types, cancel));
    await signed.connect(stranger).cancelAuthorization(payer, nonce, v, r, s);
    await expectPaymentRefused(lineage, args, "ERC3009UsedAuthorization", payer, nonce);
  });

  it("takes no signature of somebody else, or for somebody else", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, stranger, payment } = lineage;
    const ofAnother = await signPayment({ signer: stranger, signedPayments, currency: signed }, payment);
    await expectPaymentRefused(lineage, ofAnother, "ERC3009InvalidSignature");
    const forLedger = await signPayment({ signer: payer, signedPayments, currency: signed, to: ledger }, payment);
    await expectPaymentRefused(lineage, forLedger, "ERC3009InvalidSignature");
  });

  it("can be submitted within its time only", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payment } = lineage;
    const now = BigInt(await networkHelpers.time.latest());
    const [validAfter, validBefore] = [now + 1_000n, now + 2_000n];
    const args = await sign(lineage, { ...payment, validAfter, validBefore });
    const outside = ["ERC3009InvalidAuthorizationTime", validAfter, validBefore] as const;
    await expectPaymentRefused(lineage, args, ...outside);
    await networkHelpers.time.increaseTo(validBefore);
    await expectPaymentRefused(lineage, args, ...outside);

    const later = { ...payment, validAfter: validBefore, validBefore: validBefore + 2_000n };
    await networkHelpers.time.increaseTo(validBefore + 1_000n);
    await signedPayments.pay(...(await sign(lineage, later)));
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("can be submitted from the second after validAfter to the one before validBefore", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payment } = lineage;
    const validAfter = BigInt(await networkHelpers.time.latest()) + 1_000n;
    const validBefore = validAfter + 2n;
    const args = await sign(lineage, { ...payment, validAfter, validBefore });
    const late = await sign(lineage, { ...payment, validAfter, validBefore, salt: 1n });
    const outside = ["ERC3009InvalidAuthorizationTime", validAfter, validBefore] as const;
    await networkHelpers.time.setNextBlockTimestamp(validAfter);
    await expectPaymentRefused(lineage, args, ...outside);
    await networkHelpers.time.setNextBlockTimestamp(validAfter + 1n);
    await signedPayments.pay(...args);
    await networkHelpers.time.setNextBlockTimestamp(validBefore);
    await expectPaymentRefused(lineage, late, ...outside);
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
  });

  it("refuses an unknown release and leaves the signature unused", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, payment } = lineage;
    const unknown = { ...payment, release: 99n };
    const args = await sign(lineage, unknown);
    await expectRefused(lineage, () => signedPayments.pay(...args), [ledger, "UnknownRelease"], 99n);
    expect(await signed.authorizationState(payer, await signedPayments.nonceOf(unknown))).to.equal(false);
    expect(await signed.balanceOf(payer)).to.equal(1_000n * FEE);
  });

  it("refuses a currency that is not admitted and leaves the money", async () => {
    const lineage = await loadSigned();
    const { signedPayments, ledger, payer, payment } = lineage;
    const other = await ethers.deployContract("SignedCurrency");
    await other.mint(payer, FEE);
    const elsewhere = { ...payment, currency: await other.getAddress() };
    const args = await signPayment({ signer: payer, signedPayments, currency: other }, elsewhere);
    await expectRefused(lineage, () => signedPayments.pay(...args), [ledger, "CurrencyNotAdmitted"], other);
    expect(await other.balanceOf(payer)).to.equal(FEE);
  });

  it("refuses a fee of nothing, and more than the payer has", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, payment } = lineage;
    const nothing = await sign(lineage, { ...payment, amount: 0n });
    await expectRefused(lineage, () => signedPayments.pay(...nothing), [ledger, "ZeroAmount"]);
    const most = await signed.balanceOf(payer);
    const tooMuch = await sign(lineage, { ...payment, amount: most + 1n });
    await expectPaymentRefused(lineage, tooMuch, "ERC20InsufficientBalance", payer, most, most + 1n);
  });

  it("takes no silence for a payment, of a currency that does not know signatures", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payer, payment } = lineage;
    const phantom = await admitted(lineage, await ethers.deployContract("PhantomCurrency"));
    await phantom.mint(signedPayments, FEE);
    const elsewhere = { ...payment, currency: await phantom.getAddress() };
    const signing = { signer: payer, signedPayments, currency: signed };
    const [, ...signature] = await signPayment(signing, elsewhere);
    const whole = await authorize(signing, elsewhere);
    for (const call of [
      () => signedPayments.pay(elsewhere, ...signature),
      () => signedPayments.payFromContractWallet(elsewhere, whole),
    ]) {
      await expectRefused(lineage, call, [ledger, "ZeroAmount"]);
    }
    expect(await phantom.balanceOf(signedPayments)).to.equal(FEE);
  });

  it("pays exactly what was signed, whatever lay in the entry point before", async () => {
    const lineage = await loadSigned();
    const { signedPayments, signed, ledger, payment } = lineage;
    await signed.mint(signedPayments, 5n);
    await signedPayments.pay(...(await sign(lineage, payment)));
    expect((await ledger.flowOf(MODEL, signed)).received).to.equal(FEE);
    expect(await signed.balanceOf(signedPayments)).to.equal(5n);
  });
});

describe("SignedPayments.nonceOf", () => {
  it("is a digest of the entry point, the release, the reference and the salt", async () => {
    const { signedPayments, payment } = await loadSigned();
    const encoded = ethers.AbiCoder.defaultAbiCoder().encode(
      ["address", "uint40", "bytes32", "uint256"],
      [await signedPayments.getAddress(), payment.release, payment.ref, payment.salt],
    );
    expect(await signedPayments.nonceOf(payment)).to.equal(ethers.keccak256(encoded));
  });
});
