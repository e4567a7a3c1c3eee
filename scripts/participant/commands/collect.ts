import { collect as planCollect } from "#client/acts/collecting/collect.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { ledgerEvents } from "../events.ts";
import { readClaimPlans } from "../readClaimPlans.ts";
import { transact } from "../transact.ts";

/** Settles releases and claims all that the account can get, following the indexer's claim plans. */
export const collect: Command<OptionsOf<"collect">> = async (session, options) => {
  const account = await session.account();
  const to = options.to === undefined ? account : parseAddress(options.to, "--to");
  const claimPlans = await readClaimPlans(session, account, options);
  const mined = await transact(session, await planCollect(session.chain, account, { claimPlans, to }));
  const paid = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "Claimed").map(({ args }) => ({
      currency: args.currency,
      amount: args.amount,
      assets: args.assets,
    })),
  );
  for (const { currency, amount } of paid) {
    session.print(`${to} received ${exactText(amount, await session.chain.currency(currency))}.`);
  }
  return { to, paid };
};
