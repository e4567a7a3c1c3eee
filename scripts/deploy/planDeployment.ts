import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { type BytesLike, getAddress, type Signer, ZeroAddress } from "ethers";
import { UserError } from "#protocol/userError.ts";
import { AssetRegistry__factory } from "../../types/ethers-contracts/factories/AssetRegistry__factory.ts";
import { AdminTimelock__factory } from "../../types/ethers-contracts/factories/periphery/governance/AdminTimelock__factory.ts";
import { Inlets__factory } from "../../types/ethers-contracts/factories/periphery/payments/Inlets__factory.ts";
import { ReleasePreview__factory } from "../../types/ethers-contracts/factories/periphery/lens/ReleasePreview__factory.ts";
import { SignedPayments__factory } from "../../types/ethers-contracts/factories/periphery/payments/SignedPayments__factory.ts";
import { type Network, type NetworkCurrency, networkOf } from "#protocol/networks/networks.ts";
import { isOpStack, l1FeeOf, OP_STACK_WRAPPED_NATIVE } from "./opStack.ts";
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

/** All that a deployment will be. None of it can ever be changed. */
export interface DeploymentPlan {
  chainId: number;
  network: Network | undefined;
  deployer: string;
  /** An account or multisig, or the timelock that is deployed to be it. */
  admin: { account: string } | { delay: number; proposer: string };
  /** Undefined: the admin. */
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: NetworkCurrency[];
  wrappedNative: string;
  identityRegistry: string;
  permit2: string;
}

export interface DeploymentCost {
  balance: bigint;
  gas: bigint;
  /** Wei for one unit of gas, as of now and at most. */
  gasPrice: bigint;
  mostGasPrice: bigint;
  /** What a rollup of the OP stack takes for its first layer. */
  l1Fee: bigint;
}

/**
 * Completes what was asked for with what is known of the network, and looks on the chain whether it is so.
 *
 * @throws {UserError} for whatever a person can mend.
 */
export async function planDeployment(ethers: HardhatEthers, options: DeployOptions): Promise<DeploymentPlan> {
  const chainId = Number((await ethers.provider.getNetwork()).chainId);
  if (options.chainId !== 0 && options.chainId !== chainId) {
    throw new UserError(`The node is of chain ${chainId}, not of chain ${options.chainId}.`);
  }
  const [deployer] = await ethers.getSigners();
  if (!deployer) throw new UserError("This network has no account to deploy with.");
  const network = networkOf(chainId);
  const isLocal = chainId === LOCAL_CHAIN_ID;
  const account = (given: string | undefined) => given && addressOf(given);
  const { delay } = options;
  if (delay < 0) throw new UserError("--delay must be seconds, 0 or more.");
  const named = options.currencies?.split(",").filter(Boolean).map(addressOf);
  const wrapped = network?.wrappedNative ?? ((await isOpStack(ethers.provider)) ? OP_STACK_WRAPPED_NATIVE : undefined);
  const wrappedNative = account(options.wrappedNative) ?? wrapped?.address;
  const known = wrapped && !named ? [...(network ? [network.stablecoin] : []), wrapped] : undefined;
  return {
    chainId,
    network,
    deployer: deployer.address,
    admin: options.admin
      ? { account: addressOf(options.admin) }
      : isLocal && !options.proposer
        ? { account: deployer.address }
        : { delay, proposer: account(options.proposer) ?? deployer.address },
    commonsBeneficiary: account(options.commonsBeneficiary),
    commonsPpm: options.commonsPpm,
    currencies: await readCurrencies(ethers, { known, named, isLocal }),
    wrappedNative: wrappedNative ?? ZeroAddress,
    identityRegistry: account(options.identityRegistry) ?? ZeroAddress,
    permit2: PERMIT2,
  };
}

/** What it will take, estimated. */
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
    throw new UserError(`The chain refuses this deployment: ${(cause as Error).message}`, { cause });
  }
  const fees = await ethers.provider.getFeeData();
  const gasPrice = fees.gasPrice ?? 0n;
  return {
    balance: await ethers.provider.getBalance(plan.deployer),
    gas: others.reduce((sum, data) => sum + creationGas(data), gas),
    gasPrice,
    mostGasPrice: fees.maxFeePerGas ?? gasPrice,
    l1Fee: await l1FeeOf(ethers.provider, [registry.data, ...others]),
  };
}

export const pricePerGas = ({ gas, l1Fee }: DeploymentCost, gasPrice: bigint) => gas * gasPrice + l1Fee;

/** Of a contract that stores its code and does little else: the transaction, 200 a byte of code, 16 a byte of calldata. */
const creationGas = (data: BytesLike) => 60_000n + BigInt(data.length / 2) * (200n + 16n);

interface Currencies {
  /** With what the network's facts say of them. */
  known: NetworkCurrency[] | undefined;
  named: string[] | undefined;
  isLocal: boolean;
}

async function readCurrencies(
  ethers: HardhatEthers,
  { known, named, isLocal }: Currencies,
): Promise<NetworkCurrency[]> {
  if (!known && !named && !isLocal) throw new UserError("Name the currencies to admit: --currencies 0x…,0x…");
  const addresses = known?.map(({ address }) => address) ?? named ?? [];
  if (addresses.length === 0) {
    for (const each of await deployTestCurrencies(ethers)) addresses.push(await each.getAddress());
  }
  return Promise.all(
    addresses.map(async (address) => {
      const token = await ethers.getContractAt("TestCurrency", address);
      const facts = await Promise.all([token.symbol(), token.decimals()]).catch(() => undefined);
      if (!facts)
        throw new UserError(`There is no token at ${address} on this chain: it gives no symbol and decimals.`);
      const found = { address: address as `0x${string}`, symbol: facts[0], decimals: Number(facts[1]) };
      const expected = known?.find((each) => each.address === address);
      if (expected && (expected.symbol !== found.symbol || expected.decimals !== found.decimals)) {
        throw new UserError(
          `${address} says that it is ${found.symbol} with ${found.decimals} decimals, not ${expected.symbol} with ${expected.decimals}. Name the currencies yourself: --currencies 0x…,0x…`,
        );
      }
      return found;
    }),
  );
}

function addressOf(text: string): string {
  try {
    return getAddress(text);
  } catch {
    throw new UserError(`${text} is not an address.`);
  }
}
