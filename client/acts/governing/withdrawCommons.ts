import { type Address, isAddressEqual } from "viem";
import { amountText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { withdraw, type WithdrawParameters } from "../paying/withdraw.ts";
import { propose, type ProposePlan } from "./propose.ts";
import { accountText, ACT_AS_IT, findTimelock } from "./timelock.ts";

export interface WithdrawCommonsParameters extends Omit<WithdrawParameters, "to"> {
  /** The account that is paid. Default: the beneficiary, if it signs; through a timelock, it must be named. */
  to?: Address | undefined;
}

export interface WithdrawCommonsPlan extends Plan {
  beneficiary: Address;
  to: Address;
  amount: bigint;
  /** The operation of the timelock; undefined if the beneficiary withdraws at once. */
  scheduled: Pick<ProposePlan, "id" | "delay" | "timelock"> | undefined;
}

/**
 * Plans to withdraw credit of the beneficiary of the commons: at once, if the account is the beneficiary, or through the
 * timelock, if that is the beneficiary.
 *
 * @throws {UserError} if the account can do neither, or there is less credit.
 */
export async function withdrawCommons(
  chain: Chain,
  account: Address,
  { currency, amount: wanted, to }: WithdrawCommonsParameters,
): Promise<WithdrawCommonsPlan> {
  const beneficiary = await chain.ledger.read.commonsBeneficiary();
  if (isAddressEqual(beneficiary, account)) {
    const paid = to ?? account;
    const plan = await withdraw(chain, account, { currency, amount: wanted, to: paid });
    return { ...plan, beneficiary, to: paid, scheduled: undefined };
  }
  const timelock = await findTimelock(chain).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!timelock || !isAddressEqual(timelock, beneficiary)) {
    throw new UserError(
      `Only the beneficiary of the commons can withdraw its credit: ${await accountText(chain, beneficiary)}, not ${account}. ${ACT_AS_IT}`,
    );
  }
  if (!to) throw new UserError("The beneficiary of the commons is the timelock. Name the account to pay.");
  const { amount, steps, warnings = [] } = await withdraw(chain, timelock, { currency, amount: wanted, to });
  const [step] = steps;
  if (!step || !("to" in step) || typeof step.data === "function")
    throw new Error("There is no withdrawal to schedule.");
  const plan = await propose(chain, account, { calls: [{ target: step.to, value: 0n, data: step.data }] });
  const title = `Withdraw ${amountText(amount, currency ?? chain.native)} of the commons, through the timelock`;
  return {
    ...plan,
    title,
    warnings: [...warnings, ...(plan.warnings ?? [])],
    beneficiary,
    to,
    amount,
    scheduled: plan,
  };
}
