import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import type { TestCurrency } from "../../../types/ethers-contracts/doubles/TestCurrency.ts";

/** Deploys two currencies with ERC-20 only: a dollar with 6 decimals and an ether with 18. Anyone may mint them. */
export async function deployTestCurrencies(ethers: HardhatEthers): Promise<[TestCurrency, TestCurrency]> {
  return [
    await ethers.deployContract("TestCurrency", ["Test dollar", "tUSD", 6]),
    await ethers.deployContract("TestCurrency", ["Test ether", "tETH", 18]),
  ];
}
