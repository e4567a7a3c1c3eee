import { countText } from "#client/acts/collecting/countText.ts";
import { gasText } from "#client/transactions/gasText.ts";
import { leftOutText } from "#client/acts/collecting/leftOutText.ts";
import type { ClaimPlan } from "#client/acts/collecting/readClaimPlans.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { assetsText, listText, MAX_SHOWN } from "../names/assetsText.ts";
import { nameIds } from "../names/nameSource.ts";
import { readClaimPlans } from "../readClaimPlans.ts";
import type { Session } from "../session.ts";

/** Shows what an account can collect, and how. */
export const plan: Command<OptionsOf<"plan">> = async (session, options) => {
  const account =
    options.account === undefined ? await session.account() : parseAddress(options.account, "The account");
  const claimPlans = await readClaimPlans(session, account, options);
  if (claimPlans.length === 0) session.print(`${account} has nothing to collect now.`);
  for (const claimPlan of claimPlans) {
    const { currency, outlet, pays, calls, releases, assets, fromCredit } = claimPlan;
    const holder = outlet ? `${outlet.account}, through its outlet ${outlet.address},` : account;
    const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
    if (calls.length === 0) {
      session.print(`${holder} has nothing in ${currency.symbol} that is worth collecting now.`);
    } else {
      const parts = [
        ...(releases.length > 0 ? [`settle ${countText(releases.length, "release")}`] : []),
        ...(assets.length > 0
          ? [`claim for ${countText(assets.length, "asset")} (${await assetsText(session, assets)})`]
          : []),
        ...(fromCredit > 0n ? [`withdraw ${exactText(fromCredit, currency)} from credit`] : []),
        ...(outlet ? ["pass it on"] : []),
      ];
      session.print(`${holder} can collect ${exactText(pays, currency)}: ${parts.join(", then ")}.`);
      const how = outlet
        ? `To pass it on, anyone runs: npx hardhat pass ${outlet.account} --currency ${currency.address}`
        : `To collect, the account itself runs: npx hardhat collect --as ${account} --currency ${currency.address}`;
      session.print(
        `  This takes ${countText(calls.length, "transaction")} and ${gasText({ estimated: gas })}. ${how}`,
      );
    }
    await printGiftsAndLeftOut(session, claimPlan);
  }
  return {
    account,
    plans: claimPlans.map(({ currency, outlet, pays, fromCredit, calls, gifts, leftOut, leftOutCount }) => ({
      currency,
      ...(outlet && { outlet }),
      pays,
      fromCredit,
      calls,
      gifts,
      leftOut,
      leftOutCount,
    })),
  };
};

/**
 * Prints which assets of a plan were given unasked, without their names, which may be advertisements, and what the plan
 * leaves out.
 */
export async function printGiftsAndLeftOut(session: Session, claimPlan: ClaimPlan): Promise<void> {
  const { gifts, giftCount, leftOut, leftOutCount } = claimPlan;
  if (giftCount > 0) {
    session.print(
      `  The shares of ${countText(giftCount, "asset")} (${listText(gifts, giftCount)}) came unasked, as far as events tell. Do not trust the names and links of assets that you do not know.`,
    );
  }
  if (leftOutCount === 0) return;
  session.print(
    `  Left out: ${countText(leftOutCount, "asset or release", "assets or releases")}. \`--all\` collects them, too.`,
  );
  const own = leftOut.slice(0, MAX_SHOWN).filter(({ isGift }) => !isGift);
  await nameIds(session, { assets: own.map(({ asset }) => asset) });
  for (const item of leftOut.slice(0, MAX_SHOWN)) session.print(`    ${leftOutText(session.chain, claimPlan, item)}`);
  if (leftOutCount > Math.min(MAX_SHOWN, leftOut.length)) session.print("    …");
}
