import { sweep as planSweep } from "#client/acts/governing/sweep.ts";
import { withdrawCommons as planWithdrawal } from "#client/acts/governing/withdrawCommons.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText, parsePayment } from "#protocol/money.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { ledgerEvents } from "../../events.ts";
import { currencyOrNative } from "../../native.ts";
import { assetsText } from "../../names/assetsText.ts";
import { transact } from "../../transact.ts";
import { printScheduled } from "./propose.ts";

/** Adds the commons' part of income to the credit of its beneficiary. */
export const sweep: Command<OptionsOf<"sweep">> = async (session, options) => {
  const plan = await planSweep(session.chain, await session.account(), {
    assets: options.assets.map(parseRelease),
    currencies: await session.currenciesOr(options.currency),
  });
  const assets = [...new Set(plan.swept.flatMap((each) => each.assets))];
  if (assets.length > 0) session.print(`Assets: ${await assetsText(session, assets)}.`);
  const mined = await transact(session, plan);
  const swept = [];
  for (const { args } of mined.flatMap((each) => ledgerEvents(each, session.deployment.ledger, "CommonsSwept"))) {
    const currency = await session.chain.currency(args.currency);
    swept.push({ currency, amount: args.amount, assets: args.assets });
    session.print(`Swept ${exactText(args.amount, currency)} to the credit of ${plan.beneficiary}.`);
  }
  return { beneficiary: plan.beneficiary, swept };
};

/** Withdraws credit of the beneficiary of the commons, or schedules this in the timelock. */
export const withdrawCommons: Command<OptionsOf<"withdraw-commons">> = async (session, options) => {
  const account = await session.account();
  const currency = await currencyOrNative(session, options.currency);
  const unit = currency ?? session.chain.native;
  const plan = await planWithdrawal(session.chain, account, {
    currency,
    amount: options.amount === "all" ? "all" : parsePayment(options.amount, unit),
    to: options.to === undefined ? undefined : parseAddress(options.to, "--to"),
  });
  await transact(session, plan);
  const { beneficiary, to, amount, scheduled } = plan;
  const result = { beneficiary, to, amount };
  if (scheduled) return { ...result, ...printScheduled(session, scheduled) };
  session.print(`${to} received ${exactText(amount, unit)}.`);
  return result;
};
