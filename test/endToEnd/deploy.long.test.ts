import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Contract, id, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { TestCurrency__factory } from "../../types/ethers-contracts/factories/doubles/TestCurrency__factory.ts";
import { FeeLedger__factory } from "../../types/ethers-contracts/factories/FeeLedger__factory.ts";
import { type FlakyProxy, startFlakyProxy } from "../support/rpc/flakyProxy.ts";
import { startCommandHost } from "../support/commands/commandHost.ts";
import { until } from "../support/indexer/runIndexer.ts";
import { ROOT } from "../support/deploy/scratchCopy.ts";
import { KEYS, type StagedTestnet, stageBaseSepolia } from "../support/deploy/stageBaseSepolia.ts";

const CANCELLER = new Wallet(KEYS[1]).address;
const BENEFICIARY = new Wallet(KEYS[2]).address;
/** The accounts that this network, with one account, has no default for. */
const APART = ["--canceller", CANCELLER, "--commons-beneficiary", BENEFICIARY];

const POOR_KEY = `0x${"77".repeat(32)}`;

interface Ended {
  exitCode: number | null;
  output: string;
}

describe("a deployment to Base Sepolia, rehearsed", function () {
  this.timeout(600_000);
  let stage: StagedTestnet;
  let proxy: FlakyProxy;
  let noncesBefore: number;

  const deploy = (args: string[] = ["--yes", ...APART], environment: Record<string, string> = {}) => {
    const child = spawn(join(ROOT, "node_modules/.bin/hardhat"), ["--network", "baseSepolia", "deploy", ...args], {
      cwd: stage.folder,
      env: { ...stage.environment, BASE_SEPOLIA_RPC_URL: proxy.url, PRIVATE_KEY: KEYS[0], ...environment },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    const ended = new Promise<Ended>((resolve) => {
      child.once("close", (exitCode) => resolve({ exitCode, output }));
    });
    return { child, ended, output: () => output };
  };
  const send = (method: string, ...params: unknown[]): Promise<unknown> => stage.provider.send(method, params);
  const deployed = () => readDeployment(join(stage.folder, deploymentFile(stage.chainId)));
  const noncesSince = async (block = "latest") =>
    (await stage.provider.getTransactionCount(stage.deployer.address, block)) - noncesBefore;

  before(async () => {
    stage = await stageBaseSepolia();
    noncesBefore = await stage.provider.getTransactionCount(stage.deployer.address);
    proxy = await startFlakyProxy(stage.port);
  });
  after(async () => {
    await proxy?.cut();
    await stage?.stop();
  });

  it("is refused, before anything is sent, where it would fail or nobody can be asked", async () => {
    const refusals: [string[], Record<string, string>, string][] = [
      [[], {}, "Give --yes to go on without confirmation"],
      [["--yes", "--chain-id", "1"], {}, "The node is on chain 84532, not on chain 1. Name another network"],
      [["--yes"], { PRIVATE_KEY: POOR_KEY }, "Send it more first. https://docs.base.org"],
      [["--yes", "--admin", "nobody"], {}, "--admin: nobody is not an address"],
      [["--yes", "--currencies", ZeroAddress], {}, "There is no token at 0x0000"],
      [["--yes", "--commons-ppm", "0"], {}, "--commons-ppm must be 1000 to 1000000"],
      [["--yes", "--commons-ppm", "999"], {}, "--commons-ppm must be 1000 to 1000000"],
    ];
    const host = await startCommandHost(stage.folder, stage.environment);
    const run = async (args: string[], environment: Record<string, string> = {}) => {
      const variables = { BASE_SEPOLIA_RPC_URL: proxy.url, PRIVATE_KEY: KEYS[0], ...environment };
      const { exitCode, stdout, stderr } = await host.run(["--network", "baseSepolia", "deploy", ...args], variables);
      return { exitCode, output: stdout + stderr };
    };
    for (const [args, environment, reason] of refusals) {
      const { exitCode, output } = await run([...args, ...APART], environment);
      expect(output).to.contain(reason);
      expect(exitCode).to.equal(1);
      expect(output).not.to.contain(KEYS[0].slice(2));
    }
    expect((await run(["--yes", ...APART.slice(2)])).output).to.contain("--canceller 0x…");
    expect((await run(["--yes", ...APART.slice(0, 2)])).output).to.contain("--commons-beneficiary 0x…");
    const { output } = await run(APART);
    await host.stop();
    expect(output).to.match(/gas +about [\d,]+ at [\d.]+ gwei: 0\.0\d+ ETH, with the L1 data fee/);
    expect(output).to.contain("a timelock").and.to.contain("USDC with 6 decimals").and.to.contain("wrapped in WETH");
    expect(await noncesSince()).to.equal(0);
  });

  it("goes on after the node went away, after kill -9 and through a rise of the gas price, with nothing sent twice", async () => {
    const cutOff = deploy();
    await until("the first transaction is sent", async () => (await noncesSince("pending")) > 0, hopeless(cutOff));
    await proxy.cut();
    const { exitCode, output } = await cutOff.ended;
    expect(exitCode, output).to.equal(1);
    expect(output).to.contain("Run the same command again");
    await proxy.restore();

    // The timelock comes first.
    await until("the timelock is mined", async () => (await noncesSince()) >= 1);
    // The state after a kill a moment before the registry was sent, and then a moment after.
    const beforeRegistry = await send("evm_snapshot");
    await killOnceRegistryIsSent();
    await send("evm_revert", beforeRegistry);
    for (const { hash } of (await send("eth_pendingTransactions")) as { hash: string }[])
      await send("hardhat_dropTransaction", hash);
    await endJournalBeforeHash();
    expect(await noncesSince("pending")).to.equal(1);
    await killOnceRegistryIsSent();
    await endJournalBeforeHash();

    // From now on every block asks for more than the registry's transaction offers.
    const resumed = deploy();
    const hundredGwei = "0x174876e800";
    for (let seconds = 0; seconds < 40 && resumed.child.exitCode === null; seconds++) {
      await send("hardhat_setNextBlockBaseFeePerGas", hundredGwei);
      await sleep(1_000);
    }
    const ended = await resumed.ended;
    expect(ended.exitCode, ended.output).to.equal(0);
    expect(await noncesSince(), "one transaction a contract").to.equal(6);
  });

  const killOnceRegistryIsSent = async () => {
    const killed = deploy();
    await until("the registry is sent", async () => (await noncesSince("pending")) > 1, hopeless(killed));
    killed.child.kill("SIGKILL");
    await killed.ended;
  };

  /** Takes from Ignition's journal all that follows the registry's last nonce. */
  const endJournalBeforeHash = async () => {
    const path = join(stage.folder, `ignition/deployments/chain-${stage.chainId}/journal.jsonl`);
    const lines = (await readFile(path, "utf8")).split("\n").filter(Boolean);
    const isPrepared = ({ type, futureId }: { type: string; futureId: string }) =>
      type === "TRANSACTION_PREPARE_SEND" && futureId === "Tributary#AssetRegistry";
    const last = lines.findLastIndex((line) => isPrepared(JSON.parse(line)));
    expect(last).to.be.greaterThan(0);
    await writeFile(
      path,
      lines
        .slice(0, last + 1)
        .map((line) => `${line}\n`)
        .join(""),
    );
  };

  const hopeless =
    ({ child, output }: ReturnType<typeof deploy>) =>
    () =>
      child.exitCode !== null && output();

  it("leaves a timelock as the admin, the network's currencies admitted, and says all of it in its file", async () => {
    const { provider, stablecoin, wrappedNative, deployer } = stage;
    const { registry, ledger, startBlock, made } = await deployed();
    const connected = FeeLedger__factory.connect(ledger, provider);
    expect(await connected.registry()).to.equal(registry);
    expect([...(await connected.currencies())]).to.deep.equal([stablecoin.address, wrappedNative.address]);
    expect(await connected.wrappedNative()).to.equal(wrappedNative.address);
    expect(await connected.commonsPpm()).to.equal(10_000n);
    if (!made?.timelock) expect.fail("The file tells of no timelock.");
    expect(await connected.admin()).to.equal(made.admin);
    expect(await connected.commonsBeneficiary()).to.equal(BENEFICIARY);
    const { address: proposer } = deployer;
    expect(made.timelock).to.deep.equal({ delay: 172_800, proposer, canceller: CANCELLER });
    const abi = ["function hasRole(bytes32,address) view returns (bool)"];
    const roles = new Contract(made.admin, abi, provider);
    const cancels = (account: string) =>
      roles.getFunction("hasRole")(id("CANCELLER_ROLE"), account) as Promise<boolean>;
    expect([await cancels(proposer), await cancels(CANCELLER)]).to.deep.equal([false, true]);
    expect(made.compiler).to.deep.include({ version: "0.8.37" });
    const receipt = await provider.getTransactionReceipt(made.transaction);
    expect(receipt?.contractAddress).to.equal(registry);
    expect(receipt?.blockNumber).to.equal(startBlock);
    expect(await provider.getCode(registry, startBlock - 1)).to.equal("0x");
  });

  it("has its sources verified everywhere", async () => {
    const { registry, ledger, periphery, made } = await deployed();
    expect(periphery.timelock?.address).to.equal(made?.admin);
    const contracts = [registry, ledger, ...Object.values(periphery).map(({ address }) => address)];
    expect(contracts).to.have.lengthOf(7);
    for (const at of ["etherscan", "blockscout", "sourcify"] as const) {
      expect([...stage.explorer.verified[at]], at).to.have.members(contracts.map((address) => address.toLowerCase()));
    }
  });

  it("is done once: again, it sends nothing and verifies what is not", async () => {
    stage.explorer.verified.blockscout.delete((await deployed()).ledger.toLowerCase());
    stage.explorer.setDown(true);
    const without = await deploy().ended;
    expect(without.exitCode).to.equal(1);
    expect(without.output).to.contain("The contracts are deployed, but these sources are not verified");
    stage.explorer.setDown(false);
    const again = await deploy().ended;
    expect(again.exitCode, again.output).to.equal(0);
    expect(again.output).to.contain("This chain already has a deployment");
    expect(stage.explorer.verified.blockscout).to.include((await deployed()).ledger.toLowerCase());
    expect(await noncesSince()).to.equal(6);
  });

  it("admits a further currency through the timelock only, and late", async () => {
    const { provider, deployer } = stage;
    const { ledger, made } = await deployed();
    const connected = FeeLedger__factory.connect(ledger, deployer.connect(provider));
    expect(await connected.admit.staticCall(deployer.address).catch(String)).to.contain("OnlyAdmin");
    const abi = [
      "function schedule(address,uint256,bytes,bytes32,bytes32,uint256)",
      "function execute(address,uint256,bytes,bytes32,bytes32) payable",
    ];
    const timelock = new Contract(made?.admin ?? "", abi, deployer.connect(provider));
    const token = await new TestCurrency__factory(deployer.connect(provider)).deploy("Euro", "EUR", 6);
    await token.waitForDeployment();
    const call = connected.interface.encodeFunctionData("admit", [await token.getAddress()]);
    const proposal = [ledger, 0, call, ZeroHash, ZeroHash];
    await (await timelock.getFunction("schedule")(...proposal, 172_800)).wait();
    expect(
      await timelock
        .getFunction("execute")
        .staticCall(...proposal)
        .catch(String),
    ).to.contain("0x5ead8eb5"); // not ready
    await send("evm_increaseTime", 172_800);
    await (await timelock.getFunction("execute")(...proposal)).wait();
    expect(await connected.isAdmitted(await token.getAddress())).to.equal(true);
  });
});
