import type { Address, Hex } from "viem";
import { ListColumn, RecordedMap } from "../../columns/columns.ts";
import type { History } from "../../columns/history.ts";
import { RecordedState } from "../../columns/table.ts";
import type { JournalSource, Position } from "../../journal.ts";

/** An open inlet. */
export interface OpenedInlet {
  inlet: Address;
  release: number;
  opened: Position;
}

/** An open outlet. */
export interface OpenedOutlet {
  outlet: Address;
  /** The account that it leads to. */
  account: Address;
  opened: Position;
}

/** A call that was scheduled in the timelock. */
export interface ScheduledCall {
  /** The operation's id. Calls of one operation are executed together. */
  operation: Hex;
  /** The index of the call in its operation. */
  index: bigint;
  target: Address;
  /** In wei. */
  value: bigint;
  data: Hex;
  /** The id of the operation that must be executed first; zero if there is none. */
  predecessor: Hex;
  /** The delay between scheduling and execution, in seconds. */
  delay: bigint;
  scheduled: Position;
  executed: Position | undefined;
  cancelled: Position | undefined;
}

/** The state of the contracts around the ledger. Addresses are in lower case. */
export class PeripheryState extends RecordedState {
  /** The timelock's own address; undefined if the deployment names none. */
  readonly timelock: Address | undefined;
  /** True if the deployment names the contract that opens inlets. */
  readonly hasInlets: boolean;
  /** In the order in which they were opened. */
  readonly inlets = new ListColumn<OpenedInlet>(this.history);
  readonly inletRows = new RecordedMap<Address, number>(this.history);
  /** True if the deployment names the contract that opens outlets. */
  readonly hasOutlets: boolean;
  /** In the order in which they were opened. */
  readonly outlets = new ListColumn<OpenedOutlet>(this.history);
  readonly outletRows = new RecordedMap<Address, number>(this.history);
  /** The open outlet of each account that has one. */
  readonly outletOf = new RecordedMap<Address, Address>(this.history);
  /** In the order in which they were scheduled. */
  readonly calls = new ListColumn<ScheduledCall>(this.history);
  /** Rows of the calls of each operation, from its last schedule. */
  readonly operations = new RecordedMap<Hex, readonly number[]>(this.history);
  /** Roles that accounts have: `<role's digest>:<account>`. */
  readonly roles = new RecordedMap<string, true>(this.history);
  /** The smallest delay of a call, in seconds. */
  readonly settings = new RecordedMap<"minDelay", bigint>(this.history);

  constructor({ periphery = {} }: JournalSource, history: History) {
    super(history);
    this.timelock = periphery.timelock?.address.toLowerCase() as Address | undefined;
    this.hasInlets = periphery.inlets !== undefined;
    this.hasOutlets = periphery.outlets !== undefined;
  }
}
