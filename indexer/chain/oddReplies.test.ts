import { expect } from "chai";
import type { Hex } from "viem";
import {
  type Following,
  followJournal,
  type FollowJournalParameters,
  journalledLogs,
  logsOf,
} from "../../test/support/indexer/followJournal.ts";
import { itAtLength } from "../../test/support/atLength.ts";
import { type OddCall, type OddNodeParameters, type OddReply, startOddNode } from "../../test/support/rpc/oddNode.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";

interface Filter {
  fromBlock?: Hex;
  toBlock?: Hex;
  blockHash?: Hex;
}

const LOGS = "eth_getLogs";
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
  const open: { stop?: () => Promise<void>; close?: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await (each.stop ?? each.close)?.();
  });
  const serve = async (chain: ScriptedChain, parameters: OddNodeParameters = {}) => {
    const node = await startOddNode(chain, parameters);
    open.push(node);
    return node.url;
  };
  const follow = (chain: ScriptedChain, urls: string[], parameters: Partial<FollowJournalParameters> = {}) => {
    const following = followJournal({ source: chain.source, urls, shortestRestMs: 1, ...parameters });
    open.push(following);
    return following;
  };
  const follows = async (chain: ScriptedChain, following: Following) => {
    await following.reached(chain.head.hash);
    for (let i = 0; i < 3; i++) {
      chain.mine(1, 2);
      await following.reached(chain.head.hash);
    }
    expect(journalledLogs(following.journal)).to.deep.equal(logsOf(chain));
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
    (i % 4 === 0 ? it : itAtLength)(`are asked for a smaller range, or by number instead of by hash, after ${title}`, async () => {
      const chain = chainOf(80);
      const large = await serve(chain, { reply: ([call]) => (call && blocksOf(call) > 12 ? reply : undefined) });
      const numbers = await serve(chain, { reply: (calls) => (calls.some(isByHash) ? reply : undefined) });
      const both = [follow(chain, [large]), follow(chain, [numbers])];
      for (const following of both) await follows(chain, following);
    });
  }
});
