import {
  type Address,
  BaseError,
  ContractFunctionZeroDataError,
  type Hex,
  hexToBigInt,
  parseAbi,
  type PublicClient,
  serializeTransaction,
} from "viem";
import { reasonOf } from "../errors/explain.ts";
import { orRefusal } from "../errors/refusal.ts";
import { type GasPrice, type Market, type Offer, Prices } from "./prices.ts";

export type { GasPrice, Offer } from "./prices.ts";

/** The contract that computes the L1 data fee of an OP-stack rollup. Source: https://specs.optimism.io/protocol/predeploys.html */
export const GAS_PRICE_ORACLE: Address = "0x420000000000000000000000000000000000000F";

/**
 * Reads the current gas price, and decides what a transaction offers. The offer stays high enough if the base fee doubles.
 *
 * @param prices The chain's rules and the person's choice. Default: nothing is known or chosen.
 */
export async function readGasPrice(client: PublicClient, prices: Prices = new Prices()): Promise<GasPrice> {
  return prices.of(await readMarket(client));
}

async function readMarket(client: PublicClient): Promise<Market> {
  const { baseFeePerGas = null } = await client.getBlock();
  if (baseFeePerGas === null) return { baseFeePerGas, suggested: await client.getGasPrice() };
  const suggested = (await suggestedTip(client)) ?? (await usualTip(client));
  if (suggested !== undefined) return { baseFeePerGas, suggested };
  const gasPrice = await client.getGasPrice();
  return { baseFeePerGas, suggested: gasPrice > baseFeePerGas ? gasPrice - baseFeePerGas : 0n };
}

/** Returns the tip that the node suggests; undefined if it has no such method. */
const suggestedTip = (client: PublicClient): Promise<bigint | undefined> =>
  client
    .request({ method: "eth_maxPriorityFeePerGas" })
    .then(hexToBigInt)
    .catch(() => undefined);

/** Returns the median of the tips in the last blocks, those without a tip left out; undefined if there are none. */
async function usualTip(client: PublicClient): Promise<bigint | undefined> {
  const history = await client
    .request({ method: "eth_feeHistory", params: ["0xa", "latest", [50]] })
    .catch(() => undefined);
  const tips = (history?.reward ?? []).flatMap(([tip = "0x0"]) => BigInt(tip) || []);
  return tips.sort((a, b) => (a < b ? -1 : 1))[Math.floor(tips.length / 2)];
}

/** A call to send. */
export interface Call {
  to: Address;
  data: Hex;
  value?: bigint;
}

/** The fees of an OP-stack rollup that are paid beside the gas, in wei. */
export interface RollupFees {
  /** For writing the transaction to the first layer. */
  l1Fee: bigint;
  /** For the rollup's operator, since the upgrade Isthmus. */
  operatorFee: bigint;
}

const oracleAbi = parseAbi([
  "function getL1Fee(bytes data) view returns (uint256)",
  "function getOperatorFee(uint256 gasUsed) view returns (uint256)",
]);
const NO_FEES: RollupFees = { l1Fee: 0n, operatorFee: 0n };

/** Checks for a rollup of the OP stack. */
export const isOpStack = async (client: PublicClient): Promise<boolean> =>
  (await client.getCode({ address: GAS_PRICE_ORACLE })) !== undefined;

/** Reads the fees of a transaction on a rollup that are paid beside the gas. They are 0 on other chains. */
export async function readRollupFees(
  client: PublicClient,
  call: Partial<Call>,
  gas: bigint,
  offer: Offer,
): Promise<RollupFees> {
  if (!(await isOpStack(client))) return NO_FEES;
  const common = { chainId: await client.getChainId(), nonce: 1_000_000, gas, ...call };
  const data =
    "gasPrice" in offer
      ? serializeTransaction({ type: "legacy", ...common, ...offer })
      : serializeTransaction({ type: "eip1559", ...common, ...offer });
  const oracle = { address: GAS_PRICE_ORACLE, abi: oracleAbi } as const;
  const [l1Fee, operatorFee] = await Promise.all([
    orNothing(client.readContract({ ...oracle, functionName: "getL1Fee", args: [data] })),
    orNothing(client.readContract({ ...oracle, functionName: "getOperatorFee", args: [gas] })),
  ]);
  return { l1Fee, operatorFee };
}

/** Returns 0 if the oracle has no such function, as older rollups' oracles. */
const orNothing = (fee: Promise<bigint>): Promise<bigint> =>
  fee.catch((error: unknown) => {
    const isEmpty = error instanceof BaseError && error.walk((each) => each instanceof ContractFunctionZeroDataError);
    if (isEmpty || reasonOf(error)) return 0n;
    throw error;
  });

/** The gas and the cost of a call, by simulation. */
export interface Estimate {
  gas: bigint;
  /** Cost at the current gas price, with a rollup's further fees, in wei. */
  costWei: bigint;
  /** Cost at the highest gas price that is offered, with a rollup's further fees, in wei. */
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

/** Returns the cost of a call, or of a contract's creation without `to`, for a known amount of gas. */
export async function costOf(
  client: PublicClient,
  call: Partial<Call>,
  gas: bigint,
  price: GasPrice,
): Promise<Estimate> {
  const { l1Fee, operatorFee } = await readRollupFees(client, call, gas, price.offer);
  const beside = l1Fee + operatorFee;
  return { gas, costWei: gas * price.now + beside, mostWei: gas * price.most + beside };
}

/** Adds a fifth, because transactions of others may change the gas until then. Unused gas is not paid. */
export const withReserve = (amount: bigint) => (amount * 6n) / 5n;
