import { type Address, encodeFunctionData, parseAbi } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan, Step } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import {
  AFTER_APPROVAL_GAS,
  APPROVE_GAS,
  approvalSteps,
  ledgerPermission,
  type Money,
  permittedSteps,
  requireBalance,
} from "./tokens.ts";

export interface DepositParameters {
  /** Undefined for native money, which is wrapped first. */
  currency: Currency | undefined;
  amount: bigint;
  /** The account that gets the credit. */
  to: Address;
  /** Default: an existing allowance, else a permit, else a new allowance. */
  way?: "allowance" | undefined;
}

const wrappingAbi = parseAbi(["function deposit() payable"]);

/**
 * Plans to deposit tokens or native money as credit in the ledger.
 *
 * @throws {UserError} if the account has less, if the ledger does not accept native money, or if `to` is a dead end.
 */
export async function deposit(
  chain: Chain,
  account: Address,
  { currency, amount, to, way }: DepositParameters,
): Promise<Plan> {
  const money = { currency: currency ?? (await chain.requireWrappedNative()), amount };
  const warnings = await checkRecipients(chain, account, [{ address: to, purpose: "credit" }]);
  const step = depositStep(chain, money, to);
  const title = `Deposit ${amountText(amount, currency ?? chain.native)} as credit`;
  if (!currency) return { title, warnings, steps: await wrapFirst(chain, account, money, step) };

  await requireBalance(chain, account, money);
  const permission = await ledgerPermission(chain, account, money, way);
  if (permission.way === "allowance") {
    const { steps } = permission;
    return { title, warnings, steps: [...steps, steps.length > 0 ? { ...step, gasLater: AFTER_APPROVAL_GAS } : step] };
  }
  const otherwise = () => deposit(chain, account, { currency, amount, to, way: "allowance" });
  return { title, warnings, steps: permittedSteps(chain, account, { ...money, permission, step, otherwise }) };
}

function depositStep({ deployment }: Chain, { currency, amount }: Money, to: Address): CallStep {
  return {
    does: `Deposit ${exactText(amount, currency)} as credit of ${to}.`,
    to: deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "deposit", args: [currency.address, amount, to] }),
  };
}

async function wrapFirst(chain: Chain, account: Address, money: Money, step: CallStep): Promise<Step[]> {
  const { currency, amount } = money;
  const ledger = { address: chain.deployment.ledger, name: "the ledger" };
  const approvals = await approvalSteps(chain, account, money, ledger);
  return [
    {
      does: `Wrap ${exactText(amount, chain.native)} as ${currency.symbol}.`,
      to: currency.address,
      data: encodeFunctionData({ abi: wrappingAbi, functionName: "deposit" }),
      value: amount,
    },
    ...approvals.map((approval) => ({ ...approval, gasLater: APPROVE_GAS })),
    { ...step, gasLater: AFTER_APPROVAL_GAS },
  ];
}
