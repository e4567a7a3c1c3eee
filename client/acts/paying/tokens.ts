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

/** Upper bound of the gas that paying or depositing takes after an approval or a permit. */
export const AFTER_APPROVAL_GAS = 200_000n;

/** @throws {UserError} if the account has less than the amount. */
export async function requireBalance(chain: Chain, account: Address, { currency, amount }: Money): Promise<void> {
  const balance = await chain.token(currency.address).read.balanceOf([account]);
  if (balance >= amount) return;
  throw new UserError(
    `The account has ${exactText(balance, currency)}, but ${exactText(amount, currency)} are needed. Get more ${currency.symbol}, or pay less.`,
  );
}

/** Returns true if a contract may take an amount from the account. */
export async function isAllowed(
  chain: Chain,
  account: Address,
  { currency, amount }: Money,
  spender: Address,
): Promise<boolean> {
  return (await chain.token(currency.address).read.allowance([account, spender])) >= amount;
}

/** Returns the step that approves a contract to take an amount, and no more. */
export const approvalStep = ({ currency, amount }: Money, spender: { address: Address; name: string }): SendStep => ({
  does: `Approve ${spender.name} (${spender.address}) to take ${exactText(amount, currency)}, and no more.`,
  to: currency.address,
  data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [spender.address, amount] }),
});

/** Permission for the ledger to take an amount, and the step that gives it. */
export type LedgerPermission =
  { way: "allowance"; step?: SendStep } | { way: "permit"; step: SignStep; permitCall: Permit["call"] };

/**
 * Returns the permission by which the ledger may take an amount: an existing allowance, else a permit if the currency
 * supports it, else a new allowance of exactly that amount.
 *
 * @param way The only way to use. Default: the first that is possible.
 * @throws {UserError} if `way` is a permit, and the currency does not support permits.
 */
export async function ledgerPermission(
  chain: Chain,
  account: Address,
  money: Money,
  way?: LedgerPermission["way"],
): Promise<LedgerPermission> {
  const { ledger } = chain.deployment;
  const { currency, amount } = money;
  if (way !== "permit" && (await isAllowed(chain, account, money, ledger))) return { way: "allowance" };
  const permit =
    way === "allowance" ? undefined : await permitFor(chain, { currency: currency.address, owner: account, amount });
  if (permit) {
    const does = "Sign a message that lets the ledger take exactly that much, once. Signing costs nothing.";
    return { way: "permit", step: { does, message: permit.message }, permitCall: permit.call };
  }
  if (way === "permit")
    throw new UserError(`${currency.symbol} does not support permits (ERC-2612). Choose another way to pay.`);
  return { way: "allowance", step: approvalStep(money, { address: ledger, name: "the ledger" }) };
}
