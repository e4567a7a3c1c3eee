import { type Address, isAddressEqual } from "viem";
import { type PlannedCall, readCall } from "#client/acts/collectCalls.ts";
import { answered, type ApiOptions, connectApi } from "../api.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { Session } from "../session.ts";

export interface PlanOptions extends ApiOptions {
  account: string | undefined;
  currency: string | undefined;
}

/** What an account gets in one currency, and the transactions that it takes. */
export interface CurrencyPlan {
  currency: Currency;
  pays: bigint;
  calls: PlannedCall[];
}

/** Tells what an account is owed, and how it gets that. */
export const plan: Command<PlanOptions> = async (session, options) => {
  const account =
    options.account === undefined ? await session.account() : session.address(options.account, "The account");
  const plans = await readPlans(session, account, options);
  if (plans.length === 0) session.say(`${account} is owed nothing.`);
  for (const { currency, pays, calls } of plans) {
    const settles = calls.flatMap(({ releases }) => releases).length;
    const assets = calls.at(-1)?.assets ?? [];
    const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
    session.say(
      `${account} is owed ${exactText(pays, currency)}: ${settles} releases to settle, then a claim for ${assets.length} assets (${assets.slice(0, 20).join(", ")}${assets.length > 20 ? ", …" : ""}).`,
    );
    session.say(`  That takes ${calls.length} transactions and about ${gas} gas. npx hardhat collect sends them.`);
  }
  return { account, plans };
};

/**
 * An account's plans, from the indexer; see {@link readCall}.
 */
export async function readPlans(session: Session, account: Address, options: PlanOptions): Promise<CurrencyPlan[]> {
  const only = options.currency === undefined ? undefined : await session.currency(options.currency);
  const { ledger } = session.deployment;
  const client = await connectApi(session, options);
  const {
    data: { plans },
  } = await answered(options.api, () =>
    client.GET("/v1/accounts/{address}/plan", { params: { path: { address: account.toLowerCase() } } }),
  );
  const found: CurrencyPlan[] = [];
  for (const { pays, calls } of plans) {
    const currency = await session.currency(pays.currency.address);
    if (only && !isAddressEqual(only.address, currency.address)) continue;
    found.push({
      currency,
      pays: BigInt(pays.amount),
      calls: calls.map(({ to, data, gas }) =>
        readCall({ ledger, account, currency: currency.address }, { to, data, gas }),
      ),
    });
  }
  return found;
}
