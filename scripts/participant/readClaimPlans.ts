import { type Address, isAddressEqual } from "viem";
import { planQuery } from "#client/acts/collecting/planQuery.ts";
import {
  type ClaimPlan,
  readClaimPlans as checkClaimPlans,
  readOutletPlans,
} from "#client/acts/collecting/readClaimPlans.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { MAX_ID } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { readGivenPrices } from "../keeper/prices.ts";
import { readAnswer, type ApiOptions, connectApi } from "./api.ts";
import type { Session } from "./session.ts";

export interface ClaimPlanOptions extends ApiOptions {
  /** Only this currency, by symbol or address. */
  currency: string | undefined;
  /** Only these assets, by ids that are separated by commas. */
  assets: string | undefined;
  /** True to leave nothing out, whatever it costs. */
  all: boolean;
  /** True to withdraw prepaid credit, too. */
  credit: boolean;
  /** Prices such as "tUSD=0.0004". */
  price: string;
}

/**
 * Reads an account's claim plans from the indexer: one for each currency in which it is owed something, then those through
 * its outlet.
 *
 * @param part `outlet` to read only those through the outlet. Default: all.
 */
export async function readClaimPlans(
  session: Session,
  account: Address,
  options: ClaimPlanOptions,
  part?: "outlet",
): Promise<ClaimPlan[]> {
  const only = options.currency === undefined ? undefined : await session.currency(options.currency);
  const query = await planQuery(session.chain, {
    assets: options.assets === undefined ? undefined : parseAssets(options.assets),
    all: options.all,
    credit: options.credit,
    prices: await readGivenPrices(session, options.price),
  });
  const api = await connectApi(session, options);
  const {
    data: { plans, outlet },
  } = await readAnswer(session, options, () =>
    api.GET("/v1/accounts/{address}/plan", { params: { path: { address: account.toLowerCase() }, query } }),
  );
  const isWanted = ({ pays }: (typeof plans)[number]) =>
    !only || isAddressEqual(only.address, pays.currency.address as Address);
  // Services before outlets were planned leave `outlet` out.
  const through = outlet == null ? null : { ...outlet, plans: outlet.plans.filter(isWanted) };
  return [
    ...(part === "outlet" ? [] : await checkClaimPlans(session.chain, account, plans.filter(isWanted))),
    ...(await readOutletPlans(session.chain, account, through)),
  ];
}

/** @throws {UserError} if the text is not ids of assets, separated by commas. */
function parseAssets(text: string): number[] {
  return splitList(text).map((each) => {
    const id = /^\d+$/.test(each) ? Number(each) : 0;
    if (id < 1 || id > MAX_ID) {
      throw new UserError(`"${each}" is not the id of an asset. Write ids separated by commas, such as --assets 1,2.`);
    }
    return id;
  });
}
