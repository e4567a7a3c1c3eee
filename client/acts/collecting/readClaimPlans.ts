import { type Address, getAddress } from "viem";
import type { Currency } from "#protocol/money.ts";
import type { components } from "../../api/openapi.ts";
import type { Chain } from "../../chain/chain.ts";
import { collectable } from "../../preview/preview.ts";
import { type ClaimCall, readClaimCall } from "./claimCalls.ts";

/** The fields of an indexer's claim plan in one currency that are read here. */
export type IndexerClaimPlan = Pick<components["schemas"]["CurrencyPlan"], "pays" | "calls">;

/** The money that an account can collect in one currency, and the calls that collect it. */
export interface ClaimPlan {
  currency: Currency;
  calls: readonly ClaimCall[];
  /** All releases that the calls settle. */
  releases: readonly number[];
  /** All assets that the calls claim for. */
  assets: readonly number[];
  /** The amount that the calls pay: from the preview contract, or from the indexer if the deployment has none. */
  pays: bigint;
  /** The amount that can be claimed without settling; undefined if the deployment has no preview contract. */
  paysNow: bigint | undefined;
}

/**
 * Decodes and checks an indexer's claim plans, because they will be signed, and reads from the contracts what they pay.
 *
 * @throws {UserError} if one contains any other call than settling, or collecting for this account.
 */
export const readClaimPlans = (
  chain: Chain,
  account: Address,
  plans: readonly IndexerClaimPlan[],
): Promise<ClaimPlan[]> => Promise.all(plans.map((plan) => readClaimPlan(chain, account, plan)));

async function readClaimPlan(
  chain: Chain,
  account: Address,
  { pays, calls: indexerCalls }: IndexerClaimPlan,
): Promise<ClaimPlan> {
  const { ledger, periphery } = chain.deployment;
  const currency = await chain.currency(getAddress(pays.currency.address));
  const calls = indexerCalls.map((call) => readClaimCall({ ledger, account, currency: currency.address }, call));
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
