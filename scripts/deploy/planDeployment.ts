import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { type BytesLike, getAddress, type Signer, ZeroAddress } from "ethers";
import { createPublicClient, custom as provided, type Hex, type PublicClient } from "viem";
import { costOf, type Estimate, isOpStack, readGasPrice } from "#client/transactions/cost.ts";
import type { FeeChoice } from "#client/transactions/feeOptions.ts";
import { type GasPrice, Prices } from "#client/transactions/prices.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { AssetRegistry__factory } from "../../types/ethers-contracts/factories/AssetRegistry__factory.ts";
import { AdminTimelock__factory } from "../../types/ethers-contracts/factories/periphery/governance/AdminTimelock__factory.ts";
import { Inlets__factory } from "../../types/ethers-contracts/factories/periphery/payments/Inlets__factory.ts";
import { Outlets__factory } from "../../types/ethers-contracts/factories/periphery/payments/Outlets__factory.ts";
import { ReleasePreview__factory } from "../../types/ethers-contracts/factories/periphery/lens/ReleasePreview__factory.ts";
import { SignedPayments__factory } from "../../types/ethers-contracts/factories/periphery/payments/SignedPayments__factory.ts";
import { type Network, type NetworkCurrency, networkOf } from "#protocol/networks/networks.ts";
import { OP_STACK_WRAPPED_NATIVE } from "./opStack.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { deployTestCurrencies, LOCAL_CHAIN_ID } from "./deployTestCurrencies.ts";

export interface DeployOptions {
  admin: string | undefined;
  proposer: string | undefined;
  /** Seconds. */
  delay: number;
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: string | undefined;
  wrappedNative: string | undefined;
  identityRegistry: string | undefined;
  chainId: number;
}

/** The parameters of a deployment. Only the proposer and the delay of a timelock can be changed later. */
export interface DeploymentPlan {
  chainId: number;
  network: Network | undefined;
  deployer: string;
  /** An account or multisig, or the timelock that is deployed for it. */
  admin: { account: string } | { delay: number; proposer: string };
  /** Undefined for the admin. */
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: NetworkCurrency[];
  wrappedNative: string;
  identityRegistry: string;
  permit2: string;
}

export interface DeploymentCost extends Estimate {
  balance: bigint;
  /** The price that each transaction offers. */
  price: GasPrice;
  /** Fees of an OP-stack rollup beside the gas, in wei. */
  rollupFees: bigint;
}

/**
 * Completes the options with the facts of the network, and checks these on the chain.
 *
 * @throws {UserError} for anything that the user can correct.
 */
export async function planDeployment(ethers: HardhatEthers, options: DeployOptions): Promise<DeploymentPlan> {
  const chainId = Number((await ethers.provider.getNetwork()).chainId);
  if (options.chainId !== 0 && options.chainId !== chainId) {
    throw new UserError(
      `The node is on chain ${chainId}, not on chain ${options.chainId}. Name another network with --network, or correct --chain-id.`,
    );
  }
  const [deployer] = await ethers.getSigners();
  if (!deployer) {
    throw new UserError(
      "This network has no account to deploy with. Store its key: npx hardhat keystore set PRIVATE_KEY.",
    );
  }
  const network = networkOf(chainId);
  const isLocal = chainId === LOCAL_CHAIN_ID;
  const account = (given: string | undefined, option: string) => given && addressOf(given, option);
  const { delay } = options;
  if (delay < 0) throw new UserError("--delay must be seconds, 0 or more.");
  const custom = options.currencies
    ?.split(",")
    .filter(Boolean)
    .map((each) => addressOf(each, "--currencies"));
  const wrapped = network?.wrappedNative ?? ((await isOpStack(readerOf(ethers))) ? OP_STACK_WRAPPED_NATIVE : undefined);
  const wrappedNative = account(options.wrappedNative, "--wrapped-native") ?? wrapped?.address;
  const usual = wrapped && !custom ? [...(network ? [network.stablecoin] : []), wrapped] : undefined;
  return {
    chainId,
    network,
    deployer: deployer.address,
    admin: options.admin
      ? { account: addressOf(options.admin, "--admin") }
      : isLocal && !options.proposer
        ? { account: deployer.address }
        : { delay, proposer: account(options.proposer, "--proposer") ?? deployer.address },
    commonsBeneficiary: account(options.commonsBeneficiary, "--commons-beneficiary"),
    commonsPpm: options.commonsPpm,
    currencies: await readCurrencies(ethers, { usual, custom, isLocal }),
    wrappedNative: wrappedNative ?? ZeroAddress,
    identityRegistry: account(options.identityRegistry, "--identity-registry") ?? ZeroAddress,
    permit2: PERMIT2,
  };
}

/**
 * Estimates the cost of a deployment.
 *
 * @throws {UserError} if the chain refuses the deployment.
 */
export async function estimateCost(
  ethers: HardhatEthers,
  plan: DeploymentPlan,
  choice: FeeChoice = {},
): Promise<DeploymentCost> {
  const signer: Signer = await ethers.getSigner(plan.deployer);
  const { admin, wrappedNative, identityRegistry, permit2, currencies } = plan;
  const someone = "account" in admin ? admin.account : admin.proposer;
  const registry = await new AssetRegistry__factory(signer).getDeployTransaction(
    someone,
    plan.commonsPpm,
    plan.commonsBeneficiary ?? someone,
    wrappedNative,
    currencies.map(({ address }) => address),
    identityRegistry,
  );
  const others = [
    ...("delay" in admin ? [await new AdminTimelock__factory(signer).getDeployTransaction(admin.delay, someone)] : []),
    await new Inlets__factory(signer).getDeployTransaction(someone),
    await new SignedPayments__factory(signer).getDeployTransaction(someone, permit2),
    await new ReleasePreview__factory(signer).getDeployTransaction(someone),
    await new Outlets__factory(signer).getDeployTransaction(someone, someone, [someone, someone, permit2]),
  ].map(({ data }) => data);
  let gas: bigint;
  try {
    gas = await signer.estimateGas(registry);
  } catch (cause) {
    throw new UserError(
      `The chain refuses this deployment: ${(cause as Error).message}\nCheck the options; --commons-ppm must be 1 to ${WHOLE_PPM}.`,
      { cause },
    );
  }
  const client = readerOf(ethers);
  const price = await readGasPrice(client, new Prices(plan.chainId, choice));
  const creations = [
    { data: registry.data, gas: gas + OUTLETS_LIST_GAS },
    ...others.map((data) => ({ data, gas: creationGas(data) })),
  ];
  const costs = await Promise.all(
    creations.map(({ data, gas: each }) => costOf(client, { data: data as Hex }, each, price)),
  );
  const sum = (of: (cost: Estimate) => bigint) => costs.reduce((total, cost) => total + of(cost), 0n);
  const total = sum((cost) => cost.gas);
  const costWei = sum((cost) => cost.costWei);
  return {
    balance: await ethers.provider.getBalance(plan.deployer),
    gas: total,
    price,
    costWei,
    mostWei: sum((cost) => cost.mostWei),
    rollupFees: costWei - total * price.now,
  };
}

/** Returns a reader of the chain that the deployment goes to. */
const readerOf = ({ provider }: HardhatEthers): PublicClient =>
  createPublicClient({
    transport: provided({ request: ({ method, params }) => provider.send(method, params ?? []) }, { retryCount: 0 }),
  });

/** Gas of the list of dead ends that the outlets' factory writes, a slot for each, besides its code. */
const OUTLETS_LIST_GAS = 11n * 22_400n;

/**
 * Gas of creating a contract that stores its code and does little else: the transaction, 200 for a byte of code, 16 for a
 * byte of calldata.
 */
const creationGas = (data: BytesLike) => 60_000n + BigInt(data.length / 2) * (200n + 16n);

interface CurrencyChoice {
  /** The network's own, with their symbols and decimals. */
  usual: NetworkCurrency[] | undefined;
  /** Addresses from the options. */
  custom: string[] | undefined;
  isLocal: boolean;
}

async function readCurrencies(
  ethers: HardhatEthers,
  { usual, custom, isLocal }: CurrencyChoice,
): Promise<NetworkCurrency[]> {
  if (!usual && !custom && !isLocal) throw new UserError("Name the currencies to admit: --currencies 0x…,0x…");
  const addresses = usual?.map(({ address }) => address) ?? custom ?? [];
  if (addresses.length === 0) {
    for (const each of await deployTestCurrencies(ethers)) addresses.push(await each.getAddress());
  }
  return Promise.all(
    addresses.map(async (address) => {
      const token = await ethers.getContractAt("TestCurrency", address);
      const facts = await Promise.all([token.symbol(), token.decimals()]).catch(() => undefined);
      if (!facts)
        throw new UserError(
          `There is no token at ${address} on this chain: it gives no symbol and decimals. Check --currencies and the network.`,
        );
      const currency = { address: address as `0x${string}`, symbol: facts[0], decimals: Number(facts[1]) };
      const expected = usual?.find((each) => each.address === address);
      if (expected && (expected.symbol !== currency.symbol || expected.decimals !== currency.decimals)) {
        throw new UserError(
          `${address} says that it is ${currency.symbol} with ${currency.decimals} decimals, not ${expected.symbol} with ${expected.decimals}. Name the currencies yourself: --currencies 0x…,0x…`,
        );
      }
      return currency;
    }),
  );
}

function addressOf(text: string, option: string): string {
  try {
    return getAddress(text);
  } catch {
    throw new UserError(`${option}: ${text} is not an address.`);
  }
}
