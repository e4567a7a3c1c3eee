import { expect } from "chai";
import type { Address } from "viem";
import { seededRandom } from "../../scripts/demo/random.ts";
import { settleDirectFees } from "../ledger/entitlements.ts";
import { portionDown } from "../ledger/split.ts";
import { emptyState, type Fee, type LedgerState, type Position } from "../ledger/state.ts";
import { effectiveWeights, strongestPath } from "./effectiveWeights.ts";
import { ancestorsOf, descendantsOf, lineage } from "./lineage.ts";
import { traceAllFees, traceFee } from "./traceFee.ts";

const USD: Address = "0x00000000000000000000000000000000000000d0";
const NOWHERE: Position = { blockNumber: 1n, logIndex: 0, timestamp: 0, transactionHash: "0x" };

/** A graph of releases, each of an asset of its own, from their contributions: `{ 2: { 1: 300_000 } }`. */
function graphOf(contributions: Record<number, Record<number, number>>, releases: number): LedgerState {
  const state = emptyState(USD);
  state.commons = { beneficiary: USD, ppm: 10_000 };
  for (let id = 1; id <= releases; id++) {
    const edges = Object.entries(contributions[id] ?? {}).map(([release, weightPpm]) => ({
      release: Number(release),
      weightPpm,
    }));
    for (const { release } of edges) state.releases.get(release)?.builtBy.push(id);
    const ownWeightPpm = 1_000_000 - edges.reduce((sum, { weightPpm }) => sum + weightPpm, 0);
    state.releases.set(id, {
      id,
      asset: id,
      label: "1",
      digest: "0x",
      uri: "",
      ownWeightPpm,
      floorPpm: 0,
      byGrant: false,
      retired: false,
      contributions: edges,
      builtBy: [],
      published: NOWHERE,
    });
  }
  return state;
}

function pay(state: LedgerState, release: number, amount: bigint): Fee {
  const id = `1-${state.fees.length}`;
  const fee: Fee = {
    id,
    release,
    currency: USD,
    payer: USD,
    amount,
    reference: "0x",
    source: USD,
    paid: NOWHERE,
  };
  state.fees.push(fee);
  return fee;
}

/** 4 → {2, 3} → 1 */
const diamond = () => graphOf({ 2: { 1: 500_000 }, 3: { 1: 100_000 }, 4: { 2: 200_000, 3: 400_000 } }, 4);
const releaseOf = (state: LedgerState, id: number) => {
  const release = state.releases.get(id);
  if (!release) throw new Error(`no release ${id}`);
  return release;
};

describe("lineage", () => {
  it("walks a diamond once, in both directions", () => {
    const state = diamond();
    const up = lineage(state, releaseOf(state, 4), "up");
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
    const down = lineage(state, releaseOf(state, 1), "down");
    expect(down.nodes.map(({ release }) => release)).to.deep.equal([1, 2, 3, 4]);
    expect(down.edges).to.have.deep.members(up.edges);
    expect([...ancestorsOf(state, [2])].sort()).to.deep.equal([1, 2]);
    expect([...descendantsOf(state, [2])].sort()).to.deep.equal([2, 4]);
  });
});

describe("effectiveWeights", () => {
  it("adds the products of the weights along all paths", () => {
    const state = diamond();
    const weights = effectiveWeights(state, releaseOf(state, 4));
    expect(weights.map(({ release, reachesPpm, keepsPpm }) => [release, reachesPpm, keepsPpm])).to.deep.equal([
      [4, 1_000_000, 400_000],
      [3, 400_000, 360_000],
      [1, 140_000, 140_000],
      [2, 200_000, 100_000],
    ]);
    expect(strongestPath(state, releaseOf(state, 4), 1)).to.deep.equal({ releases: [4, 2, 1], weightPpm: 100_000 });
    expect(strongestPath(state, releaseOf(state, 1), 4)).to.equal(undefined);
  });

  it("keeps adding up to the whole on random graphs", () => {
    const random = seededRandom(1);
    for (let round = 0; round < 20; round++) {
      const state = randomGraph(random, 40);
      const weights = effectiveWeights(state, releaseOf(state, 40));
      const whole = weights.reduce((sum, { keepsPpm }) => sum + keepsPpm, 0);
      expect(Math.abs(whole - 1_000_000)).to.be.below(0.000_001);
    }
  });
});

describe("traceFee", () => {
  it("follows a fee to the unit, fractions included", () => {
    const state = diamond();
    const [first, second] = [pay(state, 4, 3n), pay(state, 4, 7n)];
    expect(traceFee(state, first)).to.deep.equal({
      hops: [
        { release: 4, asset: 4, received: 3n, kept: 1n, passed: [{ to: 3, amount: 1n }] },
        { release: 3, asset: 3, received: 1n, kept: 0n, passed: [] },
      ],
      assets: [{ asset: 4, kept: 1n, commons: 0n, shareholders: 0n }],
      pending: 2n,
    });
    const { hops, assets, pending } = traceFee(state, second);
    expect(hops.map(({ release, received, kept }) => [release, received, kept])).to.deep.equal([
      [4, 7n, 3n],
      [3, 3n, 3n],
      [2, 2n, 1n],
      [1, 1n, 1n],
    ]);
    expect(assets.reduce((sum, { kept }) => sum + kept, pending)).to.equal(7n);
  });

  it("adds up, over all fees, to what settling everything gives, on random graphs", () => {
    const random = seededRandom(2);
    for (let round = 0; round < 20; round++) {
      const state = randomGraph(random, 40);
      const direct = new Map<number, bigint>();
      for (let i = 0; i < 60; i++) {
        const { release, amount } = pay(state, random.between(1, 40), BigInt(random.between(1, 10_000)));
        direct.set(release, (direct.get(release) ?? 0n) + amount);
      }
      const settled = settleDirectFees(state, direct);
      expect(settled.received).to.deep.equal(receivedByDefinition(state, direct));
      const income = new Map<number, bigint>();
      traceAllFees(state, USD, (fee, hops) => {
        expect(hops).to.deep.equal(traceFee(state, fee).hops);
        for (const { asset, kept } of hops) if (kept > 0n) income.set(asset, (income.get(asset) ?? 0n) + kept);
      });
      expect(income).to.deep.equal(settled.income);
    }
  });
});

function randomGraph(random: ReturnType<typeof seededRandom>, releases: number): LedgerState {
  const contributions: Record<number, Record<number, number>> = {};
  for (let id = 2; id <= releases; id++) {
    const edges: Record<number, number> = {};
    for (let i = random.between(0, 5); i > 0; i--) edges[random.between(1, id - 1)] = random.between(1, 200_000);
    contributions[id] = edges;
  }
  return graphOf(contributions, releases);
}

/** R[p] = direct[p] + Σ ⌊R[r]·w⌋, straight from the definition: each figure by recursion. */
function receivedByDefinition(state: LedgerState, direct: ReadonlyMap<number, bigint>): Map<number, bigint> {
  const received = (id: number): bigint => {
    let total = direct.get(id) ?? 0n;
    for (const child of releaseOf(state, id).builtBy) {
      const { contributions } = releaseOf(state, child);
      const weight = contributions.find(({ release }) => release === id)?.weightPpm ?? 0;
      total += portionDown(known(child), weight);
    }
    return total;
  };
  const memo = new Map<number, bigint>();
  const known = (id: number): bigint => {
    const total = memo.get(id) ?? received(id);
    memo.set(id, total);
    return total;
  };
  const all = new Map<number, bigint>();
  for (const id of state.releases.keys()) if (known(id) > 0n) all.set(id, known(id));
  return all;
}
