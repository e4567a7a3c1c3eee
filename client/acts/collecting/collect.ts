import { type Address, encodeFunctionData, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { countText } from "./countText.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

export interface CollectParameters {
  claimPlans: readonly ClaimPlan[];
  /** The account that is paid. Default: the account that signs. */
  to?: Address | undefined;
}

/** Plans to settle releases and then claim all that the account can get, in the order of its claim plans. */
export async function collect(
  chain: Chain,
  account: Address,
  { claimPlans, to = account }: CollectParameters,
): Promise<Plan> {
  if (claimPlans.length === 0) {
    return { title: "Collect nothing", steps: [], notes: [`${account} has nothing to collect now.`] };
  }
  const { ledger } = chain.deployment;
  const payee = { to, name: isAddressEqual(to, account) ? "you" : to };
  return {
    title: collectTitle(claimPlans),
    steps: claimPlans.flatMap((claimPlan) => collectSteps(ledger, claimPlan, payee)),
    notes: claimPlans.flatMap(worthNote),
    warnings: await checkRecipients(chain, account, [{ address: to, purpose: "tokens" }]),
  };
}

/** Returns a title such as "Collect 1.5 tUSD and 2 sUSD". */
export const collectTitle = (claimPlans: readonly ClaimPlan[]): string =>
  `Collect ${claimPlans.map(({ pays, currency }) => amountText(pays, currency)).join(" and ")}`;

/** Describes the amount that settling adds to a claim. */
function worthNote({ currency, releases, pays, paysNow }: ClaimPlan): string[] {
  if (paysNow === undefined || releases.length === 0) return [];
  return [
    `Without settling, ${exactText(paysNow, currency)} can be claimed. With settling it is ${exactText(pays, currency)}, as the contracts compute it.`,
  ];
}

function collectSteps(
  ledger: Address,
  { currency, calls, pays }: ClaimPlan,
  payee: { to: Address; name: string },
): SendStep[] {
  return calls.map(({ releases, assets, gas }, i) => {
    const settles = `Settle ${countText(releases.length, "release")}`;
    // Only the first call can be simulated now: the others depend on the money that it passes on.
    const gasLater = i === 0 ? {} : { gasLater: gas };
    if (assets === undefined) {
      return {
        does: `${settles} in ${currency.symbol}${calls.length > 2 ? ` (part ${i + 1})` : ""}.`,
        to: ledger,
        data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
        ...gasLater,
      };
    }
    const claims = `${releases.length > 0 ? `${settles} and claim` : "Claim"} what the shares of ${countText(assets.length, "asset")} have earned`;
    return {
      does: `${claims}: ${exactText(pays, currency)} to ${payee.name}.`,
      to: ledger,
      data: encodeFunctionData({
        abi: ledgerAbi,
        functionName: "collect",
        args: [releases, assets, currency.address, payee.to],
      }),
      ...gasLater,
    };
  });
}
