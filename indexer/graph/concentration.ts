import type { Address } from "viem";
import type { LedgerState } from "../ledger/state.ts";
import { accountIncomes, type Earned, organizationIncomes } from "./incomes.ts";
import { feeRowsOf, type Period } from "./period.ts";
import type { Walk } from "./walk.ts";

/** How income is spread. With p the share of an earner in all income: */
export interface Concentration {
  /** How many earn anything. */
  earners: number;
  /**
   * Participation density: exp(−Σ p · ln p), the number of earners of equal income that would be as diverse as these.
   * From 1 to `earners`; 0 if nobody earns.
   */
  density: number;
  /** Herfindahl–Hirschman index: Σ p². From 1 / `earners` to 1, where one has all; 0 if nobody earns. */
  hhi: number;
  /** Nakamoto coefficient: how few earners have more than half of all income together. */
  nakamoto: number;
}

export interface ConcentrationOfIncome {
  accounts: Concentration;
  organizations: Concentration;
}

/**
 * How the income of a currency, fully settled, is spread over accounts and over organizations: participation density,
 * HHI and Nakamoto coefficient of each. What the accounts earned of a period's fees is a proxy; see
 * {@link accountIncomes}. One person may have many accounts and any name, so this is the most that it can be spread.
 */
export function* concentrationOfIncome(
  state: LedgerState,
  currency: Address,
  period: Period = {},
): Walk<ConcentrationOfIncome> {
  const incomesOf = (earned: Earned[]) => earned.map(({ income }) => income);
  const accounts = concentrationOf(incomesOf(yield* accountIncomes(state, currency, period)));
  const { incomes } = yield* organizationIncomes(state, currency, feeRowsOf(state, period));
  return { accounts, organizations: concentrationOf(incomesOf(incomes)) };
}

/** How a list of amounts is spread; who has nothing does not count. */
export function concentrationOf(amounts: readonly bigint[]): Concentration {
  const earning = amounts.filter((amount) => amount > 0n).sort((a, b) => (b > a ? 1 : b < a ? -1 : 0));
  const total = earning.reduce((sum, amount) => sum + amount, 0n);
  if (total === 0n) return { earners: 0, density: 0, hhi: 0, nakamoto: 0 };
  let [entropy, hhi, nakamoto, together] = [0, 0, 0, 0n];
  for (const amount of earning) {
    const share = Number(amount) / Number(total);
    entropy -= share * Math.log(share);
    hhi += share * share;
    if (2n * together > total) continue;
    together += amount;
    nakamoto++;
  }
  return { earners: earning.length, density: Math.exp(entropy), hhi, nakamoto };
}
