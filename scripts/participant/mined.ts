import type { Hash, Log } from "viem";

/** A transaction that was mined. */
export interface Mined {
  does: string;
  hash: Hash;
  url?: string | undefined;
  blockNumber: bigint;
  gasUsed: bigint;
  /** Its cost in wei, without what a chain below took. */
  costWei: bigint;
  logs: readonly Log[];
}
