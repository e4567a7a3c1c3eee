import { encodeFunctionData, erc20Abi, type Hex, zeroHash } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { ledgerEvents } from "../events.ts";
import { exactText, parsePayment } from "#protocol/money.ts";
import { parseReference } from "#protocol/reference.ts";
import type { Command } from "../command.ts";
import { allowanceOf, approval, type Payment, permitCall, requireBalance, takesPermits } from "../payment.ts";
import type { Session } from "../session.ts";
import {
  readSignedPayment,
  requirePermit2,
  type SigningWay,
  signPayment,
  submission,
  takesAuthorizations,
  writeSignedPayment,
} from "../signedPayment.ts";
import { PROMPTLY_SECONDS } from "#client/signing/permit.ts";
import { parseTime } from "#protocol/duration.ts";
import { consent, type Step, transact } from "../transact.ts";
import type { Mined } from "../mined.ts";

export interface PayOptions {
  release: number;
  amount: string;
  currency: string | undefined;
  way: string | undefined;
  reference: string | undefined;
  sign: string | undefined;
  expires: string;
}

/** Instead of a currency: native money, which the ledger wraps. */
export const NATIVE = "native";

/** What it takes at most to pay with what was approved just before. */
const PAY_GAS = 200_000n;

const WAYS: Record<string, (session: Session, payment: Payment) => Promise<Step[]>> = {
  allowance: byAllowance,
  permit: byPermit,
  authorization: (session, payment) => bySignature(session, payment, "authorization"),
  permit2: (session, payment) => bySignature(session, payment, "permit2"),
  credit: byCredit,
  inlet: byTransfer,
};

/** Pays a fee into a release. */
export const pay: Command<PayOptions> = async (session, options) => {
  const { release, way } = options;
  if (way !== undefined && way !== NATIVE && !(way in WAYS)) {
    throw new UserError(`"${way}" is no way to pay. There are ${NATIVE}, ${Object.keys(WAYS).join(", ")}.`);
  }
  await session.requireRelease(release);
  const ref = parseReference(options.reference);
  if (options.currency === NATIVE || way === NATIVE) return payNative(session, options, ref);

  const currency = await session.currency(options.currency);
  const payment = { release, currency, amount: parsePayment(options.amount, currency), ref };
  if (options.sign !== undefined) return signOnly(session, payment, options, options.sign);
  const chosen = way ?? (await usualWay(session, payment));
  session.say(`Pay ${exactText(payment.amount, currency)} into release ${release}, by way of ${chosen}.`);
  if (ref !== zeroHash) session.say(`Reference ${ref}.`);
  const steps = await (WAYS[chosen] ?? byAllowance)(session, payment);
  return paid(session, await transact(session, steps), payment, chosen);
};

/** One transaction where that can be: what was approved before, else a permit. */
async function usualWay(session: Session, { currency, amount }: Payment): Promise<string> {
  if ((await allowanceOf(session, currency, session.deployment.ledger)) >= amount) return "allowance";
  return (await takesPermits(session, currency)) ? "permit" : "allowance";
}

const feeWords = ({ release, currency, amount }: Payment) =>
  `Pay ${exactText(amount, currency)} into release ${release}`;

const payCall = ({ release, currency, amount, ref }: Payment): Hex =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "pay", args: [release, currency.address, amount, ref] });

async function byAllowance(session: Session, payment: Payment): Promise<Step[]> {
  const { currency, amount } = payment;
  await requireBalance(session, currency, amount);
  const to = session.deployment.ledger;
  const approvals = await approval(session, currency, amount, { address: to, name: "the ledger" });
  const gasLater = approvals.length > 0 ? { gasLater: PAY_GAS } : {};
  return [...approvals, { does: `${feeWords(payment)}.`, to, data: payCall(payment), ...gasLater }];
}

async function byPermit(session: Session, payment: Payment): Promise<Step[]> {
  const { currency, amount } = payment;
  await requireBalance(session, currency, amount);
  const calls = [await permitCall(session, currency, amount), payCall(payment)];
  return [
    {
      does: `${feeWords(payment)}, with a permit that was signed for it.`,
      to: session.deployment.ledger,
      data: encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [calls] }),
    },
  ];
}

async function bySignature(session: Session, payment: Payment, way: SigningWay): Promise<Step[]> {
  const { currency, amount } = payment;
  await requireBalance(session, currency, amount);
  if (way === "permit2") await requirePermit2(session);
  const approvals =
    way === "permit2" ? await approval(session, currency, amount, { address: session.permit2, name: "Permit2" }) : [];
  const gasLater = approvals.length > 0 ? { gasLater: PAY_GAS } : {};
  const call = submission(session, await signPayment(session, way, payment, PROMPTLY_SECONDS));
  return [...approvals, { does: `${feeWords(payment)}, as was signed for it.`, ...call, ...gasLater }];
}

async function byCredit(session: Session, payment: Payment): Promise<Step[]> {
  const { release, currency, amount, ref } = payment;
  const credit = await session.ledger.read.creditOf([await session.account(), currency.address]);
  if (credit < amount) {
    throw new UserError(
      `The account has ${exactText(credit, currency)} of credit, and ${exactText(amount, currency)} are needed.`,
    );
  }
  const args = [release, currency.address, amount, ref] as const;
  return [
    {
      does: `${feeWords(payment)} from credit.`,
      to: session.deployment.ledger,
      data: encodeFunctionData({ abi: ledgerAbi, functionName: "payFromCredit", args }),
    },
  ];
}

async function byTransfer(session: Session, { release, currency, amount, ref }: Payment): Promise<Step[]> {
  refuseReference(ref);
  await requireBalance(session, currency, amount);
  const inlet = await session.inlets.read.inletOf([release]);
  return [
    {
      does: `Send ${exactText(amount, currency)} to ${inlet}, the inlet of release ${release}.`,
      to: currency.address,
      data: encodeFunctionData({ abi: erc20Abi, functionName: "transfer", args: [inlet, amount] }),
    },
  ];
}

function refuseReference(ref: Hex): void {
  if (ref !== zeroHash)
    throw new UserError("A plain transfer carries no reference. Pay in another way, or leave it out.");
}

async function payNative(session: Session, { release, amount: text, way = NATIVE, sign }: PayOptions, ref: Hex) {
  if (sign !== undefined || (way !== NATIVE && way !== "inlet")) {
    throw new UserError("Native money is paid directly, or by a plain transfer to the inlet: --way native or inlet.");
  }
  const wrapped = await session.wrapped();
  if (!wrapped) throw new UserError("The ledger does not take native money here: its wrapped token is not admitted.");
  const amount = parsePayment(text, session.native);
  const payment = { release, currency: wrapped, amount, ref };
  const money = exactText(amount, session.native);
  let step: Step;
  if (way === "inlet") {
    refuseReference(ref);
    const inlet = await session.inlets.read.inletOf([release]);
    step = {
      does: `Send ${money} to ${inlet}, the inlet of release ${release}.`,
      to: inlet,
      data: "0x",
      value: amount,
    };
  } else {
    step = {
      does: `Pay ${money} into release ${release}, as ${wrapped.symbol}.`,
      to: session.deployment.ledger,
      data: encodeFunctionData({ abi: ledgerAbi, functionName: "payNative", args: [release, ref] }),
      value: amount,
    };
  }
  return paid(session, await transact(session, [step]), payment, way);
}

function paid(session: Session, mined: readonly Mined[], payment: Payment, way: string) {
  const { release, currency, amount, ref } = payment;
  const last = mined.at(-1);
  const [fee] = last ? ledgerEvents(last, session.deployment.ledger, "FeePaid") : [];
  const what = { release, currency, way };
  if (way === "inlet") {
    session.say(`It lies in the inlet until somebody syncs it: npx hardhat sync ${release}.`);
    return { ...what, amount, reference: ref };
  }
  if (!fee) throw new Error("The transaction paid no fee.");
  session.say(`Release ${release} received ${exactText(fee.args.amount, currency)}.`);
  return { ...what, amount: fee.args.amount, reference: fee.args.ref, payer: fee.args.payer };
}

async function signOnly(session: Session, payment: Payment, { way, expires }: PayOptions, file: string) {
  const { currency, amount, release } = payment;
  const chosen = way ?? ((await takesAuthorizations(session, currency.address)) ? "authorization" : "permit2");
  if (chosen !== "authorization" && chosen !== "permit2") {
    throw new UserError("What somebody else submits is signed as --way authorization or permit2.");
  }
  if (chosen === "permit2" && (await allowanceOf(session, currency, session.permit2)) < amount) {
    throw new UserError(`Approve Permit2 (${session.permit2}) for ${currency.symbol} first, in a wallet.`);
  }
  session.say(`Sign a fee of ${exactText(amount, currency)} for release ${release}, and write it to ${file}.`);
  session.say("It costs nothing. Anyone who has the file can submit it, to this release only, and once.");
  await consent(session, "Sign it?");
  const signed = await signPayment(session, chosen, payment, parseTime(expires, "--expires"));
  await writeSignedPayment(session, file, signed);
  session.say(`Written to ${file}, good until ${new Date(Number(signed.deadline) * 1_000).toISOString()}.`);
  return { ...payment, way: chosen, file, deadline: signed.deadline };
}

/** Pays a fee that its payer signed. */
export const submit: Command<{ file: string }> = async (session, { file }) => {
  const signed = await readSignedPayment(session, file);
  const currency = await session.currency(signed.currency);
  const payment: Payment = { ...signed, currency };
  const does = `${feeWords(payment)} for ${signed.payer}, who signed it.`;
  return paid(session, await transact(session, [{ does, ...submission(session, signed) }]), payment, signed.way);
};
