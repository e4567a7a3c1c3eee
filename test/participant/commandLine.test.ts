import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";
import { until } from "../support/indexer/runIndexer.ts";

const ROOT = join(import.meta.dirname, "../..");
const CHAIN_ID = 4_247;
const FILE = join(ROOT, deploymentFile(CHAIN_ID));
/** Key of the first account of the public mnemonic of local nodes. Here Hardhat itself signs with it. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

describe("the commands, at the command line", function () {
  this.timeout(400_000);
  let on: ParticipantNode;
  let host: CommandHost;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    await writeDeployment(FILE, on.deployment);
    for (const currency of [on.dollar, on.signed]) await currency.mint(on.accounts.admin, 1_000_000_000n);
    service = await on.startApi();
    host = await startCommandHost();
  });
  after(async () => {
    await host?.stop();
    await service?.stop();
    await on?.stop();
    await rm(FILE, { force: true });
  });

  const start = (...args: string[]) => startWith({ PRIVATE_KEY }, ...args);

  function startWith(key: { PRIVATE_KEY?: string }, ...args: string[]) {
    const child = spawn(join(ROOT, "node_modules/.bin/hardhat"), ["--network", "remote", ...args], {
      cwd: ROOT,
      env: { ...process.env, RPC_URL: on.url, NO_COLOR: "1", ...key },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve) =>
      child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr })),
    );
    const says = async (text: string) => {
      for (const deadline = Date.now() + 60_000; !(stdout + stderr).includes(text);) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`Never "${text}":\n${stdout}${stderr}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    return { child, ended, says };
  }

  /** Runs a command line in a process that all of them share. */
  const runShared = (...args: string[]) =>
    host.run(["--network", "remote", ...args], { RPC_URL: on.url, NO_COLOR: "1", PRIVATE_KEY });

  /** Runs a command with `--json`, and `--yes` if it sends something. Returns the object that it prints. */
  async function json(...args: string[]): Promise<Answer> {
    const { exitCode, stdout, stderr } = await runShared(
      ...args,
      "--json",
      ...(["plan", "status", "outlet"].includes(args[0] ?? "") ? [] : ["--yes"]),
    );
    expect(exitCode, stdout + stderr).to.equal(0);
    return JSON.parse(stdout) as Answer;
  }

  it("register, publish, grant, revoke, retire and restore", async () => {
    const registered = await json("register", "--name", "Labels", "--kind", "dataset", "--by-grant", "--floor", "1%");
    const asset = String(registered.result?.asset);
    const published = await json("publish", asset, "--built-from", "1:10%", "--label", "2");
    const release = String(published.result?.release);
    expect((await on.ledger.releaseInfo(release)).asset).to.equal(BigInt(asset));
    await json("grant", asset, "--account", on.accounts.bob.address);
    expect(await on.registry.accountGrant(asset, on.accounts.bob)).to.equal(true);
    const file = join(on.folder, "signed.json");
    await json("grant", asset, "--account", on.accounts.bob.address, "--sign", "--file", file);
    await json("revoke", asset, "--signed", file);
    await json("retire", release);
    await json("restore", release);
    expect((await on.ledger.releaseInfo(release)).retired).to.equal(false);
  });

  it("pay in each way that is signed, submit and sync", async () => {
    const payers = [];
    for (const way of ["permit", "authorization", "permit2"]) {
      const { result } = await json("pay", "3", "1.5", "--currency", "sUSD", "--way", way);
      payers.push(result?.payer);
    }
    expect(payers).to.deep.equal(Array.from({ length: 3 }, () => on.accounts.admin.address));
    expect((await on.ledger.flowOf(3, on.signed)).received).to.equal(4_500_000n);
    const file = join(on.folder, "fee.json");
    await json("pay", "3", "0.5", "--currency", "sUSD", "--sign", file);
    await json("submit", file);
    await json("pay", "3", "2", "--currency", "tUSD", "--way", "inlet");
    const synced = await json("sync", "3");
    expect(synced.result?.received).to.have.nested.property("[0].amount", "2000000");
    expect((await on.ledger.flowOf(3, on.signed)).received).to.equal(5_000_000n);
  });

  it("settle, claim, plan, collect, transfer shares, deposit, withdraw and status", async () => {
    const settled = await json("settle", "--from", "3", "--currency", "tUSD");
    expect(settled.result?.settled).to.have.nested.property("[0].releases").that.deep.equals([3, 2, 1]);
    const { carol } = on.accounts;
    const credited = await json("claim", "3", "--to-credit", "--account", carol.address, "--currency", "tUSD");
    expect(credited.result?.paid).to.have.nested.property("[0].amount", "1188000");
    await service.caughtUp();
    const planned = await json("plan", "--account", carol.address, "--api", service.api);
    // The first currency's earnings were claimed to credit: they are still owed.
    expect(planned.result?.plans).to.have.nested.property("[0].pays", "1188000");
    expect(planned.result?.plans).to.have.nested.property("[0].fromCredit", "1188000");
    expect(planned.result?.plans).to.have.nested.property("[1].pays", "2970000");
    const collected = await json("collect", "--api", service.api);
    expect(collected.result?.paid).to.deep.equal([]);
    const registered = await json("register", "--name", "x", "--kind", "agent");
    const asset = String(registered.result?.asset);
    await json("transfer-shares", asset, "1", carol.address);
    expect(await on.ledger.balanceOf(carol, asset)).to.equal(1n);
    await json("deposit", "1", "--currency", "native");
    await json("withdraw", "all", "--currency", "native");
    const { result } = await json("status", "--account", on.accounts.admin.address);
    expect(result?.currencies).to.have.nested.property("[2].credit", "0");
  });

  it("explain a failure: in words for people, as one JSON object for programs", async () => {
    const words = await start("pay", "3", "12.5", "--currency", "tUSD").ended;
    expect(words.exitCode).to.equal(1);
    expect(words.stdout)
      .to.contain("Pay 12.5 tUSD (12500000 base units) into release 3")
      .and.to.contain("The gas costs about");
    expect(words.stderr.trim()).to.match(/^This needs a confirmation, but there is no terminal to ask at\..*--yes/);
    for (const command of [
      ["claim", "999"],
      ["publish", "999"],
      ["transfer-shares", "999", "1", on.accounts.bob.address],
    ]) {
      const unknown = await runShared(...command, "--yes", "--json");
      expect([unknown.exitCode, unknown.stdout.split("\n").length], command[0]).to.deep.equal([1, 2]);
      expect((JSON.parse(unknown.stdout) as Answer).error?.message).to.contain("There is no asset 999");
    }
    const looking = await startWith({}, "status").ended;
    expect([looking.exitCode, looking.stderr]).to.deep.equal([0, ""]);
    expect(looking.stdout).to.contain("Currency tUSD");
    const elsewhere = await runShared("status", "--deployment", "nowhere.json");
    expect(elsewhere.stderr).to.contain("No deployment in nowhere.json");
  });

  it("name the remedy where there is no network, no valid key or no contract", async () => {
    const run = async (args: string[], variables: Record<string, string> = {}) => {
      const { exitCode, stderr } = await host.run(args, { RPC_URL: on.url, NO_COLOR: "1", PRIVATE_KEY, ...variables });
      expect(exitCode, stderr).to.equal(1);
      return stderr.trim();
    };
    expect(await run(["status"])).to.match(/^Without --network, .* Name the network, such as --network localhost\.$/);
    for (const key of [
      "test test test test test test test test test test test junk",
      `0x${"0".repeat(64)}`,
      `0x${"f".repeat(64)}`,
      "0x1234",
      `0x${"12".repeat(33)}`,
      on.accounts.admin.address,
      "nonsense",
      "",
    ]) {
      const refused = await run(["--network", "remote", "pay", "3", "1", "--yes"], { PRIVATE_KEY: key });
      expect(refused, key).to.match(/^The network's private key is not valid\. .*keystore set PRIVATE_KEY\.$/);
    }
    const file = join(on.folder, "restarted.json");
    await writeDeployment(file, { ...on.deployment, ledger: `0x${"12".repeat(20)}` });
    expect(await run(["--network", "remote", "status", "--deployment", file])).to.match(
      /^There is no contract at 0x(12){20}, the ledger in .*restarted\.json, .* run deploy with --reset\./,
    );
  });

  it("name at Ctrl-C the transaction that may still be mined", async () => {
    await on.ethers.provider.send("evm_setAutomine", [false]);
    const paying = start("pay", "3", "1", "--currency", "native", "--yes");
    await paying.says("Sent 0x");
    paying.child.kill("SIGINT");
    const { exitCode, stderr } = await paying.ended;
    await on.ethers.provider.send("evm_setAutomine", [true]);
    await on.ethers.provider.send("evm_mine", []);
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/Stopped waiting for 0x[0-9a-f]{64}\. It was sent and may still be mined/);
  });

  it("run the keeper, which logs JSON lines, stops at Ctrl-C and starts again", async () => {
    const settledTo = async (amount: bigint) => (await on.ledger.flowOf(3, on.signed)).settled === amount;
    const args = ["keeper", "--price", "sUSD=0.01", "--every", "1s", "--api", service.api, "--yes"];
    const first = start(...args);
    await until("release 3 has passed on what it received", () => settledTo(5_000_000n));
    first.child.kill("SIGINT");
    const { exitCode, stdout } = await first.ended;
    expect(exitCode).to.equal(0);
    const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).to.include("info");
    expect(stdout).to.contain('"message":"Stopped."');
    expect((await on.ledger.flowOf(3, on.signed)).received).to.equal(5_000_000n);

    await json("pay", "3", "5", "--currency", "sUSD");
    const second = start(...args);
    await until("it has passed on the next fee, too", () => settledTo(10_000_000n));
    second.child.kill("SIGTERM");
    expect((await second.ended).exitCode).to.equal(0);
  });
});
