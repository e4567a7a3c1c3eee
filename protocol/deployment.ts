// The same as viem's, so that readers of this shape need not install viem.
type Address = `0x${string}`;

/** A contract's address, and the block from which on it is there. */
export interface ContractSite {
  address: Address;
  fromBlock: number;
}

/** One registry, its ledger, and the contracts around them. */
export interface Deployment {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** The block in which the registry and its ledger were deployed. */
  startBlock: number;
  /** Contracts around the ledger, by name: `inlets`, `signedPayments`, `preview`, `timelock`. */
  periphery: Readonly<Record<string, ContractSite>>;
  /** Parameters of the deployment, for whoever wants to repeat it and compare. */
  made?: DeploymentParameters | undefined;
}

/** Parameters that a deployment was made with. None can be changed; the admin may admit further currencies. */
export interface DeploymentParameters {
  admin: Address;
  /** The admin, where it was deployed with the rest: proposals wait so many seconds. */
  timelock?: { delay: number; proposer: Address } | undefined;
  commonsBeneficiary: Address;
  commonsPpm: number;
  /** Currencies that the ledger began with; its `currencies()` answers all. */
  currencies: { address: Address; symbol: string; decimals: number }[];
  wrappedNative: Address;
  identityRegistry: Address;
  permit2: Address;
  /** The transaction that created the registry and its ledger. */
  transaction: string;
  /** Commit of the sources; ends with "+" if they had been changed since. */
  commit?: string | undefined;
  compiler: { version: string; settings: Record<string, unknown> };
}
