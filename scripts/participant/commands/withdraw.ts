import { withdraw as planWithdraw } from "#client/acts/paying/withdraw.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText, parsePayment } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { currencyOrNative } from "../native.ts";
import { transact } from "../transact.ts";

/** Withdraws credit from the ledger, as tokens or as native money. */
export const withdraw: Command<OptionsOf<"withdraw">> = async (session, options) => {
  const account = await session.account();
  const to = options.to === undefined ? account : parseAddress(options.to, "--to");
  const token = await currencyOrNative(session, options.currency);
  const unit = token ?? session.chain.native;
  const amount = options.amount === "all" ? "all" : parsePayment(options.amount, unit);
  const plan = await planWithdraw(session.chain, account, { currency: token, amount, to });
  const [mined] = await transact(session, plan);
  const [withdrawn] = mined ? ledgerEvents(mined, session.deployment.ledger, "Withdrawn") : [];
  if (!withdrawn) throw new Error("The transaction withdrew nothing.");
  const { currency, left } = plan;
  session.print(
    `${to} received ${exactText(withdrawn.args.amount, unit)}. The credit left is ${exactText(left, unit)}.`,
  );
  return { account, to, currency, native: token === undefined, amount: withdrawn.args.amount, credit: left };
};
