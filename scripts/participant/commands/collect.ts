import { ledgerEvents } from "../events.ts";
import { exactText } from "#protocol/money.ts";
import { collectSteps } from "#client/acts/collectCalls.ts";
import type { Command } from "../command.ts";
import { type PlanOptions, readPlans } from "./plan.ts";
import { transact } from "../transact.ts";

export interface CollectOptions extends Omit<PlanOptions, "account"> {
  to: string | undefined;
}

/** Settles and claims all that the account is owed, by the indexer's plan. */
export const collect: Command<CollectOptions> = async (session, options) => {
  const account = await session.account();
  const to = options.to === undefined ? account : session.address(options.to, "--to");
  const plans = await readPlans(session, account, { ...options, account });
  if (plans.length === 0) {
    session.say(`${account} is owed nothing.`);
    return { to, paid: [] };
  }
  const { ledger } = session.deployment;
  const steps = plans.flatMap((each) => collectSteps({ ...each, ledger, to, toName: to }));
  const mined = await transact(session, steps);
  const paid = mined.flatMap((each) =>
    ledgerEvents(each, ledger, "Claimed").map(({ args }) => ({
      currency: args.currency,
      amount: args.amount,
      assets: args.assets,
    })),
  );
  for (const { currency, amount } of paid) {
    session.say(`${to} received ${exactText(amount, await session.currency(currency))}.`);
  }
  return { to, paid };
};
