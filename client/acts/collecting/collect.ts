import { type Address, encodeFunctionData, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { countText } from "./countText.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

export interface CollectParameters {
  claimPlans: readonly ClaimPlan[];
  /** The account that is paid. Default: the account that signs. */
  to?: Address | undefined;
}

/** Plans to settle releases and then claim all that the account can get, in the order of its claim plans. */
export async function collect(
  { deployment: { ledger } }: Chain,
  account: Address,
  { claimPlans, to = account }: CollectParameters,
): Promise<Plan> {
  if (claimPlans.length === 0) {
    return { title: "Collect nothing", steps: [], notes: [`${account} has nothing to collect now.`] };
  }
  const payee = { to, name: isAddressEqual(to, account) ? "you" : to };
  return {
    title: collectTitle(claimPlans),
    steps: claimPlans.flatMap((claimPlan) => collectSteps(ledger, claimPlan, payee)),
    notes: claimPlans.flatMap(worthNote),
  };
}

/** Returns a title such as "Collect 1.5 tUSD and 2 sUSD". */
export const collectTitle = (claimPlans: readonly ClaimPlan[]): string =>
  `Collect ${claimPlans.map(({ pays, currency }) => amountText(pays, currency)).join(" and ")}`;

/** Describes the amount that settling adds to a claim, and the gas that it takes. */
function worthNote({ currency, calls, releases, pays, paysNow }: ClaimPlan): string[] {
  if (paysNow === undefined || releases.length === 0) return [];
  const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
  return [
    `${exactText(paysNow, currency)} can be claimed now. Settling first makes it ${exactText(pays, currency)}, by the contracts' own preview, and takes about ${gas} gas in ${countText(calls.length, "transaction")}.`,
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
