// Folds synthetic events in memory, and keeps and reads the state as a snapshot. Needs --expose-gc.
import { decodeContractLog } from "#protocol/events.ts";
import { applyEvent } from "../../indexer/ledger/applyEvent.ts";
import { loadSnapshot, saveSnapshot } from "../../indexer/ledger/snapshot.ts";
import { LedgerState } from "../../indexer/ledger/state.ts";
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
const [, loadingMs] = milliseconds(() => loadSnapshot(ledger, snapshot));
report({ name: "loading a snapshot", value: loadingMs, unit: "ms" });

/** Whatever it makes beside the state is gone once it returns. */
function measure() {
  syntheticLogs(1_000); // so that what is loaded once is loaded
  const held = heldBytes();
  const { ledger: of, logs } = syntheticLogs(EVENTS);
  const perSecond = (ms: number) => logs.length / (ms / 1_000);
  const [, decodingMs] = milliseconds(() => {
    for (const log of logs) decodeContractLog(log.contract, log);
  });
  report({ name: `decode ${EVENTS.toLocaleString("en")} events`, value: perSecond(decodingMs), unit: "events/s" });
  let replayed = new LedgerState(of);
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    replayed = new LedgerState(of);
    global.gc?.();
    const [, ms] = milliseconds(() => replay(replayed, logs));
    best = Math.min(best, ms);
  }
  report({ name: "decode and fold them, best of 3", value: perSecond(best), unit: "events/s" });
  return [{ state: replayed, ledger: of }, held] as const;
}

function replay(onto: LedgerState, logs: readonly JournalLog[]): void {
  for (const log of logs) {
    const event = decodeContractLog(log.contract, log);
    const { blockNumber, logIndex, transactionHash } = log;
    if (event) applyEvent(onto, event, { blockNumber, logIndex, transactionHash, timestamp: Number(blockNumber) });
  }
}

function heldBytes(): number {
  if (!global.gc) throw new Error("Run it with --expose-gc.");
  global.gc();
  global.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
