import type { JournalBlock } from "../journal.ts";

export interface VerifyResult {
  /** As of which everything was compared. */
  block: JournalBlock;
  /** How many answers of the contracts were compared. */
  compared: number;
  /** How many logs of the chain were compared with the journal. */
  logs: number;
  /** How many of both differ. */
  differing: number;
  /** How many logs of the journal no node gave; by itself that is no difference. */
  withheld: number;
  /** The first of those that do. */
  differences: Difference[];
  /** Only some were compared. */
  sampled: boolean;
}

export interface Difference {
  what: string;
  indexed: string;
  onChain: string;
}

const SHOWN = 1_000;

/** What differs: all are counted, the first are kept. */
export class Differences {
  differing = 0;
  readonly differences: Difference[] = [];

  add(difference: Difference): void {
    this.differing++;
    if (this.differences.length < SHOWN) this.differences.push(difference);
  }
}
