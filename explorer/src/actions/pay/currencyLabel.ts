import type { Currency } from "#protocol/money.ts";

/** Returns the symbol of a currency, with its address if others have the same symbol. */
export function currencyLabel({ symbol, address }: Currency, all: readonly Currency[]): string {
  const alone = all.filter((each) => each.symbol === symbol).length === 1;
  return alone ? symbol : `${symbol} (${address.slice(0, 10)}…)`;
}
