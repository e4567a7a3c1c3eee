import { type Address, encodeFunctionData, type Hex, parseAbi } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan, Step } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import { AFTER_APPROVAL_GAS, approvalStep, isAllowed, ledgerPermission, type Money, requireBalance } from "./tokens.ts";

export interface DepositParameters {
  /** Undefined for native money, which is wrapped first. */
  currency: Currency | undefined;
  amount: bigint;
  /** The account that gets the credit. */
  to: Address;
}

const wrappingAbi = parseAbi(["function deposit() payable"]);
const APPROVE_GAS = 70_000n;

/**
 * Plans to deposit tokens or native money as credit in the ledger.
 *
 * @throws {UserError} if the account has less, if the ledger does not accept native money, or if `to` is a dead end.
 */
export async function deposit(
  chain: Chain,
  account: Address,
  { currency, amount, to }: DepositParameters,
): Promise<Plan> {
  const money = { currency: currency ?? (await chain.requireWrappedNative()), amount };
  const warnings = await checkRecipients(chain, account, [{ address: to, purpose: "credit" }]);
  const step = depositStep(chain, money, to);
  const title = `Deposit ${amountText(amount, currency ?? chain.native)} as credit`;
  if (!currency) return { title, warnings, steps: await wrapFirst(chain, account, money, step) };

  await requireBalance(chain, account, money);
  const permission = await ledgerPermission(chain, account, money);
  if (!permission.step) return { title, warnings, steps: [step] };
  if (permission.way === "allowance")
    return { title, warnings, steps: [permission.step, { ...step, gasLater: AFTER_APPROVAL_GAS }] };
  const data = (signature: Hex) =>
    encodeFunctionData({
      abi: ledgerAbi,
      functionName: "multicall",
      args: [[permission.permitCall(signature), step.data]],
    });
  return { title, warnings, steps: [permission.step, { ...step, data, gasLater: AFTER_APPROVAL_GAS }] };
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
  const approvals = (await isAllowed(chain, account, money, ledger.address)) ? [] : [approvalStep(money, ledger)];
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
