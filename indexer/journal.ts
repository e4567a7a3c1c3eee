import type { Address, Hex } from "viem";
import type { ContractSite, Deployment } from "#protocol/deployment.ts";

/** A block that contains a log or ended a step of the sync. */
export interface JournalBlock {
  number: bigint;
  hash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
}

/** A log, as the chain has it. */
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
  /** The first block that can contain a log of the contract. */
  fromBlock: bigint;
}

/** A contract that is new to a journal: the journal lacks its logs in blocks that it already has. */
export interface UnreadContract extends FollowedContract {
  /** The block up to which the journal has its logs; the block before `fromBlock` if it has none. */
  readTo: bigint;
}

/** A range of blocks with the logs of a contract that is new to the journal. */
export interface FilledRange {
  /** The contract's name. */
  contract: string;
  /** The first block of the range, which is the first one that was not read yet. */
  from: bigint;
  /** The blocks with logs of the contract and the last block of the range, ascending. */
  blocks: JournalBlock[];
  /** In the chain's order. */
  logs: JournalLog[];
}

/** New blocks at the journal's end. */
export interface AppendedBlocks {
  /** The blocks with logs and the last block of the range, ascending. */
  blocks: JournalBlock[];
  /** In the chain's order. */
  logs: JournalLog[];
  /** The newest final block. It can be above the last of these blocks. */
  final: bigint;
  /** The last journalled block before these; undefined if there is none. */
  after: bigint | undefined;
  /** Name of the endpoint that returned the logs. Undefined if they come from a store. */
  endpoint?: string;
}

/** A change at the journal's end. */
export type JournalUpdate =
  | ({ type: "blocks" } & AppendedBlocks)
  /** Every block above `ancestor` was replaced. Undefined: all blocks were. */
  | { type: "reorg"; ancestor: JournalBlock | undefined };

/** The next change of a journal that follows a chain. */
export type ChainUpdate = JournalUpdate | ({ type: "filled" } & FilledRange);

/** The place and time of a log on the chain. */
export interface Position {
  blockNumber: bigint;
  logIndex: number;
  /** Seconds since 1970, from the block. */
  timestamp: number;
  transactionHash: Hex;
}

/** The deployment that a journal belongs to. */
export interface JournalSource {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** The block in which both were deployed. */
  startBlock: bigint;
  /** Hash of the chain's block 0, if the deployment file has it. */
  genesis?: Hex | undefined;
  /** Contracts around the ledger, by their names in the deployment file. Default: none. */
  periphery?: Readonly<Record<string, ContractSite>>;
}

/** Returns the part of a deployment that an indexer follows. */
export const sourceOf = ({ chainId, registry, ledger, startBlock, genesis, periphery }: Deployment): JournalSource => ({
  chainId,
  registry,
  ledger,
  startBlock: BigInt(startBlock),
  genesis,
  periphery,
});
