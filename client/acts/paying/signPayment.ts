import type { Address } from "viem";
import { timeText } from "#protocol/duration.ts";
import { amountText, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { signedPaymentText, type SigningWay } from "../../signing/signedPaymentFile.ts";
import { requireRelease } from "../owning/requireOwner.ts";
import type { Fee } from "./fee.ts";
import { preparePayment, takesAuthorizations, type UnsignedPayment } from "./preparePayment.ts";
import { isAllowed } from "./tokens.ts";

export interface SignPaymentParameters extends Fee {
  /** Default: an authorization where the currency takes it, else Permit2. */
  way?: SigningWay | undefined;
  /** The time for which it serves. */
  seconds: number;
  /** Name of the file to save it as. Default: fee-<release>-<nonce>.json. */
  file?: string | undefined;
}

export interface SignPaymentPlan extends Plan {
  payment: UnsignedPayment;
  file: NonNullable<Plan["file"]>;
}

/**
 * Plans to sign a fee for somebody else to submit, which costs nothing.
 *
 * @throws {UserError} if the currency does not take what would be signed, or Permit2 may not take it.
 */
export async function signPayment(
  chain: Chain,
  account: Address,
  { way, seconds, file, ...fee }: SignPaymentParameters,
): Promise<SignPaymentPlan> {
  const { release, currency, amount } = fee;
  await requireRelease(chain, release);
  const usual = (await takesAuthorizations(chain, account, currency.address)) ? "authorization" : "permit2";
  const { payment, message } = await preparePayment(chain, account, { ...fee, way: way ?? usual, seconds });
  if (payment.way === "permit2" && !(await isAllowed(chain, account, fee, chain.permit2))) {
    throw new UserError(`Approve Permit2 (${chain.permit2}) for ${currency.symbol} first, in a wallet.`);
  }
  const name = file ?? `fee-${release}-${payment.nonce}.json`;
  const until = timeText(payment.deadline);
  const contract = { chainId: chain.chainId, signedPayments: chain.signedPayments.address };
  return {
    title: `Sign a fee of ${amountText(amount, currency)} for release ${release}`,
    steps: [
      { does: `Sign a fee of ${exactText(amount, currency)} for release ${release}, good until ${until}.`, message },
    ],
    notes: [`It is saved as ${name}. Anyone who has the file can submit it, to this release only, and once.`],
    file: { name, text: (signature) => signedPaymentText({ ...payment, signature }, contract) },
    payment,
  };
}
