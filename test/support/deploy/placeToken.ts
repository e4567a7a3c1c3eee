import { type Signer, toBeHex } from "ethers";
import type { NetworkCurrency } from "#protocol/networks/networks.ts";
import { TestCurrency__factory } from "../../../types/ethers-contracts/factories/doubles/TestCurrency__factory.ts";

interface Node {
  getCode: (address: string) => Promise<string>;
  getStorage: (address: string, slot: number) => Promise<string>;
  send: (method: string, params: unknown[]) => Promise<unknown>;
}

/** Puts a test token at the address that it has on a public chain. */
export async function placeToken(node: Node, deployer: Signer, { address, symbol, decimals }: NetworkCurrency) {
  const token = await new TestCurrency__factory(deployer).deploy(symbol, symbol, decimals);
  await token.waitForDeployment();
  const original = await token.getAddress();
  await node.send("hardhat_setCode", [address, await node.getCode(original)]);
  for (const slotOfAName of [3, 4]) {
    const name = await node.getStorage(original, slotOfAName);
    await node.send("hardhat_setStorageAt", [address, toBeHex(slotOfAName), name]);
  }
}

/** Code of a rollup's fee oracle that returns an L1 data fee of 0.001 ether for every transaction. */
export const placeGasPriceOracle = (node: Pick<Node, "send">) =>
  node.send("hardhat_setCode", ["0x420000000000000000000000000000000000000F", "0x66038d7ea4c6800060005260206000f3"]);
