import { expect } from "chai";
import { type Hex, numberToHex, pad } from "viem";
import { hashOf } from "../../test/support/indexer/viewSource.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { transfersTo } from "./transfersTo.ts";

const CURRENCY: Hex = `0x${"cc".repeat(20)}`;
const FROM: Hex = `0x${"11".repeat(20)}`;
const TO: Hex = `0x${"22".repeat(20)}`;
const asked = { currency: CURRENCY, to: TO, fromBlock: 1n, toBlock: 1_000n, enough: 10_000 };

interface Filter {
  address: Hex;
  topics: (Hex | null)[];
  fromBlock: Hex;
  toBlock: Hex;
}

/** A node with a transfer in each block that answers for at most this many blocks at a time. */
class Node {
  readonly ranges: number[] = [];
  readonly mostBlocks: number;
  constructor(mostBlocks: number) {
    this.mostBlocks = mostBlocks;
  }

  request({ params }: { params: unknown }): Promise<unknown> {
    const [{ address, topics, fromBlock, toBlock }] = params as [Filter];
    const blocks = Number(toBlock) - Number(fromBlock) + 1;
    this.ranges.push(blocks);
    if (blocks > this.mostBlocks) return Promise.reject(new EndpointError("refused", "too many blocks"));
    const [signature, , to] = topics;
    return Promise.resolve(
      Array.from({ length: blocks }, (_, i) => ({
        address,
        topics: [signature, pad(FROM), to],
        data: pad(numberToHex(Number(fromBlock) + i)),
        blockNumber: numberToHex(Number(fromBlock) + i),
        logIndex: "0x3",
        transactionHash: hashOf(1n),
      })),
    );
  }
}

const refusal = async (answer: (log: Record<string, unknown>) => unknown): Promise<string> => {
  const node = new Node(1_000);
  const request = async (call: { params: unknown }) =>
    answer(((await node.request(call)) as [Record<string, unknown>])[0]);
  try {
    await transfersTo({ request }, { ...asked, toBlock: 1n });
    return "accepted";
  } catch (error) {
    return String(error);
  }
};

describe("transfers to an account", () => {
  it("are read in smaller ranges if a node refuses, each once and in order", async () => {
    const node = new Node(100);
    const { transfers, readTo } = await transfersTo(node, asked);
    expect(readTo).to.equal(1_000n);
    expect(transfers.map(({ amount }) => Number(amount))).to.deep.equal(Array.from({ length: 1_000 }, (_, i) => i + 1));
    expect(transfers[4]).to.deep.equal({
      from: FROM,
      amount: 5n,
      blockNumber: 5n,
      logIndex: 3,
      transactionHash: hashOf(1n),
    });
    expect(node.ranges.slice(0, 5)).to.deep.equal([1_000, 500, 250, 125, 63]);
  });

  it("are read until there are enough, or until the highest number of requests", async () => {
    expect((await transfersTo(new Node(100), { ...asked, enough: 100 })).readTo).to.equal(126n);
    const poor = new Node(4);
    const { transfers, readTo } = await transfersTo(poor, asked);
    expect(poor.ranges).to.have.lengthOf(40);
    expect(transfers).to.have.lengthOf(Number(readTo));
    expect((await transfersTo(poor, { ...asked, fromBlock: 1_001n })).readTo).to.equal(1_000n);
  });

  it("are not requested in smaller ranges if the node is unreachable or refuses a single block", async () => {
    let requests = 0;
    const down = {
      request: () => {
        requests++;
        return Promise.reject(new EndpointError("unreachable", "down"));
      },
    };
    expect(await transfersTo(down, asked).catch(String)).to.match(/down/);
    expect(requests).to.equal(1);
    const deaf = new Node(0);
    expect(await transfersTo(deaf, asked).catch(String)).to.match(/too many blocks/);
    expect(deaf.ranges.at(-1)).to.equal(1);
  });

  it("are the node's fault if they are malformed or were not requested", async () => {
    expect(await refusal((log) => [log])).to.equal("accepted");
    expect(await refusal(() => null)).to.match(/not a list of logs/);
    expect(await refusal(() => [null])).to.match(/malformed/);
    expect(await refusal((log) => [{ ...log, blockNumber: "0x2" }])).to.match(/not requested/);
    expect(await refusal((log) => [{ ...log, address: FROM }])).to.match(/not requested/);
    expect(await refusal((log) => [{ ...log, logIndex: "3" }])).to.match(/malformed/);
    const [signature, from] = [hashOf(9n), pad(FROM)];
    expect(await refusal((log) => [{ ...log, topics: [signature, from, from] }])).to.match(/another account/);
  });

  it("do not include logs that are not of an ERC-20", async () => {
    const node = new Node(1_000);
    for (const odd of [{ data: "0x" }, { topics: [hashOf(1n), pad(FROM), pad(TO), hashOf(2n)] }]) {
      const request = async (call: { params: unknown }) =>
        ((await node.request(call)) as object[]).map((log, i) => (i === 0 ? { ...log, ...odd } : log));
      const { transfers } = await transfersTo({ request }, { ...asked, toBlock: 2n });
      expect(transfers.map(({ blockNumber }) => blockNumber)).to.deep.equal([2n]);
    }
  });
});
