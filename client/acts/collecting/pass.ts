import { type Address, encodeFunctionData, isAddressEqual } from "viem";
import { outletsAbi } from "#protocol/abis.ts";
import { type Currency, exactText, type Unit } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import { outletOf } from "../../recipients/outlets.ts";
import { readGasPrice } from "../../transactions/cost.ts";
import { outletSteps, passStep } from "./outletSteps.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";
import { assetLists, readRecipient } from "./readRecipient.ts";

export interface PassParameters {
  /** The account whose outlet it is. */
  account: Address;
  /**
   * Claim plans through the outlet: what the outlet earned, as far as it is worth its gas, with the releases to settle
   * first. Default: none.
   */
  claimPlans?: readonly ClaimPlan[];
  /** Assets that the outlet holds or held shares of, for which it claims settled income without a claim plan. */
  assets?: readonly number[] | undefined;
  /** Only this currency or other token, or native money. Default: all admitted currencies and native money. */
  only?: Currency | "native" | undefined;
  /** True to pass on what lies at the outlet, whatever that costs. Default: false. */
  all?: boolean;
  /** Prices of whole units, in wei. The token that wraps native money needs none. */
  prices?: readonly { currency: { address: Address }; weiPerUnit: bigint }[];
}

export interface PassPlan extends Plan {
  outlet: Address;
}

/** The gas of `pass` without assets, and of `passNative`, at least. */
const LEAST_GAS = 50_000n;

/**
 * Plans to pass on everything that an account's outlet has earned and holds, to that account, where it is worth its gas.
 *
 * @throws {UserError} if the deployment has no outlets, or if the account can have none.
 */
export async function pass(
  chain: Chain,
  _account: Address,
  { account, claimPlans = [], assets = [], only, all = false, prices = [] }: PassParameters,
): Promise<PassPlan> {
  const { address: to } = chain.outlets;
  const outlet = await outletOf(chain, account);
  if (outlet === undefined) {
    throw new UserError(
      `${account} has no outlet: it is a token, an inlet, an outlet or a contract of this deployment. Name the account that an outlet passes everything on to.`,
    );
  }
  const way = `from the outlet to ${account}`;
  const isWorth = await worthChecker(chain, all, prices);
  const currencies = only === "native" ? [] : only ? [only] : await chain.currencies();
  const money = await Promise.all(currencies.map((currency) => readRecipient(chain, outlet, assets, currency)));
  const steps: SendStep[] = [];
  const notes: string[] = [];
  const leaveOut = (amount: bigint, unit: Unit) =>
    notes.push(
      `${exactText(amount, unit)} at the outlet is left out, because passing it on would cost more than it is.`,
    );
  for (const { currency, balance, credit, claimable, assets: paying } of money) {
    const claimPlan = claimPlans.find((each) => isAddressEqual(each.currency.address, currency.address));
    if (claimPlan?.outlet && claimPlan.calls.length > 0) {
      steps.push(...outletSteps(chain.deployment.ledger, claimPlan, claimPlan.outlet, { way, balance }));
      continue;
    }
    const amount = balance + credit + claimable;
    // The claim plan leaves out credit that is not worth its gas.
    if (amount === 0n || (claimPlan && balance === 0n)) continue;
    if (!isWorth(amount, currency)) {
      leaveOut(amount, currency);
      continue;
    }
    for (const [i, list] of assetLists(paying).entries()) {
      const what = i === 0 ? exactText(amount, currency) : "what further assets earned";
      steps.push(passStep(to, { account, assets: list, currency, what }));
    }
  }
  const native = only === undefined || only === "native" ? await chain.client.getBalance({ address: outlet }) : 0n;
  if (native > 0n && !isWorth(native, "native")) leaveOut(native, chain.native);
  else if (native > 0n) {
    const data = encodeFunctionData({ abi: outletsAbi, functionName: "passNative", args: [account] });
    steps.push({ does: `Pass on ${exactText(native, chain.native)} ${way}.`, to, data });
  }
  const title = `Pass on what the outlet of ${account} holds`;
  const isBounded = notes.length > 0 || claimPlans.some(({ leftOutCount }) => leftOutCount > 0);
  notes.unshift(
    steps.length > 0
      ? "Anyone may do this. You pay the gas and get no reward."
      : `There is nothing in the outlet ${outlet} to pass on now${isBounded ? " that is worth its gas" : ""}.`,
  );
  return { title, steps, notes, outlet };
}

const WEI = 10n ** 18n;

/** Returns a check of what lies at an outlet against the least gas of passing it on. What has no price passes it. */
async function worthChecker(chain: Chain, all: boolean, prices: NonNullable<PassParameters["prices"]>) {
  if (all) return () => true;
  const [gasPrice, wrapped] = await Promise.all([readGasPrice(chain.client, chain.prices), chain.wrappedNative()]);
  const isWrapped = (currency: Currency) => wrapped !== undefined && isAddressEqual(wrapped.address, currency.address);
  return (amount: bigint, unit: Currency | "native"): boolean => {
    if (unit === "native") return amount >= LEAST_GAS * gasPrice.now;
    const given = prices.find(({ currency }) => isAddressEqual(currency.address, unit.address));
    const weiPerUnit = given?.weiPerUnit ?? (isWrapped(unit) ? WEI : undefined);
    if (weiPerUnit === undefined) return true;
    return amount * weiPerUnit >= LEAST_GAS * gasPrice.now * 10n ** BigInt(unit.decimals);
  };
}
