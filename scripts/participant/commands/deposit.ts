import { deposit as planDeposit } from "#client/acts/paying/deposit.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText, parsePayment } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { currencyOrNative } from "../native.ts";
import { transact } from "../transact.ts";

/** Deposits tokens or native money as credit in the ledger. */
export const deposit: Command<OptionsOf<"deposit">> = async (session, options) => {
  const { chain } = session;
  const signer = await session.account();
  const account = options.account === undefined ? signer : parseAddress(options.account, "--account");
  const token = await currencyOrNative(session, options.currency);
  const amount = parsePayment(options.amount, token ?? chain.native);
  const mined = await transact(session, await planDeposit(chain, signer, { currency: token, amount, to: account }));
  const last = mined.at(-1);
  const [deposited] = last ? ledgerEvents(last, session.deployment.ledger, "Deposited") : [];
  if (!deposited) throw new Error("The transaction deposited nothing.");
  const currency = token ?? (await chain.requireWrappedNative());
  const credit = await chain.ledger.read.creditOf([account, currency.address]);
  session.print(`${account} now has ${exactText(credit, currency)} of credit.`);
  return { account, currency, amount: deposited.args.amount, credit };
};
