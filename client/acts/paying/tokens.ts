import { type Address, encodeFunctionData, erc20Abi } from "viem";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { SendStep, SignStep } from "../../plan/plan.ts";
import { type Permit, permitFor } from "../../signing/permit.ts";

/** An amount of a currency that an account pays. */
export interface Money {
  currency: Currency;
  amount: bigint;
}

/** The most gas that paying or depositing takes with what was approved or signed just before. */
export const AFTER_APPROVAL_GAS = 200_000n;

/** @throws {UserError} if the account has less. */
export async function requireBalance(chain: Chain, account: Address, { currency, amount }: Money): Promise<void> {
  const balance = await chain.token(currency.address).read.balanceOf([account]);
  if (balance >= amount) return;
  throw new UserError(
    `The account has ${exactText(balance, currency)}, and ${exactText(amount, currency)} are needed. Get more, or pay less.`,
  );
}

/** Reads whether a contract may take an amount from the account. */
export async function isAllowed(
  chain: Chain,
  account: Address,
  { currency, amount }: Money,
  spender: Address,
): Promise<boolean> {
  return (await chain.token(currency.address).read.allowance([account, spender])) >= amount;
}

/** The step that lets a contract take an amount, and no more. */
export const approvalStep = ({ currency, amount }: Money, spender: { address: Address; name: string }): SendStep => ({
  does: `Let ${spender.name} (${spender.address}) take ${exactText(amount, currency)}, and no more.`,
  to: currency.address,
  data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender.address, amount] }),
});

/** Leave for the ledger to take an amount. */
export type Leave =
  { way: "allowance"; step?: SendStep } | { way: "permit"; step: SignStep; permitCall: Permit["call"] };

/**
 * Finds how the ledger may take an amount: what is approved already, else a permit where the currency takes it, else an
 * approval of just that much.
 *
 * @param way Only this one.
 * @throws {UserError} if the currency takes no permit, and nothing else will do.
 */
export async function leaveForLedger(chain: Chain, account: Address, money: Money, way?: Leave["way"]): Promise<Leave> {
  const { ledger } = chain.deployment;
  const { currency, amount } = money;
  if (way !== "permit" && (await isAllowed(chain, account, money, ledger))) return { way: "allowance" };
  const permit =
    way === "allowance" ? undefined : await permitFor(chain, { currency: currency.address, owner: account, amount });
  if (permit) {
    const does = "Sign a message that lets the ledger take exactly that much, once. It costs nothing.";
    return { way: "permit", step: { does, message: permit.message }, permitCall: permit.call };
  }
  if (way === "permit") throw new UserError(`${currency.symbol} takes no permits (ERC-2612). Choose another way.`);
  return { way: "allowance", step: approvalStep(money, { address: ledger, name: "the ledger" }) };
}
