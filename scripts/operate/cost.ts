import { type Address, type Hex, parseAbi, type PublicClient, serializeTransaction } from "viem";
import { GAS_PRICE_ORACLE } from "../networks/opStack.ts";

/** What a transaction offers for its gas. */
export type Offer = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export interface GasPrice {
  /** Wei for each unit of gas, as it is now. */
  now: bigint;
  /** At most so much, whatever the price becomes until the transaction is mined. */
  most: bigint;
  offer: Offer;
}

/** The gas price now; the offer outlasts a doubling of the base fee. */
export async function readGasPrice(client: PublicClient): Promise<GasPrice> {
  const [{ baseFeePerGas }, gasPrice] = await Promise.all([client.getBlock(), client.getGasPrice()]);
  if (baseFeePerGas === null) return { now: gasPrice, most: gasPrice, offer: { gasPrice } };
  const tip = await client
    .request({ method: "eth_maxPriorityFeePerGas" })
    .then(BigInt)
    .catch(() => (gasPrice > baseFeePerGas ? gasPrice - baseFeePerGas : 0n));
  const most = 2n * baseFeePerGas + tip;
  return { now: baseFeePerGas + tip, most, offer: { maxFeePerGas: most, maxPriorityFeePerGas: tip } };
}

/** A call as it will be sent. */
export interface Call {
  to: Address;
  data: Hex;
  value?: bigint;
}

const oracleAbi = parseAbi(["function getL1Fee(bytes data) view returns (uint256)"]);

/** What a chain on top of another takes for writing a call to the one below, beside the gas; 0 on others, in wei. */
export async function readL1Fee(client: PublicClient, call: Call, gas: bigint, offer: Offer): Promise<bigint> {
  const code = await client.getCode({ address: GAS_PRICE_ORACLE });
  if (code === undefined) return 0n;
  const common = { chainId: await client.getChainId(), nonce: 1_000_000, gas, ...call };
  const data =
    "gasPrice" in offer
      ? serializeTransaction({ type: "legacy", ...common, ...offer })
      : serializeTransaction({ type: "eip1559", ...common, ...offer });
  return client.readContract({ address: GAS_PRICE_ORACLE, abi: oracleAbi, functionName: "getL1Fee", args: [data] });
}
