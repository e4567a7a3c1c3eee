import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { type BytesLike, getAddress, type Signer, ZeroAddress } from "ethers";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { AssetRegistry__factory } from "../../types/ethers-contracts/factories/AssetRegistry__factory.ts";
import { AdminTimelock__factory } from "../../types/ethers-contracts/factories/periphery/governance/AdminTimelock__factory.ts";
import { Inlets__factory } from "../../types/ethers-contracts/factories/periphery/payments/Inlets__factory.ts";
import { ReleasePreview__factory } from "../../types/ethers-contracts/factories/periphery/lens/ReleasePreview__factory.ts";
import { SignedPayments__factory } from "../../types/ethers-contracts/factories/periphery/payments/SignedPayments__factory.ts";
import { type Network, type NetworkCurrency, networkOf } from "#protocol/networks/networks.ts";
import { isOpStack, l1FeeOf, OP_STACK_WRAPPED_NATIVE } from "./opStack.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { LOCAL_CHAIN_ID } from "./deployTestCurrencies.ts";

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
  /** True if test currencies are deployed first, because no currencies are named on the local chain. */
  testCurrencies: boolean;
  wrappedNative: string;
  identityRegistry: string;
  permit2: string;
}

export interface DeploymentCost {
  balance: bigint;
  gas: bigint;
  /** Wei for one unit of gas, now. */
  gasPrice: bigint;
  /** L1 data fee of an OP-stack rollup, in wei. */
  l1Fee: bigint;
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
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => addressOf(each, "--currencies"));
  const wrapped = network?.wrappedNative ?? ((await isOpStack(ethers.provider)) ? OP_STACK_WRAPPED_NATIVE : undefined);
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
    testCurrencies: isLocal && !usual && !custom,
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
export async function estimateCost(ethers: HardhatEthers, plan: DeploymentPlan): Promise<DeploymentCost> {
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
  const { gasPrice } = await ethers.provider.getFeeData();
  return {
    balance: await ethers.provider.getBalance(plan.deployer),
    gas: others.reduce((sum, data) => sum + creationGas(data), gas),
    gasPrice: gasPrice ?? 0n,
    l1Fee: await l1FeeOf(ethers.provider, [registry.data, ...others]),
  };
}

/** The price of a whole deployment in wei. */
export const totalFee = ({ gas, gasPrice, l1Fee }: DeploymentCost): bigint => gas * gasPrice + l1Fee;

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
  const addresses = usual?.map(({ address }) => address) ?? custom ?? [];
  if (addresses.length === 0 && !isLocal) {
    throw new UserError("Name the currencies to admit: --currencies 0x…,0x…");
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
