import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import type { CallStep, SendStep } from "../../plan/plan.ts";
import type { ClaimOutlet } from "./claimCalls.ts";
import { countText } from "./countText.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

interface OutletStepsParameters {
  /** The way of the money in words, such as "from the outlet to 0x…". */
  way: string;
  /** Base units that lie at the outlet's address, beside what the plan pays. Default: 0. */
  balance?: bigint;
}

interface PassStepParameters {
  /** The account whose outlet passes on. */
  account: Address;
  assets: readonly number[];
  currency: Currency;
  /** The money in words. */
  what: string;
  way?: string;
}

/** Returns the step that has an account's outlet pass on. */
export const passStep = (
  outlets: Address,
  { account, assets, currency, what, way = `from the outlet to ${account}` }: PassStepParameters,
): CallStep => ({
  does: `Pass on ${what} ${way}.`,
  to: outlets,
  data: encodeFunctionData({ abi: outletsAbi, functionName: "pass", args: [account, assets, currency.address] }),
});

/** Returns the steps of a claim plan through an outlet: settle, then have the outlet pass on. */
export function outletSteps(
  ledger: Address,
  { currency, calls, pays }: ClaimPlan,
  { outlets, account }: ClaimOutlet,
  { way, balance = 0n }: OutletStepsParameters,
): SendStep[] {
  let passes = 0;
  return calls.map(({ releases, assets, gas }, i) => {
    // Only the first call can be simulated now: the others depend on the money that it passes on.
    const later = i > 0 && { gasLater: gas };
    if (assets === undefined) {
      const data = encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] });
      return {
        does: `Settle ${countText(releases.length, "release")} in ${currency.symbol}.`,
        to: ledger,
        data,
        ...later,
      };
    }
    const what =
      ++passes === 1 ? exactText(pays + balance, currency) : `what further assets earned in ${currency.symbol}`;
    return { ...passStep(outlets, { account, assets, currency, what, way }), ...later };
  });
}
