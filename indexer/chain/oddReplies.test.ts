import { expect } from "chai";
import { type Hex, keccak256, numberToHex } from "viem";
import {
  type Following,
  followJournal,
  type FollowJournalParameters,
  journalledLogs,
  logsOf,
  MemoryJournal,
} from "../../test/support/indexer/followJournal.ts";
import { itAtLength } from "../../test/support/atLength.ts";
import { type OddCall, type OddNodeParameters, type OddReply, startOddNode } from "../../test/support/rpc/oddNode.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";

interface Filter {
  fromBlock?: Hex;
  toBlock?: Hex;
  blockHash?: Hex;
}

type Fields = Record<string, unknown>;

const LOGS = "eth_getLogs";
const BLOCK = "eth_getBlockByNumber";
const QUANTITIES: ReadonlySet<string> = new Set(["number", "timestamp", "blockNumber", "logIndex", "transactionIndex"]);
const filterOf = ({ method, params }: OddCall): Filter => (method === LOGS ? (params[0] as Filter) : {});
const isByHash = (call: OddCall) => filterOf(call).blockHash !== undefined;
const blocksOf = (call: OddCall) => {
  const { fromBlock, toBlock } = filterOf(call);
  return fromBlock === undefined ? 0 : Number(toBlock) - Number(fromBlock) + 1;
};
const chainOf = (blocks: number, logsPerBlock = 1) => {
  const chain = new ScriptedChain();
  chain.mine(blocks, logsPerBlock);
  return chain;
};

describe("endpoints with odd replies", function () {
  this.timeout(20_000);
  const chain = chainOf(80);
  const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await (each.stop ?? each.close)?.();
  });
  const serve = async (of: ScriptedChain, parameters: OddNodeParameters = {}) => {
    const node = await startOddNode(of, parameters);
    open.push(node);
    return node.url;
  };
  const follow = (of: ScriptedChain, urls: string[], parameters: Partial<FollowJournalParameters> = {}) => {
    const following = followJournal({ source: of.source, urls, shortestRestMs: 1, ...parameters });
    open.push(following);
    return following;
  };
  const follows = async (of: ScriptedChain, following: Following) => {
    await following.reached(of.head.hash);
    for (let i = 0; i < 3; i++) {
      of.mine(1, 2);
      await following.reached(of.head.hash);
    }
    expect(journalledLogs(following.journal)).to.deep.equal(logsOf(of));
  };

  /** Replies that say nothing of the reason. */
  const REPLIES: Record<string, OddReply> = {
    "a page with the status 400": { status: 400, body: "<html>" },
    "a page with the status 200": { body: "<html>" },
    "the status 422 with a text": { status: 422, body: "Failed to deserialize the JSON body" },
    "the status 429": { status: 429, body: "" },
    "half an answer": { body: '{"jsonrpc":"2.0","id":1,"result":[{"addr' },
    nothing: { body: "" },
    "no fields": { body: {} },
    "a dropped connection": "drop",
    "the result null": { body: [{ id: 1, result: null }] },
    "a text as the result": { body: [{ id: 1, result: "query timeout" }] },
    "another error": { body: [{ id: 1, error: { code: -32_000, message: "history is not available" } }] },
    "an unknown method": { body: [{ id: 1, error: { code: -32_004, message: "upgrade" } }] },
  };
  for (const [i, [title, reply]] of Object.entries(REPLIES).entries()) {
    (i % 4 === 0 ? it : itAtLength)(
      `are asked for a smaller range, or by number instead of by hash, after ${title}`,
      async () => {
        const large = await serve(chain, { reply: ([call]) => (call && blocksOf(call) > 12 ? reply : undefined) });
        const numbers = await serve(chain, { reply: (calls) => (calls.some(isByHash) ? reply : undefined) });
        const both = [follow(chain, [large]), follow(chain, [numbers])];
        for (const following of both) await follows(chain, following);
      },
    );
  }

  const eachLog = (reply: unknown, change: (log: Fields) => Fields) =>
    Array.isArray(reply) ? (reply as Fields[]).map(change) : reply;

  it("are sent no batches if these are not answered call by call", async () => {
    for (const spoil of [
      (calls: readonly OddCall[]) => calls.map(({ id }) => ({ id, result: null })),
      (calls: readonly OddCall[]) => calls.map(({ id }) => ({ id, result: chain.answer(BLOCK, ["0x1", false]) })),
    ]) {
      const url = await serve(chain, { reply: (calls) => (calls.length > 1 ? { body: spoil(calls) } : undefined) });
      await follows(chain, follow(chain, [url]));
    }
  });

  it("may have numbers of JSON in the place of quantities", async () => {
    const decimal = (fields: Fields): Fields =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, QUANTITIES.has(name) ? Number(value) : value]),
      );
    const url = await serve(chain, {
      answer: ({ method }, next) => {
        const reply = next();
        return method === BLOCK && reply ? decimal(reply as Fields) : eachLog(reply, decimal);
      },
    });
    await follows(chain, follow(chain, [url]));
  });

  it("are not believed the times of their logs if those are not the times of their blocks", async () => {
    for (const change of [(time: number) => time * 1_000, (time: number) => time + 1, () => 1_100]) {
      const url = await serve(chain, {
        answer: (_, next) =>
          eachLog(next(), (log) => ({ ...log, blockTimestamp: numberToHex(change(Number(log.blockTimestamp))) })),
      });
      const following = follow(chain, [url]);
      await follows(chain, following);
      const { blocks } = following.journal;
      expect(blocks.map(({ timestamp }) => timestamp)).to.deep.equal(
        blocks.map(({ number }) => 1_000 + Number(number)),
      );
    }
  });

  it("are not waited for because a block has as many logs as replies that they have cut", async () => {
    const sparse = new ScriptedChain();
    for (let i = 0; i < 300; i++) sparse.mine(1, i % 5 === 0 ? 1 : 0);
    const url = await serve(sparse, {
      answer: (call, next) => {
        const { fromBlock } = filterOf(call);
        if (blocksOf(call) <= 10) return next();
        return sparse.answer(LOGS, [{ fromBlock, toBlock: numberToHex(Number(fromBlock) + 9) }]);
      },
    });
    await follows(sparse, follow(sparse, [url]));
  });

  for (const journalled of [0, 100]) {
    (journalled === 0 ? it : itAtLength)(
      `are said to keep no blocks so old if they answer these with null: after ${journalled} blocks`,
      async () => {
        const long = chainOf(journalled);
        const { journal, reached, stop } = follow(long, [await serve(long)]);
        if (journalled > 0) await reached(long.head.hash);
        await stop();
        long.mine(700 - journalled, 1);
        const KEPT_FROM = 400;
        let isComplete = false;
        const pruned = await serve(long, {
          answer: (call, next) => {
            if (isComplete) return next();
            const [tag] = call.params;
            const isOld = call.method === BLOCK && String(tag).startsWith("0x") && Number(tag) < KEPT_FROM;
            if (isOld) return null;
            if (filterOf(call).fromBlock === undefined) return next();
            return (next() as Fields[]).filter(({ blockNumber }) => Number(blockNumber) >= KEPT_FROM);
          },
        });
        const copy = () => Object.assign(new MemoryJournal(), structuredClone({ ...journal }));
        const beside = follow(long, [pruned, await serve(long)], { journal: copy() });
        await follows(long, beside);
        expect(beside.endpoints.notices.all.map(({ code, stops }) => [code, stops])).to.deep.equal([
          ["logsPruned", false],
        ]);
        expect(beside.endpoints.status[1]?.errors).to.equal(0);
        await beside.stop();
        const alone = follow(long, [pruned], { journal: copy() });
        const notices = () => alone.endpoints.notices.all;
        await alone.until(() => notices().length > 0);
        expect(notices().map(({ code, stops }) => [code, stops])).to.deep.equal([["logsPruned", true]]);
        expect(alone.journal.blocks).to.deep.equal(journal.blocks);
        isComplete = true;
        await follows(long, alone);
        await alone.until(() => notices().length === 0);
      },
    );
  }

  it("are seen to withhold logs in the last ranges, if the first ones could not be compared", async () => {
    const short = chainOf(140);
    const withholding = await serve(short, {
      answer: (call, next) => {
        const { fromBlock } = filterOf(call);
        if (Number(fromBlock) < 30) throw new Error("pruned history unavailable");
        const reply = next();
        return fromBlock ? (reply as Fields[]).filter(({ blockNumber }) => Number(blockNumber) % 7 !== 3) : reply;
      },
    });
    await follows(short, follow(short, [withholding, await serve(short)]));
  });

  it("are at fault if their logs have another block hash than their blocks", async () => {
    const odd = await serve(chain, {
      answer: (_, next) =>
        eachLog(next(), (log) => ({ ...log, blockHash: String(log.blockHash).replace(/.{4}$/, "0bad") })),
    });
    const following = follow(chain, [odd, await serve(chain)]);
    await follows(chain, following);
    expect(following.errors.map(({ kind }) => kind)).not.to.include("changed");
  });

  itAtLength("are wrong where they contradict their own receipts, beside another one", async () => {
    const pairs = chainOf(100, 2);
    const receipt: OddNodeParameters["answer"] = ({ method, params: [transaction] }, next) => {
      if (method !== "eth_getTransactionReceipt") return next();
      const { hash: blockHash } = pairs.blocks.find(({ hash }) => keccak256(hash) === transaction) ?? {};
      return { blockHash, logs: pairs.answer(LOGS, [{ blockHash }]) };
    };
    const inventing = await serve(pairs, {
      answer: (call, next) => {
        if (call.method !== LOGS) return receipt(call, next);
        const logs = next() as Fields[];
        return logs.flatMap((log) => (log.logIndex === "0x1" ? [log, { ...log, logIndex: "0x2" }] : [log]));
      },
    });
    const honest = await serve(pairs, { answer: receipt });
    for (const urls of [
      [inventing, honest],
      [honest, inventing],
    ]) {
      await follows(pairs, follow(pairs, urls));
    }
  });

  for (const ahead of [5, 40, 1e9]) {
    it(`are not followed to blocks that they do not have: ${ahead} ahead of the chain`, async () => {
      const lying = await serve(chain, {
        answer: ({ method, params }, next) => {
          const reply = next() as Fields;
          if (method !== BLOCK || params[0] !== "latest") return reply;
          return { ...reply, number: numberToHex(Number(reply.number) + ahead) };
        },
      });
      for (const urls of [
        [lying, await serve(chain)],
        [await serve(chain), lying],
      ]) {
        await follows(chain, follow(chain, urls));
      }
    });
  }
});
