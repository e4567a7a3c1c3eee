import type { Address } from "viem";
import type { LedgerState } from "../../ledger/state.ts";
import { accountIncomes, type Incomes, organizationIncomes } from "../earnings/incomes.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The concentration of income. In the formulas, p is the share of one earner in all income. */
export interface Concentration {
  /** The number of earners with any income. */
  earners: number;
  /**
   * Participation density: exp(−Σ p · ln p), the number of earners of equal income that would be as diverse as these.
   * Between 1 and `earners`; 0 if nobody earns.
   */
  density: number;
  /** Herfindahl–Hirschman index: Σ p². From 1 / `earners` to 1, if one earner has all income; 0 if nobody earns. */
  hhi: number;
  /** Nakamoto coefficient: the smallest number of earners that together have more than half of all income. */
  nakamoto: number;
}

export interface ConcentrationOfIncome {
  accounts: Concentration;
  organizations: Concentration;
}

/**
 * Measures how the projected income in a currency is spread over accounts and over organizations: participation
 * density, HHI and Nakamoto coefficient of each. For the fees of a period, the accounts' income is an approximation;
 * see {@link accountIncomes}. One person may have many accounts and use any name, so the true spread is at most this.
 */
export function* concentrationOfIncome(
  state: LedgerState,
  currency: Address,
  period: Period = {},
): Walk<ConcentrationOfIncome> {
  const accounts = yield* accountIncomes(state, currency, period);
  const organizations = (yield* organizationIncomes(state, currency, feeRowsOf(state, period))).incomes;
  return {
    accounts: concentrationOf(yield* numbersOf(accounts)),
    organizations: concentrationOf(yield* numbersOf(organizations)),
  };
}

function* numbersOf({ income }: Incomes): Walk<Float64Array> {
  const numbers = new Float64Array(income.length);
  for (let row = 0; row < income.length; row++) {
    numbers[row] = Number(income.get(row));
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return numbers;
}

/** Measures the concentration of amounts, in double precision. Zeros are ignored. */
export function concentrationOf(amounts: Float64Array): Concentration {
  const earning = amounts
    .filter((amount) => amount > 0)
    .sort()
    .toReversed();
  const total = earning.reduce((sum, amount) => sum + amount, 0);
  let [entropy, hhi, nakamoto, together] = [0, 0, 0, 0];
  for (const amount of earning) {
    const share = amount / total;
    entropy -= share * Math.log(share);
    hhi += share * share;
    if (2 * together > total) continue;
    together += amount;
    nakamoto++;
  }
  return { earners: earning.length, density: earning.length === 0 ? 0 : Math.exp(entropy), hhi, nakamoto };
}
