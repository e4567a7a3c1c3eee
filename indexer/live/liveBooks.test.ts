import { expect } from "chai";
import { memoryStore } from "../../test/support/indexer/memoryStore.ts";
import { LiveBooks } from "./liveBooks.ts";
import type { JournalLog, JournalSource } from "../journal.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";

const source: JournalSource = {
  chainId: 1,
  registry: `0x${"aa".repeat(20)}`,
  ledger: `0x${"bb".repeat(20)}`,
  startBlock: 1n,
};
const block = (number: bigint) => ({
  number,
  hash: `0x${number.toString(16).padStart(64, "0")}` as const,
  timestamp: 1,
});

/** An empty store that is unavailable for snapshots until it is told otherwise. */
function emptyStore() {
  const store = {
    ...memoryStore(),
    away: true,
    kept: [] as bigint[],
    saveSnapshot: async ({ number }: { number: bigint }) => {
      if (store.away) throw new StoreUnavailable("away");
      store.kept.push(number);
    },
  };
  return store;
}

/** Enough logs for a snapshot, of an event that no book has. */
const manyLogs = (blockNumber: bigint) =>
  Array.from({ length: 100_000 }, (_, logIndex): JournalLog => ({
    blockNumber,
    logIndex,
    contract: "ledger",
    topics: [`0x${"11".repeat(32)}`],
    data: "0x",
    transactionHash: `0x${"22".repeat(32)}`,
  }));

describe("the final block of a live ledger", () => {
  it("is the store's final block, then that of the updates; it has a hash if the block is in the journal", async () => {
    const ledger = await LiveBooks.open({ ...emptyStore(), finalBlock: async () => 3n }, source);
    const apply = (number: bigint, final: bigint) =>
      ledger.apply({ type: "blocks", blocks: [block(number)], logs: [], final, after: ledger.block?.number });
    expect(ledger.final).to.deep.equal({ number: 3n, hash: undefined });
    await apply(5n, 2n);
    expect(ledger.final?.number).to.equal(3n);
    await apply(6n, 5n);
    expect(ledger.final).to.deep.equal({ number: 5n, hash: block(5n).hash });
    await apply(7n, 9n);
    expect(ledger.final).to.deep.equal({ number: 9n, hash: undefined });
    expect((await LiveBooks.open(emptyStore(), source)).final).to.equal(undefined);
  });
});

describe("a live ledger's snapshots", () => {
  it("are saved later if the store is unavailable", async () => {
    const store = emptyStore();
    const ledger = await LiveBooks.open(store, source);
    const apply = (number: bigint, logs: JournalLog[]) =>
      ledger.apply({ type: "blocks", blocks: [block(number)], logs, final: 0n, after: ledger.block?.number });
    await apply(1n, manyLogs(1n));
    store.away = false;
    await apply(2n, []);
    await apply(3n, []);
    expect(store.kept).to.deep.equal([2n]);
  });

  it("are not saved by a reader", async () => {
    const store = { ...emptyStore(), saveSnapshot: () => Promise.reject(new Error("read-only")) };
    const ledger = await LiveBooks.open(store, source, { readOnly: true });
    await ledger.apply({ type: "blocks", blocks: [block(1n)], logs: manyLogs(1n), final: 0n, after: undefined });
    expect(ledger.block?.number).to.equal(1n);
  });
});
