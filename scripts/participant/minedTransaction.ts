import type { Hash, Log } from "viem";

/** A transaction that was mined. */
export interface MinedTransaction {
  does: string;
  hash: Hash;
  url?: string | undefined;
  blockNumber: bigint;
  gasUsed: bigint;
  /** Cost of its gas in wei, without the L1 data fee of a rollup. */
  costWei: bigint;
  logs: readonly Log[];
}
