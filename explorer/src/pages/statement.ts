import type { Amount, Schemas } from "../api/client.ts";

type Line = Schemas["StatementLine"];

/** Adds up one amount of each line by currency, in the order in which the currencies first occur. */
export function sumByCurrency(lines: readonly Line[], amountOf: (line: Line) => Amount): Amount[] {
  const sums = new Map<string, Amount>();
  for (const line of lines) {
    const { amount, currency } = amountOf(line);
    const sum = BigInt(sums.get(currency.address)?.amount ?? 0) + BigInt(amount);
    sums.set(currency.address, { amount: String(sum), currency });
  }
  return [...sums.values()];
}

/**
 * Returns the lines of a statement to show: all lines with earnings, and a single line for each asset whose shares are held
 * and have earned nothing, instead of one line per currency.
 */
export function linesToShow(lines: readonly Line[]): Line[] {
  const hasEarned = ({ earned, claimableAfterSettling }: Line) =>
    earned.amount !== "0" || claimableAfterSettling.amount !== "0";
  const earningAssets = new Set(lines.filter(hasEarned).map(({ asset }) => asset));
  const firstCurrency = lines[0]?.earned.currency.address;
  const isOnlyHeld = ({ asset, shares, earned }: Line) =>
    shares !== "0" && !earningAssets.has(asset) && earned.currency.address === firstCurrency;
  return lines.filter((line) => hasEarned(line) || isOnlyHeld(line));
}
