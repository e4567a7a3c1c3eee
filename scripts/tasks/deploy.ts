import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Addressable, formatEther, ZeroAddress } from "ethers";
import { type EIP1193Provider, getContractAddress } from "viem";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";
import type { ContractSite, Deployment } from "#protocol/deployment.ts";
import { deploymentFile, readDeployment, writeDeployment } from "#node/deploymentFile.ts";
import { UserError } from "#protocol/userError.ts";
import { registryModule, tributaryModule } from "../../ignition/modules/Tributary.ts";
import { checkRoles } from "../deploy/checkRoles.ts";
import { createdBy, creationOf, dropCutLine, readIgnitionJournal } from "../deploy/ignitionJournal.ts";
import { isBegun, readBegun, recordBegin, requireBegunHere, requireSameOptions } from "../deploy/begunDeployment.ts";
import { requireCancun } from "../deploy/requireCancun.ts";
import { resetDeployment } from "../deploy/resetDeployment.ts";
import type { Send } from "../deploy/findByNonce.ts";
import { describeDeploymentPlan } from "../deploy/describeDeploymentPlan.ts";
import {
  type DeploymentCost,
  type DeploymentPlan,
  type DeployOptions,
  estimateCost,
  planDeployment,
} from "../deploy/planDeployment.ts";
import { deployLocalMoney, describeCurrency, LOCAL_CHAIN_ID, placePermit2 } from "../deploy/localMoney.ts";
import { commitOf, compilerOf } from "../deploy/provenance.ts";
import { recoverUnrecorded, wipeFailedReads } from "../deploy/recoverUnrecorded.ts";
import { availableVerifiers, type Verifier, verifySources } from "../deploy/verifySources.ts";
import { type FeeChoice, parseFeeOptions } from "#client/transactions/feeOptions.ts";
import type { GasPrice } from "#client/transactions/prices.ts";
import { networkOf } from "#protocol/networks/networks.ts";
import { addressUrl } from "#node/explorerPages.ts";
import { seeOwnWrites } from "./seeOwnWrites.ts";
import { confirm, processTerminal } from "../participant/terminal.ts";
import { runCommand } from "../participant/command.ts";
import { readWholeNumbers } from "../participant/readNumbers.ts";
import { requireDeploymentOn, requireLastingNetwork } from "../participant/openSession.ts";
import { readGenesis } from "#protocol/failures/genesis.ts";

interface DeployArguments extends DeployOptions {
  tip: string | undefined;
  maxFee: string | undefined;
  yes: boolean;
  reset: boolean;
  noVerify: boolean;
}

export default async function deploy(values: object, hre: HardhatRuntimeEnvironment): Promise<void> {
  await runCommand(async (signal) => {
    const given = values as DeployArguments; // as they are declared; numbers are text until they are parsed
    const options = readWholeNumbers(given, ["delay", "commonsPpm", "chainId"]);
    requireLastingNetwork(hre);
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
    const choice = parseFeeOptions(options);
    const agreement: Agreement = { most: undefined };
    seeOwnWrites(hre, { choice, accept: (raised) => acceptRaised(raised, agreement, options, signal) });
    const connection = await hre.network.create();
    const chainId = Number((await connection.ethers.provider.getNetwork()).chainId);
    const file = deploymentFile(chainId);
    const folder = ignitionFolder(hre, chainId);
    const isLocal = chainId === LOCAL_CHAIN_ID;
    if (options.reset) {
      const { yes } = options;
      const terminal = processTerminal();
      await resetDeployment({ chainId, file, folder, send: sendOf(connection), terminal, signal, yes });
    }
    if (!existsSync(file)) {
      await writeDeployment(file, await deployContracts(options, hre, connection, { choice, agreement, signal }));
    } else {
      await requireDeploymentOn(connection, await readDeployment(file), file);
      console.log(
        `This chain already has a deployment: ${file}. For a new one, run deploy with --reset, which moves this file and the folder ${folder} aside.`,
      );
    }
    const deployment = await readDeployment(file);
    console.log(describeDeployment(deployment, file));
    if (isLocal) console.log("To get test money:  npx hardhat --network localhost faucet --account 0x…");
    if (!isLocal && !options.noVerify) await verify(hre, deployment);
  });
}

const sendOf =
  ({ provider }: NetworkConnection): Send =>
  (method, params) =>
    provider.request({ method, params });

const ignitionFolder = (hre: HardhatRuntimeEnvironment, chainId: number) =>
  join(hre.config.paths.ignition, "deployments", `chain-${chainId}`);

async function deployContracts(
  options: DeployArguments,
  hre: HardhatRuntimeEnvironment,
  connection: NetworkConnection,
  { choice, agreement, signal }: { choice: FeeChoice; agreement: Agreement; signal: AbortSignal },
): Promise<Deployment> {
  const { ethers } = connection;
  const send = sendOf(connection);
  await requireCancun(send);
  const plan = await planDeployment(ethers, options);
  // Hardhat's provider follows EIP-1193, but its types differ from viem's.
  const warnings = await checkRoles(connection.provider as unknown as EIP1193Provider, plan);
  const folder = ignitionFolder(hre, plan.chainId);
  const genesis = await readGenesis(send);
  await requireBegunHere(folder, genesis, send);
  const resumes = isBegun(folder);
  if (plan.testCurrencies && resumes) {
    const begun = await readBegun(folder);
    plan.currencies = begun?.currencies ?? [];
    plan.wrappedNative = begun?.options["--wrapped-native"] ?? plan.wrappedNative;
  }
  await requireSameOptions(folder, plan);
  const cost = await estimateCost(ethers, plan, choice);
  agreement.most = cost;
  console.log(describeDeploymentPlan(plan, cost));
  for (const warning of warnings) console.log(`Warning: ${warning}`);
  if (!resumes && cost.balance < cost.mostWei) {
    const symbol = plan.network?.nativeSymbol ?? "of native money";
    const faucet = plan.network ? ` ${plan.network.faucet} gives some.` : "";
    throw new UserError(
      `${plan.deployer} has ${formatEther(cost.balance)} ${symbol}, but the deployment may cost ${formatEther(cost.mostWei)} ${symbol}. Send it more first.${faucet}`,
    );
  }
  const question = resumes
    ? "A deployment on this chain was begun and not finished. Continue it with the options above?"
    : "The admin, the beneficiary and the commons' part can never be changed, and an admitted currency can never be removed. Deploy?";
  if (!options.yes) await confirm(processTerminal(), question, signal);
  if (resumes) {
    await dropCutLine(folder);
    await recoverUnrecorded({ folder, sender: plan.deployer, send });
    await wipeFailedReads(folder);
  }
  signal.throwIfAborted();
  if (plan.testCurrencies && plan.currencies.length === 0) {
    const { dollar, wrapped } = await deployLocalMoney(ethers);
    plan.currencies = await Promise.all([dollar, wrapped].map(describeCurrency));
    if (plan.wrappedNative === ZeroAddress) plan.wrappedNative = await wrapped.getAddress();
  }
  if (plan.chainId === LOCAL_CHAIN_ID && !(await placePermit2(ethers))) {
    console.log(
      `There is no Permit2 at ${plan.permit2}, and this node lets nobody place a double there. The way permit2 cannot pay on this chain; all others can.`,
    );
  }
  await recordBegin(folder, plan, genesis);
  signal.throwIfAborted();
  const { registry, ledger, ...periphery } = await runIgnition(plan, folder, connection, signal);
  const journal = await readIgnitionJournal(folder);
  const addressOf = async (contract: Addressable) => (await contract.getAddress()) as `0x${string}`;
  const siteOf = async (contract: Addressable): Promise<ContractSite> => {
    const address = await addressOf(contract);
    return { address, fromBlock: creationOf(address, journal).block };
  };
  const registryAddress = await addressOf(registry);
  const creation = creationOf(registryAddress, journal);
  const deployedRegistry = await ethers.getContractAt("AssetRegistry", registryAddress);
  const deployedLedger = await ethers.getContractAt("FeeLedger", await addressOf(ledger));
  const [itsLedger, itsRegistry] = [await deployedRegistry.ledger(), await deployedLedger.registry()];
  if (itsLedger !== deployedLedger.target || itsRegistry !== registryAddress)
    throw new UserError(
      `The chain shows another ledger for the registry ${registryAddress} than ${String(deployedLedger.target)}. No file was written. Check the endpoint and run the same command again.`,
    );
  return {
    chainId: plan.chainId,
    registry: registryAddress,
    ledger: await addressOf(ledger),
    startBlock: creation.block,
    genesis,
    periphery: Object.fromEntries(
      await Promise.all(
        Object.entries(periphery).map(async ([name, contract]) => [name, await siteOf(contract)] as const),
      ),
    ),
    made: {
      admin: (await deployedLedger.admin()) as `0x${string}`,
      ...("delay" in plan.admin && {
        timelock: {
          delay: plan.admin.delay,
          proposer: plan.admin.proposer as `0x${string}`,
          canceller: plan.admin.canceller as `0x${string}`,
        },
      }),
      commonsBeneficiary: (await deployedLedger.commonsBeneficiary()) as `0x${string}`,
      commonsPpm: plan.commonsPpm,
      currencies: plan.currencies,
      wrappedNative: plan.wrappedNative as `0x${string}`,
      identityRegistry: plan.identityRegistry as `0x${string}`,
      permit2: plan.permit2 as `0x${string}`,
      transaction: creation.transaction,
      commit: await commitOf(hre.config.paths.root),
      compiler: compilerOf(hre),
    },
  };
}

/** The cost that the person agreed to; undefined before that and on a local chain. */
interface Agreement {
  most: DeploymentCost | undefined;
}

/**
 * Says that a higher price is offered than the node suggests, and asks if the deployment may then cost more than was shown.
 *
 * @throws {UserError} if the account cannot pay that, or the answer is not yes.
 */
async function acceptRaised(
  { most, notes = [] }: GasPrice,
  { most: agreed }: Agreement,
  { yes }: DeployArguments,
  signal: AbortSignal,
): Promise<void> {
  for (const note of notes) console.log(note);
  if (!agreed || most <= agreed.price.most) return;
  const whole = agreed.mostWei + agreed.gas * (most - agreed.price.most);
  const [before, after] = [formatEther(agreed.mostWei), formatEther(whole)];
  if (agreed.balance < whole)
    throw new UserError(`The deployment may then cost ${after}, but the account has ${formatEther(agreed.balance)}.`);
  if (!yes) await confirm(processTerminal(), `The whole then costs at most ${after}, not ${before}. Go on?`, signal);
  agreed.price = { ...agreed.price, most };
  agreed.mostWei = whole;
}

async function runIgnition(plan: DeploymentPlan, folder: string, { ignition }: NetworkConnection, signal: AbortSignal) {
  const { admin, commonsBeneficiary } = plan;
  // Ignition cannot be told to stop, but it writes down each step before the next and goes on from there.
  const interrupt = () => {
    console.error("Interrupted. What was sent may still be mined. Run the same command again to continue.");
    process.exit(130);
  };
  signal.addEventListener("abort", interrupt, { once: true });
  const module = { timelock: "delay" in admin };
  const options = {
    deploymentId: `chain-${plan.chainId}`,
    displayUi: true,
    parameters: {
      Tributary: {
        ...("delay" in admin ? admin : { admin: admin.account }),
        commonsBeneficiary,
        commonsPpm: plan.commonsPpm,
        wrappedNative: plan.wrappedNative,
        currencies: plan.currencies.map(({ address }) => address),
        identityRegistry: plan.identityRegistry,
        permit2: plan.permit2,
      },
    },
  };
  try {
    let registry = createdBy("Tributary#AssetRegistry", await readIgnitionJournal(folder));
    if (registry === undefined) {
      const first = await ignition.deploy(registryModule(module), options);
      registry = await first.registry.getAddress();
    }
    return await ignition.deploy(tributaryModule(module, ledgerOf(registry)), options);
  } catch (cause) {
    throw new UserError(`${(cause as Error).message}\nRun the same command again to continue where it stopped.`, {
      cause,
    });
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** Returns the address of a registry's ledger: the first contract that it creates. */
const ledgerOf = (registry: string): string => getContractAddress({ from: registry as `0x${string}`, nonce: 1n });

function describeDeployment({ chainId, registry, ledger, periphery }: Deployment, file: string): string {
  const contracts: [string, string | undefined][] = [
    ["AssetRegistry", registry],
    ["FeeLedger", ledger],
    ["Inlets", periphery.inlets?.address],
    ["SignedPayments", periphery.signedPayments?.address],
    ["ReleasePreview", periphery.preview?.address],
    ["Outlets", periphery.outlets?.address],
    ["Timelock", periphery.timelock?.address],
  ];
  const rows = contracts
    .filter((row): row is [string, string] => row[1] !== undefined)
    .map(([name, address]) => `${name.padEnd(15)}${addressUrl(chainId, address) ?? address}`);
  return [...rows, `written to     ${file}`].join("\n");
}

async function verify(hre: HardhatRuntimeEnvironment, deployment: Deployment): Promise<void> {
  const { chainId } = deployment;
  const hasBlockscout = hre.config.chainDescriptors.get(BigInt(chainId))?.blockExplorers.blockscout !== undefined;
  const verifiers: readonly Verifier[] =
    networkOf(chainId)?.verifiers ?? (hasBlockscout ? ["blockscout", "sourcify"] : ["sourcify"]);
  const available = await availableVerifiers(hre, verifiers);
  for (const verifier of verifiers) {
    if (!available.includes(verifier))
      console.log(`Not verified at ${verifier}: ETHERSCAN_API_KEY is not set. Set it and run the same command again.`);
  }
  const failures: string[] = [];
  for await (const { contract, verifier, failure } of verifySources(hre, deployment, available)) {
    if (failure !== undefined) failures.push(`${contract} at ${verifier}: ${failure}`);
  }
  if (failures.length === 0) {
    if (available.length > 0) console.log(`All sources are verified at ${available.join(", ")}.`);
    return;
  }
  throw new UserError(
    [
      "The contracts are deployed, but these sources are not verified:",
      ...failures,
      "Run the same command again.",
    ].join("\n"),
  );
}
