import type { Currency } from "#protocol/money.ts";

/** Currencies of one symbol are told apart by their addresses. */
export function currencyLabel({ symbol, address }: Currency, all: readonly Currency[]): string {
  const alone = all.filter((each) => each.symbol === symbol).length === 1;
  return alone ? symbol : `${symbol} (${address.slice(0, 10)}…)`;
}
