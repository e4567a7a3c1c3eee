import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { Economy, economyOf, EUR } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { projectedBooks } from "../settled/projectedBooks.ts";
import { projectedBooksAfter } from "../../../test/support/economy/projectedBooksAfter.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { counterfactual } from "./counterfactual.ts";
import { feeRowsOf } from "../period.ts";
import { finish } from "../../scheduling/walk.ts";

describe("counterfactual", () => {
  it("leaves a release's weight with the releases that name it, and its ancestors without its money", () => {
    const economy = new Economy();
    economy.register();
    economy.register({ contributions: { 1: 500_000 } });
    economy.register({ contributions: { 1: 100_000, 2: 400_000 } });
    economy.pay(3, 1_000_000n);
    economy.pay(2, 10_000n);
    expect(finish(counterfactual(economy.state, 2, USD))).to.deep.equal({
      assets: [
        { asset: 3, income: 500_000n, without: 900_000n, difference: 400_000n },
        { asset: 1, income: 305_000n, without: 100_000n, difference: -205_000n },
        { asset: 2, income: 205_000n, without: 0n, difference: -205_000n },
      ],
      unpaid: 10_000n,
      gained: 400_000n,
      lost: 410_000n,
    });
    expect(finish(counterfactual(economy.state, 2, EUR))).to.deep.equal({
      assets: [],
      unpaid: 0n,
      gained: 0n,
      lost: 0n,
    });
  });

  it("equals a graph without the release, to the base unit, for all fees and for a period", () => {
    const random = seededRandom(10);
    for (let round = 0; round < 3; round++) {
      const economy = economyOf(random);
      const { state } = economy;
      for (let without = 1; without <= state.releases.size; without++) {
        const fromBlock = BigInt(random.between(1, 100));
        for (const period of [{}, { fromBlock, toBlock: fromBlock + 30n }]) {
          const answer = finish(counterfactual(state, without, USD, period));
          const { expected, unpaid } = byRebuilding(state, without, period);
          expect(new Map(answer.assets.map(({ asset, ...change }) => [asset, change]))).to.deep.equal(expected);
          expect(answer.unpaid).to.equal(unpaid);
          const sum = answer.assets.reduce((total, { difference }) => total + difference, 0n);
          expect(answer.gained - answer.lost).to.equal(sum);
        }
      }
    }
  });
});

type Changes = Map<number, { income: bigint; without: bigint; difference: bigint }>;

function byRebuilding(state: LedgerState, without: number, period: Parameters<typeof feeRowsOf>[1]) {
  const [real, other] = [rebuilt(state), rebuilt(state, without)];
  const { first, end } = feeRowsOf(state, period);
  const expected: Changes = new Map();
  const incomeOf = (rebuild: Rebuilt, asset: number) => {
    const row = rebuild.state.assets.rowOf(asset) ?? -1;
    const of = (fees: number) => projectedBooksAfter(rebuild.state, USD, rebuild.feesBefore[fees] ?? 0).income.get(row);
    return of(end) - of(first);
  };
  for (const asset of state.assets.keys()) {
    const [income, left] = [incomeOf(real, asset), incomeOf(other, asset)];
    if (income !== left) expected.set(asset, { income, without: left, difference: left - income });
  }
  const all = projectedBooks(state, USD).income;
  for (const asset of state.assets.keys()) {
    const row = state.assets.rowOf(asset) ?? -1;
    expect(projectedBooks(real.state, USD).income.get(row)).to.equal(all.get(row));
  }
  let unpaid = 0n;
  for (let row = first; row < end; row++) {
    const fee = state.fees.at(row);
    if (fee?.release === without && fee.currency === USD) unpaid += fee.amount;
  }
  return { expected, unpaid };
}

interface Rebuilt {
  state: LedgerState;
  /** For each fee of the first state: the number of earlier fees that were paid here, too. */
  feesBefore: number[];
}

/** Copies the releases and fees, except one release: no release names it, it names none, and nobody pays it. */
function rebuilt(state: LedgerState, without?: number): Rebuilt {
  const economy = new Economy();
  for (const { id, asset, contributions } of state.releases.values()) {
    const kept = contributions.filter(({ release }) => release !== without && id !== without);
    const named = Object.fromEntries(kept.map(({ release, weightPpm }) => [release, weightPpm]));
    if (asset === id) economy.register({ contributions: named });
    else economy.publish(asset, named);
  }
  const feesBefore = [0];
  for (const fee of state.fees) {
    if (fee.release !== without) economy.pay(fee.release, fee.amount, 9, fee.currency);
    feesBefore.push(economy.state.fees.length);
  }
  return { state: economy.state, feesBefore };
}
