import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { TestCurrency } from "../../types/ethers-contracts/doubles/TestCurrency.ts";

export const LOCAL_CHAIN_ID = 31337;

/** Deploys two play currencies on a local chain: a dollar with 6 decimals and an ether with 18. Anyone may mint them. */
export async function deployTestCurrencies(ethers: HardhatEthers): Promise<[TestCurrency, TestCurrency]> {
  return [
    await ethers.deployContract("TestCurrency", ["Test dollar", "tUSD", 6]),
    await ethers.deployContract("TestCurrency", ["Test ether", "tETH", 18]),
  ];
}
