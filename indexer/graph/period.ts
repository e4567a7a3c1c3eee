import { partitionPoint } from "../columns/partitionPoint.ts";
import type { LedgerState } from "../ledger/state.ts";

/** A range of blocks, or of times in seconds since 1970. Both ends are included. A missing end is open. */
export interface Period {
  fromBlock?: bigint;
  toBlock?: bigint;
  fromTime?: number;
  toTime?: number;
}

/** A range of rows of fees. `end` is not included. */
export interface FeeRows {
  first: number;
  end: number;
}

/** Returns the rows of the fees that were paid in a period. If blocks and times are given, both limits apply. */
export function feeRowsOf({ fees }: LedgerState, period: Period = {}): FeeRows {
  const { fromBlock = 0n, toBlock, fromTime = -Infinity, toTime = Infinity } = period;
  const { blockNumber, timestamp } = fees.paid;
  const sinceBlock = (block: bigint) => partitionPoint(fees.length, (row) => blockNumber.get(row) < Number(block));
  const first = Math.max(sinceBlock(fromBlock), fees.paid.firstRowSince(fromTime));
  const end = Math.min(
    toBlock === undefined ? fees.length : sinceBlock(toBlock + 1n),
    partitionPoint(fees.length, (row) => timestamp.get(row) <= toTime),
  );
  return { first, end: Math.max(first, end) };
}
