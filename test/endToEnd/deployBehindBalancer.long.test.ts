import { expect } from "chai";
import { join } from "node:path";
import { Wallet } from "ethers";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { startCommandHost } from "../support/commands/commandHost.ts";
import { KEYS, type StagedTestnet, stageBaseSepolia } from "../support/deploy/stageBaseSepolia.ts";
import { startLaggingBalancer } from "../support/rpc/laggingBalancer.ts";

describe("a deployment behind a balancer with an endpoint that is 2 s behind", function () {
  this.timeout(300_000);
  let stage: StagedTestnet;
  before(async () => {
    stage = await stageBaseSepolia();
    await stage.provider.send("evm_setIntervalMining", [250]);
  });
  after(() => stage?.stop());

  it("is done in one run, with one transaction for each contract", async () => {
    const balancer = await startLaggingBalancer(stage.url);
    const host = await startCommandHost(stage.folder, stage.environment);
    try {
      const apart = ["--canceller", new Wallet(KEYS[1]).address, "--commons-beneficiary", new Wallet(KEYS[2]).address];
      const before = await stage.provider.getTransactionCount(stage.deployer.address);
      const { exitCode, stdout, stderr } = await host.run(
        ["--network", "baseSepolia", "deploy", "--yes", "--no-verify", ...apart],
        { BASE_SEPOLIA_RPC_URL: balancer.url, PRIVATE_KEY: KEYS[0] },
      );
      expect(exitCode, stdout + stderr).to.equal(0);
      expect((await stage.provider.getTransactionCount(stage.deployer.address)) - before).to.equal(6);
      const { registry, ledger } = await readDeployment(join(stage.folder, deploymentFile(stage.chainId)));
      expect(await stage.provider.getCode(registry)).not.to.equal("0x");
      expect(await stage.provider.getCode(ledger)).not.to.equal("0x");
    } finally {
      await host.stop();
      await balancer.stop();
    }
  });
});
