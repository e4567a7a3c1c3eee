import { WordColumn } from "./columns.ts";
import { partitionPoint } from "./partitionPoint.ts";
import type { Position } from "../journal.ts";
import { float64Column, Table, uint32Column } from "./table.ts";

/** Column of the places and times at which rows of another table were recorded. */
export class Positions extends Table {
  readonly blockNumber = float64Column(this.history);
  readonly logIndex = uint32Column(this.history);
  /** Seconds since 1970. */
  readonly timestamp = float64Column(this.history);
  readonly transactionHash = new WordColumn(this.history);

  push({ blockNumber, logIndex, timestamp, transactionHash }: Position): void {
    this.blockNumber.push(Number(blockNumber));
    this.logIndex.push(logIndex);
    this.timestamp.push(timestamp);
    this.transactionHash.push(transactionHash);
  }

  /** Unique and ascending: `<block number>-<log index>`. */
  idOf(row: number): string {
    return `${this.blockNumber.get(row)}-${this.logIndex.get(row)}`;
  }

  rowOf(id: string): number | undefined {
    const [block = NaN, index = NaN] = id.split("-").map(Number);
    const { blockNumber, logIndex } = this;
    const row = partitionPoint(
      blockNumber.length,
      (each) => (blockNumber.get(each) - block || logIndex.get(each) - index) < 0,
    );
    return row < blockNumber.length && this.idOf(row) === id ? row : undefined;
  }

  /** The first row of this time or later. */
  firstSince(timestamp: number): number {
    return partitionPoint(this.timestamp.length, (row) => this.timestamp.get(row) < timestamp);
  }

  get(row: number): Position {
    return {
      blockNumber: BigInt(this.blockNumber.get(row)),
      logIndex: this.logIndex.get(row),
      timestamp: this.timestamp.get(row),
      transactionHash: this.transactionHash.get(row),
    };
  }
}
