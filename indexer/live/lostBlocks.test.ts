import { expect } from "chai";
import { Endpoints } from "#node/rpc/endpoints.ts";
import { logsOf } from "../../test/support/indexer/followJournal.ts";
import { memoryStore } from "../../test/support/indexer/memoryStore.ts";
import { startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import type { JournalBlock } from "../journal.ts";
import { type Store, StoreChanged } from "../store/store.ts";
import { HealthRecord } from "./healthRecord.ts";
import { openBooks } from "./openBooks.ts";
import { Writer } from "./writer.ts";

/** Creates a store that notices, when it is appended to, that it has lost blocks, as the one in SQL does. */
function forgetfulStore(): Store & { lose: (count: number) => Promise<void> } {
  const store = memoryStore();
  let left: JournalBlock | undefined;
  return {
    ...store,
    append: async (blocks, logs, final) => {
      if ((await store.lastBlock())?.hash !== left?.hash) throw new StoreChanged("The store has lost blocks.");
      await store.append(blocks, logs, final);
      left = blocks.at(-1);
    },
    removeAbove: async (above) => {
      await store.removeAbove(above);
      left = await store.lastBlock();
    },
    lose: async (count) => {
      for (let i = 0; i < count; i++) await store.removeAbove(((await store.lastBlock())?.number ?? 0n) - 1n);
    },
  };
}

describe("a store that loses its last blocks, as in a failover to a replica that was behind", function () {
  this.timeout(20_000);

  for (const [when, lost] of [
    ["between two appends", 3],
    ["all of them", 1_000],
  ] as const) {
    it(`gets them again: ${when}`, async () => {
      const chain = new ScriptedChain();
      chain.mine(50, 1);
      const rpc = await startFaultyRpc({ upstream: chain.answer });
      const endpoints = new Endpoints({ urls: [rpc.url], chainId: 1, pollingIntervalMs: 5, shortestRestMs: 5 });
      const store = forgetfulStore();
      const books = await openBooks(store, chain.source);
      const stop = new AbortController();
      const { source } = chain;
      const shared = { store, books, endpoints, source, health: new HealthRecord(), signal: stop.signal };
      const ended: { failure?: unknown } = {};
      const running = new Writer({ ...shared, shortestRestMs: 5 }).follow().catch((error: unknown) => {
        ended.failure = error;
      });
      const untilAtHead = async () => {
        for (;;) {
          expect(ended.failure).to.equal(undefined);
          const last = await store.lastBlock();
          if (last?.hash === chain.head.hash && books.block?.hash === last.hash) return;
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
      };
      await untilAtHead();
      await store.lose(lost);
      for (let i = 0; i < 3; i++) {
        chain.mine(1, 1);
        await untilAtHead();
      }
      const stored = [];
      for await (const logs of store.readLogs()) stored.push(...logs);
      expect(stored.map(({ blockNumber, logIndex, data }) => `${blockNumber} ${logIndex} ${data}`)).to.deep.equal(
        logsOf(chain),
      );
      stop.abort();
      await endpoints.close();
      await running;
      await rpc.close();
    });
  }

  it("gets them again: while it is appended to", async () => {
    const chain = new ScriptedChain();
    chain.mine(50, 1);
    const rpc = await startFaultyRpc({ upstream: chain.answer });
    const endpoints = new Endpoints({ urls: [rpc.url], chainId: 1, pollingIntervalMs: 5, shortestRestMs: 5 });
    const store = forgetfulStore();
    const appended: number[] = [];
    const failing: Store = {
      ...store,
      append: async (blocks, logs, final) => {
        if (appended.push(blocks.length) === 3) await store.lose(2);
        return store.append(blocks, logs, final);
      },
    };
    const books = await openBooks(failing, chain.source);
    const stop = new AbortController();
    const { source } = chain;
    const shared = { store: failing, books, endpoints, source, health: new HealthRecord(), signal: stop.signal };
    const running = new Writer({ ...shared, shortestRestMs: 5 }).follow();
    const isAtHead = async () =>
      (await store.lastBlock())?.hash === chain.head.hash && books.block?.hash === chain.head.hash;
    while (appended.length < 6) {
      chain.mine(1, 1);
      while (!(await isAtHead())) {
        await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 2))]);
      }
    }
    stop.abort();
    await endpoints.close();
    await running;
    await rpc.close();
  });
});
