import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkCurrency } from "#protocol/networks/networks.ts";
import type { TestCurrency } from "../../types/ethers-contracts/doubles/TestCurrency.ts";

export const LOCAL_CHAIN_ID = 31337;

/** Deploys two play currencies on a local chain: a dollar with 6 decimals and an ether with 18. Anyone may mint them. */
export async function deployTestCurrencies(ethers: HardhatEthers): Promise<[TestCurrency, TestCurrency]> {
  return [
    await ethers.deployContract("TestCurrency", ["Test dollar", "tUSD", 6]),
    await ethers.deployContract("TestCurrency", ["Test ether", "tETH", 18]),
  ];
}

/** Deploys the test currencies, waits for them, and returns them in the form of a network's currencies. */
export async function newTestCurrencies(ethers: HardhatEthers): Promise<NetworkCurrency[]> {
  return Promise.all(
    (await deployTestCurrencies(ethers)).map(async (token) => {
      await token.waitForDeployment();
      return {
        address: (await token.getAddress()) as `0x${string}`,
        symbol: await token.symbol(),
        decimals: Number(await token.decimals()),
      };
    }),
  );
}
