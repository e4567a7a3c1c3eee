// Measures questions about a graph of a million releases, each compared with a bare walk over the same ancestors.
import { effectiveWeights } from "../../indexer/graph/lineage/effectiveWeights.ts";
import { lineageRows } from "../../indexer/graph/lineage/lineage.ts";
import { traceFee } from "../../indexer/graph/fees/traceFee.ts";
import { claimPlans } from "../../indexer/graph/plans/claimPlans.ts";
import { ancestors } from "../../indexer/graph/lineage/reach.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { projectedBooksAfter } from "../support/economy/projectedBooksAfter.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { USD } from "../support/economy/graphs.ts";
import { milliseconds, quantile, report } from "./figure.ts";
import { BareWalk } from "./support/bareWalk.ts";
import { payFees, syntheticGraph } from "./support/syntheticGraph.ts";

const RELEASES = Number(process.env.BENCH_RELEASES ?? 1_000_000);
const FEES = 100_000;
const QUERIES = 300;
const LARGEST = 20;
const GOAL = { most: 2 };

const [state, buildingMs] = milliseconds(() => syntheticGraph(RELEASES));
payFees(state, FEES);
const { releases, fees } = state;
report({ name: `build ${RELEASES.toLocaleString("en")} releases`, value: RELEASES / buildingMs, unit: "per ms" });
report({ name: "contributions between them", value: releases.edgeCount, unit: "edges" });

const random = seededRandom(3);
const bare = new BareWalk(state);
const some = Array.from({ length: QUERIES }, () => random.between(1, releases.size));
const bySize = Array.from({ length: 2_000 }, () => random.between(1, releases.size))
  .map((id) => ({ id, size: finish(ancestors(state, [id])).length }))
  .sort((a, b) => b.size - a.size);
const largest = bySize.slice(0, LARGEST).map(({ id }) => id);
report({ name: "ancestors, median", value: bySize[bySize.length >> 1]?.size ?? 0, unit: "releases" });
report({ name: "ancestors, most", value: bySize[0]?.size ?? 0, unit: "releases" });

for (const [which, ids] of [
  ["random", some],
  ["largest", largest],
] as const) {
  beside(
    `lineage, ${which}`,
    ids,
    (id) => finish(lineageRows(state, id, "up")),
    (id) => bare.lineage(id),
  );
  beside(
    `effective weights, ${which}`,
    ids,
    (id) => finish(effectiveWeights(state, id)),
    (id) => bare.weights(id),
  );
}

const newest = Array.from({ length: QUERIES }, (_, i) => fees.length - QUERIES + i);
traces("trace, newest fees", newest);
const sizeOf = (row: number) => finish(ancestors(state, [fees.release.get(row)])).length;
const wide = newest.map((row) => ({ row, size: sizeOf(row) })).sort((a, b) => b.size - a.size);
traces(
  "trace, largest of them",
  wide
    .slice(0, LARGEST)
    .map(({ row }) => row)
    .sort((a, b) => a - b),
);
for (const [name, part] of [
  ["trace, a fee in the middle", 0.5],
  ["trace, an old fee", 0.01],
] as const) {
  const fee = fees.at(Math.floor(FEES * part));
  if (fee) report({ name, value: milliseconds(() => finish(traceFee(state, fee)))[1], unit: "ms" });
}

// The plan of a holder of the release that most others are built on: its worst case, with nothing settled.
const holder = "0x00000000000000000000000000000000000000ee";
const account = state.accounts.getOrAddRow(holder);
const holding = state.holdings.getOrAddRow(account, 0);
state.holdings.shares.set(holding, 1_000_000);
state.holdings.everHeld.set(holding, 1);
const costs = { gasPrice: 10n ** 7n };
for (const [name, options] of [
  ["claim plan with a price", { costs, prices: new Map([[USD, 4n * 10n ** 14n]]) }],
  ["claim plan without a price", {}],
  ["claim plan of everything", { all: true }],
] as const) {
  const [[plan], ms] = milliseconds(() => finish(claimPlans(state, holder, options)));
  report({ name: `${name}, ${plan?.releases.length ?? 0} releases`, value: ms, unit: "ms" });
}

function traces(name: string, rows: readonly number[]): void {
  beside(
    name,
    rows,
    (row) => finish(traceFee(state, fees.at(row)!)),
    (row) =>
      bare.trace(fees.release.get(row), Number(fees.amount.get(row)), projectedBooksAfter(state, USD, row).received),
    (row) => projectedBooksAfter(state, USD, row),
  );
}

/** Times both for each item, alternately, and takes the best of three runs: other processes only make a run slower. */
function beside(
  name: string,
  items: readonly number[],
  ours: (item: number) => unknown,
  bareOne: (item: number) => unknown,
  prepare: (item: number) => unknown = () => undefined,
) {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (const item of items) {
    prepare(item);
    const best = { ours: Infinity, bare: Infinity };
    for (let run = 0; run < 3; run++) {
      best.bare = Math.min(best.bare, milliseconds(() => bareOne(item))[1]);
      best.ours = Math.min(best.ours, milliseconds(() => ours(item))[1]);
    }
    times.ours.push(best.ours);
    times.bare.push(best.bare);
  }
  for (const [label, part] of [
    ["p50", 0.5],
    ["p99", 0.99],
  ] as const) {
    const value = quantile(times.ours, part);
    report({ name: `${name}, ${label}`, value, unit: "ms", ratio: value / quantile(times.bare, part), goal: GOAL });
  }
}
