import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { Addressable } from "ethers";
import type { NetworkCurrency } from "#protocol/networks/networks.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import type { LocalCurrency } from "../../types/ethers-contracts/doubles/LocalCurrency.ts";
import type { TestWrappedNative } from "../../types/ethers-contracts/doubles/TestWrappedNative.ts";

export const LOCAL_CHAIN_ID = 31337;

/** The play money of a local chain. With Permit2, a fee can be paid in every way. */
export interface LocalMoney {
  /** A dollar with permits (ERC-2612) and authorizations (ERC-3009), which anyone may mint. */
  dollar: LocalCurrency;
  /** The token that wraps native money. */
  wrapped: TestWrappedNative;
}

/** Deploys the play money of a local chain. The contracts are doubles: they stand for those of public chains. */
export async function deployLocalMoney(ethers: HardhatEthers): Promise<LocalMoney> {
  const dollar = await ethers.deployContract("LocalCurrency", ["Test dollar", "tUSD", 6]);
  const wrapped = await ethers.deployContract("TestWrappedNative");
  await Promise.all([dollar.waitForDeployment(), wrapped.waitForDeployment()]);
  return { dollar, wrapped };
}

/** Returns a token in the form of a network's currencies. */
export async function describeCurrency(
  token: Addressable & Pick<LocalCurrency, "symbol" | "decimals">,
): Promise<NetworkCurrency> {
  return {
    address: (await token.getAddress()) as `0x${string}`,
    symbol: await token.symbol(),
    decimals: Number(await token.decimals()),
  };
}

/**
 * Puts a double of Permit2 (`contracts/doubles/TestPermit2.sol`) at Permit2's address, if a local chain has nothing there. It
 * does what Permit2 does when one token is moved by a signature, and nothing else. Permit2's own code cannot be deployed
 * there: it would need the factory and the compiler that made it.
 *
 * @returns false if the node has nothing there and does not let code be placed.
 */
export async function placePermit2({ provider, getContractFactory }: HardhatEthers): Promise<boolean> {
  if ((await provider.getCode(PERMIT2)) !== "0x") return true;
  const factory = await getContractFactory("TestPermit2");
  // The double keeps nothing that its constructor would set, so what a creation returns is its code.
  const code = (await provider.send("eth_call", [{ data: factory.bytecode }, "latest"])) as string;
  return provider.send("hardhat_setCode", [PERMIT2, code]).then(
    () => true,
    () => false,
  );
}
