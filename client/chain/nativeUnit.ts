import type { Unit } from "#protocol/money.ts";
import { networkOf } from "#protocol/networks/networks.ts";

/** Returns the unit of a chain's native money. */
export const nativeUnit = (chainId: number): Unit => ({
  symbol: networkOf(chainId)?.nativeSymbol ?? "ETH",
  decimals: 18,
  base: "wei",
});
