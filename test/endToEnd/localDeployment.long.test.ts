import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { copyProject, scratchEnvironment } from "../support/deploy/scratchCopy.ts";

const CHAIN_ID = 31_337;
/** Key of the second account of the public mnemonic of local nodes. */
const PRIVATE_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";

/** The network has one key, so that there is no default. */
const BENEFICIARY = ["--commons-beneficiary", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"];

describe("a deployment to the local chain", function () {
  this.timeout(240_000);
  let folder: string;
  let host: CommandHost;
  let chain: LocalChain;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-local-"));
    copyProject(folder, { built: true });
    host = await startCommandHost(folder, scratchEnvironment());
    chain = await startLocalChain();
  });
  after(async () => {
    await host?.stop();
    await chain?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const deploy = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await host.run(["--network", "remote", "deploy", ...BENEFICIARY, ...args], {
      RPC_URL: chain.url,
      PRIVATE_KEY,
      NO_COLOR: "1",
    });
    const output = stdout + stderr;
    expect(output).not.to.match(/\n +at .+:\d+:\d+/);
    return { exitCode, output };
  };
  const file = () => join(folder, deploymentFile(CHAIN_ID));
  const journal = () => join(folder, `ignition/deployments/chain-${CHAIN_ID}`);
  const sent = () => chain.ethers.provider.send("eth_blockNumber", []);

  it("shows the plan and asks before anything is sent", async () => {
    const before = await sent();
    const { exitCode, output } = await deploy();
    expect(exitCode).to.equal(1);
    expect(output).to.contain("tUSD, play money that anyone may mint").and.to.contain("Give --yes");
    expect(await sent()).to.equal(before);
    expect(existsSync(file())).to.equal(false);
  });

  it("is written with the hash of block 0, and a second run changes nothing", async () => {
    const { exitCode, output } = await deploy("--yes");
    expect(exitCode, output).to.equal(0);
    const { hash } = (await chain.ethers.provider.send("eth_getBlockByNumber", ["0x0", false])) as { hash: string };
    expect((await readDeployment(file())).genesis).to.equal(hash);
    const [text, height] = [await readFile(file(), "utf8"), await sent()];
    const again = await deploy("--yes");
    expect(again.exitCode, again.output).to.equal(0);
    expect(again.output).to.contain("This chain already has a deployment");
    expect([await readFile(file(), "utf8"), await sent()]).to.deep.equal([text, height]);
  });

  it("names the option that changed if it is continued with others", async () => {
    const kept = await readFile(file(), "utf8");
    await rm(file()); // as after a run that ended before it wrote the file
    const other = await deploy("--yes", "--commons-ppm", "20000");
    expect(other.exitCode).to.equal(1);
    expect(other.output).to.contain("begun with other options").and.to.contain("--commons-ppm: 10000, now 20000");
    const same = await deploy("--yes");
    expect(same.exitCode, same.output).to.equal(0);
    expect(JSON.parse(await readFile(file(), "utf8"))).to.deep.include({ ledger: JSON.parse(kept).ledger });
  });

  it("is told from that of a restarted chain, by each command, and --reset starts again", async () => {
    const former = await readFile(file(), "utf8");
    await chain.close();
    chain = await startLocalChain();
    await chain.ethers.provider.send("hardhat_mine", ["0x3"]);
    const RPC_URL = chain.url;
    for (const args of [
      ["deploy", "--yes"],
      ["status"],
      ["import", join(folder, "scripts/lineages/well-known.json")],
    ]) {
      const { exitCode, stderr } = await host.run(["--network", "remote", ...args], { RPC_URL, PRIVATE_KEY });
      expect(exitCode).to.equal(1);
      expect(stderr, args[0])
        .to.contain("another chain with the same id (31337)")
        .and.to.contain("deploy with --reset");
    }
    await rm(file());
    for (const begun of [true, false]) {
      if (!begun) await rm(join(journal(), "begun.json")); // a journal of an earlier version
      const refused = await deploy("--yes");
      expect(refused.exitCode).to.equal(1);
      expect(refused.output).to.contain("begun on another chain with the same id").and.to.contain("--reset");
    }
    await writeFile(file(), former);
    const asked = await deploy("--reset");
    expect(asked.exitCode).to.equal(1);
    expect(asked.output).to.contain("moves aside").and.to.contain(file().split("/").at(-1));
    expect(await readFile(file(), "utf8")).to.equal(former);
    const reset = await deploy("--reset", "--yes");
    expect(reset.exitCode, reset.output).to.equal(0);
    const [aside = ""] = await readdir(join(folder, "deployments/earlier"));
    expect(await readFile(join(folder, "deployments/earlier", aside), "utf8")).to.equal(former);
    expect((await readDeployment(file())).genesis).not.to.equal(JSON.parse(former).genesis);
  });

  it("is refused before anything is sent on a chain without Cancun", async () => {
    const old = { network: "node", override: { chainId: 4_303, hardfork: "shanghai" } };
    const server = await hre.network.createServer(old, "127.0.0.1", 0);
    const { port } = await server.listen();
    const args = ["--network", "remote", "deploy", "--yes", "--currencies", `0x${"12".repeat(20)}`];
    try {
      const { exitCode, stderr } = await host.run(args, { RPC_URL: `http://127.0.0.1:${port}`, PRIVATE_KEY });
      expect(exitCode).to.equal(1);
      expect(stderr).to.contain("does not have the Cancun upgrade").and.to.contain("Nothing was sent");
    } finally {
      await server.close();
    }
  });
});
