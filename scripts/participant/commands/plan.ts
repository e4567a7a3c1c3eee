import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { readClaimPlans } from "../readClaimPlans.ts";

const SHOWN = 20;

/** Tells what an account is owed, and how it gets that. */
export const plan: Command<OptionsOf<"plan">> = async (session, options) => {
  const account =
    options.account === undefined ? await session.account() : parseAddress(options.account, "The account");
  const claimPlans = await readClaimPlans(session, account, options);
  if (claimPlans.length === 0) session.say(`${account} is owed nothing.`);
  for (const { currency, pays, calls, releases, assets } of claimPlans) {
    const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
    session.say(
      `${account} is owed ${exactText(pays, currency)}: ${releases.length} releases to settle, then a claim for ${assets.length} assets (${assets.slice(0, SHOWN).join(", ")}${assets.length > SHOWN ? ", …" : ""}).`,
    );
    session.say(`  That takes ${calls.length} transactions and about ${gas} gas. npx hardhat collect sends them.`);
  }
  return { account, plans: claimPlans.map(({ currency, pays, calls }) => ({ currency, pays, calls })) };
};
