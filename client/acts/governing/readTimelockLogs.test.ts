import { expect } from "chai";
import { type Address, encodeAbiParameters, encodeEventTopics, zeroAddress, zeroHash } from "viem";
import { timelockAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { operationsIn } from "./operations.ts";
import { readTimelockLogs } from "./readTimelockLogs.ts";

const TIMELOCK: Address = `0x${"71".repeat(20)}`;

/** Creates a chain whose node returns logs for a few blocks at a time only, with one event of the timelock in each. */
function chainOf({ head, widest }: { head: bigint; widest: bigint }) {
  const asked: [bigint, bigint][] = [];
  const client = {
    getBlockNumber: async () => head,
    getLogs: async ({ fromBlock, toBlock }: { fromBlock: bigint; toBlock: bigint }) => {
      asked.push([fromBlock, toBlock]);
      if (toBlock - fromBlock + 1n > widest) throw new Error("block range is too wide");
      return Array.from({ length: Number(toBlock - fromBlock + 1n) }, (_, i) => ({
        address: TIMELOCK,
        blockNumber: fromBlock + BigInt(i),
        data: encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [0n, fromBlock + BigInt(i)]),
        topics: encodeEventTopics({ abi: timelockAbi, eventName: "MinDelayChange" }),
      }));
    },
  };
  const deployment = { periphery: { timelock: { address: TIMELOCK, fromBlock: 100 } } };
  return { chain: { client, deployment } as unknown as Chain, asked };
}

describe("the timelock's logs", () => {
  it("are read from the block of its deployment, each once, from a node that returns few blocks at a time", async () => {
    const { chain, asked } = chainOf({ head: 199n, widest: 9n });
    const logs = await readTimelockLogs(chain, TIMELOCK);
    expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal(
      Array.from({ length: 100 }, (_, i) => 100n + BigInt(i)),
    );
    expect(asked.length).to.be.lessThan(25);
  });

  it("are given up in a fair time, with the remedy", async () => {
    for (const world of [
      { head: 10_000n, widest: 1n },
      { head: 10_000n, widest: 0n },
    ]) {
      const { chain, asked } = chainOf(world);
      const error: unknown = await readTimelockLogs(chain, TIMELOCK).catch((each: unknown) => each);
      expect(error).to.be.instanceOf(UserError);
      expect(String(error)).to.contain("Use another node, or read them from an indexer.");
      expect(asked.length).to.be.at.most(400);
    }
  });

  it("are refused if the calls do not have the id that they claim", () => {
    const args = {
      id: zeroHash,
      index: 0n,
      target: zeroAddress,
      value: 0n,
      data: "0x",
      predecessor: zeroHash,
      delay: 1n,
    };
    const event = { eventName: "CallScheduled", args, blockNumber: 1n, transactionHash: zeroHash };
    expect(() => operationsIn([event] as unknown as Parameters<typeof operationsIn>[0])).to.throw(
      UserError,
      "do not have this id",
    );
  });
});
