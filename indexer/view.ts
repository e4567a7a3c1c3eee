import type { LedgerState } from "./ledger/state.ts";
import type { JournalBlock } from "./store/journal.ts";
import type { Turns } from "./turns.ts";

/** The ledger as of one block. The state of the newest block moves on between turns; see {@link Turns}. */
export interface View {
  state: LedgerState;
  /** The block that the state is as of. */
  block: JournalBlock;
  turns: Turns;
}
