import { type Address, encodeFunctionData, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { countText } from "./countText.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

export interface CollectParameters {
  claimPlans: readonly ClaimPlan[];
  /** The account that is paid. Default: the one that signs. */
  to?: Address | undefined;
}

/** Plans to settle and claim all that the account is owed, in the order of its claim plans. */
export async function collect(
  { deployment: { ledger } }: Chain,
  account: Address,
  { claimPlans, to = account }: CollectParameters,
): Promise<Plan> {
  if (claimPlans.length === 0) {
    return { title: "Collect nothing", steps: [], notes: [`${account} is owed nothing.`] };
  }
  const payee = { to, name: isAddressEqual(to, account) ? "you" : to };
  return {
    title: collectTitle(claimPlans),
    steps: claimPlans.flatMap((claimPlan) => collectSteps(ledger, claimPlan, payee)),
    notes: claimPlans.flatMap(worthNote),
  };
}

/** Such as "Collect 1.5 tUSD and 2 sUSD". */
export const collectTitle = (claimPlans: readonly ClaimPlan[]): string =>
  `Collect ${claimPlans.map(({ pays, currency }) => amountText(pays, currency)).join(" and ")}`;

/** Says what settling adds to a claim, and for how much gas. */
function worthNote({ currency, calls, pays, paysNow }: ClaimPlan): string[] {
  if (paysNow === undefined) return [];
  const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
  return [
    `Now ${exactText(paysNow, currency)} could be claimed; settling makes it ${exactText(pays, currency)}, as the contracts tell, for about ${gas} gas in ${countText(calls.length, "transaction")}.`,
  ];
}

function collectSteps(
  ledger: Address,
  { currency, calls, pays }: ClaimPlan,
  payee: { to: Address; name: string },
): SendStep[] {
  return calls.map(({ releases, assets, gas }, i) => {
    const settles = `Settle ${countText(releases.length, "release")}`;
    // Only the first can be tried at once: the others wait for what it passes on.
    const gasLater = i === 0 ? {} : { gasLater: gas };
    if (assets === undefined) {
      return {
        does: `${settles} in ${currency.symbol}${calls.length > 2 ? ` (part ${i + 1})` : ""}.`,
        to: ledger,
        data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
        ...gasLater,
      };
    }
    const claims = `${releases.length > 0 ? `${settles} and claim` : "Claim"} for ${countText(assets.length, "asset")}`;
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
