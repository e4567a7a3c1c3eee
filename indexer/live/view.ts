import type { Address, Hex } from "viem";
import type { ContractEvent } from "#protocol/events.ts";
import type { BookStates } from "../books/states.ts";
import type { LedgerState } from "../ledger/state.ts";
import type { JournalBlock, JournalSource, Position } from "../journal.ts";
import type { Turns } from "../scheduling/turns.ts";
import type { VerifyResult } from "../verify/result.ts";

/** The state of all books as of one block. That of the newest block moves on between turns; see {@link Turns}. */
export interface View {
  /** The ledger's. */
  state: LedgerState;
  /** That of each book. */
  states: Pick<BookStates, "of">;
  /** Names of books of which the journal does not hold all logs yet. */
  incomplete: ReadonlySet<string>;
  /** The block that the state is as of. */
  block: JournalBlock;
  turns: Turns;
}

/** An event and where it was recorded. */
export interface RecordedEvent {
  event: ContractEvent;
  position: Position;
}

/** What a view has just gone through: further blocks, or the way back to an earlier one. */
export interface BlockUpdate {
  /** The block that the state is as of now. */
  block: JournalBlock;
  /** The newest block before, where the chain took blocks back. */
  reorgedFrom?: JournalBlock;
  /** In their order. */
  events: readonly RecordedEvent[];
}

/** The newest block that is final: what is said of it and of those before is never undone. */
export interface FinalBlock {
  number: bigint;
  /** Undefined where the journal does not hold the block: nothing happened in it, or it is not indexed yet. */
  hash: Hex | undefined;
}

export interface Health {
  /** The chain's newest block as far as is known; undefined before the node has told. */
  head: bigint | undefined;
  /** Who told so: a node of the chain, or only the store that another process writes, and may have ceased to. */
  headFrom: "chain" | "store";
  /** May be above the newest indexed block, while that is far behind; undefined before any is known to be final. */
  final: FinalBlock | undefined;
  /** When the node last answered; undefined if it has not since the start. */
  lastContact: Date | undefined;
  /** Why the last request failed; undefined once the node answers again. */
  lastError: string | undefined;
  /** What stopped it from going on, if anything did. */
  failure: unknown;
}

/** Result and time of the last verification. */
export interface Verification {
  at: Date;
  result: VerifyResult;
}

/** Tokens that somebody sent to an account. */
export interface Transfer {
  from: Address;
  /** Base units. */
  amount: bigint;
  blockNumber: bigint;
  logIndex: number;
  transactionHash: Hex;
}

export interface TransfersToParameters {
  currency: Address;
  to: Address;
  fromBlock: bigint;
  toBlock: bigint;
  /** Nothing more is read once this many were found. */
  enough: number;
}

export interface TransfersRead {
  /** In their order. */
  transfers: Transfer[];
  /** The last block that was read, up to `toBlock`; one before `fromBlock` if none was. */
  readTo: bigint;
}

/** Asks a node, as an EIP-1193 provider does. */
export type Request = (call: { method: string; params: unknown }) => Promise<unknown>;

/** Source of views of one deployment. */
export interface ViewSource {
  readonly source: JournalSource;
  readonly health: Health;
  /** Undefined before the first. */
  readonly verification?: Verification | undefined;
  /** The newest; undefined before the first block. */
  view(): View | undefined;
  /**
   * As of an earlier block.
   *
   * @throws {UserError} if the block is before the deployment or not indexed.
   */
  viewAt(blockNumber: bigint): Promise<View>;
  /** Tells of each update once it is in the newest view. Answers how to unsubscribe. */
  onBlock(listener: (update: BlockUpdate) => void): () => void;
  /** Asks a node of the chain, where one can be asked, as an EIP-1193 provider does. */
  request?: Request | undefined;
  /** Reads a currency's transfers from the chain, where a node can be asked. */
  transfersTo?(parameters: TransfersToParameters): Promise<TransfersRead>;
}
