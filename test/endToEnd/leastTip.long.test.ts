import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { parseGwei } from "viem";
import { deploymentFile, readDeployment, writeDeployment } from "#node/deploymentFile.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { everyCommand } from "../support/commands/everyCommand.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";
import { KEYS } from "../support/deploy/stageBaseSepolia.ts";
import { startLeastTipNode } from "../support/rpc/leastTipNode.ts";

const ROOT = join(import.meta.dirname, "../..");
const LEAST = parseGwei("25");

for (const [title, chainId, isKnown] of [
  ["Polygon Amoy, whose rule is known", 80_002, true],
  ["a chain of which only the refusal tells", 4_265, false],
] as const) {
  describe(`a node that suggests a tip of 1.5 gwei and takes nothing below 25, on ${title}`, function () {
    this.timeout(600_000);
    const file = join(ROOT, deploymentFile(chainId));
    const ignition = join(ROOT, `ignition/deployments/chain-${chainId}`);
    let on: ParticipantNode;
    let node: Awaited<ReturnType<typeof startLeastTipNode>>;
    let host: CommandHost;

    before(async () => {
      on = await startParticipant(chainId);
      node = await startLeastTipNode(on.url);
      host = await startCommandHost();
    });
    after(async () => {
      await host?.stop();
      await node?.stop();
      await on?.stop();
      await rm(file, { force: true });
      await rm(ignition, { recursive: true, force: true });
    });

    const run = (...args: string[]) =>
      host.run(["--network", "remote", ...args], { RPC_URL: node.url, NO_COLOR: "1", PRIVATE_KEY: KEYS[0] });
    async function plain(...args: string[]): Promise<string> {
      const { exitCode, stdout, stderr } = await run(...args);
      expect(exitCode, stdout + stderr).to.equal(0);
      return stdout + stderr;
    }

    it("is deployed to at the price that was shown", async () => {
      const currencies = await on.dollar.getAddress();
      const { bob, commons } = on.accounts;
      const roles = ["--canceller", bob.address, "--commons-beneficiary", commons.address];
      const options = ["deploy", "--yes", "--no-verify", "--currencies", currencies, ...roles];
      const poor = await run(...options, "--tip", "2", "--max-fee", "1");
      expect(poor.exitCode).to.equal(1);
      expect(poor.stdout + poor.stderr).to.contain("--tip 2 is more than --max-fee 1");
      const output = await plain(...options);
      expect(output).to.contain(
        isKnown
          ? "The node suggests a tip of 1.5 gwei, but Polygon Amoy takes nothing below 25 gwei: 25 gwei is offered."
          : "The node refused a tip of 1.5 gwei. 25 gwei is offered instead.",
      );
      expect(node.refused()).to.equal(isKnown ? 0 : 1);
      expect(new Set(node.taken)).to.deep.equal(new Set([LEAST]));
      const { registry, ledger } = await readDeployment(file);
      for (const address of [registry, ledger]) expect(await on.ethers.provider.getCode(address)).not.to.equal("0x");
    });

    it("takes every command that sends transactions", async () => {
      await writeDeployment(file, on.deployment);
      for (const currency of [on.dollar, on.signed]) await currency.mint(on.accounts.admin, 1_000_000_000n);
      node.taken.length = 0;
      const json = async (...args: string[]) => {
        const { exitCode, stdout, stderr } = await run(...args, "--json", "--yes");
        expect(exitCode, stdout + stderr).to.equal(0);
        return JSON.parse(stdout) as Answer;
      };
      const sent = await everyCommand({ on, json, plain });
      expect(new Set(node.taken)).to.deep.equal(new Set([LEAST]));
      expect(node.taken.length).to.be.greaterThan(Object.values(sent).reduce((sum, count) => sum + count, 0));
    });
  });
}
