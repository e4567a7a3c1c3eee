import { encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Chain } from "../chain/chain.ts";
import { costOf, type GasPrice } from "../transactions/cost.ts";

/** The bytes of calldata that one more release or asset takes. */
export const ITEM_BYTES = 32n;

const SAMPLE_RELEASES = 64;
const SAMPLE_GAS = 1_000_000n;

/**
 * Reads what a byte of calldata costs beside the gas, in wei: on a rollup, what a typical settlement pays for the first
 * layer and the operator, divided by its bytes. Returns 0 on other chains.
 */
export async function readDataPrice({ client, deployment: { ledger } }: Chain, price: GasPrice): Promise<bigint> {
  const releases = Array.from({ length: SAMPLE_RELEASES }, (_, i) => 1_000_003 * (i + 1));
  const data = encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, ledger] });
  const { costWei } = await costOf(client, { to: ledger, data }, SAMPLE_GAS, price);
  return (costWei - SAMPLE_GAS * price.now) / BigInt(data.length / 2 - 1);
}
