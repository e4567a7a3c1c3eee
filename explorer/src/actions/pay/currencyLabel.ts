import type { Currency } from "#protocol/money.ts";

/** Returns the symbol of a currency, followed by its address if another currency has the same symbol. */
export function currencyLabel({ symbol, address }: Currency, all: readonly Currency[]): string {
  const isUnique = all.filter((each) => each.symbol === symbol).length === 1;
  return isUnique ? symbol : `${symbol} (${address.slice(0, 10)}…)`;
}
