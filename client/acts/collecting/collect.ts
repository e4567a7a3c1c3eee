import { type Address, encodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { ClaimCall } from "./claimCalls.ts";
import { countText } from "./countText.ts";
import { outletSteps } from "./outletSteps.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

export interface CollectParameters {
  claimPlans: readonly ClaimPlan[];
  /** The account that is paid. Default: the account that signs. */
  to?: Address | undefined;
}

/**
 * Plans to settle releases and then claim what the account can get, in the order of its claim plans. Plans through the
 * account's outlet are part of it if the account itself is paid: an outlet pays nobody else.
 */
export async function collect(
  chain: Chain,
  account: Address,
  { claimPlans: given, to = account }: CollectParameters,
): Promise<Plan> {
  const isPaid = isAddressEqual(to, account);
  const claimPlans = given.filter(({ outlet }) => isPaid || !outlet);
  const notPassed = given.filter(({ outlet, calls }) => !isPaid && outlet && calls.length > 0).map(notPassedNote);
  const paying = claimPlans.filter(({ calls }) => calls.length > 0);
  if (paying.length === 0) {
    const notes =
      claimPlans.length === 0 ? [`${account} has nothing to collect now.`] : claimPlans.flatMap(notWorthNote);
    return { title: "Collect nothing", steps: [], notes: [...notes, ...notPassed] };
  }
  const { ledger } = chain.deployment;
  const payee = { to, name: isPaid ? "you" : to };
  return {
    title: collectTitle(paying),
    steps: paying.flatMap((claimPlan) => collectSteps(ledger, account, claimPlan, payee)),
    notes: [
      ...paying.flatMap(worthNote),
      ...claimPlans.filter(({ calls }) => calls.length === 0).flatMap(notWorthNote),
      ...notPassed,
    ],
    warnings: await checkRecipients(chain, account, [{ address: to, purpose: "tokens" }]),
  };
}

/** Returns a title such as "Collect 1.5 tUSD and 2 sUSD". */
export const collectTitle = (claimPlans: readonly ClaimPlan[]): string =>
  `Collect ${claimPlans.map(({ pays, currency, outlet }) => `${amountText(pays, currency)}${outlet ? " through your outlet" : ""}`).join(" and ")}`;

const notPassedNote = ({ currency, pays, outlet }: ClaimPlan): string =>
  `${exactText(pays, currency)} at the outlet ${outlet?.address} is not collected: an outlet pays its own account only. Collect without another payee to have it passed on.`;

/** Describes the amount that settling adds to a claim, what comes from credit, and what is left out. */
function worthNote({ currency, outlet, releases, pays, paysNow, fromCredit, leftOutCount }: ClaimPlan): string[] {
  const notes: string[] = [];
  const at = outlet ? ` at the outlet ${outlet.address}` : "";
  if (paysNow !== undefined && releases.length > 0) {
    notes.push(
      `Without settling, ${exactText(paysNow, currency)} can be collected${at}. With settling it is ${exactText(pays, currency)}, as the contracts compute it.`,
    );
  }
  if (fromCredit > 0n) {
    notes.push(
      `${exactText(fromCredit, currency)} of it lies in ${outlet ? "the outlet's " : ""}credit in the ledger, and is withdrawn.`,
    );
  }
  if (leftOutCount > 0) {
    notes.push(
      `${countText(leftOutCount, "asset or release", "assets or releases")} in ${currency.symbol}${at} ${leftOutCount === 1 ? "is left out, because it brings" : "are left out, because they bring"} too little for the gas.`,
    );
  }
  return notes;
}

const notWorthNote = ({ currency, outlet, leftOutCount }: ClaimPlan): string[] => [
  `Nothing in ${currency.symbol}${outlet ? ` at the outlet ${outlet.address}` : ""} is worth collecting now: ${countText(leftOutCount, "asset")} would bring less than the gas costs. \`--all\` collects it whatever it costs.`,
];

function collectSteps(
  ledger: Address,
  account: Address,
  claimPlan: ClaimPlan,
  payee: { to: Address; name: string },
): SendStep[] {
  const { currency, calls, pays, outlet } = claimPlan;
  if (outlet) return outletSteps(ledger, claimPlan, outlet, { way: `through your outlet ${outlet.address} to you` });
  return calls.map((call, i) => ({
    does: describe(call, currency, pays, payee.name, calls.length > 2 ? i + 1 : undefined),
    to: ledger,
    data: encode(call, account, currency, payee.to),
    // Only the first call can be simulated now: the others depend on the money that it passes on.
    ...(i > 0 && { gasLater: call.gas }),
  }));
}

/** @param part The number of a call that only settles, if there are several. */
function describe(
  { releases, assets, withdraws }: ClaimCall,
  currency: Currency,
  pays: bigint,
  payee: string,
  part: number | undefined,
): string {
  const settles = `Settle ${countText(releases.length, "release")}`;
  if (assets === undefined && withdraws === undefined) {
    return `${settles} in ${currency.symbol}${part === undefined ? "" : ` (part ${part})`}.`;
  }
  const amount = exactText(withdraws ?? pays, currency);
  if (assets === undefined) {
    return `${releases.length > 0 ? `${settles} and withdraw` : "Withdraw"} ${amount} from credit to ${payee}.`;
  }
  const claims = `what the shares of ${countText(assets.length, "asset")} have earned`;
  return `${releases.length > 0 ? `${settles} and claim` : "Claim"} ${claims}: ${amount} to ${payee}.`;
}

/**
 * Encodes a call. A claim goes to credit and is withdrawn from there in the same transaction: whatever others claim to
 * the account's credit just before, the withdrawal pays the same.
 */
function encode({ releases, assets, withdraws }: ClaimCall, account: Address, { address }: Currency, to: Address): Hex {
  if (assets !== undefined && withdraws === undefined) {
    return encodeFunctionData({ abi: ledgerAbi, functionName: "collect", args: [releases, assets, address, to] });
  }
  const calls: Hex[] = [];
  if (releases.length > 0) {
    calls.push(encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, address] }));
  }
  if (assets !== undefined) {
    const args = [account, assets, address] as const;
    calls.push(encodeFunctionData({ abi: ledgerAbi, functionName: "claimToCredit", args }));
  }
  if (withdraws !== undefined) {
    calls.push(encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [address, withdraws, to] }));
  }
  const [only, ...more] = calls;
  if (only !== undefined && more.length === 0) return only;
  return encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [calls] });
}
