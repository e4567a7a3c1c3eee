import { expect } from "chai";
import { keccak256, toHex } from "viem";
import { type FaultyRpc, startFaultyRpc } from "../faultyRpc.ts";
import { ScriptedChain } from "../scriptedChain.ts";
import type { Fields } from "./quirk.ts";
import { type QuirkName, QUIRK_NAMES, QUIRKS } from "./quirks.ts";

const BLOCKS = 40;
const call = (method: string, ...params: unknown[]) => ({ jsonrpc: "2.0", id: 1, method, params });
const block = (tag: string | number) =>
  call("eth_getBlockByNumber", typeof tag === "number" ? `0x${tag.toString(16)}` : tag, false);
const logs = (from: number, to: number) =>
  call("eth_getLogs", { fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` });
const batch = (...calls: object[]) => calls.map((each, id) => ({ ...each, id }));

interface Answer {
  status: number;
  result?: unknown;
  error?: unknown;
  /** The whole body. */
  body?: unknown;
}

describe("the quirks of the faulty provider", function () {
  this.timeout(20_000);
  const chain = new ScriptedChain();
  let rpc: FaultyRpc;

  before(async () => {
    for (let number = 1; number <= BLOCKS; number++) chain.mine(1, number % 7 === 0 ? 0 : 3);
    chain.finalized = () => 20;
    rpc = await startFaultyRpc({
      upstream: async (method, params) => {
        const answer = chain.answer(method, params);
        // The first two logs of a block are of one transaction.
        return method === "eth_getLogs"
          ? (answer as Fields[]).map((log) => ({
              ...log,
              transactionHash: keccak256(toHex(`${String(log.blockHash)} ${Number(log.logIndex) > 1}`)),
            }))
          : answer;
      },
    });
  });
  after(() => rpc?.close());

  /** Sends a request. Returns undefined if the connection is closed. */
  const send = async (asked: object | object[]): Promise<Answer | undefined> => {
    const response = await fetch(rpc.url, { method: "POST", body: JSON.stringify(asked) }).catch(() => undefined);
    if (!response) return undefined;
    const text = await response.text();
    if (!/^[[{]/.test(text)) return { status: response.status, body: text };
    const body = JSON.parse(text) as Fields;
    return { status: response.status, body, result: body.result, error: body.error };
  };
  const result = async (asked: object): Promise<unknown> => (await send(asked))?.result;
  const header = async (tag: string | number) => (await result(block(tag))) as Fields;
  const logsOf = async (from: number, to = from) => (await result(logs(from, to))) as Fields[];
  const byHash = (number: number) => send(call("eth_getLogs", { blockHash: chain.blocks[number]?.hash }));
  const errorOf = async (asked: object | object[]) => (await send(asked))?.error as { code: number } | undefined;
  const codeOf = async (asked: object) => (await errorOf(asked))?.code;
  const two = batch(block(1), block(2));
  const five = batch(...[1, 2, 3, 4, 5].map(block));
  const bodyOf = async (asked: object[]) => (await send(asked))?.body as Fields[];
  const bloom = async () => String((await header(5)).logsBloom);
  const indices = async () => (await logsOf(5)).map(({ logIndex }) => Number(logIndex));
  const numbers = async (from: number, to: number) =>
    (await logsOf(from, to)).map(({ blockNumber }) => Number(blockNumber));
  /** Sends more calls at once than a node with a limited rate answers. Returns the second answer. */
  const rush = async () => {
    const fifty = batch(...Array.from({ length: 50 }, () => block(1)));
    const [, second] = await Promise.all([send(fifty), send(fifty)]);
    return second;
  };
  const rushedCode = async () => {
    const answered = await rush();
    const answers = answered?.body as { error?: { code: number } }[] | undefined;
    return answers?.[0]?.error?.code;
  };

  const checks: Record<QuirkName, () => Promise<unknown>> = {
    batch413Html: async () => expect(await send(two)).to.deep.include({ status: 413 }),
    batchDrop: async () => expect(await send(two)).to.equal(undefined),
    batchForbidden: async () => expect(await send(two)).to.deep.include({ status: 403 }),
    batchLimit: async () => {
      expect(await bodyOf(two)).to.have.length(2);
      expect((await bodyOf(five))[0]).to.deep.include({ id: null });
    },
    batchErrorObject: async () => expect(await codeOf(five)).to.equal(-32_600),
    batchItemErrors: async () => expect((await bodyOf(five)).filter(({ error }) => error)).to.have.length(2),
    batchShort: async () => expect(await bodyOf(five)).to.have.length(4),
    batchFirstOnly: async () => expect(await bodyOf(five)).to.deep.include({ id: 0 }),
    batchShuffled: async () => expect((await bodyOf(five)).map(({ id }) => id)).to.deep.equal([4, 3, 2, 1, 0]),
    slowBatches: () => send(two),
    hugeLatency: () => send(block(1)),
    deadFirstContact: async () => {
      for (let i = 0; i < 3; i++) expect(await send(block(1))).to.equal(undefined);
      expect(await header(1)).to.include({ number: "0x1" });
    },
    nullError: async () => expect((await send(block(1)))?.body).to.have.property("error", null),
    bloomZero: async () => expect(await bloom()).to.match(/^0x0{512}$/),
    bloomOnes: async () => expect(await bloom()).to.match(/^0xf{512}$/),
    bloomMalformed: async () => expect(await bloom()).to.equal("0x"),
    bloomMissing: async () => expect(await header(5)).not.to.have.property("logsBloom"),
    bloomShifted: async () => {
      const shifted = await bloom();
      rpc.setQuirks([]);
      expect(shifted).to.equal((await header(4)).logsBloom);
    },
    finalizedUnsupported: async () => expect(await codeOf(block("finalized"))).to.equal(-32_602),
    finalizedNull: async () => expect(await header("finalized")).to.equal(null),
    historyExpiredForGenesis: async () => {
      expect(await codeOf(block(0))).to.equal(4_444);
      expect(await header(1)).to.include({ number: "0x1" });
    },
    nullRounds: async () => {
      expect(await codeOf(block(7))).to.equal(12);
      expect((await header(8)).parentHash).to.equal((await header(6)).hash);
    },
    nullRoundsAsNull: async () => expect(await header(7)).to.equal(null),
    nullRoundsAsBefore: async () => expect(await header(7)).to.include({ number: "0x6" }),
    laggingBackend: async () => {
      const heads = new Set<number>();
      for (let i = 0; i < 20; i++) heads.add(Number((await header("latest")).number));
      expect([...heads].toSorted()).to.deep.equal([BLOCKS - 2, BLOCKS]);
    },
    stuckHead: async () => {
      const { number } = await header("latest");
      chain.mine(1);
      expect(await header("latest")).to.include({ number });
      expect(await header(Number(number) + 1)).to.equal(null);
      chain.blocks.pop();
    },
    wrongChain: async () => {
      expect(await result(call("eth_chainId"))).to.equal("0x2a");
      expect((await header(1)).hash).to.match(/^0x0bad/);
      for (let i = 0; i < 10; i++) await header(1);
      expect(await result(call("eth_chainId"))).to.equal("0x1");
    },
    noBlockHashLogs: async () => {
      expect((await byHash(5))?.error).to.include({ code: -32_602 });
      expect(await logsOf(5)).to.have.length(3);
    },
    blockHashEmpty: async () => {
      expect((await byHash(5))?.result).to.deep.equal([]);
      expect(await logsOf(5)).to.have.length(3);
    },
    ignoresBlockHash: async () => {
      const answered = await byHash(5);
      const newest = answered?.result as Fields[] | undefined;
      expect(newest?.[0]?.blockHash).to.equal(chain.head.hash);
    },
    foreignBlockHash: async () => expect((await logsOf(5))[0]?.blockHash).to.match(/^0x0bad/),
    repeatedLog: async () => expect(await indices()).to.deep.equal([0, 1, 2, 2]),
    unsortedLogs: async () => expect(await numbers(5, 6)).to.deep.equal([6, 6, 6, 5, 5, 5]),
    indexPerTransaction: async () => expect(await indices()).to.deep.equal([0, 1, 0]),
    indexZero: async () => expect(await indices()).to.deep.equal([0, 0, 0]),
    truncates: async () => expect(await numbers(1, 4)).to.deep.equal([1, 1, 1, 2, 2, 2]),
    prunedError: async () => {
      expect(await codeOf(logs(1, 40))).to.equal(4_444);
      expect((await byHash(5))?.error).to.include({ code: 4_444 });
      expect(await logsOf(30, 31)).to.have.length(6);
    },
    prunedEmpty: async () => expect(await numbers(28, 30)).to.deep.equal([30, 30, 30]),
    withheldLogs: async () => {
      const some = await logsOf(1, BLOCKS);
      expect(some).to.deep.equal(await logsOf(1, BLOCKS));
      rpc.setQuirks([]);
      expect(some.length).to.be.within(1, (await logsOf(1, BLOCKS)).length - 1);
    },
    inventedLog: async () => expect(await indices()).to.deep.equal([0, 1, 2, 3]),
    alteredLogs: async () => {
      const [altered] = await logsOf(5);
      expect(altered?.data).not.to.equal(chain.blocks[5]?.logs[0]?.data);
    },
    bareError: async () => expect((await send(logs(1, 40)))?.body).to.include({ code: -32_000 }),
    errorText: async () => expect(await errorOf(logs(1, 40))).to.be.a("string"),
    errorHttp400: async () => expect(await send(logs(1, 40))).to.deep.include({ status: 400 }),
    errorHttp500: async () => expect(await send(logs(1, 40))).to.deep.include({ status: 500 }),
    rate32016: async () => expect(await rushedCode()).to.equal(-32_016),
    rate32005: async () => expect(await rushedCode()).to.equal(-32_005),
    rate32029: async () => expect(await rushedCode()).to.equal(-32_029),
    rate32603: async () => expect(await rushedCode()).to.equal(-32_603),
    rateNested: async () => expect(await rushedCode()).to.equal(-32_000),
    rateText: async () =>
      expect(await rush()).to.deep.include({ status: 200, body: "Too many requests, try again later" }),
    rateHttp403: async () => expect(await rush()).to.deep.include({ status: 403 }),
    logsDisabled: async () => expect(await codeOf(logs(1, 1))).to.equal(-32_005),
    noLogsMethod: async () => expect(await codeOf(logs(1, 1))).to.equal(-32_601),
    noReceipts: async () => expect(await codeOf(call("eth_getBlockReceipts", "0x1"))).to.equal(-32_601),
    malformedOptional: async () => {
      expect(await header(5)).to.include({ totalDifficulty: null, hash: chain.blocks[5]?.hash });
      expect((await logsOf(5))[0]).to.include({ blockTimestamp: "0x", blockHash: chain.blocks[5]?.hash });
    },
    decimalTimes: async () => expect((await logsOf(5))[0]?.blockTimestamp).to.be.a("number"),
    uppercaseHex: async () =>
      expect((await header(5)).hash).to.equal(`0x${chain.blocks[5]?.hash.slice(2).toUpperCase()}`),
    leadingZeros: async () => expect(await header(5)).to.include({ number: "0x0000000000000005" }),
  };

  for (const name of QUIRK_NAMES) {
    it(`${name}: ${QUIRKS[name].does}`, async () => {
      rpc.setQuirks([name]);
      rpc.stats.quirks = {};
      await checks[name]();
      expect(rpc.stats.quirks[name]).to.be.greaterThan(0);
      rpc.setQuirks([]);
      expect(await logsOf(1, 2)).to.have.length(6);
    });
  }

  it("names where each one was seen", () => {
    for (const name of QUIRK_NAMES) expect(QUIRKS[name].seen, name).to.match(/\.$/);
  });

  it("applies several together, the last one last", async () => {
    rpc.setQuirks(["repeatedLog", "truncates"]);
    expect(await numbers(1, 4)).to.deep.equal([1, 1, 1, 1, 2, 2]);
    rpc.setQuirks([]);
  });
});
