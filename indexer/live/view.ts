import type { Address, Hex } from "viem";
import type { EndpointStatus } from "#node/rpc/endpoints.ts";
import type { Notice } from "#node/rpc/notices.ts";
import type { ContractEvent } from "#protocol/events.ts";
import type { BookStates } from "../books/states.ts";
import type { LedgerState } from "../ledger/state.ts";
import type { JournalBlock, JournalSource, Position } from "../journal.ts";
import type { Turns } from "../scheduling/turns.ts";
import type { VerifyResult } from "../verify/result.ts";

/** The state of all books at one block. The newest view changes between turns; see {@link Turns}. */
export interface View {
  /** The ledger's state. */
  state: LedgerState;
  /** The state of each book. */
  states: Pick<BookStates, "of">;
  /** The names of books whose logs are not all in the journal yet. */
  incomplete: ReadonlySet<string>;
  /** The block that the state belongs to. */
  block: JournalBlock;
  turns: Turns;
}

/** An event with its place and time on the chain. */
export interface RecordedEvent {
  event: ContractEvent;
  position: Position;
}

/** An update of the newest view: it has advanced by some blocks, or gone back to an earlier one. */
export interface BlockUpdate {
  /** The block that the state belongs to now. */
  block: JournalBlock;
  /** After a reorg: the block that was the newest before. */
  reorgedFrom?: JournalBlock;
  /** The events of the new blocks, in the chain's order. */
  events: readonly RecordedEvent[];
}

/** The newest final block: no reorg removes it or a block before it. */
export interface FinalBlock {
  number: bigint;
  /** Undefined if the journal does not have the block: it has no logs, or it is not indexed yet. */
  hash: Hex | undefined;
}

export interface Health {
  /** The newest known block of the chain; undefined before a node has reported one. */
  head: bigint | undefined;
  /** The source of `head`: a node of the chain, or only the store, whose writing process may have stopped. */
  headFrom: "chain" | "store";
  /** It can be above the newest indexed block while the indexer is far behind. Undefined before one is known. */
  final: FinalBlock | undefined;
  /**
   * The time of the last answer of a node, or of the store in a reader; undefined if there was none since the start.
   */
  lastContact: Date | undefined;
  /** The time since the last contact, or since the start, in milliseconds. */
  silentMs: number;
  /** The time for which a block of the chain that was seen has waited to be indexed, in milliseconds. 0: none waits. */
  waitingMs: number;
  /** The time at which blocks were last appended to the store; undefined in a reader, or if there was none yet. */
  lastAppend: Date | undefined;
  /** The error of the last failed request; undefined once a request succeeds again. */
  lastError: string | undefined;
  /** Conditions that an operator should know of. They contain no URL and no secret. */
  problems: readonly Notice[];
  /** The way in which missing logs would be noticed; undefined in a reader. */
  completeness: "compared" | "blooms" | "unchecked" | undefined;
  /** The status of each node. */
  endpoints: readonly EndpointStatus[];
  /** The fatal error that has stopped the indexer, if there was one. */
  failure: unknown;
}

/** The result and the time of a verification. */
export interface Verification {
  at: Date;
  result: VerifyResult;
}

/** A transfer of a currency to an account. */
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
  /** Reading stops once there are this many transfers. */
  enough: number;
}

export interface TransfersResult {
  /** In the chain's order. */
  transfers: Transfer[];
  /** The last block that was read, at most `toBlock`. If none was read: the block before `fromBlock`. */
  readTo: bigint;
}

/** Sends a request to a node, as an EIP-1193 provider does. */
export type Request = (call: { method: string; params: unknown }) => Promise<unknown>;

/** The source of the views of one deployment. */
export interface ViewSource {
  readonly source: JournalSource;
  readonly health: Health;
  /** The last verification; undefined before the first. */
  readonly verification?: Verification | undefined;
  /** Returns the newest view; undefined before the first block. */
  view(): View | undefined;
  /**
   * Returns the view at an earlier block.
   *
   * @throws {UserError} if the block is before the deployment or not indexed.
   */
  viewAt(blockNumber: bigint): Promise<View>;
  /** Finds an indexed block by its hash, in lower case. Undefined if the source does not know hashes. */
  blockByHash?(hash: Hex): Promise<JournalBlock | undefined>;
  /** Calls the listener after each update of the newest view. Returns the function that unsubscribes it. */
  onBlock(listener: (update: BlockUpdate) => void): () => void;
  /** Sends a request to a node of the chain, as an EIP-1193 provider does. Undefined without a node. */
  request?: Request | undefined;
  /** Reads a currency's transfers from the chain. Undefined without a node. */
  transfersTo?(parameters: TransfersToParameters): Promise<TransfersResult>;
}
