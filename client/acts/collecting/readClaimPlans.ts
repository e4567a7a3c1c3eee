import { type Address, getAddress } from "viem";
import type { Currency } from "#protocol/money.ts";
import type { components } from "../../api/openapi.ts";
import type { Chain } from "../../chain/chain.ts";
import { collectable } from "../../preview/preview.ts";
import { type ClaimCall, readClaimCall } from "./claimCalls.ts";

/** An indexer's claim plan in one currency, as far as it is read here. */
export type GivenClaimPlan = Pick<components["schemas"]["CurrencyPlan"], "pays" | "calls">;

/** Money that an account is owed in one currency, and the calls by which it gets that. */
export interface ClaimPlan {
  currency: Currency;
  calls: readonly ClaimCall[];
  /** All releases that are settled. */
  releases: readonly number[];
  /** All assets that are claimed for. */
  assets: readonly number[];
  /** The amount that the calls pay: as the contracts say, or the indexer where the deployment has no preview. */
  pays: bigint;
  /** The amount that could be claimed without settling; undefined where the deployment has no preview. */
  paysNow: bigint | undefined;
}

/**
 * Reads an indexer's claim plans again, since they are to be signed, with what the contracts say that they pay.
 *
 * @throws {UserError} if one holds something else than settling and collecting for this account.
 */
export const readClaimPlans = (
  chain: Chain,
  account: Address,
  plans: readonly GivenClaimPlan[],
): Promise<ClaimPlan[]> => Promise.all(plans.map((plan) => readClaimPlan(chain, account, plan)));

async function readClaimPlan(
  chain: Chain,
  account: Address,
  { pays, calls: given }: GivenClaimPlan,
): Promise<ClaimPlan> {
  const { ledger, periphery } = chain.deployment;
  const currency = await chain.currency(getAddress(pays.currency.address));
  const calls = given.map((call) => readClaimCall({ ledger, account, currency: currency.address }, call));
  const releases = calls.flatMap((call) => call.releases);
  const assets = calls.flatMap((call) => call.assets ?? []);
  const plan = { currency, calls, releases, assets };
  if (!periphery.preview) return { ...plan, pays: BigInt(pays.amount), paysNow: undefined };
  const claim = { account, assets, currency: currency.address };
  const [now, afterSettling] = await Promise.all([
    collectable(chain, { ...claim, releases: [] }),
    collectable(chain, { ...claim, releases }),
  ]);
  return { ...plan, pays: afterSettling, paysNow: now };
}
