import { type Address, isAddressEqual } from "viem";
import type { Currency } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { admissionOf, checkCurrency } from "./checkCurrency.ts";
import { propose, type ProposePlan } from "./propose.ts";
import { accountText, ACT_AS_IT, findTimelock } from "./timelock.ts";

export interface AdmitPlan extends Plan {
  currency: Currency;
  /** The operation of the timelock; undefined if the admin admits the currency at once. */
  scheduled: Pick<ProposePlan, "id" | "delay" | "timelock"> | undefined;
}

/**
 * Plans to admit a currency: at once, if the account is the admin, or through the timelock, if that is the admin.
 *
 * @throws {UserError} if the currency breaks a condition of admission, or the account can do neither.
 */
export async function admit(chain: Chain, account: Address, given: { currency: Address }): Promise<AdmitPlan> {
  const { currency, warnings } = await checkCurrency(chain, given.currency);
  const admin = await chain.ledger.read.admin();
  const call = admissionOf(chain, currency.address);
  const title = `Admit ${currency.symbol} as a currency, for ever`;
  if (isAddressEqual(admin, account)) {
    const does = `Admit ${currency.address} (${currency.symbol}, ${currency.decimals} decimals) as a currency, for ever.`;
    return { title, steps: [{ does, to: call.target, data: call.data }], warnings, currency, scheduled: undefined };
  }
  const timelock = await findTimelock(chain).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!timelock || !isAddressEqual(timelock, admin)) {
    throw new UserError(
      `Only the admin can admit a currency: ${await accountText(chain, admin)}, not ${account}. ${ACT_AS_IT}`,
    );
  }
  const plan = await propose(chain, account, { calls: [call] });
  return { ...plan, title, currency, scheduled: plan };
}
