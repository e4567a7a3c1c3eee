import type { Address, Hex } from "viem";
import { ListColumn, RecordedMap } from "../../columns/columns.ts";
import type { History } from "../../columns/history.ts";
import { Recorded } from "../../columns/table.ts";
import type { JournalSource, Position } from "../../journal.ts";

/** An inlet that was deployed. */
export interface OpenedInlet {
  inlet: Address;
  release: number;
  opened: Position;
}

/** A call that was scheduled in the timelock. */
export interface ScheduledCall {
  /** The operation's id, which several calls share that are executed together. */
  operation: Hex;
  /** Its place in the operation. */
  index: bigint;
  target: Address;
  /** In wei. */
  value: bigint;
  data: Hex;
  /** The operation that must be executed before; zero if none. */
  predecessor: Hex;
  /** Seconds from the scheduling on. */
  delay: bigint;
  scheduled: Position;
  executed: Position | undefined;
  cancelled: Position | undefined;
}

/** State of the contracts around the ledger, from their events. Addresses are in lower case. */
export class PeripheryState extends Recorded {
  /** The timelock's own address; undefined if the deployment names none. */
  readonly timelock: Address | undefined;
  /** True if the deployment names the contract that opens inlets. */
  readonly hasInlets: boolean;
  /** In the order in which they were opened. */
  readonly inlets = new ListColumn<OpenedInlet>(this.history);
  readonly inletRows = new RecordedMap<Address, number>(this.history);
  /** In the order in which they were scheduled. */
  readonly calls = new ListColumn<ScheduledCall>(this.history);
  /** Rows of the calls of each operation, as it was scheduled last. */
  readonly operations = new RecordedMap<Hex, readonly number[]>(this.history);
  /** Roles that accounts have: `<role's digest>:<account>`. */
  readonly roles = new RecordedMap<string, true>(this.history);
  /** The least delay of a call, in seconds. */
  readonly settings = new RecordedMap<"minDelay", bigint>(this.history);

  constructor({ periphery = {} }: JournalSource, history: History) {
    super(history);
    this.timelock = periphery.timelock?.address.toLowerCase() as Address | undefined;
    this.hasInlets = periphery.inlets !== undefined;
  }
}
