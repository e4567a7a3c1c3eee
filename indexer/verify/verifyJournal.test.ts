import { expect } from "chai";
import { type Hex, HttpRequestError, numberToHex, pad, RpcRequestError } from "viem";
import type { JournalLog, JournalSource } from "../journal.ts";
import type { StoreChanges, TimedLog } from "../store/store.ts";
import { verifyJournal } from "./verifyJournal.ts";

const source: JournalSource = {
  chainId: 1,
  registry: pad("0x1", { size: 20 }),
  ledger: pad("0x2", { size: 20 }),
  startBlock: 1n,
};
const word = (value: number) => pad(numberToHex(value), { size: 32 });
const block = { number: 30_000n, hash: word(30_000), timestamp: 0 };

const logAt = (blockNumber: number, data: Hex = "0x"): JournalLog => ({
  blockNumber: BigInt(blockNumber),
  logIndex: 0,
  contract: "ledger",
  topics: [word(7)],
  data,
  transactionHash: word(1),
});
const raw = ({ blockNumber, logIndex, topics, data, transactionHash }: JournalLog) => ({
  address: source.ledger,
  blockNumber: numberToHex(blockNumber),
  blockHash: word(Number(blockNumber)),
  logIndex: numberToHex(logIndex),
  topics,
  data,
  transactionHash,
});

interface World {
  journal: JournalLog[];
  chain: JournalLog[];
  /** The largest range of blocks that the node accepts. */
  most?: bigint;
  removedAbove?: bigint;
  head?: Hex;
  /** The receipts that the node has. Default: none. */
  receipts?: Record<Hex, object>;
}

/** Makes a store and a node with these logs, and records the requests to the node. */
function worldOf({ journal, chain, most = 10_000n, removedAbove, head = block.hash, receipts = {} }: World) {
  const asked: [from: bigint, to: bigint][] = [];
  const store = {
    readChanges: async (_: unknown, removals: bigint): Promise<StoreChanges> => ({
      removals: 5n,
      removedAbove: removals > 0n ? removedAbove : undefined,
      isKnown: true,
      blocks: [],
      logs: [],
      final: 0n,
      head: block,
    }),
    async *readLogs({ above = -1n, upTo = block.number } = {}): AsyncGenerator<TimedLog[]> {
      const some = journal.filter(({ blockNumber }) => blockNumber > above && blockNumber <= upTo);
      for (const log of some) yield [{ ...log, timestamp: 0 }];
    },
  };
  const request = async ({ method, params }: { method: string; params: unknown }) => {
    if (method === "eth_getBlockByNumber") {
      return { number: numberToHex(block.number), hash: head, parentHash: word(1), timestamp: "0x1", logsBloom: null };
    }
    if (method === "eth_getTransactionReceipt") return receipts[(params as [Hex])[0]] ?? null;
    const [{ fromBlock, toBlock }] = params as [{ fromBlock: Hex; toBlock: Hex }];
    const [from, to] = [BigInt(fromBlock), BigInt(toBlock)];
    asked.push([from, to]);
    if (to - from >= most) {
      throw new RpcRequestError({ body: {}, url: "http://node", error: { code: -32_000, message: "too many blocks" } });
    }
    return chain.filter(({ blockNumber }) => blockNumber >= from && blockNumber <= to).map(raw);
  };
  const { signal } = new AbortController();
  return { asked, given: { block, source, store, request, signal } };
}

describe("verifyJournal", () => {
  it("finds logs that the journal lacks or has with other content, and counts logs that the node withholds", async () => {
    const journal = [logAt(5), logAt(70), logAt(20_000, "0x01"), logAt(29_000)];
    const chain = [logAt(5), logAt(60), logAt(20_000, "0x02"), logAt(30_000)];
    const { asked, given } = worldOf({ journal, chain });
    const { logs, differences, withheld, firstDiffering } = await verifyJournal(given);
    expect([logs, differences.differing, withheld, firstDiffering]).to.deep.equal([4, 3, 2, 60n]);
    expect(differences.differences.map(({ what, indexed }) => [what, indexed.slice(0, 6)])).to.deep.equal([
      ["log 0 of block 60", "none"],
      ["log 0 of block 20000", "ledger"],
      ["log 0 of block 30000", "none"],
    ]);
    expect(asked[0]?.[0]).to.equal(1n);
    for (const [i, [from]] of asked.entries()) if (i > 0) expect(from).to.equal((asked[i - 1]?.[1] ?? 0n) + 1n);
    expect(asked.at(-1)?.[1]).to.equal(block.number);
  });

  it("tells logs that an endpoint invented from those that the node withholds, by their receipts", async () => {
    const of = (number: number, transaction: number) => ({ ...logAt(number), transactionHash: word(transaction) });
    const [invented, withheld, unknown] = [of(50, 2), of(60, 3), of(70, 4)];
    const receipts = {
      [word(2)]: { blockNumber: numberToHex(50), logs: [] },
      [word(3)]: { blockNumber: numberToHex(60), logs: [raw(withheld)] },
    };
    const noText = { toString: 1 };
    const odd = [
      { blockNumber: noText, logs: [] },
      {
        blockNumber: numberToHex(70),
        logs: [null, { logIndex: noText }, { logIndex: "0x0", address: noText }, raw(unknown)],
      },
    ];
    for (const receipt of [undefined, ...odd]) {
      const all = receipt ? { ...receipts, [word(4)]: receipt } : receipts;
      const { given } = worldOf({ journal: [invented, withheld, unknown], chain: [], receipts: all });
      const verified = await verifyJournal(given);
      expect([verified.withheld, verified.firstDiffering]).to.deep.equal([2, 50n]);
      expect(verified.differences.differences).to.deep.equal([
        { what: "log 0 of block 50", indexed: `ledger ${word(7)} 0x`, onChain: "none" },
      ]);
    }
  });

  it("requests smaller ranges if one is refused, and fails if a single block is refused", async () => {
    const one = [logAt(5)];
    const { given } = worldOf({ journal: one, chain: one, most: 9n });
    expect(await verifyJournal({ ...given, blocks: 500n, seed: "1" })).to.deep.include({ withheld: 0 });
    const never = worldOf({ journal: one, chain: one, most: 0n });
    const failure = await verifyJournal(never.given).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(RpcRequestError);
    expect(never.asked.length).to.be.below(15);
    const away = { ...given, request: () => Promise.reject(new HttpRequestError({ url: "http://node" })) };
    expect(await verifyJournal(away).catch((error: unknown) => error)).to.be.instanceOf(HttpRequestError);
  });

  it("compares a number of consecutive blocks that the seed selects", async () => {
    const places = new Set<bigint>();
    for (const seed of ["1", "2", "3", "4"]) {
      const { asked, given } = worldOf({ journal: [], chain: [] });
      await verifyJournal({ ...given, blocks: 3_000n, seed });
      const [first, last] = [asked[0]?.[0] ?? 0n, asked.at(-1)?.[1] ?? 0n];
      expect(last - first).to.equal(2_999n);
      expect(first >= 1n && last <= block.number).to.equal(true);
      places.add(first);
    }
    expect(places.size).to.be.above(2);
    const { asked, given } = worldOf({ journal: [], chain: [] });
    await verifyJournal({ ...given, blocks: 100_000n });
    expect([asked[0]?.[0], asked.at(-1)?.[1]]).to.deep.equal([1n, block.number]);
  });

  it("fails if blocks are replaced meanwhile, in the journal or on the chain", async () => {
    for (const change of [{ removedAbove: 3n }, { head: word(9) }]) {
      const { given } = worldOf({ journal: [], chain: [logAt(5)], ...change });
      const failure = await verifyJournal(given).catch((error: unknown) => String(error));
      expect(failure).to.contain("were replaced while the journal");
    }
  });
});
