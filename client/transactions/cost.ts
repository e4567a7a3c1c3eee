import { type Address, type Hex, parseAbi, type PublicClient, serializeTransaction } from "viem";
import { orRefusal } from "../errors/refused.ts";

/** The contract that tells the fee of a rollup of the OP stack. Source: https://specs.optimism.io/protocol/predeploys.html */
export const GAS_PRICE_ORACLE: Address = "0x420000000000000000000000000000000000000F";

/** The price that a transaction offers for its gas. */
export type Offer = { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint } | { gasPrice: bigint };

export interface GasPrice {
  /** Wei for each unit of gas, as it is now. */
  now: bigint;
  /** The most that is paid, whatever the price becomes until the transaction is mined. */
  most: bigint;
  offer: Offer;
}

/** Reads the gas price now; the offer outlasts a doubling of the base fee. */
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

/** Reads the fee of a chain on top of another for writing a call to the one below, beside the gas; 0 on others, in wei. */
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

/** The gas and the cost of a call, as it was tried. */
export interface Estimate {
  gas: bigint;
  /** At the gas price now, with what a chain below takes, in wei. */
  costWei: bigint;
  /** At the highest gas price that is offered, in wei. */
  mostWei: bigint;
}

/**
 * Tries a call, without sending it.
 *
 * @throws {Refused} if it would revert.
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

export async function costOf(client: PublicClient, call: Call, gas: bigint, price: GasPrice): Promise<Estimate> {
  const l1Fee = await readL1Fee(client, call, gas, price.offer);
  return { gas, costWei: gas * price.now + l1Fee, mostWei: gas * price.most + l1Fee };
}

/** Adds a fifth, since what others do meanwhile may change the gas. Gas that is not used is not paid. */
export const withReserve = (amount: bigint) => (amount * 6n) / 5n;
