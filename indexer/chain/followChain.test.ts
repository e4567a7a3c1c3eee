import { expect } from "chai";
import { encodeEventTopics, type Hex } from "viem";
import { type Faults, type FaultyRpc, startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import {
  type Following,
  followJournal,
  type FollowJournalParameters,
  journalledLogs,
  logsOf,
} from "../../test/support/indexer/followJournal.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { ledgerAbi } from "#protocol/abis.ts";
import { Endpoints } from "#node/rpc/endpoints.ts";
import { nextStep, followChain, type Situation, type Step } from "./followChain.ts";
import type { Progress } from "./progress.ts";

const ADDRESS = `0x${"1e".repeat(20)}` as const;
const [DEPOSITED] = encodeEventTopics({ abi: ledgerAbi, eventName: "Deposited" }) as [Hex];

describe("the next step of following the chain", () => {
  const last = { number: 1_000n, hash: `0x${"aa".repeat(32)}` as Hex, timestamp: 1 };
  const unread = { name: "inlets", address: ADDRESS, fromBlock: 10n, readTo: 9n };
  const usual: Situation = {
    last,
    head: { number: 1_010n },
    comparison: "same",
    missed: 0,
    unread: undefined,
    firstBlock: 5n,
    tip: 64n,
  };
  const cases: [string, Partial<Situation>, Step][] = [
    ["waits if the journal is at the head", { head: { number: 1_000n } }, { type: "wait", clear: true }],
    [
      "waits for a first block that does not exist yet",
      { last: undefined, head: { number: 4n } },
      { type: "wait", clear: true },
    ],
    ["reads the tip from the journal's end on", {}, { type: "tip", from: 1_001n, to: 1_010n }],
    ["reads fewer blocks of the tip from a weak node", { tip: 4n }, { type: "tip", from: 1_001n, to: 1_004n }],
    ["reads the 64 newest blocks as the tip", { head: { number: 1_064n } }, { type: "tip", from: 1_001n, to: 1_064n }],
    [
      "back-fills the blocks below the tip",
      { head: { number: 1_065n } },
      { type: "backfill", from: 1_001n, to: 1_001n },
    ],
    [
      "begins with the first block that can contain a log",
      { last: undefined, head: { number: 900n } },
      { type: "backfill", from: 5n, to: 836n },
    ],
    ["undoes a block that was replaced", { comparison: "replaced" }, { type: "undo", last }],
    [
      "waits for a block that a node does not have",
      { comparison: "missing", missed: 20 },
      { type: "wait", clear: false },
    ],
    ["undoes a block that stays missing", { comparison: "missing", missed: 21 }, { type: "undo", last }],
    ["fills in the logs of a new contract before it reads on", { unread }, { type: "fill", contract: unread, last }],
    ["fills in nothing if the journal's end was replaced", { unread, comparison: "replaced" }, { type: "undo", last }],
    [
      "fills in nothing if the journal's end is missing",
      { unread, comparison: "missing" },
      { type: "wait", clear: false },
    ],
    [
      "has nothing to fill into an empty journal",
      { unread, last: undefined, head: { number: 20n } },
      { type: "tip", from: 5n, to: 20n },
    ],
  ];
  for (const [what, situation, step] of cases) {
    it(what, () => {
      expect(nextStep({ ...usual, ...situation })).to.deep.equal(step);
    });
  }
});

describe("followChain", function () {
  this.timeout(30_000);
  const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await (each.stop ?? each.close)?.();
  });

  const serve = async (chain: ScriptedChain, faults: Partial<Faults> = {}, seed = 1): Promise<FaultyRpc> => {
    const rpc = await startFaultyRpc({ upstream: chain.answer, seed });
    rpc.setFaults(faults);
    open.push(rpc);
    return rpc;
  };
  const follow = (
    chain: ScriptedChain,
    parameters: Partial<FollowJournalParameters> & { urls: string[] },
  ): Following => {
    const following = followJournal({ source: chain.source, ...parameters });
    open.push(following);
    return following;
  };
  const chainOf = (blocks: number, logsPerBlock = 1) => {
    const chain = new ScriptedChain();
    chain.mine(blocks, logsPerBlock);
    return chain;
  };
  const expectWhole = (chain: ScriptedChain, { journal }: Following) => {
    expect(journalledLogs(journal)).to.deep.equal(logsOf(chain));
    for (const { number, hash, timestamp } of journal.blocks) {
      expect(hash).to.equal(chain.blocks[Number(number)]?.hash);
      expect(timestamp).to.equal(1_000 + Number(number));
    }
  };

  describe("with one node", () => {
    it("reads all blocks from the start block to the head, and then each new block", async () => {
      const chain = chainOf(300, 3);
      const following = follow(chain, { urls: [(await serve(chain)).url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      chain.mine(5, 2);
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(following.errors).to.deep.equal([]);
    });

    it("reads the blocks' times from headers if the logs do not have them", async () => {
      const chain = chainOf(300);
      chain.timedLogs = false;
      const rpc = await serve(chain);
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(rpc.stats.requests).to.be.below(60); // in batches
    });

    it("halves a range until the node accepts it, whatever the error, and lets it grow again", async () => {
      const chain = chainOf(30_000);
      const rpc = await serve(chain, { maxBlocks: 4_000 });
      const sizes: number[] = [];
      rpc.setOnCall((method, [filter]) => {
        const { fromBlock, toBlock } = (filter ?? {}) as { fromBlock?: string; toBlock?: string };
        if (method === "eth_getLogs" && fromBlock) sizes.push(Number(toBlock) - Number(fromBlock) + 1);
      });
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(following.errors).to.deep.equal([]); // refusing a range that is too large is not a failure
      expect(Math.max(...sizes.slice(-4))).to.be.above(1_000);
      expect(sizes.length).to.be.below(60);
    });

    it("reads a block with more logs than a node returns at once in a range of its own", async () => {
      const chain = chainOf(100, 1);
      chain.mine(1, 50);
      chain.mine(100, 1);
      const following = follow(chain, { urls: [(await serve(chain, { maxLogs: 50 })).url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
    });

    it("requests the newest blocks' logs by hash, so that a node without a block cannot report it as empty", async () => {
      const chain = chainOf(200);
      const rpc = await serve(chain);
      let byHash = 0;
      rpc.setOnCall((method, [filter]) => {
        if (method === "eth_getLogs" && (filter as { blockHash?: string }).blockHash) byHash++;
      });
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expect(byHash).to.equal(64);
    });

    it("has a prefix of the chain in the journal at every moment", async () => {
      const chain = chainOf(500);
      const rpc = await serve(chain, { maxBlocks: 50 });
      const all = logsOf(chain);
      const following = follow(chain, {
        urls: [rpc.url],
        onUpdate: () => {
          const some = journalledLogs(following.journal);
          expect(some).to.deep.equal(all.slice(0, some.length));
        },
      });
      await following.reached(chain.head.hash);
    });

    it("reports its progress", async () => {
      const chain = chainOf(300);
      const told: Progress[] = [];
      const onProgress = (progress: Progress) => told.push(progress);
      const following = follow(chain, { urls: [(await serve(chain)).url], onProgress });
      await following.reached(chain.head.hash);
      await following.until(() => told.at(-1)?.block === 300n);
      expect(told.at(-1)).to.include({ block: 300n, target: 300n, events: 300, secondsLeft: 0 });
      expect(told[0]?.block).to.equal(20n); // the first range
    });

    it("ends at once when the signal aborts, even while the node hangs", async () => {
      const chain = chainOf(300);
      const rpc = await serve(chain);
      const endpoints = new Endpoints({ urls: [rpc.url], chainId: 1, timeoutMs: 60_000 });
      await endpoints.ready();
      rpc.setFaults({ hang: 1 });
      const stop = new AbortController();
      const { source } = chain;
      const updates = followChain({ endpoints, source, lastBlock: async () => undefined, signal: stop.signal });
      const next = updates.next();
      while (!rpc.stats.faults.hang) await new Promise((resolve) => setTimeout(resolve, 5));
      stop.abort();
      expect((await next).done).to.equal(true);
      await endpoints.close();
    });
  });

  describe("with a node that is at fault", () => {
    for (const fault of [
      "delay",
      "drop",
      "tooMany",
      "unavailable",
      "refuse",
      "cutJson",
      "nullReply",
      "malformed",
      "wrongOrder",
      "duplicatedLogs",
      "staleHead",
      "otherChain",
    ] as const) {
      it(`reads every log once, and no log that does not exist: ${fault}`, async () => {
        const chain = chainOf(200, 2);
        const rpc = await serve(chain, { [fault]: fault === "otherChain" ? 0.05 : 0.15, maxBlocks: 30 });
        const following = follow(chain, { urls: [rpc.url] });
        await following.reached(chain.head.hash);
        // Wait until the fault has happened: a fast reader makes few requests.
        do {
          chain.mine(3, 2);
          await following.reached(chain.head.hash);
        } while (!rpc.stats.faults[fault]);
        expectWhole(chain, following);
      });
    }

    it("retries a request that hangs", async () => {
      const chain = chainOf(100);
      const rpc = await serve(chain, { hang: 0.2 });
      const following = follow(chain, { urls: [rpc.url], timeoutMs: 100 });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
    });

    it("waits for a node that lags, and undoes nothing", async () => {
      const chain = chainOf(10);
      const rpc = await serve(chain);
      let reorgs = 0;
      const following = follow(chain, { urls: [rpc.url], onUpdate: ({ type }) => void (type === "reorg" && reorgs++) });
      await following.reached(chain.head.hash);
      // One of several nodes behind the same URL does not have the last blocks yet.
      const removed = chain.blocks.splice(8);
      const { length } = following.journal.blocks;
      const calls = rpc.stats.calls.eth_getBlockByNumber ?? 0;
      await following.until(() => (rpc.stats.calls.eth_getBlockByNumber ?? 0) > calls + 6);
      chain.blocks.push(...removed);
      chain.mine(2);
      await following.reached(chain.head.hash);
      expect(reorgs).to.equal(0);
      expect(length).to.equal(10);
    });
  });

  describe("with nodes that withhold logs", () => {
    it("asks again if the newest blocks' bloom filters hint at more logs", async () => {
      const chain = new ScriptedChain();
      for (let i = 0; i < 20; i++) {
        chain.mine(1, 1);
        for (const log of chain.head.logs) log.topics = [DEPOSITED];
      }
      const rpc = await serve(chain, { missingLogs: 0.1 });
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(rpc.stats.faults.missingLogs).to.be.above(0);
    });

    it("accepts a block without logs if a bloom filter has a false positive", async () => {
      const chain = new ScriptedChain();
      chain.ghosts = [chain.source.ledger, DEPOSITED];
      chain.mine(100, 0);
      const rpc = await serve(chain);
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expect(following.journal.logs).to.deep.equal([]);
      expect(following.errors).to.deep.equal([]);
      expect(rpc.stats.calls.eth_getLogs).to.be.above(100); // each block several times
    });

    it("rejects a log that the block's header excludes", async () => {
      const chain = chainOf(3);
      const rpc = await startFaultyRpc({
        upstream: (method, params) => {
          const reply = chain.answer(method, params) as object[];
          const lies = method === "eth_getLogs" && following.errors.length === 0;
          return lies ? reply.map((log) => ({ ...log, topics: [`0x${"12".repeat(32)}`] })) : reply;
        },
      });
      open.push(rpc);
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(following.errors[0]?.message).to.contain("excludes");
    });

    for (const blocks of [3, 200]) {
      it(`says which method is missing, until it is there: ${blocks} blocks`, async () => {
        const chain = chainOf(blocks);
        let lacks = true;
        const rpc = await startFaultyRpc({
          upstream: (method, params) => {
            if (lacks && method === "eth_getLogs") throw new Error("the method eth_getLogs does not exist");
            return chain.answer(method, params);
          },
        });
        open.push(rpc);
        const following = follow(chain, { urls: [rpc.url] });
        const { notices } = following.endpoints;
        await following.until(() => notices.all.length > 0);
        expect(notices.all[0]).to.include({ code: "methodMissing", stops: true });
        expect(notices.all[0]?.message).to.contain("eth_getLogs does not exist");
        lacks = false;
        await following.reached(chain.head.hash);
        await following.until(() => notices.all.length === 0);
        expectWhole(chain, following);
      });
    }

    it("rejects a log whose block number is no number, and goes on", async () => {
      const chain = chainOf(3);
      const rpc = await startFaultyRpc({
        upstream: (method, params) => {
          const reply = chain.answer(method, params) as object[];
          const lies = method === "eth_getLogs" && following.errors.length === 0;
          return lies ? reply.map((log) => ({ ...log, blockNumber: { toString: 1 } })) : reply;
        },
      });
      open.push(rpc);
      const following = follow(chain, { urls: [rpc.url] });
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(following.errors[0]?.message).to.contain("a log's block number is malformed");
    });

    it("compares the newest blocks with another endpoint, and uses the one with more logs", async () => {
      for (const order of [0, 1]) {
        const chain = chainOf(40, 4);
        const honest = await serve(chain);
        const keeping = await serve(chain, { missingLogs: 1 });
        const urls = [honest.url, keeping.url];
        const following = follow(chain, { urls: order === 0 ? urls : urls.toReversed() });
        await following.until(() => following.endpoints.status.every(({ requests }) => requests > 0));
        await following.reached(chain.head.hash);
        chain.mine(2, 4);
        await following.reached(chain.head.hash);
        expectWhole(chain, following);
      }
    });

    it("compares some back-filled ranges with another endpoint", async () => {
      const chain = chainOf(300, 1);
      const honest = await serve(chain);
      const keeping = await serve(chain, { missingLogs: 1 });
      const endpoints = { urls: [keeping.url, honest.url] };
      const following = follow(chain, endpoints);
      await following.reached(chain.head.hash);
      expect(following.errors.some(({ message }) => message.includes("withholds logs between blocks"))).to.equal(true);
    });
  });

  describe("in a reorg", () => {
    for (const [removed, added] of [
      [1, 1],
      [1, 3],
      [3, 1],
      [30, 31],
      [60, 5],
    ] as const) {
      it(`removes ${removed} blocks and reads ${added} in their place`, async () => {
        const chain = chainOf(100);
        const following = follow(chain, { urls: [(await serve(chain)).url] });
        await following.reached(chain.head.hash);
        chain.fork(removed, added);
        await following.reached(chain.head.hash);
        expectWhole(chain, following);
      });
    }

    it("removes exactly the replaced blocks", async () => {
      const chain = chainOf(100);
      const ancestors: (bigint | undefined)[] = [];
      const onUpdate: FollowJournalParameters["onUpdate"] = (update) =>
        void (update.type === "reorg" && ancestors.push(update.ancestor?.number));
      const following = follow(chain, { urls: [(await serve(chain)).url], onUpdate });
      await following.reached(chain.head.hash);
      chain.fork(7, 8);
      await following.reached(chain.head.hash);
      expect(ancestors).to.deep.equal([93n]);
    });

    it("drops blocks that were read across a reorg", async () => {
      for (const height of [4, 300]) {
        const chain = chainOf(height);
        const rpc = await serve(chain);
        let logRequests = 0;
        rpc.setOnCall((method) => {
          // The reorg comes just before the logs are read for the second time.
          if (method === "eth_getLogs" && ++logRequests === 2) chain.fork(3, 4);
        });
        const following = follow(chain, { urls: [rpc.url] });
        await following.until(() => following.journal.lastBlock()?.hash === chain.head.hash && logRequests >= 2);
        expectWhole(chain, following);
      }
    });

    it("notices at the start that its journal's end was replaced, even back to the first block", async () => {
      for (const removed of [5, 50]) {
        const chain = chainOf(50);
        const rpc = await serve(chain);
        const before = follow(chain, { urls: [rpc.url] });
        await before.reached(chain.head.hash);
        await before.stop();
        chain.fork(removed, removed);
        const after = follow(chain, { urls: [rpc.url], journal: before.journal });
        await after.reached(chain.head.hash);
        expectWhole(chain, after);
      }
    });

    it("continues where the caller cut the journal, without the blocks that were read ahead", async () => {
      const chain = chainOf(1_000);
      const rpc = await serve(chain, { maxBlocks: 20 });
      let cuts = 0;
      const following = follow(chain, {
        urls: [rpc.url],
        onUpdate: () => {
          const last = following.journal.lastBlock()?.number ?? 0n;
          if (cuts < 5 && last > 100n * BigInt(cuts + 2)) following.journal.removeAbove(last - 90n * BigInt(++cuts));
        },
      });
      await following.reached(chain.head.hash);
      expect(cuts).to.equal(5);
      following.journal.removeAbove(500n); // while it waits for a block
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
    });
  });

  describe("finality", () => {
    it("is the configured depth, else the node's final block, else 64 blocks", async () => {
      for (const [finalized, depth, final] of [
        [undefined, 10, 190n],
        [() => 150, 10, 190n],
        [() => 150, undefined, 150n],
        [undefined, undefined, 136n],
        [() => 200, undefined, 136n], // the newest block, as development nodes report it
      ] as const) {
        const chain = chainOf(200);
        chain.finalized = finalized;
        const following = follow(chain, { urls: [(await serve(chain)).url], finalityDepth: depth });
        await following.reached(chain.head.hash);
        expect(following.journal.final).to.equal(final);
      }
    });

    const deepReorg = async ({ endpoints, until }: Following): Promise<string> => {
      await until(() => endpoints.notices.all.some(({ code, stops }) => code === "deepReorg" && stops));
      return endpoints.notices.all[0]?.message ?? "";
    };

    it("stops with a message and a remedy if a final block was replaced, and goes on once it is back", async () => {
      const chain = chainOf(100);
      const following = follow(chain, { urls: [(await serve(chain)).url], finalityDepth: 10 });
      await following.reached(chain.head.hash);
      const journalled = following.journal.blocks.find(({ number }) => number === 90n);
      const replaced = chain.blocks.slice(-20);
      chain.fork(20, 21);
      const message = await deepReorg(following);
      expect(message).to.contain("Block 90 was final").and.contain(journalled?.hash).and.contain("delete the store");
      expect(message).to.contain(chain.blocks[90]?.hash);
      expect(following.journal.lastBlock()?.number).to.equal(100n); // nothing was removed
      chain.restore(replaced);
      chain.mine(2);
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(following.endpoints.notices.all).to.deep.equal([]);
    });

    it("allows a reorg of blocks that were not final, even if the new chain is so long that they would be final now", async () => {
      const chain = chainOf(100);
      const following = follow(chain, { urls: [(await serve(chain)).url], finalityDepth: 10 });
      await following.reached(chain.head.hash);
      chain.fork(10, 40);
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
    });

    it("derives from the journal at the start which blocks were final", async () => {
      const chain = chainOf(100);
      const parameters = { urls: [(await serve(chain)).url], finalityDepth: 10 };
      const before = follow(chain, parameters);
      await before.reached(chain.head.hash);
      await before.stop();
      chain.fork(20, 50);
      const after = follow(chain, { ...parameters, journal: before.journal });
      expect(await deepReorg(after)).to.contain("no longer on the chain");
    });

    it("also stops if the chain became shorter than the final block", async () => {
      const chain = chainOf(100);
      const following = follow(chain, { urls: [(await serve(chain)).url], finalityDepth: 10 });
      await following.reached(chain.head.hash);
      chain.fork(40, 1);
      expect(await deepReorg(following)).to.contain("there is no block 90");
    });

    it("blames an endpoint that alone reports a deep reorg", async () => {
      const chain = chainOf(100);
      const straying = new ScriptedChain();
      straying.mine(100);
      const urls = [(await serve(straying)).url, (await serve(chain)).url];
      const following = follow(chain, { urls, finalityDepth: 10 });
      await following.reached(chain.head.hash);
      straying.fork(60, 70); // and is ahead of the others
      chain.mine(1);
      await following.until(() => following.errors.some(({ message }) => message.includes("which is final")));
      for (let i = 0; i < 3; i++) {
        chain.mine(1);
        await following.reached(chain.head.hash);
      }
      expectWhole(chain, following);
    });
  });
});
