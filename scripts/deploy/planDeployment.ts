import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { type BytesLike, getAddress, type Signer, ZeroAddress } from "ethers";
import { createPublicClient, custom as provided, type Hex, type PublicClient } from "viem";
import { ifAnswered } from "#client/errors/ifAnswered.ts";
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
import { LOCAL_CHAIN_ID } from "./localMoney.ts";

/** The smallest part of the commons that a deployment may have. The contract refuses only 0. */
const LEAST_COMMONS_PPM = 1_000;

/** Options that name an account which must be able to act. */
const FOR_SOMEBODY: ReadonlySet<string> = new Set(["--proposer", "--canceller", "--commons-beneficiary"]);

export interface DeployOptions {
  admin: string | undefined;
  proposer: string | undefined;
  canceller: string | undefined;
  /** Seconds. */
  delay: number;
  commonsBeneficiary: string | undefined;
  commonsPpm: number;
  currencies: string | undefined;
  wrappedNative: string | undefined;
  identityRegistry: string | undefined;
  chainId: number;
}

/** The parameters of a deployment. Only the roles and the delay of a timelock can be changed later. */
export interface DeploymentPlan {
  chainId: number;
  network: Network | undefined;
  deployer: string;
  /** An account or multisig, or the timelock that is deployed for it. */
  admin: { account: string } | { delay: number; proposer: string; canceller: string };
  commonsBeneficiary: string;
  commonsPpm: number;
  currencies: NetworkCurrency[];
  /** True if test currencies are deployed first, because no currencies are named on the local chain. */
  testCurrencies: boolean;
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
  const signers = (await ethers.getSigners()).map(({ address }) => address);
  const [deployer] = signers;
  if (deployer === undefined) {
    throw new UserError(
      "This network has no account to deploy with. Store its key: npx hardhat keystore set PRIVATE_KEY.",
    );
  }
  const network = networkOf(chainId);
  const isLocal = chainId === LOCAL_CHAIN_ID;
  const account = (given: string | undefined, option: string) => given && addressOf(given, option);
  const { delay, commonsPpm } = options;
  if (delay < 0) throw new UserError("--delay must be seconds, 0 or more.");
  if (commonsPpm < LEAST_COMMONS_PPM || commonsPpm > WHOLE_PPM) {
    throw new UserError(
      `--commons-ppm must be ${LEAST_COMMONS_PPM} to ${WHOLE_PPM}. The commons' part is what it costs to pay oneself, and can never be changed; below ${LEAST_COMMONS_PPM} ppm (0.1 %) that costs next to nothing.`,
    );
  }
  /** The first account of the network that is none of these; preferably not the one that deploys. */
  const apartFrom = (...others: string[]) => [...signers.slice(1), deployer].find((each) => !others.includes(each));
  const proposer = account(options.proposer, "--proposer") ?? deployer;
  const admin: DeploymentPlan["admin"] = options.admin
    ? { account: addressOf(options.admin, "--admin") }
    : isLocal && !options.proposer && !options.canceller
      ? { account: deployer }
      : {
          delay,
          proposer,
          canceller:
            account(options.canceller, "--canceller") ??
            apartFrom(proposer) ??
            missing(
              "--canceller",
              "the account that can cancel a scheduled call. If it were the proposer, a thief of that one key could schedule calls and nobody could stop the thief. Use an account whose key is kept elsewhere, such as a Safe",
            ),
        };
  const commonsBeneficiary =
    account(options.commonsBeneficiary, "--commons-beneficiary") ??
    apartFrom(deployer, "account" in admin ? admin.account : admin.proposer) ??
    missing(
      "--commons-beneficiary",
      "the account whose credit the commons' part of all income is added to, for ever. Use an account that will last, such as a Safe, and that is neither the admin nor the account that deploys",
    );
  const custom = options.currencies
    ?.split(",")
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => addressOf(each, "--currencies"));
  const wrapped = network?.wrappedNative ?? ((await isOpStack(readerOf(ethers))) ? OP_STACK_WRAPPED_NATIVE : undefined);
  const wrappedNative = account(options.wrappedNative, "--wrapped-native") ?? wrapped?.address;
  const usual = wrapped && !custom ? [...(network ? [network.stablecoin] : []), wrapped] : undefined;
  return {
    chainId,
    network,
    deployer,
    admin,
    commonsBeneficiary,
    commonsPpm,
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
    plan.commonsBeneficiary,
    wrappedNative,
    currencies.map(({ address }) => address),
    identityRegistry,
  );
  const others = [
    ...("delay" in admin
      ? [await new AdminTimelock__factory(signer).getDeployTransaction(admin.delay, someone, admin.canceller)]
      : []),
    await new Inlets__factory(signer).getDeployTransaction(someone),
    await new SignedPayments__factory(signer).getDeployTransaction(someone, permit2),
    await new ReleasePreview__factory(signer).getDeployTransaction(someone),
    await new Outlets__factory(signer).getDeployTransaction(someone, someone, [someone, someone, permit2]),
  ].map(({ data }) => data);
  let gas: bigint;
  try {
    gas = await signer.estimateGas(registry);
  } catch (cause) {
    throw new UserError(`The chain refuses this deployment: ${(cause as Error).message}\nCheck the options.`, {
      cause,
    });
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
  const addresses = usual?.map(({ address }) => address) ?? custom ?? [];
  if (addresses.length === 0 && !isLocal) {
    throw new UserError("Name the currencies to admit: --currencies 0x…,0x…");
  }
  return Promise.all(
    addresses.map(async (address) => {
      const token = await ethers.getContractAt("TestCurrency", address);
      const facts = await ifAnswered(Promise.all([token.symbol(), token.decimals()]));
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
  let address: string;
  try {
    address = getAddress(text);
  } catch {
    throw new UserError(`${option}: ${text} is not an address.`);
  }
  if (address !== ZeroAddress || !FOR_SOMEBODY.has(option)) return address;
  throw new UserError(`${option}: nobody can sign as the zero address. Name an account.`);
}

function missing(option: string, is: string): never {
  throw new UserError(`Name ${is}: ${option} 0x… This network has no other account, so there is no default.`);
}
