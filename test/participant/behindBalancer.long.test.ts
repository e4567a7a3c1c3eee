import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { everyCommand } from "../support/commands/everyCommand.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";
import { startLaggingBalancer } from "../support/rpc/laggingBalancer.ts";

const ROOT = join(import.meta.dirname, "../..");
/** The first account of the phrase that local nodes use everywhere. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

for (const [chainId, endpoints] of [
  [4_261, 2],
  [4_262, 3],
] as const)
  describe(`the commands behind a balancer of ${endpoints} endpoints, all but one 2 s behind, with a block each 250 ms`, function () {
    this.timeout(600_000);
    let on: ParticipantNode;
    let balancer: Awaited<ReturnType<typeof startLaggingBalancer>>;
    let host: CommandHost;
    const file = join(ROOT, deploymentFile(chainId));

    before(async () => {
      on = await startParticipant(chainId);
      await writeDeployment(file, on.deployment);
      for (const currency of [on.dollar, on.signed]) await currency.mint(on.accounts.admin, 1_000_000_000n);
      await on.ethers.provider.send("evm_setAutomine", [false]);
      await on.ethers.provider.send("evm_setIntervalMining", [250]);
      balancer = await startLaggingBalancer(on.url, 2_000, endpoints);
      host = await startCommandHost();
    });
    after(async () => {
      await host?.stop();
      await balancer?.stop();
      await on?.stop();
      await rm(file, { force: true });
    });

    const environment = () => ({ RPC_URL: balancer.url, NO_COLOR: "1", PRIVATE_KEY });

    async function json(...args: string[]): Promise<Answer> {
      const line = ["--network", "remote", ...args, "--json", "--yes"];
      const { exitCode, stdout, stderr } = await host.run(line, environment());
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

    if (endpoints === 2)
      it("every command that sends transactions, each in one run", async () => {
        const sent = await everyCommand({
          on,
          json,
          plain: async (...args) => {
            const { exitCode, stdout, stderr } = await host.run(["--network", "remote", ...args], environment());
            expect(exitCode, stdout + stderr).to.equal(0);
            return stdout;
          },
        });
        expect(sent).to.deep.include({ deposit: 2, "pay allowance": 2, "pay permit2": 2, sync: 1 });
      });
  });
