import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { AddressLike, BaseContract } from "ethers";
import type { Address } from "viem";
import type { Deployment } from "#protocol/deployment.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import type { AdminTimelock } from "../../types/ethers-contracts/periphery/governance/AdminTimelock.ts";
import type { Inlets } from "../../types/ethers-contracts/periphery/payments/Inlets.ts";
import type { Outlets } from "../../types/ethers-contracts/periphery/payments/Outlets.ts";
import type { ReleasePreview } from "../../types/ethers-contracts/periphery/lens/ReleasePreview.ts";
import type { SignedPayments } from "../../types/ethers-contracts/periphery/payments/SignedPayments.ts";

/** Contracts that use the ledger as anybody can. Anyone may deploy them again; nothing depends on them. */
export interface Periphery {
  inlets: Inlets;
  signedPayments: SignedPayments;
  preview: ReleasePreview;
  outlets: Outlets;
}

/** Deploys the periphery. On a chain without Permit2, all but the payments signed for it work. */
export async function deployPeriphery(
  ethers: HardhatEthers,
  ledger: FeeLedger,
  permit2: AddressLike = PERMIT2,
): Promise<Periphery> {
  const inlets = await ethers.deployContract("Inlets", [ledger]);
  const signedPayments = await ethers.deployContract("SignedPayments", [ledger, permit2]);
  const preview = await ethers.deployContract("ReleasePreview", [ledger]);
  const outlets = await ethers.deployContract("Outlets", [ledger, inlets, [signedPayments, preview, permit2]]);
  return { inlets, signedPayments, preview, outlets };
}

/** Returns the contracts' addresses and blocks in the form of a deployment file. */
export async function sitesOf(contracts: Periphery & { timelock?: AdminTimelock }): Promise<Deployment["periphery"]> {
  const sites = Object.entries(contracts).map(async ([name, contract]: [string, BaseContract]) => {
    const receipt = await contract.deploymentTransaction()?.wait();
    if (!receipt) throw new Error(`The deployment of ${name} was not mined.`);
    return [name, { address: (await contract.getAddress()) as Address, fromBlock: receipt.blockNumber }] as const;
  });
  return Object.fromEntries(await Promise.all(sites));
}
