// The same as viem's, so that readers of this shape need not install viem.
type Address = `0x${string}`;

/** A contract's address, and the block in which it was deployed. */
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
  /** Contracts around the ledger, by name: `inlets`, `outlets`, `signedPayments`, `preview`, `timelock`. */
  periphery: Readonly<Record<string, ContractSite>>;
  /** Parameters of the deployment. With them anyone can repeat it and compare. */
  made?: DeploymentParameters | undefined;
}

/** Parameters of a deployment. None can be changed; the admin may admit further currencies. */
export interface DeploymentParameters {
  admin: Address;
  /** The timelock that is the admin, if it was deployed with the rest. `delay` is the waiting time of a proposal in seconds. */
  timelock?: { delay: number; proposer: Address } | undefined;
  commonsBeneficiary: Address;
  commonsPpm: number;
  /** The first currencies of the ledger. Its `currencies()` returns all of them. */
  currencies: { address: Address; symbol: string; decimals: number }[];
  wrappedNative: Address;
  identityRegistry: Address;
  permit2: Address;
  /** The transaction that created the registry and its ledger. */
  transaction: string;
  /** Commit of the sources. Ends with "+" if they had uncommitted changes. */
  commit?: string | undefined;
  compiler: { version: string; settings: Record<string, unknown> };
}
