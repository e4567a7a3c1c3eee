import type { Address, Hex } from "viem";
import type { ContractName } from "../contracts.ts";

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
  contract: ContractName;
  topics: Hex[];
  data: Hex;
  transactionHash: Hex;
}

/** Which deployment a journal is of. */
export interface JournalSource {
  chainId: number;
  registry: Address;
  ledger: Address;
  startBlock: bigint;
}
