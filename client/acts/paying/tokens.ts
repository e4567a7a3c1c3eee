import { type Address, encodeFunctionData, erc20Abi, type Hex } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { orRefusal } from "../../errors/refusal.ts";
import type { CallStep, Plan, SignStep, Step } from "../../plan/plan.ts";
import { isContract } from "../../signing/accountKind.ts";
import { checkBySimulation } from "../../signing/checkBySimulation.ts";
import { type Permit, permitFor } from "../../signing/permit.ts";
import { tryCall } from "../../signing/tryCall.ts";

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

/** Upper bound of the gas of an approval. */
export const APPROVE_GAS = 70_000n;

export interface Spender {
  address: Address;
  name: string;
}

/** Returns the step that approves a contract to take an amount, and no more. */
export const approvalStep = (money: Money, spender: Spender): CallStep => ({
  does: `Approve ${spender.name} (${spender.address}) to take ${exactText(money.amount, money.currency)}, and no more.`,
  ...approve(money, spender),
});

const approve = ({ currency, amount }: Money, { address }: Spender) => ({
  to: currency.address,
  data: encodeFunctionData({ abi: erc20Abi, functionName: "approve", args: [address, amount] }),
});

/**
 * Returns the steps after which a contract may take an amount: none if it may already. Some currencies, such as USDT,
 * change an allowance only from or to zero. If the simulation shows that, what is left of the old allowance is removed first.
 */
export async function approvalSteps(
  chain: Chain,
  account: Address,
  money: Money,
  spender: Spender,
): Promise<CallStep[]> {
  const { currency, amount } = money;
  const allowance = await chain.token(currency.address).read.allowance([account, spender.address]);
  if (allowance >= amount) return [];
  const step = approvalStep(money, spender);
  if (allowance === 0n || (await tryCall(chain.client, { from: account, ...step })).accepted) return [step];
  return [
    {
      does: `Remove what is left of an earlier allowance of ${spender.name}, ${exactText(allowance, currency)}: ${currency.symbol} changes an allowance only from or to zero.`,
      ...approve({ currency, amount: 0n }, spender),
    },
    { ...step, gasLater: APPROVE_GAS },
  ];
}

/** Permission for the ledger to take an amount, and the steps that give it. */
export type LedgerPermission =
  { way: "allowance"; steps: CallStep[] } | { way: "permit"; step: SignStep; permit: Permit };

/**
 * Returns the permission by which the ledger may take an amount: an existing allowance, else a permit if the currency
 * supports it and the account has a key to sign it, else a new allowance of exactly that amount.
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
  const { currency, amount } = money;
  const ledger = { address: chain.deployment.ledger, name: "the ledger" };
  const approvals = way === "permit" ? undefined : await approvalSteps(chain, account, money, ledger);
  if (approvals && (approvals.length === 0 || way === "allowance")) return { way: "allowance", steps: approvals };
  const mayPermit = way === "permit" || !(await isContract(chain.client, account));
  const permit = mayPermit ? await permitFor(chain, { currency: currency.address, owner: account, amount }) : undefined;
  if (permit) {
    const does = "Sign a message that lets the ledger take exactly that much, once. Signing costs nothing.";
    return { way: "permit", step: { does, message: permit.message }, permit };
  }
  if (approvals) return { way: "allowance", steps: approvals };
  throw new UserError(`${currency.symbol} does not support permits (ERC-2612). Choose another way to pay.`);
}

export interface PermittedCallParameters extends Money {
  permission: Extract<LedgerPermission, { way: "permit" }>;
  /** The ledger's call that the permit is for. */
  step: CallStep;
  /** Plans the act without a permit; undefined if the person chose the permit. */
  otherwise: (() => Promise<Plan>) | undefined;
}

/**
 * Returns the steps that sign a permit, and that use it in one transaction. The signature is checked before anything is
 * sent, by simulating the currency's permit and the whole transaction.
 */
export function permittedSteps(
  chain: Chain,
  account: Address,
  { permission: { step: sign, permit }, currency, step, otherwise }: PermittedCallParameters,
): Step[] {
  const data = (signature: Hex) =>
    encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [[permit.call(signature), step.data]] });
  const check = (signature: Hex) =>
    checkBySimulation(chain, { signer: account, message: sign.message, signature }, async () => {
      await orRefusal(chain.client.call({ account, to: currency.address, data: permit.currencyCall(signature) }));
      await orRefusal(chain.client.call({ account, to: step.to, data: data(signature) }));
    });
  return [
    { ...sign, check, ...(otherwise && { otherwise }) },
    { ...step, data, gasLater: AFTER_APPROVAL_GAS },
  ];
}
