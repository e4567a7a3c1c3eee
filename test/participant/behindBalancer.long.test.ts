import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";
import { startLaggingBalancer } from "../support/rpc/laggingBalancer.ts";

const ROOT = join(import.meta.dirname, "../..");
const CHAIN_ID = 4_261;
const FILE = join(ROOT, deploymentFile(CHAIN_ID));
/** The first account of the phrase that local nodes use everywhere. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

describe("the commands behind a balancer of two endpoints, one 2 s behind, with a block each 250 ms", function () {
  this.timeout(300_000);
  let on: ParticipantNode;
  let balancer: Awaited<ReturnType<typeof startLaggingBalancer>>;
  let host: CommandHost;

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    await writeDeployment(FILE, on.deployment);
    await on.dollar.mint(on.accounts.admin, 1_000_000_000n);
    await on.ethers.provider.send("evm_setAutomine", [false]);
    await on.ethers.provider.send("evm_setIntervalMining", [250]);
    balancer = await startLaggingBalancer(on.url);
    host = await startCommandHost();
  });
  after(async () => {
    await host?.stop();
    await balancer?.stop();
    await on?.stop();
    await rm(FILE, { force: true });
  });

  async function json(...args: string[]): Promise<Answer> {
    const { exitCode, stdout, stderr } = await host.run(["--network", "remote", ...args, "--json", "--yes"], {
      RPC_URL: balancer.url,
      NO_COLOR: "1",
      PRIVATE_KEY,
    });
    expect(exitCode, stdout + stderr).to.equal(0);
    return JSON.parse(stdout) as Answer;
  }

  it("approve and pay, again and again, each in one run", async () => {
    for (const [run, amount] of [1n, 2n, 3n].entries()) {
      const { transactions } = await json("pay", "3", String(amount), "--currency", "tUSD", "--way", "allowance");
      expect(transactions).to.have.lengthOf(2);
      expect(await on.received(3, on.dollar), `after run ${run}`).to.equal([1_000_000n, 3_000_000n, 6_000_000n][run]);
    }
  });

  it("register, publish on it, settle, claim and withdraw", async () => {
    const { result } = await json("register", "--name", "Labels", "--kind", "dataset");
    const published = await json("publish", String(result?.asset), "--built-from", "1:10%", "--label", "2");
    await json("pay", String(published.result?.release), "10", "--currency", "tUSD", "--way", "allowance");
    const settled = await json("settle", "--from", String(published.result?.release), "--currency", "tUSD");
    expect(settled.result?.settled).to.have.nested.property("[0].releases").that.includes(published.result?.release);
    const credited = await json("claim", String(result?.asset), "--to-credit", "--currency", "tUSD");
    expect(credited.result?.paid).to.have.nested.property("[0].amount", "8910000");
    await json("withdraw", "all", "--currency", "tUSD");
    expect(await on.ledger.creditOf(on.accounts.admin, on.dollar)).to.equal(0n);
  });
});
