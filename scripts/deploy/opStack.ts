import { type BytesLike, Contract, type Provider } from "ethers";
import { GAS_PRICE_ORACLE } from "#client/transactions/cost.ts";
import type { NetworkCurrency } from "#protocol/networks/networks.ts";

// Predeployed on every chain of the OP stack. Source: https://specs.optimism.io/protocol/predeploys.html
export const OP_STACK_WRAPPED_NATIVE: NetworkCurrency = {
  address: "0x4200000000000000000000000000000000000006",
  symbol: "WETH",
  decimals: 18,
};
/** Size of a transaction's signature and fields, its data left out. */
const ENVELOPE_BYTES = 200;

/** Checks for a rollup of the OP stack. */
export const isOpStack = async (provider: Provider) => (await provider.getCode(GAS_PRICE_ORACLE)) !== "0x";

/** Returns the fee of a rollup of the OP stack for writing transactions to its first layer, in wei; 0 on other chains. */
export async function l1FeeOf(provider: Provider, data: readonly BytesLike[]): Promise<bigint> {
  if (!(await isOpStack(provider))) return 0n;
  const oracle = new Contract(
    GAS_PRICE_ORACLE,
    ["function getL1FeeUpperBound(uint256) view returns (uint256)"],
    provider,
  );
  const fees = await Promise.all(
    data.map((each) => oracle.getFunction("getL1FeeUpperBound")(each.length / 2 + ENVELOPE_BYTES) as Promise<bigint>),
  );
  return fees.reduce((sum, fee) => sum + fee, 0n);
}
