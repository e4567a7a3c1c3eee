import { type Addressable, type Signer, Signature } from "ethers";
import type { SignedCurrency } from "../../types/ethers-contracts/doubles/SignedCurrency.ts";
import type { SignedPayments } from "../../types/ethers-contracts/periphery/SignedPayments.ts";
import { domainOf } from "./permits.ts";

const FIELDS = [
  { name: "from", type: "address" },
  { name: "to", type: "address" },
  { name: "value", type: "uint256" },
  { name: "validAfter", type: "uint256" },
  { name: "validBefore", type: "uint256" },
  { name: "nonce", type: "bytes32" },
];

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
  type?: "ReceiveWithAuthorization" | "TransferWithAuthorization";
}

/** The arguments of `SignedPayments.pay`, signed by this account (ERC-3009). */
export async function signPayment(
  { signer, signedPayments, currency, to = signedPayments, type = "ReceiveWithAuthorization" }: Signing,
  payment: Payment,
) {
  const { v, r, s } = Signature.from(
    await signer.signTypedData(
      await domainOf(currency),
      { [type]: FIELDS },
      {
        from: payment.payer,
        to: await to.getAddress(),
        value: payment.amount,
        validAfter: payment.validAfter,
        validBefore: payment.validBefore,
        nonce: await signedPayments.nonceOf(payment),
      },
    ),
  );
  return [payment, v, r, s] as const;
}
