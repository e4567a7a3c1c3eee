import type { Address, Hex } from "viem";
import type { ContractSite, Deployment } from "#protocol/deployment.ts";
import type { ContractName } from "#protocol/events.ts";

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
