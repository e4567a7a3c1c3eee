import { createServer as createTcpServer } from "node:net";
import hre from "hardhat";
import pc from "picocolors";
import { type Address, createPublicClient, custom } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { lockFolder } from "#node/lockFolder.ts";
import { progressBar } from "#node/progressBar.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { readGenesis } from "#protocol/failures/genesis.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { UserError } from "#protocol/userError.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { deployPeriphery, sitesOf } from "../deploy/deployPeriphery.ts";
import { DEFAULT_COMMONS_PPM, deployTributary } from "../deploy/deployTributary.ts";
import { deployLocalMoney, describeCurrency, LOCAL_CHAIN_ID, placePermit2 } from "../deploy/localMoney.ts";
import { commitOf, compilerOf } from "../deploy/provenance.ts";
import { buildExplorer } from "../explorer/buildExplorer.ts";
import { importLineage } from "../import/importLineage.ts";
import { type ImportPlan, planImport } from "../import/planImport.ts";
import { readLineage } from "../import/readLineage.ts";
import { instructions } from "./instructions.ts";
import type { FirstRunOptions } from "./options.ts";
import { payFees } from "./payments.ts";
import { choosePeople, featuredIn, ownersOf } from "./people.ts";
import { reportOn } from "./report.ts";
import { settleAndClaim } from "./settleAndClaim.ts";
import { type LocalChain, startLocalChain } from "./startLocalChain.ts";
import { step as printStep } from "./step.ts";
import { Traces } from "./traces.ts";

const FOLDER = ".tributary/demo";
/** Play money of the payer: 10,000 dollars and 10 of wrapped native money. */
const PAYER_MONEY = { dollars: 10n ** 10n, wrapped: 10n ** 19n };

/**
 * Makes a local economy, reports on it, and serves it unless `once` is set. Returns while it serves.
 *
 * @param ends Gets a function for everything that must be stopped.
 */
export async function firstRun(
  options: FirstRunOptions,
  ends: (() => Promise<unknown>)[],
  signal: AbortSignal,
): Promise<void> {
  const step = (title: string) => {
    signal.throwIfAborted();
    printStep(title);
  };
  await lockFolder(FOLDER);
  const traces = new Traces(FOLDER);
  await requireFreePort(options.rpcPort, "--rpc-port");
  await requireFreePort(options.port, "--port");
  const plan = planImport(await readLineage(options.lineage));

  step("Starting a local chain and deploying the contracts");
  const chain = await startLocalChain(options.rpcPort);
  ends.push(chain.close);
  const { ethers, provider } = chain;
  const [deployer, commons, ...others] = await ethers.getSigners();
  if (!deployer || !commons) throw new Error("The local chain has no accounts.");
  const payers = others.slice(0, 6);
  const { money, tributary, deployment } = await deploy(chain);
  const { registry, ledger, startBlock, periphery } = deployment;

  step(`Registering the lineage of ${options.lineage}`);
  const people = choosePeople();
  const owners = ownersOf(plan, people);
  const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
  const releases = await showing("registering", ends, (onProgress) =>
    importLineage({
      voidForgotten: false, // the chain is new
      chain: new Chain({ client, deployment }),
      provider,
      account: deployer.address as Address,
      startBlock,
      plan,
      ownerOf: owners.ownerOf,
      onProgress: ({ done, total }) => onProgress(done, total),
      signal,
    }),
  ).then((result) => result.releases);

  step(`Paying ${options.fees} fees from ${payers.length} accounts`);
  await showing("paying", ends, (onProgress) =>
    payFees({
      ledger: tributary.ledger,
      money,
      payers,
      plan,
      releases,
      count: options.fees,
      onProgress,
      signal,
    }),
  );
  await (await money.dollar.mint(people.payer.address, PAYER_MONEY.dollars)).wait();
  const payer = await ethers.getSigner(people.payer.address);
  await (await money.wrapped.connect(payer).deposit({ value: PAYER_MONEY.wrapped })).wait();

  step("Indexing the chain");
  const indexer = await Indexer.start({
    rpcUrl: chain.url,
    target: { folder: traces.journal },
    source: { chainId: LOCAL_CHAIN_ID, registry, ledger, startBlock: BigInt(startBlock), periphery },
    pollingIntervalMs: 200,
    onFailure: (error) => console.error("The indexer stopped:", error),
  });
  ends.push(() => indexer.stop());
  await indexer.waitForBlock(BigInt(await ethers.provider.getBlockNumber()));
  signal.throwIfAborted();
  const dollar = (await money.dollar.getAddress()).toLowerCase() as Address;
  console.log(`\n${reportOn(indexer.state, dollar)}\n`);
  const claimant = await settleAndClaim({
    indexer,
    ledger: tributary.ledger,
    dollar: money.dollar,
    owners,
    deployer,
    except: people.owner.address,
  });
  await indexer.waitForBlock(BigInt(await ethers.provider.getBlockNumber()));

  step("Comparing the index with the contracts");
  const { compared, logs, differing, differences } = await indexer.verify({ signal });
  console.log(`Compared ${compared} answers of the contracts and ${logs} logs of the chain: ${differing} differ.`);
  if (differing > 0)
    throw new Error(`The index differs from the contracts. The first difference: ${JSON.stringify(differences[0])}`);
  if (options.once) return;

  const explorer = await buildExplorer({ onBuild: () => step("Building the explorer") });
  signal.throwIfAborted();
  const aside = await traces.writeDeployment(deployment);
  if (aside !== undefined)
    console.log(`The deployment file of another local deployment was in the way. Until this run ends, it is ${aside}.`);
  const api = await createServer(indexer, {
    explorer: { folder: explorer, rpcUrls: { [LOCAL_CHAIN_ID]: chain.url } },
  });
  ends.push(() => api.close());
  await api.listen({ host: "127.0.0.1", port: options.port });
  const base = `http://127.0.0.1:${options.port}`;
  const featured = featuredIn(plan);
  const latestFee = indexer.state.fees.at(-1);
  console.log(`
${instructions({
  people,
  release: releases[featured] ?? 1,
  name: nameOf(plan, featured),
  rpcUrl: chain.url,
  apiUrl: base,
})}

${pc.bold("Try the API")}
  ${base}/docs                                      lists all requests
  ${base}/v1/assets?search=common
  ${base}/v1/releases/${latestFee?.release}/weights
  ${base}/v1/fees/${latestFee?.id}/trace
  ${base}/v1/accounts/${claimant}/statement
The chain is at ${chain.url} (chain id ${LOCAL_CHAIN_ID}), the ledger at ${ledger}.

${pc.bold(`Open the explorer: ${base}`)}
${pc.dim("Serving. Stop with Ctrl-C.")}`);
}

const nameOf = (plan: ImportPlan, i: number) => plan[i]?.asset.name ?? "an asset";

/** Deploys the play money, Permit2's double and the contracts, and describes them as `deploy` does. */
async function deploy({ ethers, provider }: LocalChain) {
  const [admin, commons] = await ethers.getSigners();
  if (!admin || !commons) throw new Error("The local chain has no accounts.");
  await placePermit2(ethers);
  const money = await deployLocalMoney(ethers);
  const { dollar, wrapped } = money;
  const tributary = await deployTributary(ethers, {
    admin,
    commonsBeneficiary: commons,
    currencies: [dollar, wrapped],
    wrappedNative: wrapped,
  });
  const addressOf = async (contract: { getAddress: () => Promise<string> }) => (await contract.getAddress()) as Address;
  const request = (method: string, params: unknown[]) => provider.request({ method, params } as never);
  const deployment = {
    chainId: LOCAL_CHAIN_ID,
    registry: await addressOf(tributary.registry),
    ledger: await addressOf(tributary.ledger),
    startBlock: tributary.startBlock,
    genesis: await readGenesis(request),
    periphery: await sitesOf(await deployPeriphery(ethers, tributary.ledger)),
    made: {
      admin: admin.address as Address,
      commonsBeneficiary: commons.address as Address,
      commonsPpm: DEFAULT_COMMONS_PPM,
      currencies: await Promise.all([dollar, wrapped].map(describeCurrency)),
      wrappedNative: await addressOf(wrapped),
      identityRegistry: "0x0000000000000000000000000000000000000000",
      permit2: PERMIT2,
      transaction: tributary.transaction,
      commit: await commitOf(hre.config.paths.root),
      compiler: compilerOf(hre),
    },
  } satisfies Deployment;
  return { money, tributary, deployment };
}

/** Shows the progress of some work. The bar is also removed if the run is stopped before the work ends. */
async function showing<T>(
  label: string,
  ends: (() => Promise<unknown>)[],
  work: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar(label);
  ends.push(async () => bar.stop());
  return work(bar.update).finally(bar.stop);
}

async function requireFreePort(port: number, option: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createTcpServer();
    probe.once("error", (cause) =>
      reject(
        new UserError(
          `Port ${port} is in use. Stop the program that listens there, or choose another port: npm start -- ${option} ${port + 1}`,
          { cause },
        ),
      ),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
