import { WordColumn } from "../columns.ts";
import { firstNot } from "../firstNot.ts";
import type { Position } from "../state.ts";
import { doubles, Table, words } from "./table.ts";

/** Where and when rows of another table were recorded. */
export class Positions extends Table {
  readonly blockNumber = doubles(this.history);
  readonly logIndex = words(this.history);
  /** Seconds since 1970. */
  readonly timestamp = doubles(this.history);
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
    const row = firstNot(
      blockNumber.length,
      (each) => (blockNumber.get(each) - block || logIndex.get(each) - index) < 0,
    );
    return row < blockNumber.length && this.idOf(row) === id ? row : undefined;
  }

  /** The first row of this time or later. */
  firstSince(timestamp: number): number {
    return firstNot(this.timestamp.length, (row) => this.timestamp.get(row) < timestamp);
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
