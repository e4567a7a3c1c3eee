import { type Addressable, type Signer, Signature } from "ethers";
import { receiveWithAuthorizationTypes } from "#protocol/typedData.ts";
import type { SignedCurrency } from "../../../types/ethers-contracts/doubles/SignedCurrency.ts";
import type { SignedPayments } from "../../../types/ethers-contracts/periphery/payments/SignedPayments.ts";
import { admitted, ethers, FEE, MODEL, REF } from "../contracts/fixture.ts";
import { loadPeriphery } from "../contracts/periphery.ts";
import { domainOf } from "./permits.ts";

const FIELDS = [...receiveWithAuthorizationTypes.ReceiveWithAuthorization];

/** The fields of a payment, with the addresses as text. */
export interface Payment {
  payer: string;
  release: bigint;
  currency: string;
  amount: bigint;
  ref: string;
  salt: bigint;
  validAfter: bigint;
  validBefore: bigint;
}

interface Signing {
  signer: Signer;
  signedPayments: SignedPayments;
  currency: SignedCurrency;
  /** Whom the signature lets take the money: the entry point unless given. */
  to?: Addressable;
  /** Where the signature is for: this chain unless given. */
  chainId?: bigint;
  type?: "ReceiveWithAuthorization" | "TransferWithAuthorization";
}

/** The periphery with a currency that can be paid by signature; the payer has 1,000 fees of it, nothing approved. */
export async function loadSigned() {
  const lineage = await loadPeriphery();
  const { ledger, payer } = lineage;
  const signed = await admitted(lineage, await ethers.deployContract("SignedCurrency"));
  await signed.connect(payer).approve(ledger, 0n);
  const payment: Payment = {
    payer: payer.address,
    release: MODEL,
    currency: await signed.getAddress(),
    amount: FEE,
    ref: REF,
    salt: 0n,
    validAfter: 0n,
    validBefore: 4_000_000_000n,
  };
  return { ...lineage, signed, payment };
}

/** What this account signs for a payment (ERC-3009), in one piece. */
export const authorize = async (
  { signer, signedPayments, currency, to = signedPayments, chainId, type = "ReceiveWithAuthorization" }: Signing,
  payment: Payment,
) => {
  const domain = await domainOf(currency);
  return signer.signTypedData(
    { ...domain, chainId: chainId ?? domain.chainId },
    { [type]: FIELDS },
    {
      from: payment.payer,
      to: await to.getAddress(),
      value: payment.amount,
      validAfter: payment.validAfter,
      validBefore: payment.validBefore,
      nonce: await signedPayments.nonceOf(payment),
    },
  );
};

/** The arguments of `SignedPayments.pay`, signed by this account. */
export async function signPayment(signing: Signing, payment: Payment) {
  const { v, r, s } = Signature.from(await authorize(signing, payment));
  return [payment, v, r, s] as const;
}
