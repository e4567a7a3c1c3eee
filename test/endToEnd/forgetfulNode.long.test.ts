import { join } from "node:path";
import { expect } from "chai";
import { Indexer } from "../../indexer/live/indexer.ts";
import { type ForgetfulNode, startForgetfulNode } from "../support/rpc/forgetfulNode.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";

describe("an indexer whose only node withholds logs", function () {
  this.timeout(60_000);
  let economy: SmallEconomy;
  const opened: { node: ForgetfulNode; indexer: Indexer }[] = [];

  before(async function () {
    this.timeout(120_000);
    economy = await startSmallEconomy();
    const { tributary, accounts, chain } = economy;
    await tributary.ledger.connect(accounts.alice).setApprovalForAll(accounts.bob, true);
    // Far below the newest block, where bloom filters are not checked, and farther back than the first re-read.
    for (let blocks = 0; blocks < 300; blocks++) await chain.ethers.provider.send("evm_mine", []);
    await economy.pay(3, 1_000n);
  });
  afterEach(async () => {
    for (const { node, indexer } of opened.splice(0)) {
      await indexer.stop();
      await node.stop();
    }
  });
  after(() => economy?.stop());

  let folders = 0;
  async function open(eventName: string, times?: number) {
    const node = await startForgetfulNode(economy.chain.url, eventName, times);
    const failures: unknown[] = [];
    const retries: string[] = [];
    const indexer = await Indexer.start({
      rpcUrl: node.url,
      target: { folder: join(economy.folder, `forgetful-${folders++}`) },
      source: economy.source,
      pollingIntervalMs: 20,
      shortestRestMs: 5,
      onFailure: (error) => failures.push(error),
      onRetry: ({ message }) => retries.push(message),
    });
    opened.push({ node, indexer });
    return { node, indexer, failures, retries };
  }

  it("says that events contradict each other, and goes on once they no longer do", async () => {
    const { node, indexer, failures, retries } = await open("CurrencyAdmitted");
    const isContradiction = (message: string) => message.includes("is not admitted");
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await until(() => retries.filter(isContradiction).length >= 4);
    const problem = () => indexer.health.problems.find(({ code }) => code === "logsContradict");
    expect(problem()?.message).to.contain("is not admitted").and.to.contain("name another endpoint with --rpc");
    expect(failures).to.deep.equal([]);
    node.left = 0;
    await economy.caughtUp(indexer);
    await until(() => problem() === undefined);
    expect((await indexer.verify()).differing).to.equal(0);
  });

  it("finds a log by verification that no contract can be asked about, and reads it", async () => {
    const { node, indexer } = await open("ApprovalForAll");
    await economy.caughtUp(indexer);
    expect(indexer.state.shareOperators.size).to.equal(0);
    const trusting = await indexer.verify();
    expect([trusting.differing, trusting.withheld, trusting.logs > 5]).to.deep.equal([0, 0, true]);

    node.left = 0;
    const found = await indexer.verify();
    expect(found.differences).to.have.lengthOf(1);
    const [difference] = found.differences;
    expect(difference?.what).to.match(/^log \d+ of block \d+$/);
    expect([difference?.indexed, difference?.onChain.includes(String(node.topic))]).to.deep.equal(["none", true]);
    await economy.caughtUp(indexer);
    expect(indexer.state.shareOperators.size).to.equal(1);
    const healed = await indexer.verify();
    expect([healed.differing, healed.logs]).to.deep.equal([0, trusting.logs + 1]);

    // Logs that it has and a node does not return are counted and kept.
    node.left = Infinity;
    const kept = await indexer.verify();
    node.left = 0;
    expect([kept.differing, kept.withheld, kept.logs]).to.deep.equal([0, 1, trusting.logs]);
    expect(indexer.state.shareOperators.size).to.equal(1);
  });
});
