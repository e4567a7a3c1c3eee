import { expect } from "chai";
import { portionBetween } from "#protocol/split.ts";
import { seededRandom } from "#node/seededRandom.ts";
import {
  BASE_GAS,
  splitByGas,
  type DueRelease,
  computeDue,
  computeWorthwhile,
  type Flow,
  type Node,
} from "./settlement.ts";

/** Creates the releases 1 to `count`, each built from up to four earlier ones. Some have received and settled money. */
function randomGraph(seed: number, count: number) {
  const random = seededRandom(seed);
  const nodes = new Map<number, Node>();
  const flows = new Map<number, Flow>();
  for (let release = 1; release <= count; release++) {
    const parents = random
      .shuffle(Array.from({ length: release - 1 }, (_, i) => i + 1))
      .slice(0, random.between(0, 4))
      .sort((a, b) => a - b);
    const contributions = parents.map((parent) => ({ release: parent, weight: random.between(1, 250_000) }));
    const ownWeight = 1_000_000 - contributions.reduce((sum, { weight }) => sum + weight, 0);
    nodes.set(release, { ownWeight, contributions });
    const received = random.between(0, 2) === 0 ? BigInt(random.between(1, 1_000_000)) : 0n;
    flows.set(release, { received, settled: received / BigInt(random.between(1, 3)) });
  }
  return { nodes, flows };
}

describe("the amount due along a graph", () => {
  it("is the amount that settling from the last release to the first passes on, on random graphs", () => {
    for (let seed = 0; seed < 50; seed++) {
      const { nodes, flows } = randomGraph(seed, 40);
      const received = new Map([...flows].map(([release, flow]) => [release, flow.received]));
      const expected: Pick<DueRelease, "release" | "amount">[] = [];
      for (let release = nodes.size; release >= 1; release--) {
        const settled = flows.get(release)?.settled ?? 0n;
        const now = received.get(release) ?? 0n;
        if (now === settled) continue;
        expected.push({ release, amount: now - settled });
        for (const { release: to, weight } of nodes.get(release)?.contributions ?? []) {
          received.set(to, (received.get(to) ?? 0n) + portionBetween(settled, now, weight));
        }
      }
      expect(computeDue({ nodes, flows }).map(({ release, amount }) => ({ release, amount }))).to.deep.equal(expected);
    }
  });

  it("does not count money that would come through a release that is left out", () => {
    const nodes = new Map<number, Node>([
      [3, { ownWeight: 0, contributions: [{ release: 2, weight: 1_000_000 }] }],
      [2, { ownWeight: 0, contributions: [{ release: 1, weight: 1_000_000 }] }],
      [1, { ownWeight: 1_000_000, contributions: [] }],
    ]);
    const flows = new Map<number, Flow>([
      [3, { received: 5n, settled: 0n }],
      [2, { received: 100n, settled: 0n }],
      [1, { received: 0n, settled: 0n }],
    ]);
    const worth = computeDue({ nodes, flows }, ({ amount }) => amount >= 10n);
    expect(worth.map(({ release, amount }) => [release, amount])).to.deep.equal([
      [2, 100n],
      [1, 100n],
    ]);
  });

  it("is worth settling only if what becomes income is worth the gas of the whole way", () => {
    const LENGTH = 1_000;
    /** A chain from the release `LENGTH` down to release 1, with money at its top. Shells keep a part for themselves. */
    const chain = (money: bigint, kept: number) => {
      const nodes = new Map<number, Node>([[1, { ownWeight: 1_000_000, contributions: [] }]]);
      const flows = new Map<number, Flow>([[1, { received: 0n, settled: 0n }]]);
      for (let release = 2; release <= LENGTH; release++) {
        nodes.set(release, { ownWeight: kept, contributions: [{ release: release - 1, weight: 1_000_000 - kept }] });
        flows.set(release, { received: release === LENGTH ? money : 0n, settled: 0n });
      }
      return { nodes, flows };
    };
    const costOf = (gas: bigint) => Number(gas) / 10;
    const hop = 3_500n; // what one hop costs, in units
    expect(computeDue(chain(10n * hop, 0)), "hop by hop, each is worth its gas").to.have.lengthOf(LENGTH);
    expect(computeWorthwhile(chain(10n * hop, 0), costOf)).to.deep.equal([]);
    expect(computeWorthwhile(chain(2_000n * hop, 0), costOf)).to.have.lengthOf(LENGTH);
    // If each shell keeps a part, the cost stays below what became income, whatever is settled later.
    let graph = chain(100n * hop, 50_000);
    let [spent, gained] = [0, 0];
    for (let round = 0; round < 5; round++) {
      const dues = computeWorthwhile(graph, costOf);
      spent += dues.reduce((sum, { gas }) => sum + costOf(gas), 0);
      const { flows } = graph;
      for (const { release, amount } of dues) {
        const { received, settled } = flows.get(release) ?? { received: 0n, settled: 0n };
        const now = settled + amount;
        flows.set(release, { received: now > received ? now : received, settled: now });
        gained += Number(portionBetween(settled, now, graph.nodes.get(release)?.ownWeight ?? 0));
      }
      const last = dues.at(-1);
      if (!last) break;
      const next = graph.nodes.get(last.release)?.contributions[0];
      if (next) flows.set(next.release, { received: portionBetween(0n, last.amount, next.weight), settled: 0n });
      graph = { ...graph, flows };
    }
    expect(spent).to.be.greaterThan(0).and.to.be.at.most(gained);
  });

  it("is split into transactions, in the same order", () => {
    const due = Array.from({ length: 10 }, (_, i) => ({ release: 10 - i, amount: 1n, gas: 100_000n }));
    const parts = splitByGas(due, BASE_GAS + 300_000n);
    expect(parts.map((part) => part.map(({ release }) => release))).to.deep.equal([
      [10, 9, 8],
      [7, 6, 5],
      [4, 3, 2],
      [1],
    ]);
    expect(splitByGas([])).to.deep.equal([]);
    const large = [{ release: 1, amount: 1n, gas: 9_000_000n }];
    expect(splitByGas(large)).to.deep.equal([large]);
  });
});
