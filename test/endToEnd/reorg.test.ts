import { expect } from "chai";
import type { LedgerState } from "../../indexer/ledger/state.ts";
import { savedState } from "../support/indexer/savedState.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { itAtLength } from "../support/atLength.ts";

describe("following a chain with reorgs", function () {
  this.timeout(60_000);
  let economy: SmallEconomy;
  before(async () => {
    economy = await startSmallEconomy();
  });
  after(() => economy?.stop());

  const send = (method: string, params: unknown[] = []) => economy.chain.ethers.provider.send(method, params);
  const amounts = (state: LedgerState) => Array.from(state.fees, ({ amount }) => amount);

  it("undoes replaced blocks, whether the new chain is longer, shorter or equally long", async () => {
    const indexer = await economy.startIndexer("live");
    await economy.pay(3, 1_000n);
    for (const [replaced, replacement] of [
      [1, 3],
      [3, 1],
      [2, 2],
    ] as const) {
      const settledBefore = amounts(await economy.caughtUp(indexer));
      const snapshot = await send("evm_snapshot");
      for (let i = 0; i < replaced; i++) await economy.pay(3, 5n);
      await economy.tributary.ledger.settle([3, 2, 1], economy.dollar);
      const doomed = await economy.caughtUp(indexer);
      expect(amounts(doomed)).to.deep.equal([...settledBefore, ...Array.from({ length: replaced }, () => 5n)]);

      await send("evm_revert", [snapshot]);
      await send("evm_increaseTime", [60]); // otherwise the same transactions would make the same blocks
      for (let i = 0; i < replacement; i++) await economy.pay(2, 7n);
      const deadline = Date.now() + 30_000;
      const expected = [...settledBefore, ...Array.from({ length: replacement }, () => 7n)];
      while (String(amounts(indexer.state)) !== String(expected) && Date.now() < deadline) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      expect(amounts(indexer.state)).to.deep.equal(expected);
    }
    const fresh = await economy.startIndexer("fresh");
    await economy.caughtUp(fresh);
    expect(savedState(indexer.state)).to.deep.equal(savedState(fresh.state));
  });

  itAtLength("notices at the start that its journal's end was replaced meanwhile", async () => {
    const indexer = await economy.startIndexer("away");
    const before = amounts(await economy.caughtUp(indexer));
    const snapshot = await send("evm_snapshot");
    await economy.pay(3, 11n);
    await economy.caughtUp(indexer);
    await economy.stopIndexer(indexer);
    await send("evm_revert", [snapshot]);
    await send("evm_increaseTime", [60]);
    await economy.pay(1, 13n);
    await economy.pay(1, 13n);
    const back = await economy.startIndexer("away");
    await back.waitForBlock(BigInt(await economy.chain.ethers.provider.getBlockNumber()));
    expect(amounts(back.state)).to.deep.equal([...before, 13n, 13n]);
  });
});

describe("the journal's folder", function () {
  this.timeout(60_000);
  let economy: SmallEconomy;
  before(async () => {
    economy = await startSmallEconomy();
  });
  after(() => economy?.stop());

  itAtLength("is locked against a second indexer while the first runs, and free afterwards", async () => {
    const first = await economy.startIndexer("one");
    const second = await economy.startIndexer("one").then(
      () => "started",
      (error: Error) => error.message,
    );
    expect(second).to.contain(`in use by process ${process.pid}`);
    await economy.stopIndexer(first);
    await economy.stopIndexer(await economy.startIndexer("one"));
  });
});
