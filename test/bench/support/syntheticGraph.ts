import type { LedgerState } from "../../../indexer/ledger/state.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { addRelease, emptyGraph, pay } from "../../support/economy/graphs.ts";

const MOST_CONTRIBUTIONS = 64;

/**
 * Makes a graph with this many releases and five contributions each on average: most have few, some have many. The
 * contributions follow preferential attachment: half of them name a release with a probability proportional to the
 * number of releases that name it already; the others name any release or a recent one. So a few releases have most of
 * the descendants.
 */
export function syntheticGraph(releases: number, seed = 1): LedgerState {
  const random = seededRandom(seed);
  const state = emptyGraph();
  const { edgeTo } = state.releases;
  const pickRelease = (size: number) => {
    const dice = random.next();
    if (dice < 0.5 && edgeTo.length > 0) return edgeTo.get(Math.floor(random.next() * edgeTo.length));
    if (dice < 0.9) return 1 + Math.floor(random.next() * size);
    return size - Math.floor(random.next() * Math.min(size, 1_000));
  };
  for (let size = 0; size < releases; size++) {
    const most = size === 0 ? 0 : Math.min(MOST_CONTRIBUTIONS, Math.floor(2.1 / (random.next() + 0.001) ** 0.65));
    const parents = Array.from(new Set(Array.from({ length: most }, () => pickRelease(size)))).sort((a, b) => a - b);
    const passed = random.between(200_000, 700_000);
    const weightPpm = Math.floor(passed / parents.length);
    addRelease(
      state,
      parents.map((release) => ({ release, weightPpm })),
    );
  }
  return state;
}

/** Pays this many fees, most of them into newer releases. */
export function payFees(state: LedgerState, count: number, seed = 2): void {
  const random = seededRandom(seed);
  const { size } = state.releases;
  for (let i = 0; i < count; i++) {
    const release = 1 + Math.floor(size * Math.sqrt(random.next()));
    pay(state, release, BigInt(random.between(1_000_000, 1_000_000_000)));
  }
}
