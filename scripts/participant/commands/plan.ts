import { countText } from "#client/acts/collecting/countText.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { readClaimPlans } from "../readClaimPlans.ts";

const MAX_SHOWN = 20;

/** Shows what an account can collect, and how. */
export const plan: Command<OptionsOf<"plan">> = async (session, options) => {
  const account =
    options.account === undefined ? await session.account() : parseAddress(options.account, "The account");
  const claimPlans = await readClaimPlans(session, account, options);
  if (claimPlans.length === 0) session.print(`${account} has nothing to collect now.`);
  for (const { currency, pays, calls, releases, assets } of claimPlans) {
    const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
    session.print(
      `${account} can collect ${exactText(pays, currency)}: ${releases.length > 0 ? `settle ${countText(releases.length, "release")}, then ` : ""}claim for ${countText(assets.length, "asset")} (${assets.slice(0, MAX_SHOWN).join(", ")}${assets.length > MAX_SHOWN ? ", …" : ""}).`,
    );
    session.print(
      `  This takes ${countText(calls.length, "transaction")} and about ${gas} gas. To collect, the account itself runs: npx hardhat collect --as ${account} --currency ${currency.address}`,
    );
  }
  return { account, plans: claimPlans.map(({ currency, pays, calls }) => ({ currency, pays, calls })) };
};
