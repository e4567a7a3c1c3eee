import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { AddressLike } from "ethers";
import { PERMIT2 } from "../packages/contracts/typedData.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import type { Inlets } from "../../types/ethers-contracts/periphery/Inlets.ts";
import type { ReleasePreview } from "../../types/ethers-contracts/periphery/ReleasePreview.ts";
import type { SignedPayments } from "../../types/ethers-contracts/periphery/SignedPayments.ts";

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
