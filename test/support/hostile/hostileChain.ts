import { isDeepStrictEqual } from "node:util";
import { books } from "../../../indexer/books/books.ts";
import { ledgerBook } from "../../../indexer/books/ledger/book.ts";
import { BookStates } from "../../../indexer/books/states.ts";
import { Indexer } from "../../../indexer/live/indexer.ts";
import type { LedgerState } from "../../../indexer/ledger/state.ts";
import type { JournalSource } from "../../../indexer/journal.ts";
import { startSmallEconomy } from "../economy/smallEconomy.ts";
import { memoryStore } from "../indexer/memoryStore.ts";
import { savedState } from "../indexer/savedState.ts";
import { askOnce } from "../rpc/askOnce.ts";
import { startFaultyRpc } from "../rpc/faultyRpc.ts";
import { answerAsOf } from "../rpc/quirks/blocks.ts";

/** The blocks after the last one that an indexer finds at its start. */
const AT_TIP = 6;
/** Blocks are back-filled up to 64 below the newest one. */
const BACKFILLED = 70;

/** A chain with a ledger and events in many blocks, of which an indexer sees more and more. */
export interface HostileChain {
  source: JournalSource;
  /** The newest block when an indexer starts. */
  first: number;
  /** The newest block of all. */
  last: number;
  /** Starts a node whose newest block is determined by the caller. */
  serve: (head: () => number, seed?: number) => ReturnType<typeof startFaultyRpc>;
  /** Returns true if a state is that of an index over an honest node at this block. */
  isTrue: (state: LedgerState, block: number) => boolean;
  stop: () => Promise<void>;
}

/**
 * Makes the chain. Some blocks have several transactions, some transactions have several events, some blocks have none.
 */
export async function startHostileChain(): Promise<HostileChain> {
  const economy = await startSmallEconomy();
  const { chain, tributary, dollar, ether, accounts } = economy;
  const { provider } = chain.ethers;
  const send = (method: string, params: unknown[] = []) => provider.send(method, params);
  const ledger = tributary.ledger.connect(accounts.payer);
  const emptyBlocks = async (blocks: number) => {
    for (let i = 0; i < blocks; i++) await send("evm_mine");
  };
  const busyBlock = async (round: number) => {
    await send("evm_setAutomine", [false]);
    const untried = { gasLimit: 1_000_000n };
    await ledger.pay(3, dollar, 1_000n + BigInt(round), chain.ethers.ZeroHash, untried);
    if (round % 2 === 0) await ledger.pay(2, ether, 7n, chain.ethers.ZeroHash, untried);
    if (round % 3 === 0) await tributary.ledger.settle([3, 2, 1], dollar, untried);
    await send("evm_mine");
    await send("evm_setAutomine", [true]);
  };
  for (let round = 0; (await provider.getBlockNumber()) < BACKFILLED; round++) {
    await busyBlock(round);
    await emptyBlocks(round % 3);
  }
  for (let round = 0; round < 20; round++) {
    await busyBlock(round);
    await emptyBlocks(2 + (round % 2));
  }
  await busyBlock(0); // on a chain with null rounds, the newest block is one that exists
  const first = await provider.getBlockNumber();
  for (let round = 0; round < AT_TIP; round++) await busyBlock(round);
  const last = await provider.getBlockNumber();

  const { source } = economy;
  const ask = askOnce(chain.url);
  const serve: HostileChain["serve"] = (head, seed = 1) =>
    startFaultyRpc({ upstream: (method, params) => answerAsOf(head(), ask)(method, params), seed });
  const states = await trueStates(chain.url, source, last);
  return {
    source,
    first,
    last,
    serve,
    isTrue: (state, block) => isDeepStrictEqual(savedState(state), states[block]),
    stop: economy.stop,
  };
}

/** Returns the state at each block, by its number, of an index over an honest node. */
async function trueStates(rpcUrl: string, source: JournalSource, last: number) {
  const indexer = await Indexer.start({
    rpcUrl,
    source,
    target: { folder: "none" },
    pollingIntervalMs: 20,
    openStore: async () => memoryStore(),
  });
  await indexer.waitForBlock(BigInt(last));
  const states: Record<string, unknown>[] = [];
  for (let number = 0n; number <= last; number++) {
    // The journal begins at the first log.
    const view = await indexer.viewAt(number).catch(() => undefined);
    states.push(savedState(view?.state ?? new BookStates(books, source).of(ledgerBook)));
  }
  await indexer.stop();
  return states;
}
