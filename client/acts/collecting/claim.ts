import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import { requireAsset } from "../owning/requireOwner.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";

export interface ClaimParameters {
  assets: readonly number[];
  /** Default: all admitted currencies. */
  currencies?: readonly Currency[];
  /** The account that is paid. Default: the account that signs. */
  to?: Address;
}

export interface ClaimToCreditParameters extends Omit<ClaimParameters, "to"> {
  /** The account whose earnings are added to its credit. Default: the account that signs. */
  earner?: Address;
}

/**
 * Plans to claim what the account has earned from the settled income of assets.
 *
 * @throws {UserError} if no asset is named, if all that are named bring nothing and one does not exist, or if `to` is a
 *   dead end.
 */
export async function claim(
  chain: Chain,
  account: Address,
  { assets, currencies, to = account }: ClaimParameters,
): Promise<Plan> {
  const plan = await claimEach(chain, account, { assets, currencies }, (ids, currency, amount) => ({
    does: `Claim ${exactText(amount, currency)} and send it to ${to}.`,
    to: chain.deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "claim", args: [ids, currency.address, to] }),
  }));
  return { ...plan, warnings: await checkRecipients(chain, account, [{ address: to, purpose: "tokens" }]) };
}

/**
 * Plans to claim what an account has earned from the settled income of assets, to its credit. Anyone may do this.
 *
 * @throws {UserError} if no asset is named.
 */
export async function claimToCredit(
  chain: Chain,
  account: Address,
  { assets, currencies, earner = account }: ClaimToCreditParameters,
): Promise<Plan> {
  return claimEach(chain, earner, { assets, currencies }, (ids, currency, amount) => ({
    does: `Claim ${exactText(amount, currency)} for ${earner} and add it to the credit of that account.`,
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
  if (ids.length === 0)
    throw new UserError("No asset is named. Give the ids of the assets, or use `collect`, which finds them by itself.");
  const steps: SendStep[] = [];
  for (const currency of currencies ?? (await chain.currencies())) {
    const amount = await chain.ledger.read.claimable([earner, ids, currency.address]);
    if (amount > 0n) steps.push(stepFor(ids, currency, amount));
  }
  const title = `Claim for ${ids.length === 1 ? "asset" : "assets"} ${ids.map((id) => chain.names.assetId(id)).join(", ")}`;
  if (steps.length > 0) return { title, steps };
  for (const asset of ids) await requireAsset(chain, asset);
  const notes = [
    `${earner} has nothing to claim there now. Money that is not settled yet can be claimed after \`settle\`; \`collect\` does both.`,
  ];
  return { title, steps, notes };
}
