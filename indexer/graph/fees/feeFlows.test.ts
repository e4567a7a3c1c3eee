import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { account, Economy, economyOf, EUR } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { finish } from "../../scheduling/walk.ts";
import { type FeeFlows, feeFlows } from "./feeFlows.ts";
import { topAccounts, topPayers, topReleases } from "../economy/leaderboards.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { traceAllFees } from "./traceFee.ts";

describe("feeFlows", () => {
  it("goes from payers through releases and assets to the shareholders", () => {
    const economy = new Economy();
    economy.register();
    economy.register({ contributions: { 1: 600_000 } });
    economy.pay(2, 1_000_000n);
    economy.pay(2, 500_000n);
    economy.pay(1, 100_000n);
    const flows = finish(feeFlows(economy.state, USD));
    expect(flows.fees).to.deep.equal([
      { from: account(9), to: 2, amount: 1_500_000n },
      { from: account(9), to: 1, amount: 100_000n },
    ]);
    expect(flows.kept).to.deep.equal([
      { from: 2, to: 1, amount: 900_000n },
      { from: 2, to: 2, amount: 600_000n },
      { from: 1, to: 1, amount: 100_000n },
    ]);
    expect(flows.earned[0]).to.deep.equal({ from: 1, to: account(1), amount: 990_000n });
    expect(flows.commons).to.deep.equal([
      { from: 1, amount: 10_000n },
      { from: 2, amount: 6_000n },
    ]);
    expect([flows.fractions, flows.pending, flows.paid]).to.deep.equal([0n, 0n, 1_600_000n]);
    expect(finish(feeFlows(economy.state, EUR)).paid).to.equal(0n);
  });

  it("equal the sums of the period's traces, and add up, however few members are named", () => {
    const random = seededRandom(21);
    for (let round = 0; round < 8; round++) {
      const { state } = economyOf(random);
      const fromBlock = BigInt(random.between(1, 100));
      for (const period of [{}, { fromBlock, toBlock: fromBlock + 40n }]) {
        const all = finish(feeFlows(state, USD, { period, most: 1_000 }));
        expect(byPair(all.kept)).to.deep.equal(keepsByTraces(state, period));
        const board = { period, limit: 1_000 };
        expect(byEnd(all.fees, "from")).to.deep.equal(
          new Map(finish(topPayers(state, USD, board)).rows.map((row) => [row.account, row.paid])),
        );
        const paidInto = finish(topReleases(state, USD, board)).rows.filter(({ direct }) => direct > 0n);
        expect(byEnd(all.fees, "to")).to.deep.equal(new Map(paidInto.map(({ release, direct }) => [release, direct])));
        const { rows } = finish(topAccounts(state, USD, board));
        // For all fees the leaderboard is exact. For a period it is the same approximation.
        if ("toBlock" in period && feeRowsOf(state, period).first > 0) {
          expect(byEnd(all.earned, "to")).to.deep.equal(new Map(rows.map((row) => [row.account, row.income])));
        }
        for (const most of [1, 2, 5, 1_000]) {
          const few = finish(feeFlows(state, USD, { period, most }));
          addsUp(few);
          expect(byPair(few.fees)).to.deep.equal(
            folded(all.fees, largest(all.fees, "from", most), largest(all.fees, "to", most)),
          );
          const assets = largest(all.kept, "to", most);
          expect(byPair(few.kept)).to.deep.equal(folded(all.kept, largest(all.fees, "to", most), assets));
          expect(byPair(few.earned)).to.deep.equal(folded(all.earned, assets, largest(all.earned, "to", most)));
        }
      }
    }
  });
});

function addsUp({ fees, kept, earned, commons, fractions, pending, paid }: FeeFlows): void {
  const sum = (all: readonly { amount: bigint }[]) => all.reduce((total, { amount }) => total + amount, 0n);
  expect(sum(fees)).to.equal(paid);
  expect(sum(kept) + pending).to.equal(paid);
  expect(sum(earned) + sum(commons) + fractions).to.equal(sum(kept));
}

type Flows = readonly { from?: unknown; to?: unknown; amount: bigint }[];

/** Returns the members of one column with the most money. No two in the test have the same amount. */
function largest(flows: Flows, end: "from" | "to", most: number): Set<unknown> {
  const sums = [...byEnd<unknown>(flows, end)].sort(([, a], [, b]) => (b > a ? 1 : b < a ? -1 : 0));
  return new Set(sums.slice(0, most).map(([name]) => name));
}

function folded(flows: Flows, from: ReadonlySet<unknown>, to: ReadonlySet<unknown>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const flow of flows) {
    const pair = `${from.has(flow.from) ? flow.from : undefined} ${to.has(flow.to) ? flow.to : undefined}`;
    sums.set(pair, (sums.get(pair) ?? 0n) + flow.amount);
  }
  return sums;
}

const byPair = (flows: Flows) => new Map(flows.map(({ from, to, amount }) => [`${from} ${to}`, amount]));

function byEnd<T>(flows: Flows, end: "from" | "to") {
  const sums = new Map<T, bigint>();
  for (const flow of flows) sums.set(flow[end] as T, (sums.get(flow[end] as T) ?? 0n) + flow.amount);
  return sums;
}

function keepsByTraces(state: LedgerState, period: Period): Map<string, bigint> {
  const { first, end } = feeRowsOf(state, period);
  const keeps = new Map<string, bigint>();
  for (const { fee, trace } of traceAllFees(state, USD)) {
    if (fee.row < first || fee.row >= end) continue;
    for (const { asset, kept } of trace.assets) {
      const pair = `${fee.release} ${asset}`;
      keeps.set(pair, (keeps.get(pair) ?? 0n) + kept);
    }
  }
  return keeps;
}
