import { type Address, type Hex, parseAbi, type PublicClient, serializeTransaction } from "viem";
import { orRefusal } from "../errors/refusal.ts";

/** The contract that computes the L1 data fee of an OP-stack rollup. Source: https://specs.optimism.io/protocol/predeploys.html */
export const GAS_PRICE_ORACLE: Address = "0x420000000000000000000000000000000000000F";

/** The price that a transaction offers for its gas. */
export type Offer = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export interface GasPrice {
  /** Current price of one unit of gas, in wei. */
  now: bigint;
  /** Highest price of one unit of gas that the transaction may pay, in wei. */
  most: bigint;
  offer: Offer;
}

/** Reads the current gas price. The offer stays high enough if the base fee doubles. */
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

/** A call to send. */
export interface Call {
  to: Address;
  data: Hex;
  value?: bigint;
}

const oracleAbi = parseAbi(["function getL1Fee(bytes data) view returns (uint256)"]);

/** Reads the L1 data fee of a call on a rollup, which is paid beside the gas, in wei. Returns 0 on other chains. */
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

/** The gas and the cost of a call, by simulation. */
export interface Estimate {
  gas: bigint;
  /** Cost at the current gas price, with the L1 data fee, in wei. */
  costWei: bigint;
  /** Cost at the highest gas price that is offered, with the L1 data fee, in wei. */
  mostWei: bigint;
}

/**
 * Simulates a call, without sending it.
 *
 * @throws {Refusal} if it would revert.
 */
export async function estimateCall(
  client: PublicClient,
  account: Address,
  call: Call,
  price: GasPrice,
): Promise<Estimate> {
  const { to, data, value = 0n } = call;
  await orRefusal(client.call({ account, to, data, value }));
  const gas = await orRefusal(client.estimateGas({ account, to, data, value }));
  return costOf(client, call, gas, price);
}

/** Returns the cost of a call for a known amount of gas. */
export async function costOf(client: PublicClient, call: Call, gas: bigint, price: GasPrice): Promise<Estimate> {
  const l1Fee = await readL1Fee(client, call, gas, price.offer);
  return { gas, costWei: gas * price.now + l1Fee, mostWei: gas * price.most + l1Fee };
}

/** Adds a fifth, because transactions of others may change the gas until then. Unused gas is not paid. */
export const withReserve = (amount: bigint) => (amount * 6n) / 5n;
