import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { amountText, type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";

export interface WithdrawParameters {
  /** Undefined for native money, which is paid from the credit in the wrapped token. */
  currency: Currency | undefined;
  amount: bigint | "all";
  to: Address;
}

export interface WithdrawPlan extends Plan {
  currency: Currency;
  amount: bigint;
  /** Credit that is left afterwards, in base units. */
  left: bigint;
}

/**
 * Plans to withdraw credit from the ledger, as tokens or native money.
 *
 * @throws {UserError} if the account has less credit, or the recipient is a dead end.
 */
export async function withdraw(
  chain: Chain,
  account: Address,
  { currency: token, amount: wanted, to }: WithdrawParameters,
): Promise<WithdrawPlan> {
  const currency = token ?? (await chain.requireWrappedNative());
  const unit = token ?? chain.native;
  const credit = await chain.ledger.read.creditOf([account, currency.address]);
  const amount = wanted === "all" ? credit : wanted;
  if (credit === 0n) {
    throw new UserError(`${account} has no credit in ${currency.symbol}. There is nothing to withdraw.`);
  }
  if (credit < amount) {
    throw new UserError(
      `${account} has ${exactText(credit, unit)} of credit. It cannot withdraw more than that. Give a smaller amount.`,
    );
  }
  const warnings = await checkRecipients(chain, account, [{ address: to, purpose: token ? "tokens" : "native" }]);
  return {
    title: `Withdraw ${amountText(amount, unit)} of credit`,
    steps: [
      {
        does: `Withdraw ${exactText(amount, unit)} of credit to ${to}.`,
        to: chain.deployment.ledger,
        data: token
          ? encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [token.address, amount, to] })
          : encodeFunctionData({ abi: ledgerAbi, functionName: "withdrawNative", args: [amount, to] }),
      },
    ],
    warnings,
    currency,
    amount,
    left: credit - amount,
  };
}
