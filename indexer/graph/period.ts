import { partitionPoint } from "../columns/partitionPoint.ts";
import type { LedgerState } from "../ledger/state.ts";

/** A range of blocks, or of seconds since 1970, both ends included. An end not named is open. */
export interface Period {
  fromBlock?: bigint;
  toBlock?: bigint;
  fromTime?: number;
  toTime?: number;
}

/** Rows of fees: from the first to before the end. */
export interface FeeRows {
  first: number;
  end: number;
}

/** The fees that were paid in a period. Where blocks and times are given, both must hold. */
export function feeRowsOf({ fees }: LedgerState, period: Period = {}): FeeRows {
  const { fromBlock = 0n, toBlock, fromTime = -Infinity, toTime = Infinity } = period;
  const { blockNumber, timestamp } = fees.paid;
  const sinceBlock = (block: bigint) => partitionPoint(fees.length, (row) => blockNumber.get(row) < Number(block));
  const first = Math.max(sinceBlock(fromBlock), fees.paid.firstSince(fromTime));
  const end = Math.min(
    toBlock === undefined ? fees.length : sinceBlock(toBlock + 1n),
    partitionPoint(fees.length, (row) => timestamp.get(row) <= toTime),
  );
  return { first, end: Math.max(first, end) };
}
