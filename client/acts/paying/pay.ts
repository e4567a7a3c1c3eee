import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroHash } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan, Step } from "../../plan/plan.ts";
import { PROMPT_EXPIRY_SECONDS } from "../../signing/expiry.ts";
import type { SigningWay } from "../../signing/signedPaymentFile.ts";
import { requireRelease } from "../owning/requireOwner.ts";
import { exactFeeTitle, type Fee, feeTitle } from "./fee.ts";
import { preparePayment } from "./preparePayment.ts";
import { signedSubmission } from "./submit.ts";
import {
  AFTER_APPROVAL_GAS,
  approvalSteps,
  type LedgerPermission,
  ledgerPermission,
  permittedSteps,
  requireBalance,
} from "./tokens.ts";

export const PAY_WAYS = ["allowance", "permit", "authorization", "permit2", "credit", "inlet", "native"] as const;
export type PayWay = (typeof PAY_WAYS)[number];

export interface PayParameters {
  release: number;
  /** Undefined for native money, which the ledger wraps. */
  currency: Currency | undefined;
  amount: bigint;
  /** Default: an existing allowance, else a permit, else a new allowance; `native` for native money. */
  way?: PayWay | undefined;
  /** 32 bytes that tie the fee to a request. Default: none. */
  reference?: Hex;
}

export interface PayPlan extends Plan {
  /** The way that is taken. It changes to `allowance` if the currency refuses the permit. */
  way: PayWay;
}

/**
 * Plans to pay a fee into a release, in as few transactions as the way allows.
 *
 * @throws {UserError} if the account cannot pay the fee, or cannot pay it in this way.
 */
export async function pay(
  chain: Chain,
  account: Address,
  { release, currency, amount, way, reference = zeroHash }: PayParameters,
): Promise<PayPlan> {
  await requireRelease(chain, release);
  const notes = reference === zeroHash ? [] : [`The reference of the fee is ${reference}.`];
  if (way === "inlet" && reference !== zeroHash) {
    throw new UserError(
      "A plain transfer to an inlet carries no reference. Leave out the reference, or choose another way to pay.",
    );
  }
  if (!currency) {
    const native = { release, amount, reference };
    return { notes, ...(await payNative(chain, native, way)) };
  }
  if (way === "native") throw new UserError(`${currency.symbol} is not native money. Choose another way to pay.`);
  const fee = { release, currency, amount, ref: reference };
  const title = feeTitle(chain.names, fee);
  switch (way) {
    case "authorization":
    case "permit2":
      return { title, notes, way, steps: await paySigned(chain, account, fee, way) };
    case "credit":
      return { title, notes, way, steps: await payFromCredit(chain, account, fee) };
    case "inlet":
      return { title, notes, way, steps: await payByTransfer(chain, account, fee) };
    default: {
      await requireBalance(chain, account, fee);
      const permission = await ledgerPermission(chain, account, fee, way);
      const plan: PayPlan = { title, notes, way: permission.way, steps: [] };
      const otherwise = async () => {
        const next = await pay(chain, account, { release, currency, amount, way: "allowance", reference });
        plan.way = next.way;
        return next;
      };
      plan.steps = stepsAfter(permission, {
        chain,
        account,
        fee,
        otherwise: way === undefined ? otherwise : undefined,
      });
      return plan;
    }
  }
}

interface LedgerFee {
  chain: Chain;
  account: Address;
  fee: Fee;
  /** Plans the payment without a permit; undefined if the person chose the permit. */
  otherwise: (() => Promise<Plan>) | undefined;
}

function stepsAfter(permission: LedgerPermission, { chain, account, fee, otherwise }: LedgerFee): Step[] {
  const { release, currency, amount, ref } = fee;
  const args = [release, currency.address, amount, ref] as const;
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "pay", args });
  const step = { does: `${exactFeeTitle(chain.names, fee)}.`, to: chain.deployment.ledger, data };
  if (permission.way === "permit") {
    return permittedSteps(chain, account, { currency, amount, permission, step, otherwise });
  }
  const { steps } = permission;
  return [...steps, { ...step, ...(steps.length > 0 && { gasLater: AFTER_APPROVAL_GAS }) }];
}

/** Upper bound of the gas that a payment through `SignedPayments` takes. */
const SIGNED_PAY_GAS = 250_000n;

async function paySigned(chain: Chain, account: Address, fee: Fee, way: SigningWay): Promise<Step[]> {
  await requireBalance(chain, account, fee);
  const { payment, message } = await preparePayment(chain, account, { ...fee, way, seconds: PROMPT_EXPIRY_SECONDS });
  const permit2 = { address: chain.permit2, name: "Permit2" };
  const approvals = way === "permit2" ? await approvalSteps(chain, account, fee, permit2) : [];
  const submission = signedSubmission(chain, account, { payment, message });
  return [
    ...approvals,
    {
      does: "Sign a message that allows this fee to be paid, exactly once. Signing costs nothing.",
      message,
      check: submission.check,
    },
    {
      does: `${exactFeeTitle(chain.names, fee)}, with that signature.`,
      to: chain.signedPayments.address,
      data: submission.data,
      gasLater: SIGNED_PAY_GAS,
    },
  ];
}

async function payFromCredit({ ledger, names }: Chain, account: Address, fee: Fee): Promise<Step[]> {
  const { release, currency, amount, ref } = fee;
  const credit = await ledger.read.creditOf([account, currency.address]);
  if (credit < amount) {
    throw new UserError(
      `The account has ${exactText(credit, currency)} of credit in the ledger, but the fee is ${exactText(amount, currency)}. Pay less, deposit more credit, or choose another way to pay.`,
    );
  }
  const args = [release, currency.address, amount, ref] as const;
  return [
    {
      does: `${exactFeeTitle(names, fee)}, from the account's credit of ${exactText(credit, currency)}.`,
      to: ledger.address,
      data: encodeFunctionData({ abi: ledgerAbi, functionName: "payFromCredit", args }),
    },
  ];
}

async function payByTransfer(chain: Chain, account: Address, fee: Fee): Promise<Step[]> {
  const { release, currency, amount } = fee;
  await requireBalance(chain, account, fee);
  const inlet = await chain.inlets.read.inletOf([release]);
  return [
    {
      does: `Send ${exactText(amount, currency)} to ${inlet}, the inlet of ${chain.names.release(release)}.`,
      to: currency.address,
      data: encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [inlet, amount] }),
    },
  ];
}

interface NativeFee {
  release: number;
  amount: bigint;
  reference: Hex;
}

async function payNative(
  chain: Chain,
  { release, amount, reference }: NativeFee,
  way: PayWay = "native",
): Promise<PayPlan> {
  const wrapped = await chain.requireWrappedNative();
  const money = exactText(amount, chain.native);
  if (way === "inlet") {
    const inlet = await chain.inlets.read.inletOf([release]);
    const title = `Send ${amountText(amount, chain.native)} to the inlet of ${chain.names.release(release)}`;
    const does = `Send ${money} to ${inlet}, the inlet of ${chain.names.release(release)}.`;
    return { title, way, steps: [{ does, to: inlet, data: "0x", value: amount }] };
  }
  if (way !== "native") {
    throw new UserError(
      "Native money can only be paid with the way native, or with the way inlet (a plain transfer to the inlet). Choose one of these.",
    );
  }
  const title = `Pay ${amountText(amount, chain.native)} into ${chain.names.release(release)}`;
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "payNative", args: [release, reference] });
  const does = `Pay ${money} into ${chain.names.release(release)}, as ${wrapped.symbol}.`;
  return { title, way, steps: [{ does, to: chain.deployment.ledger, data, value: amount }] };
}
