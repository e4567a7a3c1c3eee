import { id, type Signer, toBeHex } from "ethers";
import { GAS_PRICE_ORACLE } from "#client/transactions/cost.ts";
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

interface OracleFees {
  /** Default: 0.001 ether. */
  l1Fee?: bigint;
  /** Default: the oracle has no such function, as before the upgrade Isthmus. */
  operatorFee?: bigint;
}

/** Puts a double of a rollup's fee oracle at its address. It returns the same fees for every transaction. */
export async function placeGasPriceOracle(
  node: Pick<Node, "send">,
  { l1Fee = 1_000_000_000_000_000n, operatorFee }: OracleFees = {},
): Promise<void> {
  const functions = [
    [id("getL1Fee(bytes)").slice(2, 10), l1Fee] as const,
    ...(operatorFee === undefined ? [] : [[id("getOperatorFee(uint256)").slice(2, 10), operatorFee] as const]),
  ];
  const bodies = 5 + 11 * functions.length + 3;
  const hex = (value: bigint | number, bytes: number) => value.toString(16).padStart(2 * bytes, "0");
  const branches = functions.map(([selector], i) => `8063${selector}1461${hex(bodies + 40 * i, 2)}57`);
  const returns = functions.map(([, fee]) => `5b7f${hex(fee, 32)}5f5260205ff3`);
  const code = `0x5f3560e01c${branches.join("")}5f5ffd${returns.join("")}`;
  await node.send("hardhat_setCode", [GAS_PRICE_ORACLE, code]);
}
