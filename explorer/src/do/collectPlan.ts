import { type Address, encodeFunctionData, getAddress, isAddressEqual } from "viem";
import { ledgerAbi } from "../../../indexer/abis.ts";
import { UserError } from "../../../indexer/userError.ts";
import { amountText, type Currency, exactText } from "../../../scripts/anywhere/money.ts";
import { type PlannedCall, readCall } from "../../../scripts/anywhere/plan.ts";
import type { Schemas } from "../api/client.ts";
import type { OnChain } from "../wallet/onChain.ts";
import type { Plan, Step } from "../wallet/plan.ts";
import { collectable } from "./preview.ts";

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

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;

/** Settles and claims, in the order of the plan. */
export function collectPlan({ deployment }: OnChain, account: Address, owed: readonly Owed[]): Plan {
  const steps: Step[] = [];
  for (const { currency, calls, afterSettling } of owed) {
    for (const [i, { releases, assets, gas }] of calls.entries()) {
      // Only the first of a currency can be tried at once: the others wait for what it passes on.
      const gasLater = i === 0 ? {} : { gasLater: gas };
      const settles = `Settle ${counted(releases.length, "release")} in ${currency.symbol}`;
      steps.push({
        does:
          assets === undefined
            ? `${settles}${calls.length > 2 ? ` (part ${i + 1})` : ""}.`
            : `${releases.length > 0 ? `${settles} and claim` : "Claim"} for ${counted(assets.length, "asset")}: ${exactText(afterSettling, currency)} to you.`,
        to: deployment.ledger,
        data:
          assets === undefined
            ? encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] })
            : encodeFunctionData({
                abi: ledgerAbi,
                functionName: "collect",
                args: [releases, assets, currency.address, account],
              }),
        ...gasLater,
      });
    }
  }
  const sum = owed.map(({ afterSettling, currency }) => amountText(afterSettling, currency)).join(" and ");
  return { title: `Collect ${sum}`, steps };
}
