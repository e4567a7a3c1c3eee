// Measures folding synthetic events in memory, and saving and loading the state as a snapshot. Needs --expose-gc.
import { type Address, zeroAddress } from "viem";
import { books } from "../../indexer/books/books.ts";
import { BookStates } from "../../indexer/books/states.ts";
import { decodeLog } from "../../indexer/books/contracts.ts";
import { loadSnapshot, saveSnapshot } from "../../indexer/columns/snapshot.ts";
import type { JournalLog } from "../../indexer/journal.ts";
import { milliseconds, report } from "./figure.ts";
import { syntheticLogs } from "./support/syntheticLogs.ts";

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);

const [{ state, ledger }, before] = measure();
const bytes = heldBytes() - before;
report({ name: "the state in memory", value: bytes / EVENTS, unit: "bytes/event" });
const [snapshot, savingMs] = milliseconds(() => saveSnapshot(state));
report({ name: "its snapshot", value: snapshot.length / EVENTS, unit: "bytes/event" });
report({ name: "saving a snapshot", value: savingMs, unit: "ms" });
const [, loadingMs] = milliseconds(() => loadSnapshot(statesOf(ledger), snapshot));
report({ name: "loading a snapshot", value: loadingMs, unit: "ms" });

/** Measures in a function of its own, so that everything except the state can be collected once it returns. */
function measure() {
  syntheticLogs(1_000); // loads lazily loaded code before measuring
  const held = heldBytes();
  const { ledger: of, logs } = syntheticLogs(EVENTS);
  const perSecond = (ms: number) => logs.length / (ms / 1_000);
  const [, decodingMs] = milliseconds(() => {
    for (const log of logs) decodeLog(log);
  });
  report({ name: `decode ${EVENTS.toLocaleString("en")} events`, value: perSecond(decodingMs), unit: "events/s" });
  let replayed = statesOf(of);
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    replayed = statesOf(of);
    global.gc?.();
    const [, ms] = milliseconds(() => replay(replayed, logs));
    best = Math.min(best, ms);
  }
  report({ name: "decode and fold them, best of 3", value: perSecond(best), unit: "events/s" });
  return [{ state: replayed, ledger: of }, held] as const;
}

/** Creates the initial states of an indexer of this ledger. */
function statesOf(of: Address): BookStates {
  return new BookStates(books, { chainId: 1, registry: zeroAddress, ledger: of, startBlock: 0n });
}

function replay(onto: BookStates, logs: readonly JournalLog[]): void {
  for (const log of logs) {
    const event = decodeLog(log);
    const { blockNumber, logIndex, transactionHash } = log;
    if (event) onto.apply(event, { blockNumber, logIndex, transactionHash, timestamp: Number(blockNumber) });
  }
}

function heldBytes(): number {
  if (!global.gc) throw new Error("Run it with --expose-gc.");
  global.gc();
  global.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
