import { pay as planPay, PAY_WAYS, type PayWay } from "#client/acts/paying/pay.ts";
import { sentenceStart } from "#client/names/nameTexts.ts";
import { type PaymentState, paymentState } from "#client/acts/paying/paymentState.ts";
import { signPayment } from "#client/acts/paying/signPayment.ts";
import { submit as planSubmit } from "#client/acts/paying/submit.ts";
import { Refusal } from "#client/errors/refusal.ts";
import { parseSignedPayment, type SignedPayment, SIGNING_WAYS } from "#client/signing/signedPaymentFile.ts";
import { transactionUrl } from "#node/explorerPages.ts";
import { readJson } from "#node/files.ts";
import { parseTime } from "#protocol/duration.ts";
import { type Currency, exactText, parsePayment } from "#protocol/money.ts";
import { parseReference } from "#protocol/reference.ts";
import { signatureText } from "#protocol/schemas.ts";
import { UserError } from "#protocol/userError.ts";
import type { Address, Hash, Hex } from "viem";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import type { MinedTransaction } from "../minedTransaction.ts";
import { nameIds } from "../names/nameSource.ts";
import { currencyOrNative, NATIVE } from "../native.ts";
import type { Session } from "../session.ts";
import { transact } from "../transact.ts";

/** Pays a fee into a release. */
export const pay: Command<OptionsOf<"pay">> = async (session, options) => {
  const { release } = options;
  const way = parseWay(options.way);
  const reference = parseReference(options.reference);
  const currency = way === NATIVE ? undefined : await currencyOrNative(session, options.currency);
  const amount = parsePayment(options.amount, currency ?? session.chain.native);
  if (options.sign !== undefined) {
    return sign(session, options, { release, currency, amount, ref: reference }, options.sign);
  }
  const fee = { release, currency, amount, way, reference };
  // Read before anything is sent: a failure after the payment would look as if nothing was paid.
  const paidIn = currency ?? (await session.chain.requireWrappedNative());
  const plan = await planPay(session.chain, await session.account(), fee);
  const mined = await transact(session, plan);
  return printPayment(session, mined, { release, currency: paidIn, amount, ref: reference, way: plan.way });
};

function parseWay(text: string | undefined): PayWay | undefined {
  const way = PAY_WAYS.find((each) => each === text);
  if (text === undefined || way) return way;
  throw new UserError(`"${text}" is not a way to pay. The ways are ${PAY_WAYS.join(", ")}.`);
}

interface PaymentTerms {
  release: number;
  currency: Currency | undefined;
  amount: bigint;
  ref: Hex;
}

async function sign(session: Session, options: OptionsOf<"pay">, fee: PaymentTerms, file: string) {
  const way = SIGNING_WAYS.find((each) => each === options.way);
  const { currency } = fee;
  if (!currency || way !== options.way) {
    throw new UserError(
      "A signed payment must be in an admitted currency, with --way authorization or --way permit2. Change --currency or --way, or leave out --sign.",
    );
  }
  const seconds = parseTime(options.expires, "--expires");
  const plan = await signPayment(session.chain, await session.account(), { ...fee, currency, way, seconds, file });
  await transact(session, plan);
  return { ...fee, way: plan.payment.way, file, deadline: plan.payment.deadline };
}

interface PaidFee extends PaymentTerms {
  currency: Currency;
  way: PayWay;
}

function printPayment(
  session: Session,
  mined: readonly MinedTransaction[],
  { release, currency, amount, ref, way }: PaidFee,
) {
  const last = mined.at(-1);
  const [fee] = last ? ledgerEvents(last, session.deployment.ledger, "FeePaid") : [];
  if (way === "inlet") {
    session.print(`The money is in the inlet. It becomes a fee when anyone runs: npx hardhat sync ${release}.`);
    return { release, currency, way, amount, reference: ref };
  }
  if (!fee) throw new Error("The transaction paid no fee.");
  session.print(
    `${sentenceStart(session.chain.names.release(release))} received ${exactText(fee.args.amount, currency)}.`,
  );
  return { release, currency, way, amount: fee.args.amount, reference: fee.args.ref, payer: fee.args.payer };
}

/** Submits a signed payment. */
export const submit: Command<OptionsOf<"submit">> = async (session, { file, signature }) => {
  const { chain } = session;
  const contract = { chainId: chain.chainId, signedPayments: chain.signedPayments.address };
  const parsed = parseSignedPayment(await readJson(file), file, contract);
  const payment = signature === undefined ? parsed : { ...parsed, signature: parseSignature(signature) };
  const currency = await chain.currency(payment.currency);
  await nameIds(session, { releases: [payment.release] });
  const before = await stateOf(session, payment);
  if (before.state !== "unused") return printUsed(session, { ...payment, currency }, before);
  try {
    const mined = await transact(session, await planSubmit(chain, await session.account(), payment));
    return printPayment(session, mined, { ...payment, currency });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Somebody else may have submitted it in between.
    const now = await stateOf(session, payment);
    if (now.state !== "paid") throw error;
    return printUsed(session, { ...payment, currency }, now);
  }
};

function stateOf({ chain, deployment }: Session, payment: SignedPayment): Promise<PaymentState> {
  const { fromBlock = deployment.startBlock } = deployment.periphery.signedPayments ?? {};
  return paymentState(chain, { payment, fromBlock: BigInt(fromBlock) });
}

/**
 * Prints where a signed payment was paid.
 *
 * @throws {Refusal} if it was not paid, and cannot be any more.
 */
function printUsed(
  session: Session,
  { release, currency, way, ref, payer }: PaidFee & { payer: Address },
  used: Exclude<PaymentState, { state: "unused" }>,
) {
  const show = (hash: Hash) => transactionUrl(session.chain.chainId, hash) ?? hash;
  const SIGN_ANOTHER = "To pay, the payer must sign another.";
  if (used.state === "cancelled") {
    throw new Refusal(
      `${payer} cancelled this signed payment in transaction ${show(used.hash)} (block ${used.blockNumber}). ${SIGN_ANOTHER}`,
    );
  }
  if (used.state === "spent") {
    const where = used.hash === undefined ? "" : ` in transaction ${show(used.hash)}`;
    throw new Refusal(
      `The nonce of this signed payment was used or cancelled${where}, but no fee was paid with it. ${SIGN_ANOTHER}`,
    );
  }
  const { hash, blockNumber, amount } = used;
  session.print(
    `Paid in transaction ${show(hash)} (block ${blockNumber}) for ${session.chain.names.release(release)}, which received ${exactText(amount, currency)}. This run sent nothing.`,
  );
  return { release, currency, way, amount, reference: ref, payer, alreadyPaid: true, transaction: hash, blockNumber };
}

function parseSignature(text: string): Hex {
  const parsed = signatureText.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new UserError("--signature is not a signature. Write 0x and an even number of hexadecimal digits.");
}
