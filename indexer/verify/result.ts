import type { JournalBlock } from "../journal.ts";

export interface VerifyResult {
  /** The block at which everything was compared. */
  block: JournalBlock;
  /** The number of contract answers that were compared. */
  compared: number;
  /** The number of logs of the chain that were compared with the journal. */
  logs: number;
  /** The number of answers and logs that differ. */
  differing: number;
  /** The number of logs in the journal that the node did not return. This alone does not count as a difference. */
  withheld: number;
  /** The first 1,000 differences. */
  differences: Difference[];
  /** True if only a sample was compared. */
  sampled: boolean;
}

export interface Difference {
  what: string;
  indexed: string;
  onChain: string;
}

const SHOWN = 1_000;

/** A list of differences: counts all of them and keeps the first ones. */
export class Differences {
  differing = 0;
  readonly differences: Difference[] = [];

  add(difference: Difference): void {
    this.differing++;
    if (this.differences.length < SHOWN) this.differences.push(difference);
  }
}
