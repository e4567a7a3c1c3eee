import { expect } from "chai";
import { createPublicClient, custom, type EIP1193RequestFn, type Hex, keccak256, numberToHex, toHex } from "viem";
import type { JournalBlock, JournalSource } from "../store/journal.ts";
import { followChain } from "./followChain.ts";

const source: JournalSource = {
  chainId: 1,
  registry: `0x${"aa".repeat(20)}`,
  ledger: `0x${"bb".repeat(20)}`,
  startBlock: 1n,
};

type LogsParams = readonly [{ fromBlock?: Hex; toBlock?: Hex; blockHash?: Hex }];

/** A node with one log of the ledger in every block, whose answers a test can spoil. */
function faultyNode(height: number) {
  const node = {
    height,
    requests: [] as string[],
    /** Called before each answer; what it throws is what the node answers. */
    spoil: (_method: string, _params: unknown): void => undefined,
    fork: "a",
  };
  const hash = (number: number) => keccak256(toHex(`${node.fork}${number}`));
  const logOf = (number: number) => ({
    address: source.ledger,
    topics: [keccak256("0x01")],
    data: "0x",
    blockNumber: numberToHex(number),
    blockHash: hash(number),
    logIndex: "0x0",
    transactionHash: keccak256("0x02"),
    transactionIndex: "0x0",
  });
  const logs = ([{ fromBlock, toBlock, blockHash }]: LogsParams) => {
    const numbers = Array.from({ length: node.height }, (_, i) => node.height - i);
    if (blockHash === undefined) {
      return numbers.filter((number) => number >= Number(fromBlock) && number <= Number(toBlock)).map(logOf);
    }
    const number = numbers.find((each) => hash(each) === blockHash);
    if (number === undefined) throw new Error("unknown block");
    return [logOf(number)];
  };
  const answer = (method: string, params: unknown) => {
    node.requests.push(method);
    node.spoil(method, params);
    if (method === "eth_getLogs") return logs(params as LogsParams);
    if (method !== "eth_getBlockByNumber") throw new Error(`unexpected ${method}`);
    const [tag] = params as [string];
    const number = tag === "latest" ? node.height : Number(tag);
    if (number > node.height) return null;
    const timestamp = numberToHex(number);
    return { number: timestamp, hash: hash(number), parentHash: hash(number - 1), timestamp };
  };
  const request = (async ({ method, params }) => answer(method, params)) as EIP1193RequestFn;
  return { node, client: createPublicClient({ transport: custom({ request }, { retryCount: 0 }) }) };
}

/** Follows until the journal reaches a block, and answers the journal's blocks. */
async function follow(client: ReturnType<typeof faultyNode>["client"], until: bigint, retries: unknown[] = []) {
  const journal: JournalBlock[] = [];
  const logs: bigint[] = [];
  const stop = new AbortController();
  const updates = followChain({
    client,
    source,
    lastBlock: async (atOrBelow) => journal.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow),
    signal: stop.signal,
    pollingIntervalMs: 1,
    onRetry: (error) => retries.push(error),
  });
  for await (const update of updates) {
    if (update.type === "reorg") throw new Error("unexpected reorg");
    journal.push(...update.blocks);
    logs.push(...update.logs.map(({ blockNumber }) => blockNumber));
    if ((journal.at(-1)?.number ?? 0n) >= until) stop.abort();
  }
  return { journal, logs };
}

describe("followChain, with a faulty node", function () {
  this.timeout(20_000);

  it("puts logs in the chain's order, whatever the node's", async () => {
    const { client } = faultyNode(5);
    const { logs } = await follow(client, 5n);
    expect(logs).to.deep.equal([1n, 2n, 3n, 4n, 5n]);
  });

  it("halves the range until the node accepts it, and gets every log once", async () => {
    const { node, client } = faultyNode(30_000);
    node.spoil = (method, params) => {
      if (method !== "eth_getLogs") return;
      const [{ fromBlock, toBlock }] = params as LogsParams;
      if (Number(toBlock) - Number(fromBlock) >= 4_000) throw new Error("query returned more than 10000 results");
    };
    const retries: unknown[] = [];
    const { logs } = await follow(client, 30_000n, retries);
    expect(logs.length).to.equal(30_000);
    expect(new Set(logs).size).to.equal(30_000);
    expect(retries.length).to.be.greaterThan(1);
  });

  it("tries again when requests fail, and loses nothing", async () => {
    const { node, client } = faultyNode(3);
    let failures = 3;
    node.spoil = () => {
      if (failures-- > 0) throw new Error("too many requests");
    };
    const retries: unknown[] = [];
    expect((await follow(client, 3n, retries)).logs).to.deep.equal([1n, 2n, 3n]);
    expect(retries.length).to.be.greaterThan(0);
  });

  it("throws away what was read across a reorg", async () => {
    for (const height of [4, 300]) {
      const { node, client } = faultyNode(height);
      node.spoil = (method) => {
        // The chain changes just before the logs are read for the second time.
        if (method === "eth_getLogs" && node.requests.filter((each) => each === "eth_getLogs").length === 2) {
          node.fork = "b";
        }
      };
      const { journal } = await follow(client, BigInt(height)).catch((error: Error) => {
        // Beyond the tip the journal may hold a range of the old chain, which is then undone.
        expect(error.message).to.equal("unexpected reorg");
        return { journal: [] };
      });
      for (const { number, hash } of journal) expect(hash).to.equal(keccak256(toHex(`b${number}`)));
    }
  });

  it("waits for a node that lags, and takes nothing back", async () => {
    const { node, client } = faultyNode(10);
    let polls = 0;
    node.spoil = (_method, params) => {
      if (!String(params).startsWith("latest")) return;
      polls++;
      // One of several behind the same address has not seen the last blocks yet.
      if (polls > 1) node.height = polls < 10 ? 7 : 12;
    };
    const { logs } = await follow(client, 12n);
    expect(logs).to.deep.equal(Array.from({ length: 12 }, (_, i) => BigInt(i + 1)));
    expect(polls).to.be.at.least(10);
  });

  it("asks for the newest blocks' logs by hash, so that a node that lacks a block cannot say it is empty", async () => {
    const { node, client } = faultyNode(200);
    const asked: string[] = [];
    node.spoil = (method, params) => {
      if (method === "eth_getLogs") asked.push((params as LogsParams)[0].blockHash ? "hash" : "range");
    };
    await follow(client, 200n);
    expect(asked.filter((each) => each === "hash").length).to.equal(64);
    expect(asked[0]).to.equal("range");
  });

  it("ends at once when told to, even while it waits", async () => {
    const { node, client } = faultyNode(1);
    node.spoil = () => {
      throw new Error("down");
    };
    const stop = new AbortController();
    const updates = followChain({ client, source, lastBlock: async () => undefined, signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    expect((await updates.next()).done).to.equal(true);
  });
});
