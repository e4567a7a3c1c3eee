import { expect } from "chai";
import { concat, id as hashOf, MaxUint256, Signature, toBeHex, ZeroAddress, ZeroHash } from "ethers";
import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
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
import { loadPeriphery } from "../../support/contracts/periphery.ts";
import {
  codeOfDouble,
  codeOfPermit2,
  isPermit2Installed,
  type Permit2Payment,
  PERMIT2_PACKAGE,
  placePermit2,
  signForCaller,
  signForPermit2,
} from "../../support/signing/permit2.ts";
import { authorize } from "../../support/signing/signedPayments.ts";
import { skip } from "../../support/skip.ts";

/** The periphery on a chain with this Permit2, which the payer has approved for all of its dollars and euros. */
async function loadWith(code: string) {
  const lineage = await loadPeriphery();
  const permit2 = await placePermit2(code);
  const { dollar, euro, payer } = lineage;
  for (const currency of [dollar, euro]) await currency.connect(payer).approve(PERMIT2, MaxUint256);
  const payment: Permit2Payment = {
    payer: payer.address,
    release: MODEL,
    currency: await dollar.getAddress(),
    amount: FEE,
    ref: REF,
    nonce: 0n,
    deadline: 4_000_000_000n,
  };
  return { ...lineage, permit2, payment };
}
type Permitted = Awaited<ReturnType<typeof loadWith>>;

/** Signs a payment as the payer does. */
const sign = ({ signedPayments, payer }: Permitted, payment: Permit2Payment, signer = payer) =>
  signForPermit2(signer, signedPayments, payment);

/** Asserts that the stranger's submission is refused by Permit2, and moves no money. */
const expectPaymentRefused = (
  lineage: Permitted,
  args: Awaited<ReturnType<typeof sign>>,
  error: string,
  ...errorArgs: unknown[]
) => {
  const { signedPayments, stranger, permit2 } = lineage;
  const call = () => signedPayments.connect(stranger).payWithPermit2(...args);
  return expectRefused(lineage, call, [permit2, error], ...errorArgs);
};

/** The signature in each form that means the same: r, s and v; both packed (EIP-2098); the curve's other s. */
function formsOf(signature: string): string[] {
  const { serialized, compactSerialized, r, s, yParity } = Signature.from(signature);
  const otherS = toBeHex(CURVE_ORDER - BigInt(s), 32);
  return [serialized, compactSerialized, concat([r, otherS, yParity === 0 ? "0x1c" : "0x1b"])];
}
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function describePayments(code: () => Promise<string>) {
  const loadPermit2 = async () => loadWith(await code());

  it("pays a fee that its payer signed field by field, in a currency without signatures, submitted by anyone", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, payer, stranger, payment } = lineage;
    const args = await sign(lineage, payment);
    const submit = signedPayments.connect(stranger).payWithPermit2;
    expect(await submit.staticCall(...args)).to.equal(FEE);
    const paid = submit(...args);
    await expect(paid).to.changeTokenBalances(
      ethers,
      dollar,
      [payer, ledger, signedPayments, stranger],
      [-FEE, FEE, 0n, 0n],
    );
    await expect(paid).to.emit(ledger, "FeePaid").withArgs(MODEL, dollar, payer, FEE, REF, signedPayments);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
    expect(await dollar.allowance(signedPayments, ledger)).to.equal(0n);
  });

  it("pays alike fees with another nonce each, in any order", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, payment } = lineage;
    for (const nonce of [MaxUint256, 7n, 0n]) {
      await signedPayments.payWithPermit2(...(await sign(lineage, { ...payment, nonce })));
    }
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(3n * FEE);
  });

  it("cannot be sent to another release or under another reference, made larger, smaller or longer valid", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, ledger, dollar, euro, payment } = lineage;
    const [, signature] = await sign(lineage, payment);
    for (const changes of [
      { release: AGENT },
      { release: DATASET },
      { ref: ZeroHash },
      { ref: hashOf("another request") },
      { amount: FEE + 1n },
      { amount: FEE - 1n },
      { amount: 0n },
      { nonce: 1n },
      { deadline: payment.deadline + 1n },
      { currency: await euro.getAddress() },
    ]) {
      await expectPaymentRefused(lineage, [{ ...payment, ...changes }, signature], "InvalidSigner");
    }
    await signedPayments.payWithPermit2(payment, signature);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
  });

  it("takes every form of a signature, and cannot be submitted twice in any", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, payment } = lineage;
    for (const nonce of [0n, 1n, 2n]) {
      const numbered = { ...payment, nonce };
      const forms = formsOf((await sign(lineage, numbered))[1]);
      await signedPayments.payWithPermit2(numbered, forms[Number(nonce)] ?? "");
      for (const form of forms) await expectPaymentRefused(lineage, [numbered, form], "InvalidNonce");
    }
  });

  it("cannot be taken from another account or wallet under the same key", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, payer, payment } = lineage;
    const wallet = await ethers.deployContract("ContractWallet", [payer]);
    await dollar.mint(wallet, FEE);
    const { data } = await dollar.approve.populateTransaction(PERMIT2, MaxUint256);
    await wallet.connect(payer).execute(dollar, 0n, data);
    const ofWallet = { ...payment, payer: await wallet.getAddress() };

    const [, forAccount] = await sign(lineage, payment);
    await expectPaymentRefused(lineage, [ofWallet, forAccount], "InvalidContractSignature");
    const [, forWallet] = await sign(lineage, ofWallet);
    await expectPaymentRefused(lineage, [payment, forWallet], "InvalidSigner");
    await signedPayments.payWithPermit2(payment, forAccount);
    await signedPayments.payWithPermit2(ofWallet, forWallet);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(2n * FEE);
  });

  it("pays from a contract wallet (ERC-1271), once", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, holder, stranger, payment } = lineage;
    const wallet = await ethers.deployContract("ContractWallet", [holder]);
    await dollar.mint(wallet, 2n * FEE);
    const { data } = await dollar.approve.populateTransaction(PERMIT2, MaxUint256);
    await wallet.connect(holder).execute(dollar, 0n, data);
    const ofWallet = { ...payment, payer: await wallet.getAddress() };

    await expectPaymentRefused(lineage, await sign(lineage, ofWallet, stranger), "InvalidContractSignature");
    const args = await sign(lineage, ofWallet, holder);
    await expect(signedPayments.connect(stranger).payWithPermit2(...args))
      .to.emit(ledger, "FeePaid")
      .withArgs(MODEL, dollar, wallet, FEE, REF, signedPayments);
    await expectPaymentRefused(lineage, args, "InvalidNonce");
  });

  it("cannot be submitted by another entry point, nor used at Permit2 itself", async () => {
    const lineage = await loadPermit2();
    const { permit2, dollar, ledger, payer, stranger, payment } = lineage;
    const [, signature] = await sign(lineage, payment);
    const { signedPayments: other } = await deployPeriphery(ethers, ledger);
    const elsewhere = () => other.connect(stranger).payWithPermit2(payment, signature);
    await expectRefused(lineage, elsewhere, [permit2, "InvalidSigner"]);

    const { currency: token, nonce, deadline } = payment;
    const permit = { permitted: { token, amount: FEE }, nonce, deadline };
    const to = { to: stranger, requestedAmount: FEE };
    const fee = ethers.AbiCoder.defaultAbiCoder().encode(
      ["bytes32", "address", "uint40", "bytes32"],
      [hashOf("Fee(address payer,uint40 release,bytes32 ref)"), payer.address, MODEL, REF],
    );
    const type =
      "Fee witness)Fee(address payer,uint40 release,bytes32 ref)TokenPermissions(address token,uint256 amount)";
    const mine = permit2.connect(stranger);
    const calls = [
      () => mine.permitTransferFrom(permit, to, payer, signature),
      () => mine.permitWitnessTransferFrom(permit, to, payer, ethers.keccak256(fee), type, signature),
    ];
    for (const call of calls) await expectRefused(lineage, call, [permit2, "InvalidSigner"]);
    const more = () => mine.permitTransferFrom(permit, { ...to, requestedAmount: FEE + 1n }, payer, signature);
    await expectRefused(lineage, more, [permit2, "InvalidAmount"], FEE);
    expect(await dollar.balanceOf(payer)).to.equal(1_000n * FEE);

    // The same call is accepted with the right signature, so the others were refused because of theirs.
    const plain = await signForCaller(payer, stranger, permit);
    await mine.permitTransferFrom(permit, { ...to, requestedAmount: 1n }, payer, plain);
    expect(await dollar.balanceOf(stranger)).to.equal(1n);
  });

  it("takes no signature of somebody else, for another chain, or for another Permit2", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, payer, stranger, payment } = lineage;
    await expectPaymentRefused(lineage, await sign(lineage, payment, stranger), "InvalidSigner");
    for (const domain of [{ chainId: 1n }, { verifyingContract: await signedPayments.getAddress() }]) {
      const args = await signForPermit2(payer, signedPayments, payment, domain);
      await expectPaymentRefused(lineage, args, "InvalidSigner");
    }
  });

  it("takes no signature made for the currency, which takes none made for Permit2", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, payer, payment } = lineage;
    const signed = await admitted(lineage, await ethers.deployContract("SignedCurrency"));
    await signed.connect(payer).approve(PERMIT2, MaxUint256);
    const both = { ...payment, currency: await signed.getAddress(), salt: 0n, validAfter: 0n, validBefore: MaxUint256 };
    const forCurrency = await authorize({ signer: payer, signedPayments, currency: signed }, both);
    const [, forPermit2] = await sign(lineage, both);
    await expectPaymentRefused(lineage, [both, forCurrency], "InvalidSigner");
    const { v, r, s } = Signature.from(forPermit2);
    for (const call of [
      () => signedPayments.pay(both, v, r, s),
      () => signedPayments.payFromContractWallet(both, forPermit2),
    ]) {
      await expectRefused(lineage, call, [signed, "ERC3009InvalidSignature"]);
    }
    expect(await signed.balanceOf(payer)).to.equal(1_000n * FEE);
    await signedPayments.payWithPermit2(both, forPermit2);
    await signedPayments.payFromContractWallet(both, forCurrency);
  });

  it("takes nothing from a contract that cannot sign, even of a token that approves Permit2 for everybody", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, permit2, dollar, ledger, payer, payment } = lineage;
    for (const account of [ledger, signedPayments, permit2, dollar]) {
      const address = await account.getAddress();
      await dollar.mint(address, FEE);
      await networkHelpers.setBalance(address, 10n ** 18n);
      const impersonated = await ethers.getImpersonatedSigner(address);
      await dollar.connect(impersonated).approve(PERMIT2, MaxUint256);
      const [forged, signature] = await sign(lineage, { ...payment, payer: address }, payer);
      for (const form of [signature, "0x"]) {
        await expect(signedPayments.payWithPermit2(forged, form)).to.be.revertedWithoutReason(ethers);
      }
      expect(await dollar.balanceOf(address)).to.equal(FEE);
    }
  });

  it("cannot be called by a wallet that is asked about its signature", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, payment } = lineage;
    const wallet = await ethers.deployContract("ReentrantWallet");
    await dollar.mint(wallet, FEE);
    const { data: approval } = await dollar.approve.populateTransaction(PERMIT2, MaxUint256);
    await wallet.perform(dollar, approval);
    const outer = { ...payment, payer: await wallet.getAddress() };
    const inner = await sign(lineage, { ...payment, release: AGENT });
    const { data } = await signedPayments.payWithPermit2.populateTransaction(...inner);
    await wallet.prepare(signedPayments, data);
    await expect(signedPayments.payWithPermit2(outer, "0x")).to.be.revertedWithoutReason(ethers);

    await wallet.prepare(ethers.ZeroAddress, "0x");
    await signedPayments.payWithPermit2(outer, "0x");
    await signedPayments.payWithPermit2(...inner);
    for (const release of [MODEL, AGENT]) expect((await ledger.flowOf(release, dollar)).received).to.equal(FEE);
  });

  it("takes no false for a payment, whatever lies in the entry point", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, ledger, payer, payment } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await token.mint(signedPayments, FEE);
    await token.connect(payer).approve(PERMIT2, MaxUint256);
    const args = await sign(lineage, { ...payment, currency: await token.getAddress() });
    await token.setStuck(true);
    await expect(signedPayments.payWithPermit2(...args)).to.be.revertedWith("TRANSFER_FROM_FAILED");
    await token.setStuck(false);
    await signedPayments.payWithPermit2(...args);
    expect((await ledger.flowOf(MODEL, token)).received).to.equal(FEE);
    expect(await token.balanceOf(signedPayments)).to.equal(FEE);
  });

  it("takes no malformed signature, and none for the account that nobody has", async () => {
    const lineage = await loadPermit2();
    const { payment } = lineage;
    const broken = concat([ZeroHash, ZeroHash, "0x1b"]);
    await expectPaymentRefused(lineage, [payment, broken], "InvalidSignature");
    await expectPaymentRefused(lineage, [{ ...payment, payer: ZeroAddress }, broken], "InvalidSignature");
    await expectPaymentRefused(lineage, [payment, "0x"], "InvalidSignatureLength");
    await expectPaymentRefused(lineage, [payment, concat([broken, "0x00"])], "InvalidSignatureLength");
  });

  it("takes nothing that the payer has called back", async () => {
    const lineage = await loadPermit2();
    const { permit2, payer, payment } = lineage;
    const args = await sign(lineage, payment);
    await permit2.connect(payer).invalidateUnorderedNonces(0n, 1n);
    await expectPaymentRefused(lineage, args, "InvalidNonce");
  });

  it("can be submitted up to its deadline only", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, ledger, payment } = lineage;
    const deadline = BigInt(await networkHelpers.time.latest()) + 1_000n;
    const args = await sign(lineage, { ...payment, deadline });
    const late = await sign(lineage, { ...payment, deadline, nonce: 1n });
    await networkHelpers.time.setNextBlockTimestamp(deadline);
    await signedPayments.payWithPermit2(...args);
    await networkHelpers.time.setNextBlockTimestamp(deadline + 1n);
    await expectPaymentRefused(lineage, late, "SignatureExpired", deadline);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(FEE);
  });

  it("refuses an unknown release, a currency that is not admitted and a fee of nothing; the signature stays good", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, ledger, payer, payment } = lineage;
    const other = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await other.mint(payer, FEE);
    await other.connect(payer).approve(PERMIT2, FEE);
    for (const [changes, error] of [
      [{ release: 99n }, "UnknownRelease"],
      [{ currency: await other.getAddress() }, "CurrencyNotAdmitted"],
      [{ amount: 0n }, "ZeroAmount"],
    ] as const) {
      const args = await sign(lineage, { ...payment, ...changes });
      await expectRefused(lineage, () => signedPayments.payWithPermit2(...args), [ledger, error]);
    }
    expect(await other.balanceOf(payer)).to.equal(FEE);
    await signedPayments.payWithPermit2(...(await sign(lineage, payment)));
  });

  it("refuses a payer who has not approved Permit2, and leaves the signature good", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, dollar, payer, payment } = lineage;
    await dollar.connect(payer).approve(PERMIT2, 0n);
    const args = await sign(lineage, payment);
    await expect(signedPayments.payWithPermit2(...args)).to.be.revertedWith("TRANSFER_FROM_FAILED");
    await dollar.connect(payer).approve(PERMIT2, FEE);
    await signedPayments.payWithPermit2(...args);
  });

  it("pays what arrives of a currency that takes a cut, and not what lay in the entry point before", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, ledger, payer, payment } = lineage;
    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    await cut.connect(payer).approve(PERMIT2, MaxUint256);
    await cut.mint(signedPayments, 5n);
    const args = await sign(lineage, { ...payment, currency: await cut.getAddress(), amount: 1_000n });
    await signedPayments.payWithPermit2(...args);
    // A tenth is lost on the way in and another on the way on.
    expect((await ledger.flowOf(MODEL, cut)).received).to.equal(810n);
    expect(await cut.balanceOf(signedPayments)).to.equal(5n);
  });

  it("cannot be called by a token that is being moved, to pay twice", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, permit2, ledger, payer, payment } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await token.connect(payer).approve(PERMIT2, MaxUint256);
    const args = await sign(lineage, { ...payment, currency: await token.getAddress() });
    const { data } = await signedPayments.payWithPermit2.populateTransaction(...args);
    await token.prepare(signedPayments, data);
    await expect(signedPayments.payWithPermit2(...args)).to.be.revertedWith("TRANSFER_FROM_FAILED");
    await token.prepare(ethers.ZeroAddress, "0x");
    await signedPayments.payWithPermit2(...args);
    await expectRefused(lineage, () => signedPayments.payWithPermit2(...args), [permit2, "InvalidNonce"]);
    expect((await ledger.flowOf(MODEL, token)).received).to.equal(FEE);
  });

  it("pays each its own when a token that is being moved submits another payment", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, ledger, payer, payment } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await token.connect(payer).approve(PERMIT2, MaxUint256);
    const outer = { ...payment, currency: await token.getAddress() };
    const inner = await sign(lineage, { ...outer, release: AGENT, amount: 7n, nonce: 1n });
    const { data } = await signedPayments.payWithPermit2.populateTransaction(...inner);
    await token.prepare(signedPayments, data);
    await signedPayments.payWithPermit2(...(await sign(lineage, outer)));
    expect((await ledger.flowOf(MODEL, token)).received).to.equal(FEE);
    expect((await ledger.flowOf(AGENT, token)).received).to.equal(7n);
    expect(await token.balanceOf(signedPayments)).to.equal(0n);
  });

  it("says so on a chain without Permit2", async () => {
    const lineage = await loadPermit2();
    const { signedPayments, payment } = lineage;
    await networkHelpers.setCode(PERMIT2, "0x");
    const args = await sign(lineage, payment);
    await expectRefused(lineage, () => signedPayments.payWithPermit2(...args), [signedPayments, "NoPermit2"], PERMIT2);
  });
}

describe("SignedPayments.payWithPermit2", () => {
  describe("with the double of Permit2", () => {
    describePayments(codeOfDouble);
  });

  describe("with Permit2's own code", () => {
    before(function () {
      if (isPermit2Installed()) return;
      skip(
        this,
        `"npm install --no-save ${PERMIT2_PACKAGE}" lets it run. That is no dependency, since it takes 82 MB
        and bundles other code under BUSL, which is no open-source licence.`,
      );
    });
    describePayments(codeOfPermit2);
  });
});
