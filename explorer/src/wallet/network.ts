import networks from "#protocol/networks/networks.json";
import type { Unit } from "#protocol/money.ts";

/** What people call a chain, and where they look at it. */
export interface Network {
  title: string;
  native: Unit;
  /** A block explorer. */
  explorer: string | undefined;
}

export function networkOf(chainId: number): Network {
  const known = Object.values(networks).find((each) => each.chainId === chainId);
  return {
    title: known?.title ?? `chain ${chainId}`,
    native: { symbol: known?.nativeSymbol ?? "ETH", decimals: 18, base: "wei" },
    explorer: known?.explorer,
  };
}
