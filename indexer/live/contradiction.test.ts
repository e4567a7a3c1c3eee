import { expect } from "chai";
import { encodeEventTopics, type Hex, toHex } from "viem";
import { startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { logsOf } from "../../test/support/indexer/followJournal.ts";
import { Endpoints } from "#node/rpc/endpoints.ts";
import type { Notice } from "#node/rpc/notices.ts";
import { ledgerAbi } from "#protocol/abis.ts";
import type { JournalBlock, JournalLog } from "../journal.ts";
import type { Store, TimedLog } from "../store/store.ts";
import { HealthRecord } from "./healthRecord.ts";
import { openBooks } from "./openBooks.ts";
import { Writer } from "./writer.ts";

const [CLAIMED] = encodeEventTopics({ abi: ledgerAbi, eventName: "Claimed" }) as [Hex];

/** A store in memory. */
class MemoryStore {
  blocks: JournalBlock[] = [];
  logs: JournalLog[] = [];

  lastBlock = async (atOrBelow?: bigint) =>
    this.blocks.findLast(({ number }) => atOrBelow === undefined || number <= atOrBelow);
  finalBlock = async () => -1n;
  unreadContracts = async () => [];
  readSnapshot = async () => undefined;
  saveSnapshot = async () => undefined;
  finishBackfill = async () => undefined;
  append = async (blocks: readonly JournalBlock[], logs: readonly JournalLog[]) => {
    this.blocks.push(...blocks);
    this.logs.push(...logs);
  };
  removeAbove = async (above: bigint) => {
    this.blocks = this.blocks.filter(({ number }) => number <= above);
    this.logs = this.logs.filter(({ blockNumber }) => blockNumber <= above);
  };
  async *readLogs(): AsyncGenerator<TimedLog[]> {
    yield this.logs.map((log) => ({ ...log, timestamp: 1 }));
  }
}

const asStore = (store: MemoryStore) => store as unknown as Store;

/** A log that no ledger emits: an event without its data. */
const impossible = { topics: [CLAIMED], data: "0x" };

describe("logs that contradict the ledger's rules", function () {
  this.timeout(20_000);

  for (const several of [false, true]) {
    it(`never end the writer; it ${several ? "reads them from another endpoint" : "says so and reads them again"}`, async () => {
      const chain = new ScriptedChain();
      chain.mine(300, 1);
      let isOdd = true;
      const odd = await startFaultyRpc({
        upstream: (method, params) => {
          const reply = chain.answer(method, params);
          if (method !== "eth_getLogs" || !isOdd) return reply;
          return (reply as { blockNumber: string }[]).map((log) =>
            log.blockNumber === toHex(30) ? { ...log, ...impossible } : log,
          );
        },
      });
      const honest = await startFaultyRpc({ upstream: chain.answer });
      const urls = several ? [odd.url, honest.url] : [odd.url];
      const endpoints = new Endpoints({ urls, chainId: 1, pollingIntervalMs: 5, shortestRestMs: 5 });
      const store = new MemoryStore();
      const { source } = chain;
      const books = await openBooks(asStore(store), source);
      const stop = new AbortController();
      const raised: Notice[] = [];
      const writer = new Writer({
        store: asStore(store),
        books,
        endpoints,
        source,
        health: new HealthRecord(),
        signal: stop.signal,
        shortestRestMs: 5,
        onRetry: () => raised.push(...endpoints.notices.all),
      });
      const ended: { failure?: unknown } = {};
      const running = writer.follow().catch((error: unknown) => {
        ended.failure = error;
      });
      const until = async (isSo: () => boolean) => {
        while (!isSo() && !ended.failure) await new Promise((resolve) => setTimeout(resolve, 2));
        expect(ended.failure).to.equal(undefined);
      };
      if (!several) {
        await until(() => raised.filter(({ code }) => code === "logsContradict").length > 3);
        const [notice] = endpoints.notices.all.filter(({ code }) => code === "logsContradict");
        expect(notice?.message).to.contain("Log 0 of block 30 cannot be applied").and.contain("--rpc");
        expect(notice?.stops).to.equal(true);
        isOdd = false;
      }
      await until(() => store.blocks.at(-1)?.hash === chain.head.hash);
      expect(store.logs.map(({ blockNumber, logIndex, data }) => `${blockNumber} ${logIndex} ${data}`)).to.deep.equal(
        logsOf(chain),
      );
      await until(() => !endpoints.notices.all.some(({ code }) => code === "logsContradict"));
      stop.abort();
      await endpoints.close();
      await running;
      await odd.close();
      await honest.close();
    });
  }

  it("are removed when the store is opened, if the process ended before it had removed them", async () => {
    const store = new MemoryStore();
    const { source } = new ScriptedChain();
    const hash: Hex = `0x${"11".repeat(32)}`;
    store.blocks = [10n, 5_000n].map((number) => ({ number, hash, timestamp: 1 }));
    store.logs = [
      { blockNumber: 5_000n, logIndex: 0, contract: "ledger", topics: [CLAIMED], data: "0x", transactionHash: hash },
    ];
    const books = await openBooks(asStore(store), source);
    expect(books.block?.number).to.equal(10n);
    expect(store.logs).to.deep.equal([]);
  });
});
