import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { join } from "node:path";
import { expect } from "chai";
import { toEventSelector } from "viem";
import { Indexer } from "../../indexer/indexer.ts";
import { type SmallEconomy, startSmallEconomy } from "./smallEconomy.ts";

const SHARE_OPERATOR_SET = toEventSelector("event ApprovalForAll(address,address,bool)");

/** A node that may keep back all logs of share operators. */
async function startForgetfulNode(url: string) {
  const node = { forgets: true };
  const server: Server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(url, {
        method: "POST",
        body: await text(request),
        headers: { "content-type": "application/json" },
      });
      const forget = (reply: { result?: unknown }) => {
        if (node.forgets && Array.isArray(reply.result)) {
          reply.result = reply.result.filter(({ topics }: { topics?: string[] }) => topics?.[0] !== SHARE_OPERATOR_SET);
        }
        return reply;
      };
      const reply = (await answer.json()) as object | object[];
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(Array.isArray(reply) ? reply.map(forget) : forget(reply)));
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(node, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
}

describe("the journal, verified", function () {
  this.timeout(60_000);
  let economy: SmallEconomy;
  let node: Awaited<ReturnType<typeof startForgetfulNode>>;
  let indexer: Indexer;

  before(async function () {
    this.timeout(120_000);
    economy = await startSmallEconomy();
    const { tributary, accounts, chain } = economy;
    await tributary.ledger.connect(accounts.alice).setApprovalForAll(accounts.bob, true);
    // Far below the newest block, where a range's blooms are not looked at.
    for (let blocks = 0; blocks < 128; blocks++) await chain.ethers.provider.send("evm_mine", []);
    await economy.pay(3, 1_000n);
    node = await startForgetfulNode(chain.url);
    indexer = await Indexer.start({
      rpcUrl: node.url,
      target: { folder: join(economy.folder, "forgetful") },
      source: economy.source,
      pollingIntervalMs: 20,
    });
    await economy.caughtUp(indexer);
  });
  after(async () => {
    await indexer?.stop();
    await node?.stop();
    await economy?.stop();
  });

  it("finds a log that the only node kept back, of which no contract can be asked, and reads it", async () => {
    expect(indexer.state.shareOperators.size).to.equal(0);
    const trusting = await indexer.verify();
    expect([trusting.differing, trusting.logs > 5]).to.deep.equal([0, true]);

    node.forgets = false;
    const found = await indexer.verify();
    expect(found.differences).to.have.lengthOf(1);
    const [difference] = found.differences;
    expect(difference?.what).to.match(/^log \d+ of block \d+$/);
    expect([difference?.indexed, difference?.onChain.includes(SHARE_OPERATOR_SET)]).to.deep.equal(["none", true]);
    await economy.caughtUp(indexer);
    expect(indexer.state.shareOperators.size).to.equal(1);
    const healed = await indexer.verify();
    expect([healed.differing, healed.logs]).to.deep.equal([0, trusting.logs + 1]);
  });

  it("tells of one that a node does not give, but keeps it", async () => {
    node.forgets = true;
    const found = await indexer.verify();
    node.forgets = false;
    expect(found.differences.map(({ onChain }) => onChain)).to.deep.equal(["none"]);
    expect(indexer.state.shareOperators.size).to.equal(1);
    expect((await indexer.verify()).differing).to.equal(0);
  });

  it("looks at a part where that is asked for", async () => {
    const parts = await Promise.all(["1", "2", "3"].map((seed) => indexer.verify({ sample: 20, seed })));
    const { logs: all } = await indexer.verify();
    for (const { differing, logs, sampled } of parts) {
      expect([differing, sampled, logs < all]).to.deep.equal([0, true, true]);
    }
  });
});
