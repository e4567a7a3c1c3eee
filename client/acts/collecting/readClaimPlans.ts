import { type Address, getAddress, isAddressEqual } from "viem";
import type { Currency } from "#protocol/money.ts";
import type { components } from "../../api/openapi.ts";
import type { Chain } from "../../chain/chain.ts";
import { Refusal } from "../../errors/refusal.ts";
import { collectable } from "../../preview/preview.ts";
import { UserError } from "#protocol/userError.ts";
import { outletOf } from "../../recipients/outlets.ts";
import { type ClaimCall, type ClaimOutlet, readClaimCalls } from "./claimCalls.ts";

type CurrencyPlan = components["schemas"]["CurrencyPlan"];
type LeftOut = components["schemas"]["LeftOut"];

/** The fields of an indexer's claim plan in one currency that are read here. */
export type IndexerClaimPlan = Pick<CurrencyPlan, "pays" | "calls"> &
  Partial<Pick<CurrencyPlan, "fromCredit" | "inCredit" | "gifts" | "giftCount" | "leftOut" | "leftOutCount">>;

/** The plan of an indexer through an outlet. */
export type IndexerOutletPlan = Pick<components["schemas"]["OutletPlan"], "outlet" | "account"> & {
  plans: readonly IndexerClaimPlan[];
};

/** Why something is left out of a claim plan. */
export type LeftOutReason = LeftOut["reason"];

/** An asset or a release that a claim plan leaves out. */
export interface LeftOutItem {
  asset: number;
  /** Undefined if the whole asset is left out. */
  release: number | undefined;
  amount: bigint;
  gas: bigint;
  reason: LeftOutReason;
  isGift: boolean;
}

/** The money that an account can collect in one currency, and the calls that collect it. */
export interface ClaimPlan {
  currency: Currency;
  /** The outlet that holds the shares and passes on; undefined if the account holds them itself. */
  outlet: ClaimOutlet | undefined;
  calls: readonly ClaimCall[];
  /** All releases that the calls settle. */
  releases: readonly number[];
  /** All assets that the calls claim for. */
  assets: readonly number[];
  /** The amount that the calls pay: from the preview contract, or from the indexer if the deployment has none. */
  pays: bigint;
  /** The amount that can be had without settling; undefined if the deployment has no preview contract. */
  paysNow: bigint | undefined;
  /** The part of `pays` that lies in credit. */
  fromCredit: bigint;
  /** The first of the assets whose shares the account got unasked, and the number of all. */
  gifts: readonly number[];
  giftCount: number;
  /** The first of what the plan leaves out, and the number of all. */
  leftOut: readonly LeftOutItem[];
  leftOutCount: number;
}

/**
 * Decodes and checks an indexer's claim plans, because they will be signed, and reads from the contracts what they pay.
 *
 * @throws {UserError} if one contains any other call than settling, or collecting for this account.
 */
export const readClaimPlans = (
  chain: Chain,
  account: Address,
  plans: readonly IndexerClaimPlan[],
): Promise<ClaimPlan[]> => Promise.all(plans.map((plan) => readClaimPlan(chain, account, plan)));

/**
 * Decodes and checks an indexer's claim plans through an outlet. Nothing is read for plans without calls and without
 * anything left out, as those of an account that has no use for an outlet.
 *
 * @param account The account, or its outlet.
 * @throws {UserError} if the contract says that this is not the outlet of this account, or if a plan contains any other
 * call than settling, or passing on from this outlet to this account.
 */
export async function readOutletPlans(
  chain: Chain,
  account: Address,
  given: IndexerOutletPlan | null | undefined,
): Promise<ClaimPlan[]> {
  if (given == null || given.plans.length === 0) return [];
  const outlets = chain.deployment.periphery.outlets?.address;
  const outlet = { address: getAddress(given.outlet), account: getAddress(given.account) };
  const isAsked = [outlet.account, outlet.address].some((each) => isAddressEqual(each, account));
  const actual = isAsked ? await outletOf(chain, outlet.account) : undefined;
  if (outlets === undefined || actual === undefined || !isAddressEqual(actual, outlet.address)) {
    throw new UserError(
      `The indexer names an outlet that is not the one of ${account}. Do not sign. Use another indexer.`,
    );
  }
  return Promise.all(given.plans.map((plan) => readClaimPlan(chain, outlet.address, plan, { ...outlet, outlets })));
}

async function readClaimPlan(
  chain: Chain,
  account: Address,
  plan: IndexerClaimPlan,
  outlet?: ClaimOutlet,
): Promise<ClaimPlan> {
  const { ledger, periphery } = chain.deployment;
  const { address } = plan.pays.currency;
  const pays = BigInt(plan.pays.amount);
  const planned = readClaimCalls({ ledger, account, currency: getAddress(address), outlet, pays }, plan.calls);
  const currency = await chain.currency(getAddress(address));
  const fromCredit = BigInt(plan.fromCredit?.amount ?? 0n);
  const releases = planned.flatMap((call) => call.releases);
  const assets = planned.flatMap((call) => call.assets ?? []);
  const common = {
    currency,
    outlet,
    releases,
    assets,
    fromCredit,
    gifts: plan.gifts ?? [],
    giftCount: plan.giftCount ?? 0,
    leftOut: (plan.leftOut ?? []).map(readLeftOut),
    leftOutCount: plan.leftOutCount ?? 0,
  };
  if (!periphery.preview || planned.length === 0) return { ...common, calls: planned, pays, paysNow: undefined };
  const claim = { account, currency: currency.address };
  const [paysNow, ...previewed] = await Promise.all([
    preview(chain, { ...claim, releases: [], assets }),
    ...planned.map((call) => preview(chain, { ...claim, releases, assets: call.assets ?? [] })),
  ]);
  const calls = planned.map((call, i) =>
    withNewest(call, previewed[i], i === firstWithdrawal(planned) ? fromCredit : 0n),
  );
  return {
    ...common,
    calls,
    pays: paidBy(calls, previewed, outlet ? fromCredit : 0n) ?? pays,
    paysNow: paysNow && paysNow + fromCredit,
  };
}

const firstWithdrawal = (calls: readonly ClaimCall[]) => calls.findIndex(({ withdraws }) => withdraws !== undefined);

/**
 * Withdraws what the contracts would pay now if that is more than the indexer knows. It is less if somebody has claimed
 * to the account's credit meanwhile: the rest then lies in credit, and the call withdraws it from there.
 */
function withNewest(call: ClaimCall, previewed: bigint | undefined, fromCredit: bigint): ClaimCall {
  if (call.withdraws === undefined || previewed === undefined) return call;
  const newest = previewed + fromCredit;
  return newest > call.withdraws ? { ...call, withdraws: newest } : call;
}

/**
 * Adds up what calls pay; undefined if one claims straight to a wallet, or passes on, and could not be previewed.
 *
 * @param passed The credit that is passed on with the claims.
 */
function paidBy(
  calls: readonly ClaimCall[],
  previewed: readonly (bigint | undefined)[],
  passed: bigint,
): bigint | undefined {
  let sum = passed;
  for (const [i, { assets, withdraws }] of calls.entries()) {
    const pays = withdraws ?? (assets === undefined ? 0n : previewed[i]);
    if (pays === undefined) return undefined;
    sum += pays;
  }
  return sum;
}

/** Previews a claim; undefined if the list is too long for one call of a node. */
async function preview(chain: Chain, parameters: Parameters<typeof collectable>[1]): Promise<bigint | undefined> {
  if (parameters.assets.length === 0) return 0n;
  try {
    return await collectable(chain, parameters);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

const readLeftOut = ({ asset, release, amount, gas, reason, gift }: LeftOut): LeftOutItem => ({
  asset,
  release: release ?? undefined,
  amount: BigInt(amount.amount),
  gas: BigInt(gas),
  reason,
  isGift: gift,
});
