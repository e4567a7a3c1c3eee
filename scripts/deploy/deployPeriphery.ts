import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { AddressLike, BaseContract } from "ethers";
import type { Address } from "viem";
import type { Deployment } from "#protocol/deployment.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import type { Inlets } from "../../types/ethers-contracts/periphery/payments/Inlets.ts";
import type { ReleasePreview } from "../../types/ethers-contracts/periphery/lens/ReleasePreview.ts";
import type { SignedPayments } from "../../types/ethers-contracts/periphery/payments/SignedPayments.ts";

/** What stands around the ledger as an ordinary user of it. Anyone may deploy it anew; nothing depends on it. */
export interface Periphery {
  inlets: Inlets;
  signedPayments: SignedPayments;
  preview: ReleasePreview;
}

/** Where Permit2 is not, all but the payments signed for it work. */
export async function deployPeriphery(
  ethers: HardhatEthers,
  ledger: FeeLedger,
  permit2: AddressLike = PERMIT2,
): Promise<Periphery> {
  return {
    inlets: await ethers.deployContract("Inlets", [ledger]),
    signedPayments: await ethers.deployContract("SignedPayments", [ledger, permit2]),
    preview: await ethers.deployContract("ReleasePreview", [ledger]),
  };
}

/** The contracts' addresses and blocks, as a deployment file has them. */
export async function sitesOf(periphery: Periphery): Promise<Deployment["periphery"]> {
  const sites = Object.entries(periphery).map(async ([name, contract]: [string, BaseContract]) => {
    const receipt = await contract.deploymentTransaction()?.wait();
    if (!receipt) throw new Error(`The deployment of ${name} was not mined.`);
    return [name, { address: (await contract.getAddress()) as Address, fromBlock: receipt.blockNumber }] as const;
  });
  return Object.fromEntries(await Promise.all(sites));
}
