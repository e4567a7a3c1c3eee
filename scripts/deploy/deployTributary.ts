import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { type AddressLike, ZeroAddress } from "ethers";
import type { AssetRegistry } from "../../types/ethers-contracts/AssetRegistry.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";

/** The commons' part of all income, unless a deployment states another (1 %). */
export const DEFAULT_COMMONS_PPM = 10_000;

export interface DeployTributaryParameters {
  /** The account that may admit further currencies, for ever: a timelock or a multisig. */
  admin: AddressLike;
  /** The account that the commons' part is credited to, for ever. */
  commonsBeneficiary: AddressLike;
  /** Parts per million of all income; not 0. Default: 10,000. */
  commonsPpm?: number;
  /** The ERC-20 tokens to admit at once, at most 8. */
  currencies: AddressLike[];
  /** The token that wraps the chain's native money. Default: none. */
  wrappedNative?: AddressLike;
  /** The chain's ERC-8004 identity registry. Default: none. */
  identityRegistry?: AddressLike;
}

export interface Tributary {
  registry: AssetRegistry;
  ledger: FeeLedger;
  /** The block of the deployment: nothing of this pair happened before it. */
  startBlock: number;
  /** The transaction that created both. */
  transaction: string;
}

/** Deploys the registry, which creates its ledger. One transaction does both, so a half-made pair cannot exist. */
export async function deployTributary(
  ethers: HardhatEthers,
  {
    admin,
    commonsBeneficiary,
    commonsPpm = DEFAULT_COMMONS_PPM,
    currencies,
    wrappedNative = ZeroAddress,
    identityRegistry = ZeroAddress,
  }: DeployTributaryParameters,
): Promise<Tributary> {
  const registry = await ethers.deployContract("AssetRegistry", [
    admin,
    commonsPpm,
    commonsBeneficiary,
    wrappedNative,
    currencies,
    identityRegistry,
  ]);
  const receipt = await registry.deploymentTransaction()?.wait();
  if (!receipt) throw new Error("The deployment of AssetRegistry was not mined.");
  const ledger = await ethers.getContractAt("FeeLedger", await registry.ledger());
  return { registry, ledger, startBlock: receipt.blockNumber, transaction: receipt.hash };
}
