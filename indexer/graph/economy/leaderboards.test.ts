import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { statementOf } from "../../../test/support/indexer/statementOf.ts";
import { account, Economy, economyOf } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { topAccounts, topAssets, topOrganizations, topPayers, topReleases } from "./leaderboards.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { Ranking } from "./ranking.ts";
import { traceAllFees } from "../fees/traceFee.ts";
import { traceProgress } from "../fees/traceProgress.ts";
import { finish } from "../../scheduling/walk.ts";

const ALL = { limit: 1_000 };

describe("a ranking", () => {
  it("returns the same pages as sorting, for more items than it keeps", () => {
    const random = seededRandom(11);
    const amounts = Array.from({ length: 5_000 }, () => BigInt(random.between(0, 500)));
    const sorted = amounts
      .map((amount, i) => ({ amount, i }))
      .filter(({ amount }) => amount > 0n)
      .sort((a, b) => Number(b.amount - a.amount) || a.i - b.i)
      .map(({ i }) => i);
    for (const offset of [0, 7, 1_500, 4_999, 6_000]) {
      const ranking = new Ranking<number>({ offset, limit: 10 });
      for (const [i, amount] of amounts.entries()) ranking.add(i, amount);
      expect(ranking.page()).to.deep.equal({ rows: sorted.slice(offset, offset + 10), total: sorted.length });
    }
  });
});

describe("leaderboards", () => {
  it("rank by the amounts that were earned, paid and received", () => {
    const economy = new Economy();
    economy.register({ organization: "North" });
    economy.register({ contributions: { 1: 400_000 }, shares: { 2: TOTAL_SHARES } });
    economy.register({ contributions: { 1: 200_000 }, shares: { 1: TOTAL_SHARES / 2n, 3: TOTAL_SHARES / 2n } });
    economy.pay(2, 1_000_000n, 7);
    economy.wait(10);
    economy.pay(3, 2_000_000n, 8);
    economy.pay(1, 100_000n, 7);
    economy.settle([2]);
    const { state } = economy;
    expect(finish(topAssets(state, USD)).rows).to.deep.equal([
      { asset: 3, income: 1_600_000n, settled: 0n },
      { asset: 1, income: 900_000n, settled: 0n },
      { asset: 2, income: 600_000n, settled: 600_000n },
    ]);
    expect(finish(topAssets(state, USD, { offset: 1, limit: 1, period: { toBlock: 1n } }))).to.deep.equal({
      rows: [{ asset: 1, income: 400_000n, settled: 0n }],
      total: 2,
    });
    expect(finish(topOrganizations(state, USD)).rows.map(({ organization }) => organization)).to.deep.equal([
      { asset: 3 },
      { organization: "North" },
      { asset: 2 },
    ]);
    expect(finish(topAccounts(state, USD)).rows).to.deep.equal([
      { account: account(1), income: 891_000n + 792_000n, settled: 0n },
      { account: account(3), income: 792_000n, settled: 0n },
      { account: account(2), income: 594_000n, settled: 594_000n },
    ]);
    expect(finish(topPayers(state, USD)).rows).to.deep.equal([
      { account: account(8), paid: 2_000_000n, fees: 1 },
      { account: account(7), paid: 1_100_000n, fees: 2 },
    ]);
    expect(finish(topReleases(state, USD)).rows).to.deep.equal([
      { release: 3, received: 2_000_000n, direct: 2_000_000n },
      { release: 2, received: 1_000_000n, direct: 1_000_000n },
      { release: 1, received: 900_000n, direct: 100_000n },
    ]);
  });

  it("equal the sums of traces and statements, for all fees and for a period", () => {
    const random = seededRandom(12);
    for (let round = 0; round < 6; round++) {
      const { state } = economyOf(random);
      const fromBlock = BigInt(random.between(1, 100));
      for (const period of [{}, { fromBlock, toBlock: fromBlock + 30n }]) {
        const { assets, releases, payers } = byTraces(state, period);
        const options = { ...ALL, period };
        const foundAssets = finish(topAssets(state, USD, options)).rows;
        expect(new Map(foundAssets.map(({ asset, income, settled }) => [asset, [income, settled]]))).to.deep.equal(
          assets,
        );
        const foundReleases = finish(topReleases(state, USD, options)).rows;
        expect(new Map(foundReleases.map(({ release, received }) => [release, received]))).to.deep.equal(releases);
        const foundPayers = finish(topPayers(state, USD, options)).rows;
        expect(new Map(foundPayers.map(({ account: payer, paid }) => [payer, paid]))).to.deep.equal(payers);
        const organizations = finish(topOrganizations(state, USD, options)).rows;
        const total = foundAssets.reduce((sum, { income }) => sum + income, 0n);
        expect(organizations.reduce((sum, { income }) => sum + income, 0n)).to.equal(total);
        for (const { settled, income } of organizations) expect(settled <= income).to.equal(true);
      }
      for (const { account: holder, income, settled } of finish(topAccounts(state, USD, ALL)).rows) {
        const lines = statementOf(state, holder).filter(({ currency }) => currency === USD);
        expect(settled).to.equal(lines.reduce((sum, { earned }) => sum + earned, 0n));
        const due = lines.reduce(
          (sum, { claimed, claimableAfterSettling }) => sum + claimed + claimableAfterSettling,
          0n,
        );
        expect(income).to.equal(due);
      }
    }
  });

  it("add up over two periods to the whole, if no shares moved", () => {
    const { state, blockNumber } = economyOf(seededRandom(13), { sales: false });
    const half = blockNumber / 2n;
    const parts = [{ toBlock: half }, { fromBlock: half + 1n }].map(
      (period) => finish(topAccounts(state, USD, { ...ALL, period })).rows,
    );
    const all = finish(topAccounts(state, USD, ALL)).rows;
    expect(all.length).to.be.greaterThan(3);
    for (const { account: holder, income, settled } of all) {
      const own = parts.flatMap((rows) => rows.filter((row) => row.account === holder));
      expect(own.length).to.equal(2);
      expect(own.reduce((sum, row) => sum + row.income, 0n)).to.equal(income);
      expect(own.reduce((sum, row) => sum + row.settled, 0n)).to.equal(settled);
    }
  });
});

function byTraces(state: LedgerState, period: Period) {
  const assets = new Map<number, [bigint, bigint]>();
  const releases = new Map<number, bigint>();
  const payers = new Map<string, bigint>();
  const { first, end } = feeRowsOf(state, period);
  for (const { fee, trace } of traceAllFees(state, USD)) {
    if (fee.row < first || fee.row >= end) continue;
    payers.set(fee.payer, (payers.get(fee.payer) ?? 0n) + fee.amount);
    for (const { release, received } of trace.hops) releases.set(release, (releases.get(release) ?? 0n) + received);
    for (const { asset, kept, settled } of finish(traceProgress(state, trace, USD)).assets) {
      const [income, done] = assets.get(asset) ?? [0n, 0n];
      assets.set(asset, [income + kept, done + settled]);
    }
  }
  return { assets, releases, payers };
}
