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
  /** Account that the signature allows to take the money. Default: the entry point. */
  to?: Addressable;
  /** Chain id of the signature. Default: this chain. */
  chainId?: bigint;
  type?: "ReceiveWithAuthorization" | "TransferWithAuthorization";
}

/** Deploys the periphery and admits a currency with signed payments. The payer has 1,000 fees of it and no allowance. */
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

/** Returns this account's signature of a payment (ERC-3009), in one piece. */
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

/** Returns the arguments of `SignedPayments.pay`, signed by this account. */
export async function signPayment(signing: Signing, payment: Payment) {
  const { v, r, s } = Signature.from(await authorize(signing, payment));
  return [payment, v, r, s] as const;
}
