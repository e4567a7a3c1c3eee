import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { addRelease, emptyGraph, graphOf, pay, USD } from "../../../test/support/economy/graphs.ts";
import { projectedBooks } from "../settled/projectedBooks.ts";
import { projectedBooksAfter } from "../../../test/support/economy/projectedBooksAfter.ts";
import { portionDown } from "#protocol/split.ts";
import { flowOf, type LedgerState } from "../../ledger/state.ts";
import { effectiveWeights, strongestPath } from "./effectiveWeights.ts";
import { lineage } from "./lineage.ts";
import { amountsPassedOn, traceAllFees, traceFee, type TraceHop } from "../fees/traceFee.ts";
import { ancestors, descendants, reach } from "./reach.ts";
import { Turns } from "../../scheduling/turns.ts";
import { finish } from "../../scheduling/walk.ts";

/** 4 → {2, 3} → 1 */
const diamond = () => graphOf({ 2: { 1: 500_000 }, 3: { 1: 100_000 }, 4: { 2: 200_000, 3: 400_000 } }, 4);

describe("lineage", () => {
  it("visits each release of a diamond once, in both directions", () => {
    const state = diamond();
    const up = finish(lineage(state, 4, "up"));
    expect(up.nodes.map(({ release, depth }) => [release, depth])).to.deep.equal([
      [4, 0],
      [2, 1],
      [3, 1],
      [1, 2],
    ]);
    expect(up.edges).to.have.deep.members([
      { from: 4, to: 2, weightPpm: 200_000 },
      { from: 4, to: 3, weightPpm: 400_000 },
      { from: 2, to: 1, weightPpm: 500_000 },
      { from: 3, to: 1, weightPpm: 100_000 },
    ]);
    const down = finish(lineage(state, 1, "down"));
    expect(down.nodes.map(({ release }) => release)).to.deep.equal([1, 2, 3, 4]);
    expect(down.edges).to.have.deep.members(up.edges);
    expect([...finish(ancestors(state, [2]))]).to.deep.equal([1, 2]);
    expect([...finish(descendants(state, [2]))]).to.deep.equal([2, 4]);
  });

  it("stops at a depth and at a number of releases, and reports it", () => {
    const state = diamond();
    const near = finish(lineage(state, 4, "up", { depth: 1 }));
    expect([near.nodes.length, near.edges.length, near.truncated]).to.deep.equal([3, 2, true]);
    expect(finish(lineage(state, 4, "up", { depth: 2 })).truncated).to.equal(false);
    const few = finish(lineage(state, 4, "up", { releases: 2 }));
    expect([few.nodes.length, few.truncated]).to.deep.equal([2, true]);
  });

  it("yields during a long walk, and concurrent walks do not disturb each other", () => {
    const state = emptyGraph();
    for (let id = 1; id <= 10_000; id++) addRelease(state, id > 1 ? [{ release: id - 1, weightPpm: 1_000_000 }] : []);
    const [one, other] = [reach(state, [10_000], "up"), reach(state, [1], "down")];
    let turns = 0;
    for (; ; turns++) {
      const [first, second] = [one.next(), other.next()];
      if (!first.done || !second.done) continue;
      expect([first.value.releases.length, second.value.releases.length]).to.deep.equal([10_000, 10_000]);
      break;
    }
    expect(turns).to.be.greaterThan(2);
  });
});

describe("effectiveWeights", () => {
  it("adds the products of the weights along all paths", () => {
    const state = diamond();
    const weights = finish(effectiveWeights(state, 4));
    expect([...weights.release]).to.deep.equal([4, 3, 2, 1]);
    expect([...weights.reachesPpm]).to.deep.equal([1_000_000, 400_000, 200_000, 140_000]);
    expect([...weights.keepsPpm]).to.deep.equal([400_000, 360_000, 100_000, 140_000]);
    expect(strongestPath(weights, 1)).to.deep.equal({ releases: [4, 2, 1], weightPpm: 100_000 });
    expect(strongestPath(weights, 4)).to.deep.equal({ releases: [4], weightPpm: 1_000_000 });
    expect(strongestPath(finish(effectiveWeights(state, 1)), 4)).to.equal(undefined);
  });

  it("keeps adding up to the whole on random graphs", () => {
    const random = seededRandom(1);
    for (let round = 0; round < 20; round++) {
      const state = randomGraph(random, 40);
      const { keepsPpm } = finish(effectiveWeights(state, 40));
      const whole = keepsPpm.reduce((sum, part) => sum + part, 0);
      expect(Math.abs(whole - 1_000_000)).to.be.below(0.000_001);
    }
  });
});

describe("traceFee", () => {
  it("follows a fee to the base unit, fractions included", () => {
    const state = diamond();
    const [first, second] = [pay(state, 4, 3n), pay(state, 4, 7n)];
    expect(finish(traceFee(state, first))).to.deep.equal({
      hops: [
        { release: 4, asset: 4, received: 3n, from: 0n, kept: 1n },
        { release: 3, asset: 3, received: 1n, from: 0n, kept: 0n },
      ],
      assets: [{ asset: 4, kept: 1n, from: 0n, commons: 0n, shareholders: 0n }],
      pending: 2n,
    });
    const passed = (hop: TraceHop) => amountsPassedOn(state, hop).map(({ to, amount }) => [to, amount]);
    const { hops, assets, pending } = finish(traceFee(state, second));
    expect(hops.map(({ release, received, kept }) => [release, received, kept])).to.deep.equal([
      [4, 7n, 3n],
      [3, 3n, 3n],
      [2, 2n, 1n],
      [1, 1n, 1n],
    ]);
    expect(hops.map(passed)).to.deep.equal([
      [
        [2, 2n],
        [3, 3n],
      ],
      [],
      [[1, 1n]],
      [],
    ]);
    expect(assets.reduce((sum, { kept }) => sum + kept, pending)).to.equal(7n);
  });

  it("adds up, over all fees, to the result of settling everything, on random graphs", () => {
    const random = seededRandom(2);
    for (let round = 0; round < 20; round++) {
      const state = randomGraph(random, 40);
      for (let i = 0; i < 60; i++) pay(state, random.between(1, 40), BigInt(random.between(1, 10_000)));
      const settled = projectedBooks(state, USD);
      const expected = receivedByDefinition(state);
      for (const id of state.releases.keys()) expect(settled.received.get(id - 1)).to.equal(expected.get(id));
      const income = new Map<number, bigint>();
      for (const { trace } of traceAllFees(state, USD)) {
        for (const { asset, kept } of trace.assets) income.set(asset, (income.get(asset) ?? 0n) + kept);
      }
      for (const id of state.assets.keys()) {
        expect(settled.income.get(state.assets.rowOf(id) ?? -1)).to.equal(income.get(id) ?? 0n);
      }
    }
  });

  it("yields on its way, and concurrent traces do not disturb each other", async () => {
    const links = Array.from({ length: 999 }, (_, i) => [i + 2, { [i + 1]: 900_000 + i }] as const);
    const state = graphOf(Object.fromEntries(links), 1_000);
    const fees = Array.from({ length: 30 }, (_, i) => pay(state, 1_000 - 10 * i, 10n ** 30n + BigInt(i)));
    const alone = fees.map((fee) => finish(traceFee(state, fee)));
    const walks = fees.map((fee) => traceFee(state, fee));
    const found = new Map<number, unknown>();
    let rounds = 0;
    while (found.size < walks.length) {
      rounds++;
      for (const [i, walk] of walks.entries()) {
        const { done, value } = walk.next();
        if (done && value) found.set(i, value);
      }
      if (rounds === 2) walks[7]?.return({ hops: [], assets: [], pending: 0n }); // aborts it
      if (rounds === 2) found.set(7, alone[7]);
    }
    expect(rounds).to.be.greaterThan(5);
    expect(fees.map((_, i) => found.get(i))).to.deep.equal(alone);
    expect(fees.map((fee) => finish(traceFee(state, fee)))).to.deep.equal(alone);
    const turns = new Turns();
    expect(await Promise.all(fees.map((fee) => turns.walk(() => traceFee(state, fee))))).to.deep.equal(alone);
  });

  it("reaches the same books fee by fee, forwards and backwards, as in one sweep", () => {
    const random = seededRandom(3);
    const [state, other] = [1, 1].map((seed) => randomGraph(seededRandom(seed), 40));
    if (!state || !other) throw new Error("There are two.");
    for (let i = 0; i < 60; i++) pay(state, random.between(1, 40), BigInt(random.between(1, 10_000)));
    for (const fee of state.fees) pay(other, fee.release, fee.amount);
    for (const count of [60, 59, 3, 17, 0, 60, 31]) {
      const [stepped, swept] = [
        projectedBooksAfter(state, USD, count),
        projectedBooksAfter(sliceOf(other, count), USD, count),
      ];
      for (let row = 0; row < 40; row++) {
        expect(stepped.received.get(row)).to.equal(swept.received.get(row));
        expect(stepped.income.get(row)).to.equal(swept.income.get(row));
      }
    }
  });
});

/** Makes a new state with the same graph and the first `count` fees. */
function sliceOf(state: LedgerState, fees: number): LedgerState {
  const slice = emptyGraph();
  for (const { contributions } of state.releases.values()) addRelease(slice, contributions);
  for (let row = 0; row < fees; row++) pay(slice, state.fees.release.get(row), state.fees.amount.get(row));
  return slice;
}

function randomGraph(random: ReturnType<typeof seededRandom>, releases: number): LedgerState {
  const contributions: Record<number, Record<number, number>> = {};
  for (let id = 2; id <= releases; id++) {
    const edges: Record<number, number> = {};
    for (let i = random.between(0, 5); i > 0; i--) edges[random.between(1, id - 1)] = random.between(1, 200_000);
    contributions[id] = edges;
  }
  return graphOf(contributions, releases);
}

/** Computes R[p] = direct[p] + Σ ⌊R[r]·w⌋ by recursion, directly from the definition. */
function receivedByDefinition(state: LedgerState): Map<number, bigint> {
  const memo = new Map<number, bigint>();
  const received = (id: number): bigint => {
    const known = memo.get(id);
    if (known !== undefined) return known;
    let total = flowOf(state, id, USD).direct;
    for (const child of state.releases.builtBy(id)) {
      const named = state.releases.contributionsOf(child).find(({ release }) => release === id);
      total += portionDown(received(child), named?.weightPpm ?? 0);
    }
    memo.set(id, total);
    return total;
  };
  for (const id of state.releases.keys()) received(id);
  return memo;
}
