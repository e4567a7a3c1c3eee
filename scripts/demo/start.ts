// The first run: starts a local chain, registers a real lineage, pays fees, indexes them and reports where the money went.
//
//   npm start                            open the URLs that it prints; stop it with Ctrl-C
//   npm start -- --help                  list the options
import { rm } from "node:fs/promises";
import { createServer as createTcpServer } from "node:net";
import { parseArgs } from "node:util";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import pc from "picocolors";
import { type Address, createPublicClient, custom, formatUnits } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { claimPlans } from "../../indexer/graph/plans/claimPlans.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { lockFolder } from "#node/lockFolder.ts";
import { createLog } from "#node/log.ts";
import { runProgram } from "#node/orderlyStop.ts";
import { UserError } from "#protocol/userError.ts";
import type { TestCurrency } from "../../types/ethers-contracts/doubles/TestCurrency.ts";
import { deployPeriphery, sitesOf } from "../deploy/deployPeriphery.ts";
import { deployTestCurrencies, LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";
import { deployTributary, type Tributary } from "../deploy/deployTributary.ts";
import { importLineage } from "../import/importLineage.ts";
import { LocalOwners } from "../import/owners.ts";
import { readLineage } from "../import/readLineage.ts";
import { type ImportPlan, planImport } from "../import/planImport.ts";
import { progressBar } from "#node/progressBar.ts";
import { buildExplorer } from "../explorer/buildExplorer.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { reportOn } from "./report.ts";
import { startLocalChain } from "./startLocalChain.ts";

const HELP = `npm start -- [options]
  --rpc-port N     port of the local chain. Default: 8545
  --port N         port of the explorer and the API. Default: 4000
  --lineage FILE   lineage file to import. Default: scripts/lineages/well-known.json
  --fees N         number of fees to pay. Default: 300
  --once           end after the report, without serving the explorer and the API`;

const OPTIONS = {
  "rpc-port": { type: "string", default: "8545" },
  port: { type: "string", default: "4000" },
  lineage: { type: "string", default: "scripts/lineages/well-known.json" },
  fees: { type: "string", default: "300" },
  once: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const FOLDER = ".tributary/demo";
const SEED = 20_251;

/** Functions that stop what was started, called in reverse order. */
const ends: (() => Promise<unknown>)[] = [];
/** Logs lines for people, even if the output is piped. */
const log = createLog({ isTTY: true, write: (text) => process.stderr.write(text) });

await runProgram(log, async (stop) => {
  try {
    await run(stop);
  } finally {
    for (const end of ends.toReversed()) await end().catch((error: unknown) => log.error("While stopping:", error));
  }
});

async function run(signal: AbortSignal): Promise<void> {
  const options = readOptions();
  if (!options) return;

  ends.push(await lockFolder(FOLDER));
  ends.push(() => rm(`${FOLDER}/journal`, { recursive: true, force: true }));
  await rm(`${FOLDER}/journal`, { recursive: true, force: true }); // left by a run that was killed
  await requireFreePort(options.rpcPort, "--rpc-port");
  await requireFreePort(options.port, "--port");

  step("Starting a local chain and deploying the contracts");
  const chain = await startLocalChain(options.rpcPort);
  ends.push(chain.close);
  const { ethers } = chain;
  const [deployer, commons, ...payers] = (await ethers.getSigners()).slice(0, 8);
  if (!deployer || !commons) throw new Error("The local chain has no accounts.");
  const currencies = await deployTestCurrencies(ethers);
  const tributary = await deployTributary(ethers, { admin: deployer, commonsBeneficiary: commons, currencies });
  const { registry, ledger, startBlock } = tributary;
  const periphery = await sitesOf(await deployPeriphery(ethers, ledger));

  step(`Registering the lineage of ${options.lineage}`);
  const plan = planImport(await readLineage(options.lineage));
  const owners = new LocalOwners();
  const importBar = progressBar("registering");
  const addresses = {
    registry: (await registry.getAddress()) as Address,
    ledger: (await ledger.getAddress()) as Address,
  };
  const client = createPublicClient({ transport: custom(chain.provider, { retryCount: 0 }) });
  const { releases } = await importLineage({
    voidForgotten: false, // the chain is new
    chain: new Chain({ client, deployment: { chainId: LOCAL_CHAIN_ID, ...addresses, periphery } }),
    provider: chain.provider,
    account: deployer.address as Address,
    startBlock,
    plan,
    ownerOf: owners.ownerOf,
    onProgress: ({ done, total }) => importBar.update(done, total),
    signal,
  }).finally(importBar.stop);

  step(`Paying ${options.fees} fees from ${payers.length} accounts`);
  const feeBar = progressBar("paying");
  await payFees(tributary, currencies, payers, plan, releases, options.fees, feeBar.update, signal).finally(
    feeBar.stop,
  );

  step("Indexing the chain");
  const indexer = await Indexer.start({
    rpcUrl: chain.url,
    target: { folder: `${FOLDER}/journal` },
    source: {
      chainId: LOCAL_CHAIN_ID,
      ...addresses,
      startBlock: BigInt(startBlock),
      periphery,
    },
    pollingIntervalMs: 200,
    onFailure: (error) => console.error("The indexer stopped:", error),
  });
  ends.push(() => indexer.stop());
  await indexer.waitForBlock(BigInt(await ethers.provider.getBlockNumber()));
  signal.throwIfAborted();
  const [dollar] = currencies;
  const dollarAddress = (await dollar.getAddress()).toLowerCase() as Address;
  console.log(`\n${reportOn(indexer.state, dollarAddress)}\n`);

  const claimant = await settleAndClaim(indexer, tributary, dollar, owners, deployer);
  await indexer.waitForBlock(BigInt(await ethers.provider.getBlockNumber()));
  signal.throwIfAborted();

  step("Comparing the index with the contracts");
  const { compared, logs, differing, differences } = await indexer.verify({ signal });
  console.log(`Compared ${compared} answers of the contracts and ${logs} logs of the chain: ${differing} differ.`);
  if (differing > 0)
    throw new Error(`The index differs from the contracts. The first difference: ${JSON.stringify(differences[0])}`);

  if (options.once) return;
  const explorer = await buildExplorer({ onBuild: () => step("Building the explorer") });
  const api = await createServer(indexer, {
    explorer: { folder: explorer, rpcUrls: { [LOCAL_CHAIN_ID]: chain.url } },
  });
  await api.listen({ host: "127.0.0.1", port: options.port });
  ends.push(() => api.close());
  const latestFee = indexer.state.fees.at(-1);
  const base = `http://127.0.0.1:${options.port}`;
  console.log(`\n${pc.bold(`Open the explorer: ${base}`)}

${pc.bold("Try the API")}
  ${base}/docs                                      lists all requests
  ${base}/v1/assets?search=common
  ${base}/v1/releases/${latestFee?.release}/weights
  ${base}/v1/fees/${latestFee?.id}/trace
  ${base}/v1/accounts/${claimant}/statement
The chain is at ${chain.url} (chain id ${LOCAL_CHAIN_ID}), the ledger at ${await ledger.getAddress()}.
${pc.dim("Serving. Stop with Ctrl-C.")}`);
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  console.log("\nStopped. The chain and the index of this run are deleted.");
}

function parseOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (cause) {
    throw new UserError(`${(cause as Error).message}. npm start -- --help lists the options.`, { cause });
  }
}

function readOptions() {
  const values = parseOptions();
  if (values.help) {
    console.log(HELP);
    return undefined;
  }
  const whole = (name: "rpc-port" | "port" | "fees", least: number, most: number) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new UserError(`--${name} must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
  return {
    rpcPort: whole("rpc-port", 1, 65_535),
    port: whole("port", 1, 65_535),
    fees: whole("fees", 1, 100_000),
    lineage: values.lineage,
    once: values.once,
  };
}

function step(title: string): void {
  console.log(`${pc.cyan("•")} ${title}`);
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

/** Pays random fees: most to agents, fewer to models, few to datasets; most of them in dollars. */
async function payFees(
  { ledger }: Tributary,
  [dollar, ether]: [TestCurrency, TestCurrency],
  payers: HardhatEthersSigner[],
  plan: ImportPlan,
  releases: readonly number[],
  count: number,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const random = seededRandom(SEED);
  for (const payer of payers) {
    for (const currency of [dollar, ether]) {
      await (await currency.mint(payer, 10n ** 30n)).wait();
      await (await currency.connect(payer).approve(ledger, 2n ** 256n - 1n)).wait();
    }
  }
  const demand = { agent: 12, model: 3, dataset: 1 };
  const choices = plan.flatMap(({ asset }, i) => {
    const id = releases[i];
    return id === undefined ? [] : Array.from({ length: demand[asset.kind] }, () => id);
  });
  for (let done = 1; done <= count; done++) {
    signal.throwIfAborted();
    const payer = random.pick(payers);
    const inDollars = random.next() < 0.8;
    const amount = inDollars ? random.between(1_000, 2_000_000) : random.between(1e12, 9e14);
    const reference = `0x${done.toString(16).padStart(64, "0")}`;
    await (await ledger.connect(payer).pay(random.pick(choices), inDollars ? dollar : ether, amount, reference)).wait();
    onProgress(done, count);
  }
}

/** Settles and claims for the account that can collect most, following the indexer's plan. */
async function settleAndClaim(
  indexer: Indexer,
  { ledger }: Tributary,
  dollar: TestCurrency,
  owners: LocalOwners,
  deployer: HardhatEthersSigner,
): Promise<string> {
  const currency = (await dollar.getAddress()).toLowerCase();
  const plans = [...owners.wallets].flatMap(([account, wallet]) =>
    finish(claimPlans(indexer.state, account as Address))
      .filter((plan) => plan.currency === currency)
      .map((plan) => ({ account, wallet, plan })),
  );
  const [most] = plans.sort((a, b) => (b.plan.amount > a.plan.amount ? 1 : -1));
  if (!most) throw new Error("No account has anything to collect.");
  const { account, wallet, plan } = most;
  const organization = indexer.state.assets.get(plan.assets[0] ?? 0)?.organization ?? account;

  const { provider } = deployer;
  await (await deployer.sendTransaction({ to: account, value: 10n ** 18n })).wait();
  await (await ledger.connect(deployer).settle(plan.releases, dollar)).wait();
  await (await ledger.connect(wallet.connect(provider)).claim(plan.assets, dollar, account)).wait();
  const balance = await dollar.balanceOf(account);
  const { decimals, symbol } = indexer.state.currencies.get(currency as Address) ?? { decimals: 0, symbol: "" };
  console.log(
    [
      pc.bold(`Settled and claimed for ${organization} (${account})`),
      `  Settled ${plan.releases.length} releases and claimed for ${plan.assets.length} assets. It received ${formatUnits(balance, decimals)} ${symbol}.`,
      `  The indexer had computed ${formatUnits(plan.amount, decimals)} ${symbol}: ${balance === plan.amount ? "equal to the base unit" : "NOT EQUAL"}.`,
    ].join("\n"),
  );
  if (balance !== plan.amount) throw new Error("The indexer and the ledger differ.");
  return account;
}
