import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { graphOf } from "../../../test/support/economy/graphs.ts";
import { finish } from "../../scheduling/walk.ts";
import { passFee } from "./passFee.ts";
import type { LedgerState } from "../../ledger/state.ts";

/** More releases than a walk visits in one turn. */
const RELEASES = 150;
/** The limit up to which amounts are passed on as numbers; larger ones are bigints. */
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

describe("passFee", () => {
  it("passes on differences of floors, for fees and earlier totals of any size", () => {
    const random = seededRandom(1);
    for (let round = 0; round < 200; round++) {
      const state = randomGraph(random);
      // The last amount that is passed on as a number, and its neighbours.
      const lastNumber = SAFE - 1_000_000n - BigInt(state.releases.edgeCount) - 1n;
      const size = random.pick([7n, 10n ** 6n, 10n ** 9n, lastNumber, lastNumber + 3n, SAFE, 10n ** 18n, 2n ** 111n]);
      const amount = size - BigInt(random.between(0, 6));
      const before = Array.from({ length: RELEASES }, () => {
        const millions = random.pick([0n, 1n, 9_007_199_254n, 10n ** 25n]);
        return millions * 1_000_000n + BigInt(random.between(0, 999_999));
      });
      const arrived = new Map<number, bigint>();
      const visit = (row: number, received: bigint) => {
        arrived.set(row + 1, received);
        return before[row];
      };
      finish(passFee(state, RELEASES, amount, visit));
      expect(arrived).to.deep.equal(byDefinition(state, amount, before));
    }
  });

  it("stops where `visit` returns undefined, and reports each edge with money", () => {
    const state = graphOf({ 2: { 1: 500_000 }, 3: { 1: 1, 2: 500_000 } }, 3);
    const visited: number[] = [];
    const taken: number[] = [];
    const visit = (row: number) => (visited.push(row), row === 1 ? undefined : 0n);
    finish(passFee(state, 3, 10n, visit, (edge) => taken.push(edge)));
    expect(visited).to.deep.equal([2, 1]);
    expect(taken).to.deep.equal([2]); // nothing goes over the edge with a weight of 1 ppm
    finish(passFee(state, 3, 10n, () => 0n)); // the walk that ended early has left no amounts behind
  });
});

function randomGraph(random: ReturnType<typeof seededRandom>): LedgerState {
  const contributions: Record<number, Record<number, number>> = {};
  for (let id = 2; id <= RELEASES; id++) {
    const parents = new Set(Array.from({ length: random.between(1, 5) }, () => random.between(1, id - 1)));
    const most = Math.floor(1_000_000 / parents.size);
    contributions[id] = Object.fromEntries([...parents].map((parent) => [parent, random.between(1, most)]));
  }
  return graphOf(contributions, RELEASES);
}

/** The same, release by release, in bigints. */
function byDefinition({ releases }: LedgerState, amount: bigint, before: readonly bigint[]): Map<number, bigint> {
  const arriving = new Map([[RELEASES, amount]]);
  for (let id = RELEASES; id > 0; id--) {
    const received = arriving.get(id);
    if (received === undefined) continue;
    const from = before[id - 1] ?? 0n;
    for (const { release, weightPpm } of releases.contributionsOf(id)) {
      const weight = BigInt(weightPpm);
      const passed = ((from + received) * weight) / 1_000_000n - (from * weight) / 1_000_000n;
      if (passed > 0n) arriving.set(release, (arriving.get(release) ?? 0n) + passed);
    }
  }
  return arriving;
}
