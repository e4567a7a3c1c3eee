import { type Address, isAddressEqual } from "viem";
import { type ClaimPlan, readClaimPlans as checkClaimPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { readAnswer, type ApiOptions, connectApi } from "./api.ts";
import type { Session } from "./session.ts";

export interface ClaimPlanOptions extends ApiOptions {
  /** Only this currency, by symbol or address. */
  currency: string | undefined;
}

/** Reads an account's claim plans from the indexer: one for each currency in which it can collect something. */
export async function readClaimPlans(
  session: Session,
  account: Address,
  options: ClaimPlanOptions,
): Promise<ClaimPlan[]> {
  const only = options.currency === undefined ? undefined : await session.currency(options.currency);
  const api = await connectApi(session, options);
  const {
    data: { plans },
  } = await readAnswer(session, options, () =>
    api.GET("/v1/accounts/{address}/plan", { params: { path: { address: account.toLowerCase() } } }),
  );
  const wanted = plans.filter(({ pays }) => !only || isAddressEqual(only.address, pays.currency.address as Address));
  return checkClaimPlans(session.chain, account, wanted);
}
