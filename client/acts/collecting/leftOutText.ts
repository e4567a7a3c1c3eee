import { amountText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { ClaimPlan, LeftOutItem, LeftOutReason } from "./readClaimPlans.ts";

const REASONS: Record<LeftOutReason, string> = {
  gas: "it brings less than the gas costs",
  average: "it brings less than 1 % of what the rest brings for its gas",
  transaction: "together, all of this brings less than one transaction costs",
};

/** Describes an item that a claim plan leaves out, such as "asset 7 (given unasked): 0.1 tUSD for 12000 gas: …". */
export function leftOutText(
  { names }: Chain,
  { currency }: ClaimPlan,
  { asset, release, amount, gas, reason, isGift }: LeftOutItem,
): string {
  // The name of what a stranger gives may be an advertisement.
  const of = isGift ? `asset ${asset}` : names.asset(asset);
  const name = release === undefined ? of : `release ${release} of ${of}`;
  return `${name}${isGift ? " (given unasked)" : ""}: ${amountText(amount, currency)} for ${gas} gas: ${REASONS[reason]}.`;
}
