import { expect } from "chai";
import { refusal } from "../../test/support/refusal.ts";
import { startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { Indexer } from "./indexer.ts";
import type { StartIndexerParameters } from "./parameters.ts";

describe("Indexer", () => {
  const ways: [string, (parameters: StartIndexerParameters) => Promise<Indexer>][] = [
    ["a writer", (parameters) => Indexer.start(parameters)],
    ["a patient writer", async (parameters) => Indexer.startPatiently(parameters)],
    ["a reader", (parameters) => Indexer.read(parameters)],
    ["a patient reader", async (parameters) => Indexer.readPatiently(parameters)],
  ];
  for (const [what, start] of ways) {
    it(`refuses a source that it cannot follow before it asks any node: ${what}`, async () => {
      const chain = new ScriptedChain();
      const rpc = await startFaultyRpc({ upstream: chain.answer });
      const source = { ...chain.source, periphery: { pools: { address: chain.source.ledger, fromBlock: 1 } } };
      const parameters = { rpcUrl: rpc.url, target: { folder: "not opened" }, source, pollingIntervalMs: 5 };
      expect(await refusal(start(parameters))).to.match(/^UserError: .*does not know: pools/);
      await new Promise((resolve) => setTimeout(resolve, 50));
      await rpc.close();
      expect(rpc.stats.requests).to.equal(0);
    });
  }
});
