import type { Address } from "viem";
import { timeText } from "#protocol/duration.ts";
import { amountText, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { signedPaymentText, type SigningWay } from "../../signing/signedPaymentFile.ts";
import { requireRelease } from "../owning/requireOwner.ts";
import type { Fee } from "./fee.ts";
import { preparePayment, supportsAuthorizations, type UnsignedPayment } from "./preparePayment.ts";
import { signedSubmission } from "./submit.ts";
import { isAllowed, requireBalance } from "./tokens.ts";

export interface SignPaymentParameters extends Fee {
  /** Default: an authorization if the currency supports it, else Permit2. */
  way?: SigningWay | undefined;
  /** The time after which it expires. */
  seconds: number;
  /** Name of the file to write it to. Default: fee-<release>-<nonce>.json. */
  file?: string | undefined;
}

export interface SignPaymentPlan extends Plan {
  /** The payment that is signed. It changes to one by Permit2 if the currency refuses the authorization. */
  payment: UnsignedPayment;
  file: NonNullable<Plan["file"]>;
}

/**
 * Plans to sign a fee for somebody else to submit. Signing costs nothing.
 *
 * @throws {UserError} if the account has less, if the currency does not support the way, or if Permit2 has no allowance for
 *   the amount.
 */
export async function signPayment(
  chain: Chain,
  account: Address,
  parameters: SignPaymentParameters,
): Promise<SignPaymentPlan> {
  const { way, seconds, file, ...fee } = parameters;
  const { release, currency, amount } = fee;
  await requireRelease(chain, release);
  await requireBalance(chain, account, fee);
  const defaultWay = (await supportsAuthorizations(chain, account, currency.address)) ? "authorization" : "permit2";
  const { payment, message } = await preparePayment(chain, account, { ...fee, way: way ?? defaultWay, seconds });
  if (payment.way === "permit2" && !(await isAllowed(chain, account, fee, chain.permit2))) {
    throw new UserError(
      `Permit2 (${chain.permit2}) may not take this amount of ${currency.symbol} from the account. Approve Permit2 for ${currency.symbol} in a wallet first, then sign again.`,
    );
  }
  const name = file ?? `fee-${release}-${payment.nonce}.json`;
  const until = timeText(payment.deadline);
  const contract = { chainId: chain.chainId, signedPayments: chain.signedPayments.address };
  const plan: SignPaymentPlan = {
    title: `Sign a fee of ${amountText(amount, currency)} for ${chain.names.release(release)}`,
    steps: [],
    notes: [
      `The signed payment is written to ${name}. Anyone who has this file can submit it: once, and to this release only.`,
    ],
    file: { name, text: (signature) => signedPaymentText({ ...payment, signature }, contract, message) },
    payment,
  };
  const otherwise = async () => {
    const next = await signPayment(chain, account, { ...parameters, way: "permit2" });
    plan.payment = next.payment;
    return next;
  };
  plan.steps = [
    {
      does: `Sign a fee of ${exactText(amount, currency)} for ${chain.names.release(release)}. It expires at ${until}.`,
      message,
      check: signedSubmission(chain, account, { payment, message }).check,
      ...(way === undefined && payment.way === "authorization" && { otherwise }),
    },
  ];
  return plan;
}
