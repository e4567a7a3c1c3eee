import type { Address, Hex } from "viem";
import type { ContractSite, Deployment } from "#protocol/deployment.ts";

/** A block that held a log or ended a step of the sync. */
export interface JournalBlock {
  number: bigint;
  hash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
}

/** A log as the chain gave it. */
export interface JournalLog {
  blockNumber: bigint;
  logIndex: number;
  /** The name of the contract in the deployment: `registry`, `ledger`, `inlets`, … */
  contract: string;
  topics: Hex[];
  data: Hex;
  transactionHash: Hex;
}

/** A contract whose logs are followed. */
export interface FollowedContract {
  /** Its name in the deployment. */
  name: string;
  /** In lower case. */
  address: Address;
  /** The first block that can hold a log of it. */
  fromBlock: bigint;
}

/** A contract that is new to a journal: logs of it are missing in blocks that the journal has. */
export interface UnreadContract extends FollowedContract {
  /** Up to here the journal holds its logs; one below `fromBlock` if it holds none. */
  readTo: bigint;
}

/** Some blocks' logs of a contract that is new to the journal. */
export interface FilledRange {
  /** The contract's name. */
  contract: string;
  /** The first block of the range: the first that was not read yet. */
  from: bigint;
  /** Ascending; those that hold its logs, and the last of the range. */
  blocks: JournalBlock[];
  /** In the chain's order. */
  logs: JournalLog[];
}

/** New blocks at the journal's end. */
export interface AppendedBlocks {
  /** Ascending; those that hold logs and the last of the range. */
  blocks: JournalBlock[];
  /** In the chain's order. */
  logs: JournalLog[];
  /** Up to here nothing is ever taken back. May be above the last of these blocks. */
  final: bigint;
  /** The last journalled block, after which these come. */
  after: bigint | undefined;
}

/** A change at the journal's end. */
export type JournalUpdate =
  | ({ type: "blocks" } & AppendedBlocks)
  /** Every block above `ancestor` was replaced; undefined if the first one was, too. */
  | { type: "reorg"; ancestor: JournalBlock | undefined };

/** The next change of a journal, as the chain has it. */
export type ChainUpdate = JournalUpdate | ({ type: "filled" } & FilledRange);

/** Place and time of a log on the chain. */
export interface Position {
  blockNumber: bigint;
  logIndex: number;
  /** Seconds since 1970, from the block. */
  timestamp: number;
  transactionHash: Hex;
}

/** The deployment that a journal is of. */
export interface JournalSource {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** The block in which both were deployed. */
  startBlock: bigint;
  /** Contracts around the ledger, by their names in the deployment file. Default: none. */
  periphery?: Readonly<Record<string, ContractSite>>;
}

/** The part of a deployment that an indexer follows. */
export const sourceOf = ({ chainId, registry, ledger, startBlock, periphery }: Deployment): JournalSource => ({
  chainId,
  registry,
  ledger,
  startBlock: BigInt(startBlock),
  periphery,
});
