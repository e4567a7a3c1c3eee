import { type Address, encodeFunctionData } from "viem";
import { outletsAbi } from "#protocol/abis.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan } from "../../plan/plan.ts";
import { outletOf } from "../../recipients/outlets.ts";
import { assetLists, readRecipient } from "./readRecipient.ts";

export interface PassParameters {
  /** The account whose outlet it is. */
  account: Address;
  /** Assets that the outlet holds or held shares of. */
  assets: readonly number[];
  /** Only this currency or other token, or native money. Default: all admitted currencies and native money. */
  only?: Currency | "native" | undefined;
}

export interface PassPlan extends Plan {
  outlet: Address;
}

/**
 * Plans to pass on everything that an account's outlet has earned and holds, to that account.
 *
 * @throws {UserError} if the deployment has no outlets, or if the account can have none.
 */
export async function pass(
  chain: Chain,
  _account: Address,
  { account, assets, only }: PassParameters,
): Promise<PassPlan> {
  const { address: to } = chain.outlets;
  const outlet = await outletOf(chain, account);
  if (outlet === undefined) {
    throw new UserError(
      `${account} has no outlet: it is a token, an inlet, an outlet or a contract of this deployment. Name the account that an outlet passes everything on to.`,
    );
  }
  const does = (what: string) => `Pass on ${what} from the outlet to ${account}.`;
  const currencies = only === "native" ? [] : only ? [only] : await chain.currencies();
  const money = await Promise.all(currencies.map((currency) => readRecipient(chain, outlet, assets, currency)));
  const steps: CallStep[] = [];
  for (const { currency, balance, credit, claimable, assets: paying } of money) {
    const amount = balance + credit + claimable;
    if (amount === 0n) continue;
    for (const [i, list] of assetLists(paying).entries()) {
      const args = [account, list, currency.address] as const;
      const data = encodeFunctionData({ abi: outletsAbi, functionName: "pass", args });
      steps.push({ does: does(i === 0 ? exactText(amount, currency) : "what further assets earned"), to, data });
    }
  }
  const native = only === undefined || only === "native" ? await chain.client.getBalance({ address: outlet }) : 0n;
  if (native > 0n) {
    const data = encodeFunctionData({ abi: outletsAbi, functionName: "passNative", args: [account] });
    steps.push({ does: does(exactText(native, chain.native)), to, data });
  }
  const title = `Pass on what the outlet of ${account} holds`;
  const notes =
    steps.length > 0
      ? ["Anyone may do this. You pay the gas and get no reward. Only settled income is included."]
      : [`There is nothing in the outlet ${outlet} to pass on now. Only settled income counts.`];
  return { title, steps, notes, outlet };
}
