import { type Address, encodeFunctionData, type Hex, isErc6492Signature, size } from "viem";
import { signedPaymentsAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { orRefusal, Refusal } from "../../errors/refusal.ts";
import type { Plan } from "../../plan/plan.ts";
import { accountKind } from "../../signing/accountKind.ts";
import { checkBySimulation } from "../../signing/checkBySimulation.ts";
import type { SignedPayment } from "../../signing/signedPaymentFile.ts";
import { splitSignature } from "../../signing/splitSignature.ts";
import type { TypedData } from "../../signing/typedData.ts";
import { unwrapSignature } from "../../signing/verifySignature.ts";
import { exactFeeTitle, feeTitle } from "./fee.ts";
import { authorizationOf, paymentMessage, type UnsignedPayment } from "./preparePayment.ts";

/**
 * Plans to submit a fee that its payer signed.
 *
 * @throws {UserError} if the ledger does not accept its currency, or if the contracts would refuse it. If the signature is
 *   the cause, the message gives the true reason.
 */
export async function submit(chain: Chain, account: Address, payment: SignedPayment): Promise<Plan> {
  const fee = { ...payment, currency: await chain.currency(payment.currency) };
  const { payer } = payment;
  if (size(payment.signature) === 0) {
    throw new UserError(
      `The payment is not signed yet. ${payer} has to sign the message that the file holds as typedData, for a contract wallet with the wallet's own app. Then put the signature into the file, or name it with --signature.`,
    );
  }
  const signature = await unwrapSignature(chain.client, payer, payment.signature);
  const submission = signedSubmission(chain, account, { payment, message: await paymentMessage(chain, payment) });
  await submission.check(signature);
  return {
    title: feeTitle(chain.names, fee),
    steps: [
      {
        does: `${exactFeeTitle(chain.names, fee)}, with the money of ${payer}, who signed it.`,
        to: chain.signedPayments.address,
        data: submission.data(signature),
      },
    ],
  };
}

export interface SignedSubmissionParameters {
  payment: UnsignedPayment;
  message: TypedData;
}

/** The submission of one payment. */
export interface SignedSubmission {
  /** Finds the call that the contracts accept, by simulation. Throws a `SignatureRefusal` if they accept none. */
  check: (signature: Hex) => Promise<void>;
  /** Encodes the call that {@link check} found. */
  data: (signature: Hex) => Hex;
}

/**
 * Returns the submission of a payment. Some currencies take authorizations as `v`, `r` and `s` only, some as bytes, too, and
 * each may look at the payer's key or ask the payer's code. So the forms are simulated, and the first that passes is taken.
 */
export function signedSubmission(
  chain: Chain,
  account: Address,
  { payment, message }: SignedSubmissionParameters,
): SignedSubmission {
  const { client, signedPayments } = chain;
  const simulate = (data: Hex) => orRefusal(client.call({ account, to: signedPayments.address, data }));
  let accepted: Hex | undefined;
  const check = async (signature: Hex) => {
    const { kind } = await accountKind(client, payment.payer, signature);
    // A contract wallet that has no key is asked by its own form first, so that the reason is about that.
    const calls = submitCalls({ ...payment, signature }, kind === "contract");
    await checkBySimulation(chain, { signer: payment.payer, message, signature }, async () => {
      let first: unknown;
      for (const call of isErc6492Signature(signature) ? calls.slice(0, 1) : calls) {
        const refusal = await simulate(call).then(
          () => undefined,
          (error: unknown) => error ?? new Error("The call failed."),
        );
        if (refusal === undefined) {
          accepted = call;
          return;
        }
        first ??= refusal;
      }
      if (kind === "contract" && payment.way === "authorization" && !(first instanceof Refusal && first.errorName)) {
        throw new Refusal(
          `The currency takes authorizations by private keys only, so ${payment.payer}, a contract wallet, cannot pay by one. It pays by Permit2, or by a transaction of its own.`,
        );
      }
      throw first;
    });
  };
  return { check, data: (signature) => accepted ?? (submitCalls({ ...payment, signature }, false)[0] as Hex) };
}

/** Encodes the calls of `SignedPayments` that may submit a payment, the likeliest first. */
function submitCalls(signed: SignedPayment, isContract: boolean): readonly Hex[] {
  const { way, signature, ...payment } = signed;
  if (way === "permit2") {
    return [encodeFunctionData({ abi: signedPaymentsAbi, functionName: "payWithPermit2", args: [payment, signature] })];
  }
  const asBytes = encodeFunctionData({
    abi: signedPaymentsAbi,
    functionName: "payFromContractWallet",
    args: [authorizationOf(signed), signature],
  });
  if (size(signature) !== 65 && size(signature) !== 64) return [asBytes];
  const { v, r, s } = splitSignature(signature);
  const asParts = encodeFunctionData({
    abi: signedPaymentsAbi,
    functionName: "pay",
    args: [authorizationOf(signed), v, r, s],
  });
  return isContract ? [asBytes, asParts] : [asParts, asBytes];
}
