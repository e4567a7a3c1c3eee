import { amountText } from "#protocol/money.ts";
import type { ClaimPlan, LeftOutItem, LeftOutReason } from "./readClaimPlans.ts";

const REASONS: Record<LeftOutReason, string> = {
  gas: "it brings less than the gas costs",
  average: "it brings less than 1 % of what the rest brings for its gas",
  transaction: "together, all of this brings less than one transaction costs",
};

/** Describes an item that a claim plan leaves out, such as "asset 7 (given unasked): 0.1 tUSD for 12000 gas: …". */
export function leftOutText(
  { currency }: ClaimPlan,
  { asset, release, amount, gas, reason, isGift }: LeftOutItem,
): string {
  const name = release === undefined ? `asset ${asset}` : `release ${release} of asset ${asset}`;
  return `${name}${isGift ? " (given unasked)" : ""}: ${amountText(amount, currency)} for ${gas} gas: ${REASONS[reason]}.`;
}
