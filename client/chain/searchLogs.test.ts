import { expect } from "chai";
import { type Address, hexToBigInt, type Hex, numberToHex, type PublicClient, zeroHash } from "viem";
import { searchLogs } from "./searchLogs.ts";

const ADDRESS: Address = `0x${"12".repeat(20)}`;
const HEAD = 100_000n;

interface Range {
  fromBlock: Hex;
  toBlock: Hex;
}

/** A node that answers ranges up to a number of blocks, and has one log in each of these blocks. */
function nodeWith(logs: readonly bigint[], mostBlocks: bigint) {
  const asked: [bigint, bigint][] = [];
  const client = {
    getBlockNumber: () => Promise.resolve(HEAD),
    request: ({ params: [{ fromBlock, toBlock }] }: { params: [Range] }) => {
      const [from, to] = [hexToBigInt(fromBlock), hexToBigInt(toBlock)];
      if (to - from + 1n > mostBlocks) return Promise.reject(new Error("The range is too large."));
      asked.push([from, to]);
      return Promise.resolve(
        logs
          .filter((each) => each >= from && each <= to)
          .map((each) => ({
            address: ADDRESS,
            blockNumber: numberToHex(each),
            logIndex: "0x0",
            transactionIndex: "0x0",
            transactionHash: zeroHash,
            topics: [],
            data: "0x",
          })),
      );
    },
  } as unknown as PublicClient;
  return { client, asked };
}

const search = { address: ADDRESS, topics: [], fromBlock: 10n };

describe("a search for logs", () => {
  it("covers each block once, in ranges that the node allows, from the newest back", async () => {
    const { client, asked } = nodeWith([10n, 9n, HEAD], 7_000n);
    const found = await searchLogs(client, search);
    expect(found.map(({ blockNumber }) => blockNumber)).to.deep.equal([HEAD, 10n]);
    expect(asked.at(0)?.[1]).to.equal(HEAD);
    expect(asked.at(-1)?.[0]).to.equal(10n);
    for (const [i, [from]] of asked.slice(0, -1).entries()) expect(asked[i + 1]?.[1]).to.equal(from - 1n);
  });

  it("ends when it has found enough", async () => {
    const { client, asked } = nodeWith([10n, 99_990n], 7_000n);
    await searchLogs(client, { ...search, enough: () => true });
    expect(asked).to.have.lengthOf(1);
  });

  it("fails with the node's error if even small ranges are refused, and says so if there are too many", async () => {
    const reason = (limit: bigint) =>
      searchLogs(nodeWith([], limit).client, search).catch((error: Error) => error.message);
    expect(await reason(0n)).to.equal("The range is too large.");
    expect(await reason(100n)).to.contain("allows only small searches");
  });
});
