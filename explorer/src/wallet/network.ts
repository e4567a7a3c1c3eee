import { nativeUnit } from "#client/chain/nativeUnit.ts";
import type { Unit } from "#protocol/money.ts";
import { networkOf as factsOf } from "#protocol/networks/networks.ts";

/** A chain's display name, native currency and block explorer. */
export interface Network {
  title: string;
  native: Unit;
  /** The URL of a block explorer. */
  explorer: string | undefined;
}

export function networkOf(chainId: number): Network {
  const facts = factsOf(chainId);
  return { title: facts?.title ?? `chain ${chainId}`, native: nativeUnit(chainId), explorer: facts?.explorer };
}
