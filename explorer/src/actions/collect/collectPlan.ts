import { type Address, getAddress, isAddressEqual } from "viem";
import { UserError } from "#protocol/userError.ts";
import { amountText, type Currency } from "#protocol/money.ts";
import { collectSteps, type PlannedCall, readCall } from "#client/acts/collectCalls.ts";
import type { Schemas } from "../../api/client.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan } from "../../wallet/plan.ts";
import { collectable } from "../preview.ts";

/** What an account is owed in one currency, and the calls that pay it. */
export interface Owed {
  currency: Currency;
  calls: PlannedCall[];
  releases: readonly number[];
  assets: readonly number[];
  /** As the contracts tell, to the unit. */
  now: bigint;
  afterSettling: bigint;
}

/**
 * The API's plans, read again since they are to be signed, with what the contracts say that they pay.
 *
 * @throws {UserError} if a plan holds something else.
 */
export async function readOwed(
  on: OnChain,
  account: Address,
  plans: readonly Schemas["CurrencyPlan"][],
): Promise<Owed[]> {
  const { ledger, currencies } = on.deployment;
  return Promise.all(
    plans.map(async ({ pays, calls: given }) => {
      const address = getAddress(pays.currency.address);
      const currency = currencies.find((each) => isAddressEqual(each.address, address));
      if (!currency) throw new UserError(`The plan is in ${address}, which the ledger does not take.`);
      const calls = given.map((call) => readCall({ ledger, account, currency: address }, call));
      const releases = calls.flatMap((call) => call.releases);
      const assets = calls.flatMap((call) => call.assets ?? []);
      const [now, afterSettling] = await Promise.all([
        collectable(on, { account, releases: [], assets, currency: address }),
        collectable(on, { account, releases, assets, currency: address }),
      ]);
      return { currency, calls, releases, assets, now, afterSettling };
    }),
  );
}

/** Settles and claims, in the order of the plan. */
export function collectPlan({ deployment: { ledger } }: OnChain, account: Address, owed: readonly Owed[]): Plan {
  const steps = owed.flatMap(({ currency, calls, afterSettling }) =>
    collectSteps({ ledger, currency, calls, pays: afterSettling, to: account, toName: "you" }),
  );
  const sum = owed.map(({ afterSettling, currency }) => amountText(afterSettling, currency)).join(" and ");
  return { title: `Collect ${sum}`, steps };
}
