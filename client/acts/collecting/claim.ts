import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";

export interface ClaimParameters {
  assets: readonly number[];
  /** Default: all that are admitted. */
  currencies?: readonly Currency[];
  /** The account that is paid. Default: the one that signs. */
  to?: Address;
}

export interface ClaimToCreditParameters extends Omit<ClaimParameters, "to"> {
  /** The account whose earnings are added to its credit. Default: the one that signs. */
  earner?: Address;
}

/**
 * Plans to pay out what the account has earned with assets, as far as it is settled.
 *
 * @throws {UserError} if no asset is named.
 */
export async function claim(
  chain: Chain,
  account: Address,
  { assets, currencies, to = account }: ClaimParameters,
): Promise<Plan> {
  return claimEach(chain, account, { assets, currencies }, (ids, currency, amount) => ({
    does: `Claim ${exactText(amount, currency)} to ${to}.`,
    to: chain.deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "claim", args: [ids, currency.address, to] }),
  }));
}

/**
 * Plans to add to an account's credit what it has earned with assets, as far as it is settled. Anyone may.
 *
 * @throws {UserError} if no asset is named.
 */
export async function claimToCredit(
  chain: Chain,
  account: Address,
  { assets, currencies, earner = account }: ClaimToCreditParameters,
): Promise<Plan> {
  return claimEach(chain, earner, { assets, currencies }, (ids, currency, amount) => ({
    does: `Add ${exactText(amount, currency)}, earned by ${earner}, to its credit.`,
    to: chain.deployment.ledger,
    data: encodeFunctionData({
      abi: ledgerAbi,
      functionName: "claimToCredit",
      args: [earner, ids, currency.address],
    }),
  }));
}

async function claimEach(
  chain: Chain,
  earner: Address,
  { assets, currencies }: Pick<ClaimParameters, "assets" | "currencies">,
  stepFor: (assets: readonly number[], currency: Currency, amount: bigint) => SendStep,
): Promise<Plan> {
  const ids = [...new Set(assets)].sort((a, b) => a - b);
  if (ids.length === 0) throw new UserError("Name the assets, by number. `collect` finds them by itself.");
  const steps: SendStep[] = [];
  for (const currency of currencies ?? (await chain.currencies())) {
    const amount = await chain.ledger.read.claimable([earner, ids, currency.address]);
    if (amount > 0n) steps.push(stepFor(ids, currency, amount));
  }
  const title = `Claim for ${ids.length === 1 ? "asset" : "assets"} ${ids.join(", ")}`;
  if (steps.length > 0) return { title, steps };
  const notes = [
    `${earner} can claim nothing there now. What is not settled yet comes with \`settle\`, or \`collect\`.`,
  ];
  return { title, steps, notes };
}
