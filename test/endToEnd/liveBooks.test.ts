import { expect } from "chai";
import { createServer } from "../../indexer/api/createServer.ts";
import { claimPlanCalls } from "../../indexer/graph/plans/claimPlanCalls.ts";
import { claimPlans } from "../../indexer/graph/plans/claimPlans.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { flowOf } from "../../indexer/ledger/state.ts";
import type { Indexer } from "../../indexer/live/indexer.ts";
import { savedState } from "../support/indexer/savedState.ts";
import { startSmallEconomy } from "../support/economy/smallEconomy.ts";

describe("the live ledger", () => {
  let economy: Awaited<ReturnType<typeof startSmallEconomy>>;
  let indexer: Indexer;

  before(async function () {
    this.timeout(120_000);
    economy = await startSmallEconomy();
    indexer = await economy.startIndexer();
  });

  after(() => economy.stop());

  const pay = async (amount: bigint) => {
    const { tributary, dollar, accounts } = economy;
    await (await tributary.ledger.connect(accounts.payer).pay(3, dollar, amount, `0x${"0".repeat(64)}`)).wait();
    await economy.caughtUp(indexer);
  };
  const paid = (state: Indexer["state"]) => Array.from(state.fees, ({ amount }) => amount);

  it("answers for earlier blocks while the newest changes", async () => {
    await pay(1_000n);
    const before = indexer.block?.number ?? 0n;
    await pay(2_000n);
    const earlier = await indexer.viewAt(before);
    expect(paid(earlier.state)).to.deep.equal([1_000n]);
    expect([earlier.block.number, paid(indexer.state)]).to.deep.equal([before, [1_000n, 2_000n]]);
    expect(await indexer.viewAt(before)).to.equal(earlier);
    expect((await indexer.viewAt(indexer.block?.number ?? 0n)).state).to.equal(indexer.state);
    const refusals = await Promise.all(
      [10_000n, 0n].map((block) => indexer.viewAt(block).catch((error: Error) => error.message)),
    );
    expect(refusals[0]).to.match(/Block 10000 is not indexed. The newest indexed block is \d+./);
    expect(refusals[1]).to.match(/The deployment begins at block \d+./);
  });

  it("goes on after a transfer of zero shares of an unknown asset", async () => {
    const { tributary, accounts } = economy;
    const { alice, bob } = accounts;
    for (const id of [99n, 2n ** 40n - 1n]) {
      await tributary.ledger.connect(alice).safeTransferFrom(alice, bob, id, 0n, "0x");
    }
    await tributary.ledger.connect(alice).safeBatchTransferFrom(alice, bob, [1n, 98n], [0n, 0n], "0x");
    await economy.caughtUp(indexer);
    expect((await indexer.verify()).differing).to.equal(0);
  });

  it("undoes blocks in a reorg, reports it, and reaches the state of the chain", async () => {
    const { chain } = economy;
    const told: string[] = [];
    const end = indexer.onBlock(({ reorgedFrom, events }) =>
      told.push(...(reorgedFrom ? ["back"] : events.map(({ event }) => event.eventName))),
    );
    const snapshot = await chain.ethers.provider.send("evm_snapshot", []);
    await pay(4_000n);
    await chain.ethers.provider.send("evm_revert", [snapshot]);
    await chain.ethers.provider.send("evm_increaseTime", [60]); // otherwise the same block numbers would have the same times
    await pay(5_000n);
    await pay(6_000n);
    expect(paid(indexer.state)).to.deep.equal([1_000n, 2_000n, 5_000n, 6_000n]);
    expect(told).to.deep.equal(["FeePaid", "back", "FeePaid", "FeePaid"]);
    end();
  });

  it("reaches the same state from a snapshot", async () => {
    const saved = savedState(indexer.state);
    await economy.stopIndexer(indexer);
    indexer = await economy.startIndexer();
    expect(savedState(indexer.state)).to.deep.equal(saved);
    await pay(7_000n);
    expect(paid(indexer.state).at(-1)).to.equal(7_000n);
  });

  it("is verified against the contracts, and reads differing blocks again", async function () {
    this.timeout(60_000);
    const clean = await indexer.verify();
    expect(clean.differences).to.deep.equal([]);
    expect([clean.differing, clean.sampled, clean.compared > 30]).to.deep.equal([0, false, true]);
    const some = await indexer.verify({ sample: 10, seed: "1" });
    expect([some.differing, some.sampled, some.compared < clean.compared]).to.deep.equal([0, true, true]);

    await pay(8_000n);
    indexer.state.books[0]?.received.add(0, 1n);
    const found = await indexer.verify();
    expect(found.differing).to.equal(1);
    expect(found.differences[0]?.what).to.match(/^flow of release 1 in 0x/);
    await economy.caughtUp(indexer);
    expect((await indexer.verify()).differing).to.equal(0);
    expect(paid(indexer.state).at(-1)).to.equal(8_000n);
  });

  it("returns what was earned between two blocks", async () => {
    const { tributary, accounts, dollar, chain } = economy;
    const server = await createServer(indexer);
    const since = await chain.ethers.provider.getBlockNumber();
    await pay(1_000_000n);
    await tributary.ledger.settle([3], dollar);
    await economy.caughtUp(indexer);
    const earned = await server.inject(`/v1/accounts/${accounts.carol.address}/earned?sinceBlock=${since}`);
    const { lines } = earned.json<{ data: { lines: { asset: number; earned: { amount: string } }[] } }>().data;
    // 60 % of everything received since the last settlement, less a hundredth for the commons.
    const { received } = flowOf(indexer.state, 3, (await dollar.getAddress()).toLowerCase() as `0x${string}`);
    expect(lines.map(({ asset, earned: { amount } }) => [asset, amount])).to.deep.equal([
      [3, String((((received * 600_000n) / 1_000_000n) * 990_000n) / 1_000_000n)],
    ]);
    const backwards = await server.inject(`/v1/accounts/${accounts.carol.address}/earned?sinceBlock=99999`);
    expect([backwards.statusCode, backwards.json<{ detail: string }>().detail]).to.deep.equal([
      400,
      `sinceBlock: must not be above block ${indexer.block?.number}, where the period ends`,
    ]);
    await server.close();
  });

  it("returns the plan at an earlier block as it was when that block was the newest", async () => {
    const { tributary, accounts, dollar } = economy;
    const server = await createServer(indexer);
    const planAt = async (query: string) => {
      const answer = await server.inject(`/v1/accounts/${accounts.carol.address}/plan${query}`);
      return answer.json<{ data: { plans: unknown[] } }>().data.plans;
    };
    await pay(1_000_000n);
    await economy.caughtUp(indexer);
    const block = indexer.block?.number;
    const before = await planAt("?gasPriceWei=1");
    expect(before).to.have.lengthOf(1);
    await pay(2_000_000n);
    await tributary.ledger.settle([3], dollar);
    await economy.caughtUp(indexer);
    expect(await planAt("?gasPriceWei=1")).not.to.deep.equal(before);
    expect(await planAt(`?gasPriceWei=1&block=${block}`)).to.deep.equal(before);
    await server.close();
  });

  it("returns a plan as transactions, with their gas", async () => {
    const { accounts } = economy;
    for (const signer of [accounts.alice, accounts.bob, accounts.carol]) {
      const account = signer.address.toLowerCase() as `0x${string}`;
      const [plan] = finish(claimPlans(indexer.state, account));
      if (!plan) throw new Error("Everybody is owed something.");
      const [call, ...more] = finish(claimPlanCalls(indexer.state, account, plan));
      expect(more).to.deep.equal([]);
      const sent = await signer.sendTransaction({ to: call?.to ?? "", data: call?.data ?? "" });
      const { gasUsed = 0n } = (await sent.wait()) ?? {};
      expect((call?.gas ?? 0) / Number(gasUsed)).to.be.within(0.95, 1.1);
      await economy.caughtUp(indexer);
    }
  });

  it("finds the payers of an account in the currency's own logs", async () => {
    const { dollar, accounts, chain } = economy;
    const [, , , , , , someone] = await chain.ethers.getSigners();
    if (!someone) throw new Error("There are too few accounts.");
    await dollar.connect(accounts.payer).transfer(someone, 77n);
    const head = BigInt(await chain.ethers.provider.getBlockNumber());
    const { transfers, readTo } = await indexer.transfersTo({
      currency: (await dollar.getAddress()).toLowerCase() as `0x${string}`,
      to: someone.address.toLowerCase() as `0x${string}`,
      fromBlock: 0n,
      toBlock: head,
      enough: 10,
    });
    expect(readTo).to.equal(head);
    expect(transfers.map(({ from, amount }) => [from, amount])).to.deep.equal([
      [accounts.payer.address.toLowerCase(), 77n],
    ]);
  });
});
