import { expect } from "chai";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { followedContracts } from "../books/contracts.ts";
import { NotFollowable } from "./notFollowable.ts";
import { parseLogs } from "./replies.ts";
import { parseHeader } from "#node/rpc/header.ts";

const chain = new ScriptedChain();
chain.mine(5, 3);
const filter = { fromBlock: "0x2", toBlock: "0x4" };
const asked = { contracts: followedContracts(chain.source), from: 2n, to: 4n };
type Reply = Record<string, unknown>;
const reply = () => structuredClone(chain.answer("eth_getLogs", [filter])) as Reply[];
const header = () => structuredClone(chain.answer("eth_getBlockByNumber", ["0x3", false])) as Reply;
const refusal = (parse: () => unknown): string => {
  try {
    parse();
  } catch (error) {
    if (error instanceof EndpointError) return error.kind;
    throw error;
  }
  return "accepted";
};

describe("replies", () => {
  it("are parsed", () => {
    expect(parseLogs(reply(), asked)).to.have.lengthOf(9);
    expect(parseLogs(reply(), asked)[4]).to.deep.include({
      blockNumber: 3n,
      logIndex: 1,
      contract: "registry",
      blockTimestamp: 1_003,
    });
    expect(parseHeader(header(), 3n)).to.deep.include({ number: 3n, hash: chain.blocks[3]?.hash, timestamp: 1_003 });
    expect(parseHeader(null, 3n)).to.equal(undefined);
  });

  it("mean the same in capitals", () => {
    const capitals = (value: string) => `0x${value.slice(2).toUpperCase()}`;
    const logs = reply().map(({ topics, data, transactionHash, ...log }) => ({
      ...log,
      topics: (topics as string[]).map(capitals),
      data: capitals(String(data)),
      transactionHash: capitals(String(transactionHash)),
    }));
    expect(parseLogs(logs, asked)).to.deep.equal(parseLogs(reply(), asked));
  });

  it("are put in the chain's order, each once, without those that a reorg removed", () => {
    const removed = { ...reply()[4], removed: true, data: "0x99", logIndex: "0x9" };
    const disordered = [...reply().toReversed(), reply()[2], removed, reply()[0]];
    expect(parseLogs(disordered, asked)).to.deep.equal(parseLogs(reply(), asked));
    expect(parseLogs([removed], asked)).to.deep.equal([]);
    const timeless = reply().map((log) => ({ ...log, blockTimestamp: "1003" }));
    expect(parseLogs(timeless, asked)[0]?.blockTimestamp).to.equal(undefined);
  });

  it("show that the chain cannot be followed if the logs of a block have no unique order", () => {
    const cases: [string, Record<string, string>][] = [
      ["two different logs with the number 0", { logIndex: "0x0", transactionHash: `0x${"12".repeat(32)}` }],
      ["not numbered in the order of its transactions", { transactionIndex: "0x0" }],
    ];
    for (const [why, changed] of cases) {
      const logs = reply().map((log) => ({ ...log, transactionIndex: "0x1" }));
      logs[4] = { ...logs[4], ...changed } as (typeof logs)[number];
      for (const each of [logs, logs.toReversed()]) {
        expect(() => parseLogs(each, asked))
          .to.throw(NotFollowable)
          .with.property("message")
          .that.contains(why);
      }
    }
  });

  it("are the endpoint's fault if logs are of another block or contract", () => {
    const log = () => reply()[0] ?? {};
    const faults: Reply[][] = [
      [{ ...log(), blockNumber: "0x5" }],
      [{ ...log(), blockNumber: "0x1" }],
      [{ ...log(), address: `0x${"cc".repeat(20)}` }],
    ];
    for (const fault of faults) expect(refusal(() => parseLogs(fault, asked))).to.equal("wrong");
    const mixed = reply().map((each, i) => (i === 1 ? { ...each, blockHash: `0x${"99".repeat(32)}` } : each));
    expect(refusal(() => parseLogs(mixed, asked))).to.equal("changed");
    expect(refusal(() => parseLogs(reply().slice(0, 3), { ...asked, blockHash: `0x${"99".repeat(32)}` }))).to.equal(
      "wrong",
    );
    expect(refusal(() => parseHeader(header(), 4n))).to.equal("wrong");
  });

  it("never cause another error than the endpoint's fault, whatever they contain", () => {
    const random = seededRandom(3);
    const rubbish: unknown[] = [
      null,
      0,
      -1,
      1.5,
      "",
      "0x",
      "0xg",
      "0x1",
      `0x${"f".repeat(64)}`,
      [],
      {},
      true,
      [null],
      ["0x"],
      { toString: 1 },
    ];
    for (let i = 0; i < 5_000; i++) {
      const logs = reply();
      const log = random.pick(logs);
      log[random.pick(Object.keys(log))] = random.pick(rubbish);
      expect(refusal(() => parseLogs(random.next() < 0.1 ? random.pick(rubbish) : logs, asked))).to.be.oneOf([
        "wrong",
        "changed",
        "accepted",
      ]);
      const block = header();
      block[random.pick(Object.keys(block))] = random.pick(rubbish);
      expect(refusal(() => parseHeader(random.next() < 0.1 ? random.pick(rubbish) : block, 3n))).to.be.oneOf([
        "wrong",
        "accepted",
      ]);
    }
  });
});
