import { expect } from "chai";
import { encodeEventTopics, type Hex, keccak256, numberToHex, toHex } from "viem";
import { type FaultyRpc, startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import {
  type Following,
  followJournal,
  type FollowJournalParameters,
  journalledLogs,
  logsOf,
} from "../../test/support/indexer/followJournal.ts";
import { itAtLength } from "../../test/support/atLength.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import type { NoticeCode } from "#node/rpc/notices.ts";
import { ledgerAbi } from "#protocol/abis.ts";

const [DEPOSITED] = encodeEventTopics({ abi: ledgerAbi, eventName: "Deposited" }) as [Hex];
const ZEROS: Hex = `0x${"00".repeat(256)}`;
const ONES: Hex = `0x${"ff".repeat(256)}`;

type Log = Record<string, unknown> & { blockNumber: Hex };
interface Filter {
  fromBlock?: Hex;
  toBlock?: Hex;
  blockHash?: Hex;
}
/** Changes the logs that a node returns. */
type OnLogs = (logs: Log[], filter: Filter) => unknown;
/** Changes the blocks that a node returns. */
type OnBlock = (block: Record<string, unknown>) => unknown;

const chainOf = (blocks: number, logsPerBlock = 1) => {
  const chain = new ScriptedChain();
  chain.mine(blocks, logsPerBlock);
  return chain;
};

/** Answers like a chain's node, but with other logs or blocks. */
const answerer =
  (chain: ScriptedChain, { logs = (each) => each, block = (each) => each }: { logs?: OnLogs; block?: OnBlock }) =>
  (method: string, params: unknown[]): unknown => {
    const reply = chain.answer(method, params);
    if (method === "eth_getLogs") return logs(reply as Log[], params[0] as Filter);
    if (method === "eth_getBlockByNumber" && reply) return block(reply as Record<string, unknown>);
    return reply;
  };

describe("endpoints with odd logs", function () {
  this.timeout(20_000);
  const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await (each.stop ?? each.close)?.();
  });
  const serve = async (upstream: (method: string, params: unknown[]) => unknown): Promise<FaultyRpc> => {
    const rpc = await startFaultyRpc({ upstream });
    open.push(rpc);
    return rpc;
  };
  const follow = (
    chain: ScriptedChain,
    rpcs: readonly FaultyRpc[],
    parameters: Partial<FollowJournalParameters> = {},
  ): Following => {
    const following = followJournal({ source: chain.source, urls: rpcs.map(({ url }) => url), ...parameters });
    open.push(following);
    return following;
  };
  const expectWhole = (chain: ScriptedChain, { journal }: Following) =>
    expect(journalledLogs(journal).join("\n") === logsOf(chain).join("\n")).to.equal(
      true,
      "the journal is not the chain",
    );
  const codes = ({ endpoints }: Following) => endpoints.notices.all.map(({ code }) => code);
  const notice = async (following: Following, wanted: NoticeCode) => {
    const find = () => following.endpoints.notices.all.find(({ code }) => code === wanted);
    await following.until(() => find() !== undefined);
    return find();
  };
  const follows = async (chain: ScriptedChain, following: Following) => {
    await following.reached(chain.head.hash);
    chain.mine(3, 2);
    await following.reached(chain.head.hash);
    expectWhole(chain, following);
  };

  describe("and bloom filters that exclude logs", () => {
    for (const [what, isUntrue] of [
      ["all blocks", () => true],
      ["two blocks", (number: number) => number === 150 || number === 290],
    ] as const) {
      it(`are followed once the logs are confirmed by block hash, and then without the filters: ${what}`, async () => {
        for (const several of [false, true]) {
          const chain = chainOf(300);
          const rpc = await serve(
            answerer(chain, {
              block: (block) => (isUntrue(Number(block.number)) ? { ...block, logsBloom: ZEROS } : block),
            }),
          );
          const following = follow(chain, several ? [rpc, await serve(chain.answer)] : [rpc]);
          await follows(chain, following);
          if (what === "two blocks" && several) continue; // the true filters of the other endpoint may have been read
          expect(codes(following)).to.deep.equal(["bloomsUntrue"]);
          expect(following.endpoints.completeness).to.equal(several ? "compared" : "unchecked");
        }
      });
    }

    it("are not looked at if they are known to be untrue", async () => {
      const chain = chainOf(100);
      const following = follow(chain, [
        await serve(answerer(chain, { block: (block) => ({ ...block, logsBloom: ZEROS }) })),
      ]);
      following.endpoints.bloomsAreTrue = false;
      await follows(chain, following);
      expect(following.errors).to.deep.equal([]);
      expect(codes(following)).to.deep.equal([]);
    });

    it("are not believed if another endpoint does not have the logs", async () => {
      const chain = chainOf(10);
      const invented: OnLogs = (logs) => logs.map((log) => ({ ...log, topics: [keccak256(toHex("invented"))] }));
      const rpcs = [await serve(answerer(chain, { logs: invented })), await serve(chain.answer)];
      const following = follow(chain, rpcs);
      await following.until(() => following.endpoints.all.every(({ requests }) => requests > 0));
      await follows(chain, following);
      expect(codes(following)).not.to.include("bloomsUntrue");
    });
  });

  describe("and bloom filters that hint at logs which do not exist", () => {
    for (const [what, logsBloom] of [
      ["full filters", ONES],
      ["filters with an event of the ledger", undefined],
    ] as const) {
      it(`cost no more requests for ever: ${what}`, async () => {
        const chain = chainOf(100, 0);
        if (!logsBloom) chain.ghosts = [chain.source.ledger, DEPOSITED];
        const rpc = await serve(answerer(chain, { block: (block) => ({ ...block, ...(logsBloom && { logsBloom }) }) }));
        const following = follow(chain, [rpc]);
        await following.reached(chain.head.hash);
        expect(codes(following)).to.deep.equal(["bloomsUntrue"]);
        const calls = rpc.stats.calls.eth_getLogs ?? 0;
        for (let i = 0; i < 5; i++) {
          chain.mine(1, 1);
          await following.reached(chain.head.hash);
        }
        expect((rpc.stats.calls.eth_getLogs ?? 0) - calls).to.be.below(6);
        expect(following.errors).to.deep.equal([]);
        expect(following.endpoints.completeness).to.equal("unchecked");
      });
    }

    it("are asked for the receipts, which decide", async () => {
      const chain = new ScriptedChain();
      for (let i = 0; i < 6; i++) {
        chain.mine(1, 1);
        for (const log of chain.head.logs) log.topics = [DEPOSITED];
      }
      const withholding = answerer(chain, { logs: (logs) => logs.filter(({ blockNumber }) => blockNumber !== "0x3") });
      const rpc = await serve((method, params) => {
        const block = chain.blocks[3];
        if (method === "eth_getBlockByHash") return { transactions: [keccak256(block?.hash ?? "0x")] };
        if (method !== "eth_getTransactionReceipt") return withholding(method, params);
        return { blockHash: block?.hash, logs: chain.answer("eth_getLogs", [{ blockHash: block?.hash }]) };
      });
      const following = follow(chain, [rpc]);
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
      expect(codes(following)).to.deep.equal(["logsWithheld"]);
    });
  });

  it("and blocks without a bloom filter are followed; health calls their completeness unchecked", async () => {
    const chain = chainOf(100);
    const rpc = await serve(answerer(chain, { block: (block) => ({ ...block, logsBloom: undefined }) }));
    const following = follow(chain, [rpc]);
    await follows(chain, following);
    expect(following.endpoints.completeness).to.equal("unchecked");
  });

  describe("for block hashes", () => {
    const refuse = (message: string): OnLogs => {
      return (logs, { blockHash }) => {
        if (blockHash) throw new Error(message);
        return logs;
      };
    };
    const cases: [string, (chain: ScriptedChain) => OnLogs][] = [
      ["an error that names the field", () => refuse("unknown field blockHash")],
      ["an error without a reason", () => refuse("no")],
      [
        "the logs of the newest block",
        (chain) =>
          (logs, { blockHash }) =>
            blockHash ? latest(chain) : logs,
      ],
      [
        "the logs of all blocks",
        (chain) =>
          (logs, { blockHash }) =>
            blockHash ? all(chain) : logs,
      ],
      [
        "an empty list",
        () =>
          (logs, { blockHash }) =>
            blockHash ? [] : logs,
      ],
    ];
    const latest = (chain: ScriptedChain) => chain.answer("eth_getLogs", [{ blockHash: chain.head.hash }]);
    const all = (chain: ScriptedChain) =>
      chain.answer("eth_getLogs", [{ fromBlock: "0x0", toBlock: numberToHex(chain.head.number) }]);
    for (const [what, logs] of cases) {
      it(`are followed by number: ${what}`, async () => {
        for (const several of [false, true]) {
          const chain = chainOf(100, 2);
          const odd = await serve(answerer(chain, { logs: logs(chain) }));
          const following = follow(chain, several ? [odd, await serve(chain.answer)] : [odd]);
          await follows(chain, following);
          await following.until(() => following.endpoints.all.every(({ isResting }) => !isResting));
          const { length } = following.errors;
          for (let i = 0; i < 3; i++) {
            chain.mine(1, 2);
            await following.reached(chain.head.hash);
          }
          expect(following.errors.slice(length)).to.deep.equal([]); // it is not called wrong for ever
          expectWhole(chain, following);
        }
      });
    }

    it("are followed by number after a restart at the newest block, too", async () => {
      const chain = chainOf(100, 2);
      const before = follow(chain, [await serve(chain.answer)]);
      await before.reached(chain.head.hash);
      await before.stop();
      const odd = await serve(answerer(chain, { logs: (logs, { blockHash }) => (blockHash ? [] : logs) }));
      const following = follow(chain, [odd], { journal: before.journal });
      chain.mine(3, 2);
      await following.reached(chain.head.hash);
      expectWhole(chain, following);
    });

    it("drop a block that is replaced while it is read by number", async () => {
      const chain = chainOf(20);
      let asked = 0;
      const rpc = await serve(
        answerer(chain, {
          logs: (logs, { blockHash }) => {
            if (blockHash) throw new Error("unknown field blockHash");
            if (++asked === 1) chain.fork(2, 3);
            return logs;
          },
        }),
      );
      const following = follow(chain, [rpc]);
      await following.until(() => following.journal.lastBlock()?.hash === chain.head.hash && asked > 1);
      expectWhole(chain, following);
    });
  });

  describe("that have no unique order", () => {
    for (const several of [false, true]) {
      it(`${several ? "are not followed while another endpoint has one" : "are reported once, and tried again"}`, async () => {
        for (const height of [20, 200]) {
          const chain = chainOf(height, 3);
          let isOdd = true;
          const odd = await serve(
            answerer(chain, { logs: (logs) => (isOdd ? logs.map((log) => ({ ...log, logIndex: "0x0" })) : logs) }),
          );
          const following = follow(chain, several ? [odd, await serve(chain.answer)] : [odd]);
          if (!several) {
            const { message, stops } = (await notice(following, "notFollowable")) ?? {};
            expect(stops).to.equal(true);
            expect(message).to.contain("two different logs with the number 0");
            isOdd = false;
          }
          await follows(chain, following);
          if (!several) expect(codes(following)).to.deep.equal([]);
        }
      });
    }

    it("are no obstacle if logs only repeat or come in another order", async () => {
      const chain = chainOf(200, 3);
      const rpc = await serve(answerer(chain, { logs: (logs) => [...logs.toReversed(), ...logs] }));
      const following = follow(chain, [rpc]);
      await follows(chain, following);
      expect(following.errors).to.deep.equal([]);
    });
  });

  describe("that skip heights", () => {
    for (const shape of ["null", "error"]) {
      it(`are followed: a skipped height is ${shape}`, async () => {
        for (const height of [20, 400]) {
          const chain = chainOf(height, 1);
          const rpc = await serve(skipping(chain, shape));
          const following = follow(chain, [rpc]);
          await following.reached(chain.head.hash);
          for (let i = 0; i < 9; i++) {
            chain.mine(1, 2);
            await following.reached(chain.head.hash);
          }
          const data = following.journal.logs.map((log) => log.data);
          expect(data).to.deep.equal(chain.blocks.flatMap(({ logs }) => logs.map((log) => log.data)));
          expect(following.endpoints.notices.all).to.deep.equal([]);
        }
      });
    }
  });

  describe("that are cut without an error", () => {
    for (const [what, cut] of [
      ["the first", (logs: Log[]) => logs.slice(0, 40)],
      ["the last", (logs: Log[]) => logs.slice(-40)],
    ] as const) {
      it(`are read in smaller ranges: ${what} 40 are returned`, async () => {
        const chain = new ScriptedChain();
        for (let i = 0; i < 600; i++) chain.mine(1, i % 3);
        const rpc = await serve(answerer(chain, { logs: cut }));
        const following = follow(chain, [rpc]);
        await follows(chain, following);
        expect(rpc.stats.calls.eth_getLogs).to.be.below(64 + 250);
      });
    }

    it("are waited for if a single block has more, and read from another endpoint", async () => {
      const chain = chainOf(200, 2);
      chain.mine(1, 40);
      chain.mine(100, 2);
      const cutting = () => serve(answerer(chain, { logs: (logs) => logs.slice(0, 16) }));
      const alone = follow(chain, [await cutting()]);
      const { message, stops } = (await notice(alone, "logsWithheld")) ?? {};
      expect(stops).to.equal(true);
      expect(message).to.contain("at most 16 logs").and.contain("--rpc");
      expect(alone.journal.lastBlock()?.number).to.equal(200n);
      const together = follow(chain, [await cutting(), await serve(chain.answer)]);
      await follows(chain, together);
    });
  });

  describe("that are pruned", () => {
    const PRUNED_TO = 150;
    const silent: OnLogs = (logs) => logs.filter(({ blockNumber }) => Number(blockNumber) > PRUNED_TO);
    const failing: OnLogs = (logs, { fromBlock }) => {
      if (fromBlock && Number(fromBlock) <= PRUNED_TO) throw new Error("pruned history unavailable");
      return logs;
    };
    it("are read from another endpoint; the notice names the first one", async () => {
      const chain = chainOf(300, 2);
      const pruned = await serve(answerer(chain, { logs: silent }));
      const following = follow(chain, [pruned, await serve(chain.answer)]);
      await follows(chain, following);
      const { message, stops } = (await notice(following, "logsPruned")) ?? {};
      expect(stops).to.equal(false);
      expect(message).to.contain(`127.0.0.1:${new URL(pruned.url).port} keeps no logs so old`);
    });

    it("are waited for without another endpoint", async () => {
      const chain = chainOf(300, 2);
      const rpc = await serve(answerer(chain, { logs: (logs, filter) => (isPruned ? silent(logs, filter) : logs) }));
      let isPruned = true;
      const following = follow(chain, [rpc]);
      const { stops } = (await notice(following, "logsPruned")) ?? {};
      expect(stops).to.equal(true);
      expect(following.journal.blocks).to.deep.equal([]);
      isPruned = false;
      await follows(chain, following);
      expect(codes(following)).to.deep.equal([]);
    });

    it("are noticed by the logs of the creation alone, if bloom filters show nothing", async () => {
      const zero: OnBlock = (block) => ({ ...block, logsBloom: ZEROS });
      for (const created of [true, false]) {
        const chain = created ? chainOf(300, 2) : chainOf(100, 0);
        if (!created) chain.mine(200, 2);
        const odd = answerer(chain, { block: zero, ...(created && { logs: silent }) });
        const rpc = await serve((method, params) =>
          method === "eth_getBlockByHash" && !created ? { transactions: [] } : odd(method, params),
        );
        const following = follow(chain, [rpc], { isDeployed: true });
        if (!created) {
          await follows(chain, following); // the start block is lower than necessary
          continue;
        }
        const { stops } = (await notice(following, "logsPruned")) ?? {};
        expect(stops).to.equal(true);
        expect(following.journal.blocks).to.deep.equal([]);
      }
    });

    it("are noticed if the endpoint says so", async function () {
      const chain = chainOf(300, 2);
      const pruned = await serve(answerer(chain, { logs: failing }));
      const following = follow(chain, [pruned, await serve(chain.answer)]);
      await follows(chain, following);
    });
  });

  describe("that another endpoint contradicts", () => {
    it("are read again from the other one if they were left out", async () => {
      const chain = chainOf(2_000, 1);
      const withholding = await serve(
        answerer(chain, { logs: (logs) => logs.filter(({ blockNumber }) => Number(blockNumber) % 7 !== 3) }),
      );
      const following = follow(chain, [withholding, await serve(chain.answer)]);
      const { endpoints, message } = (await notice(following, "endpointsDisagree")) ?? {};
      await follows(chain, following);
      expect(codes(following)).to.include("logsWithheld");
      expect(endpoints).to.have.members(following.endpoints.all.map(({ name }) => name));
      expect(message).to.contain("return different logs");
    });

    it("are read again if the first ranges could not be compared, because the endpoint has pruned them", async () => {
      const chain = chainOf(3_000, 1);
      const withholding = await serve(
        answerer(chain, {
          logs: (logs, { fromBlock }) => {
            if (Number(fromBlock) < 600) throw new Error("pruned history unavailable");
            return logs.filter(({ blockNumber }) => Number(blockNumber) % 7 !== 3);
          },
        }),
      );
      const following = follow(chain, [withholding, await serve(chain.answer)]);
      await notice(following, "endpointsDisagree"); // it is cleared once they agree on new blocks
      await follows(chain, following);
    });

    itAtLength("are compared in part if the other endpoint takes smaller ranges only", async () => {
      const chain = chainOf(10_000, 1);
      const withholding = await serve(
        answerer(chain, {
          logs: (logs) => logs.filter(({ blockNumber: height }) => Number(height) < 3_000 || Number(height) % 7 !== 3),
        }),
      );
      const small = await serve(chain.answer);
      small.setFaults({ maxBlocks: 20 });
      withholding.setFaults({ maxBlocks: 200 }); // so that there are enough ranges for several to be compared
      await follows(chain, follow(chain, [withholding, small]));
    });

    it("are reported until both agree again", async () => {
      const chain = chainOf(20, 2);
      let isOdd = true;
      const odd = await serve(answerer(chain, { logs: (logs) => (isOdd ? [] : logs) }));
      const following = follow(chain, [odd, await serve(chain.answer)]);
      await following.until(() => following.endpoints.all.every(({ head }) => head !== undefined));
      await following.reached(chain.head.hash);
      while (!codes(following).includes("endpointsDisagree")) {
        chain.mine(1, 2);
        await following.reached(chain.head.hash);
      }
      isOdd = false;
      while (codes(following).length > 0) {
        chain.mine(1, 2);
        await following.reached(chain.head.hash);
      }
      expectWhole(chain, following);
    });

    for (const [what, hasBlock] of [
      ["that it has not announced", true],
      ["that it gets later", false],
    ] as const) {
      it(`are noticed in newest blocks, too, by an endpoint that is behind: blocks ${what}`, async () => {
        const chain = chainOf(20, 2);
        const leaving = await serve(
          answerer(chain, { logs: (logs) => logs.filter(({ blockNumber }) => Number(blockNumber) % 5 !== 0) }),
        );
        let shown = 20;
        const behind = await serve((method, params) => {
          const [which = ""] = params as [(string | Filter)?];
          if (which === "latest") return chain.answer(method, [numberToHex(shown), false]);
          const isNewest = Number(which) > shown || (which as Filter).blockHash === chain.head.hash;
          if (!hasBlock && isNewest && shown < chain.head.number) throw new Error("unknown block");
          return chain.answer(method, params);
        });
        const following = follow(chain, [leaving, behind]);
        await following.until(() => following.endpoints.status.every(({ state }) => state === "used"));
        for (let i = 0; i < 8; i++) {
          chain.mine(1, 2);
          await following.until(() => (following.endpoints.all[0]?.head?.number ?? 0n) >= BigInt(chain.head.number));
          await new Promise((resolve) => setTimeout(resolve, 20));
          shown = chain.head.number;
        }
        await following.reached(chain.head.hash);
        expectWhole(chain, following);
      });
    }

    for (const [what, ofOthers] of [
      ["", {}],
      [", and topics that are no list", { topics: 5 }],
      [", and numbers that are objects", { logIndex: { toString: 1 } }],
    ] as const) {
      it(`are settled if one of them gives several logs of a block the same number${what}`, async () => {
        const chain = chainOf(20, 3);
        // Shows one log of ours in a block, but its other logs, of whatever contract, when it is asked for all.
        const zero: OnLogs = (logs) => logs.map((log) => ({ ...log, logIndex: "0x0" }));
        const only: OnLogs = (logs) => logs.filter(({ logIndex }) => Number(logIndex) % 3 === 1);
        const hasAddress = (filter: Filter) => "address" in filter;
        const odd = await serve(
          answerer(chain, {
            logs: (logs, filter) => {
              const zeros = zero(hasAddress(filter) ? (only(logs, filter) as Log[]) : logs, filter) as Log[];
              return hasAddress(filter) ? zeros : zeros.map((log) => ({ ...log, ...ofOthers }));
            },
          }),
        );
        const honest = await serve(
          answerer(chain, { logs: (logs, filter) => (hasAddress(filter) ? only(logs, filter) : logs) }),
        );
        const following = follow(chain, [odd, honest]);
        await following.until(() => following.endpoints.status.every(({ state }) => state === "used"));
        for (let i = 0; i < 6; i++) {
          chain.mine(1, 3);
          await following.reached(chain.head.hash);
        }
        const newest = following.journal.logs.filter(({ blockNumber }) => blockNumber > 21n);
        expect(newest.map(({ logIndex }) => logIndex % 3)).to.deep.equal(newest.map(() => 1));
        expect(newest).to.have.length.greaterThan(2);
      });
    }

    it("are not settled by a bloom filter that the other endpoint does not report", async () => {
      const chain = chainOf(20, 2);
      const lying = await serve(
        answerer(chain, {
          logs: (logs) => logs.filter(({ blockNumber }) => Number(blockNumber) <= 20),
          block: (block) => (Number(block.number) > 20 ? { ...block, logsBloom: `0x80${ZEROS.slice(4)}` } : block),
        }),
      );
      const following = follow(chain, [lying, await serve(chain.answer)]);
      await following.reached(chain.head.hash);
      await following.until(() => following.endpoints.status.every(({ state }) => state === "used"));
      chain.mine(1, 2);
      await follows(chain, following);
    });

    const altered: OnLogs = (logs) =>
      logs.map((log) => (log.blockNumber === "0x15" ? { ...log, data: `0x${"ee".repeat(4)}` } : log));
    it("are not served while nothing shows which is right; a third endpoint shows it", async () => {
      const chain = chainOf(20, 2);
      const odd = await serve(answerer(chain, { logs: altered }));
      const honest = await serve(chain.answer);
      const following = follow(chain, [odd, honest]);
      await following.reached(chain.head.hash);
      await following.until(() => following.endpoints.status.every(({ state }) => state === "used"));
      chain.mine(1, 2); // block 0x15
      const { stops, message } = (await notice(following, "endpointsDisagree")) ?? {};
      expect(stops).to.equal(true);
      expect(message).to.contain("third endpoint");
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(following.journal.lastBlock()?.number).to.equal(20n);
      const decided = follow(chain, [odd, honest, await serve(chain.answer)], { journal: following.journal });
      await following.stop();
      await follows(chain, decided);
    });
  });
});

/** Answers like a chain whose heights skip every third one. */
function skipping(chain: ScriptedChain, shape: string) {
  const heightOf = (block: number) => block + Math.floor(block / 2);
  const heights = (hex: unknown) => numberToHex(heightOf(Number(hex)));
  const blockAt = (height: number) => chain.blocks.findLastIndex((_, block) => heightOf(block) <= height);
  return (method: string, [first, ...rest]: unknown[]): unknown => {
    if (method === "eth_getBlockByNumber") {
      const isHeight = typeof first === "string" && first.startsWith("0x");
      const block = isHeight ? blockAt(Number(first)) : undefined;
      if (block !== undefined && heightOf(block) !== Number(first)) {
        if (shape === "null" || Number(first) > heightOf(chain.head.number)) return null;
        throw new Error("requested epoch was a null round");
      }
      const reply = chain.answer(method, [block === undefined ? first : numberToHex(block), ...rest]);
      return reply && { ...reply, number: heights((reply as { number: Hex }).number) };
    }
    if (method !== "eth_getLogs") return chain.answer(method, [first, ...rest]);
    const filter = first as Filter;
    const range = filter.blockHash
      ? filter
      : {
          fromBlock: numberToHex(blockAt(Number(filter.fromBlock) - 1) + 1),
          toBlock: numberToHex(Math.max(0, blockAt(Number(filter.toBlock)))),
        };
    const logs = chain.answer(method, [range]) as Log[];
    return logs.map((log) => ({ ...log, blockNumber: heights(log.blockNumber) }));
  };
}
