import type { Address } from "viem";
import { claimedCreditOf, creditOf, type LedgerState, sharesOf } from "../../ledger/state.ts";
import type { Walk } from "../../scheduling/walk.ts";
import { assetsOfHolder } from "../earnings/assetsOfHolder.ts";
import { claimableAfterSettling, claimableNow, projectBooks } from "../settled/projectedBooks.ts";
import { planEverything, planWorth } from "./choosePlan.ts";
import { isGift } from "./gifts.ts";
import type { ClaimPlan, ClaimPlanOptions, Entitlement } from "./plan.ts";

/** The number of assets in a turn. One asset takes longer than most steps of a walk. */
const ASSETS_A_TURN = 64;

/**
 * Plans how an account gets what it is owed: one plan for each currency in which it is owed something. What costs more
 * than it brings is left out and listed. Strangers can give shares, publish releases and pay dust: nothing that they add
 * lowers the amount of a plan less its gas.
 *
 * @param holder The address that holds the shares and is paid; with `options.outlet`, an outlet that passes it on.
 */
export function* claimPlans(state: LedgerState, holder: Address, options: ClaimPlanOptions = {}): Walk<ClaimPlan[]> {
  const held = (yield* assetsOfHolder(state, holder)).filter((asset) => options.assets?.has(asset) ?? true);
  const plans: ClaimPlan[] = [];
  for (const currency of state.currencies.keys()) {
    const entitlements = yield* entitlementsOf(state, holder, held, currency);
    const isAllCredit = options.credit || options.outlet !== undefined;
    const fromCredit = isAllCredit ? creditOf(state, holder, currency) : claimedCreditOf(state, holder, currency);
    if (entitlements.length === 0 && fromCredit === 0n) continue;
    const owed = { state, holder, currency, entitlements, fromCredit, outlet: options.outlet };
    plans.push(options.all ? yield* planEverything(owed) : yield* planWorth(owed, options));
  }
  return plans;
}

function* entitlementsOf(
  state: LedgerState,
  holder: Address,
  held: readonly number[],
  currency: Address,
): Walk<Entitlement[]> {
  yield* projectBooks(state, currency);
  const account = state.accounts.rowOf(holder) ?? -1;
  const entitlements: Entitlement[] = [];
  for (const [i, asset] of held.entries()) {
    if (i % ASSETS_A_TURN === ASSETS_A_TURN - 1) yield;
    const holding = state.holdings.rowOf(account, state.assets.rowOf(asset) ?? -1);
    const now = claimableNow(state, holder, asset, currency);
    // Shares that were sold earn nothing from later settlements.
    const settling = sharesOf(state, holder, asset) > 0n;
    const afterSettling = settling ? claimableAfterSettling(state, holder, asset, currency) : now;
    if (holding === undefined || afterSettling === 0n) continue;
    entitlements.push({ asset, holding, now, afterSettling, isGift: isGift(state, holding) });
  }
  return entitlements;
}
