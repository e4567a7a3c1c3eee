import { WordColumn } from "./columns.ts";
import { partitionPoint } from "./partitionPoint.ts";
import type { Position } from "../journal.ts";
import { float64Column, Table, uint32Column } from "./table.ts";

/** The places and times on the chain of another table's rows. */
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

  /** Returns the id of a row: `<block number>-<log index>`. Ids are unique and ascend. */
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

  /** Returns the first row at this time or later. */
  firstRowSince(timestamp: number): number {
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
