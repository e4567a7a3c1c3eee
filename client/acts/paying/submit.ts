import { type Address, encodeFunctionData, type Hex } from "viem";
import { signedPaymentsAbi } from "#protocol/abis.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import type { SignedPayment } from "../../signing/signedPaymentFile.ts";
import { splitSignature } from "../../signing/splitSignature.ts";
import { exactFeeTitle, feeTitle } from "./fee.ts";
import { authorizationOf } from "./preparePayment.ts";

/**
 * Plans to submit a fee that its payer signed.
 *
 * @throws {UserError} if the ledger does not accept its currency.
 */
export async function submit(chain: Chain, _account: Address, payment: SignedPayment): Promise<Plan> {
  const fee = { ...payment, currency: await chain.currency(payment.currency) };
  return {
    title: feeTitle(fee),
    steps: [
      {
        does: `${exactFeeTitle(fee)}, with the money of ${payment.payer}, who signed it.`,
        to: chain.signedPayments.address,
        data: submitCall(payment),
      },
    ],
  };
}

/** Encodes the call of `SignedPayments` that submits a payment. */
export function submitCall(signed: SignedPayment): Hex {
  const { way, signature, ...payment } = signed;
  if (way === "permit2") {
    return encodeFunctionData({
      abi: signedPaymentsAbi,
      functionName: "payWithPermit2",
      args: [payment, signature],
    });
  }
  const { v, r, s } = splitSignature(signature);
  return encodeFunctionData({ abi: signedPaymentsAbi, functionName: "pay", args: [authorizationOf(signed), v, r, s] });
}
