import { encodeFunctionData } from "viem";
import { ledgerAbi } from "../../indexer/contracts.ts";
import { ledgerEvents } from "./events.ts";
import { exactText } from "../anywhere/money.ts";
import type { Command } from "./operate.ts";
import { type PlanOptions, readPlans } from "./plan.ts";
import { type Step, transact } from "./transact.ts";

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
  const steps: Step[] = [];
  for (const { currency, pays, calls } of plans) {
    for (const [i, { releases, assets, gas }] of calls.entries()) {
      // Only the first can be tried at once: the others wait for what it passes on.
      const gasLater = i === 0 ? {} : { gasLater: gas };
      steps.push({
        does:
          assets === undefined
            ? `Settle ${releases.length} releases in ${currency.symbol}.`
            : `Settle ${releases.length} releases and claim for ${assets.length} assets: ${exactText(pays, currency)} to ${to}.`,
        to: session.deployment.ledger,
        data:
          assets === undefined
            ? encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] })
            : encodeFunctionData({
                abi: ledgerAbi,
                functionName: "collect",
                args: [releases, assets, currency.address, to],
              }),
        ...gasLater,
      });
    }
  }
  const mined = await transact(session, steps);
  const paid = mined.flatMap((each) =>
    ledgerEvents(each, session.deployment.ledger, "Claimed").map(({ args }) => ({
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
