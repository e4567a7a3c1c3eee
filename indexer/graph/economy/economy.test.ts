import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { statementOf } from "../../../test/support/indexer/statementOf.ts";
import { account, Economy, economyOf, EUR } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { concentrationOf, concentrationOfIncome } from "./concentration.ts";
import { coordinationLiquidity } from "./coordinationLiquidity.ts";
import { movedEdges } from "../fees/movedEdges.ts";
import { feeRowsOf } from "../period.ts";
import { trappedValue } from "./trappedValue.ts";
import { finish } from "../../scheduling/walk.ts";

describe("concentration", () => {
  it("is lowest for equal earners and highest for one earner", () => {
    const four = concentrationOf(Float64Array.of(5, 5, 0, 5, 5));
    expect(Math.abs(four.density - 4)).to.be.below(1e-12);
    expect({ ...four, density: 4 }).to.deep.equal({ earners: 4, density: 4, hhi: 0.25, nakamoto: 3 });
    expect(concentrationOf(Float64Array.of(7))).to.deep.equal({ earners: 1, density: 1, hhi: 1, nakamoto: 1 });
    expect(concentrationOf(Float64Array.of(0))).to.deep.equal({ earners: 0, density: 0, hhi: 0, nakamoto: 0 });
    const uneven = concentrationOf(Float64Array.of(1, 2, 1));
    expect([uneven.hhi, uneven.nakamoto]).to.deep.equal([0.375, 2]);
    expect(Math.abs(uneven.density - 2 * Math.SQRT2)).to.be.below(1e-12);
    expect(concentrationOf(Float64Array.of(3, 2)).nakamoto).to.equal(1);
  });

  it("stays within its bounds", () => {
    const random = seededRandom(16);
    for (let round = 0; round < 200; round++) {
      const amounts = Float64Array.from({ length: random.between(1, 30) }, () => random.between(1, 9) ** 30);
      const { earners, density, hhi, nakamoto } = concentrationOf(amounts);
      expect(earners).to.equal(amounts.length);
      expect(density).to.be.within(1 - 1e-9, earners + 1e-9);
      expect(hhi).to.be.within(1 / earners - 1e-9, 1 + 1e-9);
      expect(nakamoto).to.be.within(1, Math.floor(earners / 2) + 1);
      expect(density >= 1 / hhi - 1e-9).to.equal(true); // a lower order of diversity is never smaller
    }
  });

  it("counts accounts by what they earn and organizations by their assets", () => {
    const economy = new Economy();
    economy.register({ organization: "North", shares: { 1: TOTAL_SHARES / 2n, 2: TOTAL_SHARES / 2n } });
    economy.register({ organization: "North" });
    economy.pay(1, 1_000_000n);
    economy.pay(2, 1_000_000n);
    const { accounts, organizations } = finish(concentrationOfIncome(economy.state, USD));
    expect([accounts.earners, accounts.hhi, accounts.nakamoto]).to.deep.equal([2, 0.625, 1]);
    expect(organizations).to.deep.equal({ earners: 1, density: 1, hhi: 1, nakamoto: 1 });
  });
});

describe("coordinationLiquidity", () => {
  it("is the share of fees that was claimed in time, by FIFO accounting", () => {
    const economy = new Economy();
    economy.register();
    economy.pay(1, 1_000n); // at 1000: 990 for shareholders
    economy.wait(100);
    economy.pay(1, 1_000n); // at 1100
    economy.settle([1]);
    economy.sell(1, account(1), account(2), TOTAL_SHARES / 2n);
    economy.wait(50);
    economy.claim(account(1)); // at 1150: 1980
    economy.pay(1, 2_000n); // at 1150
    economy.settle([1]);
    economy.wait(50);
    economy.claim(account(2)); // at 1200: 990
    const ask = (within: number, now = 9_999) => finish(coordinationLiquidity(economy.state, USD, { within, now }));
    expect(ask(150)).to.deep.equal({ paid: 3_960n, claimed: 2_970n, share: 0.75 });
    expect(ask(149)).to.deep.equal({ paid: 3_960n, claimed: 1_980n, share: 0.5 });
    expect(ask(49)).to.deep.equal({ paid: 3_960n, claimed: 0n, share: 0 });
    expect(ask(150, 1_300)).to.deep.equal({ paid: 3_960n, claimed: 2_970n, share: 0.75 });
    expect(ask(150, 1_299)).to.deep.equal({ paid: 1_980n, claimed: 1_980n, share: 1 });
    expect(ask(150, 1_149)).to.deep.equal({ paid: 0n, claimed: 0n, share: undefined });
    const period = { fromBlock: 2n, toBlock: 2n };
    const second = finish(coordinationLiquidity(economy.state, USD, { within: 50, now: 9_999, period }));
    expect(second).to.deep.equal({ paid: 990n, claimed: 990n, share: 1 });
  });

  it("equals the result of following every unit, and grows with the time", () => {
    const random = seededRandom(17);
    for (let round = 0; round < 6; round++) {
      const economy = economyOf(random);
      const { state, timestamp: now } = economy;
      const period = { fromBlock: BigInt(random.between(0, 60)) };
      let least = 0n;
      for (const within of [0, 10, 100, 300, 10_000]) {
        const options = { within, now: now + 20_000, period };
        const { paid, claimed } = finish(coordinationLiquidity(state, USD, options));
        expect([paid, claimed]).to.deep.equal(byIntervals(state, within, feeRowsOf(state, period).first));
        expect(claimed >= least && claimed <= paid).to.equal(true);
        least = claimed;
        const young = finish(coordinationLiquidity(state, USD, { ...options, now }));
        expect(young.paid <= paid && young.claimed <= young.paid).to.equal(true);
      }
    }
  });
});

describe("trappedValue", () => {
  it("shows where a fee waits", () => {
    const economy = new Economy();
    economy.register({ shares: { 1: 50_000_000n, 2: 25_000_000n, 3: 25_000_000n } });
    economy.register({ contributions: { 1: 333_333 } });
    economy.pay(2, 1_000n);
    economy.pay(2, 10n);
    economy.pay(1, 205n);
    economy.settle([1]); // income 205: commons 2, shareholders 202
    economy.claim(account(1));
    economy.deposit(account(4), 70n);
    expect(finish(trappedValue(economy.state, USD))).to.deep.equal({
      paid: 1_215n,
      claimed: 101n,
      swept: 0n,
      unsettled: 1_010n,
      unclaimed: 50n + 50n,
      unswept: 2n,
      fractions: { releases: 0n, assets: 1n, holdings: 1n },
      credit: 70n,
      releases: { rows: [{ release: 2, unsettled: 1_010n }], total: 1 },
    });
    economy.settle([2]); // 336 passed on, 673 kept
    economy.sweep([1]);
    const { swept, fractions, releases } = finish(trappedValue(economy.state, USD));
    expect([swept, fractions.releases]).to.deep.equal([2n, 1n]);
    expect(releases.rows).to.deep.equal([{ release: 1, unsettled: 336n }]);
  });

  it("adds up to what was paid, to the base unit, with few trapped fractions", () => {
    const random = seededRandom(18);
    for (let round = 0; round < 20; round++) {
      const economy = economyOf(random);
      const { state } = economy;
      for (const currency of [USD, EUR]) {
        checkIdentity(state, currency);
        economy.settleAll(currency);
        economy.claimAll(currency);
        economy.sweep([...state.assets.keys()], currency);
        const { unsettled, unclaimed, unswept, releases } = checkIdentity(state, currency);
        expect([unsettled, unclaimed, unswept, releases.total]).to.deep.equal([0n, 0n, 0n, 0]);
      }
    }
  });
});

describe("movedEdges", () => {
  it("counts the edges that have passed money on", () => {
    const economy = new Economy();
    economy.register();
    economy.register({ contributions: { 1: 100_000 } });
    economy.register({ contributions: { 1: 1, 2: 500_000 } });
    expect(finish(movedEdges(new Economy().state))).to.deep.equal({ edges: 0, moved: 0, share: undefined });
    economy.pay(3, 1_000n);
    expect(finish(movedEdges(economy.state)).moved).to.equal(0);
    economy.settle([3]);
    expect(finish(movedEdges(economy.state))).to.deep.equal({ edges: 3, moved: 1, share: 1 / 3 });
    economy.pay(2, 50n, 9, EUR);
    economy.settle([2], EUR);
    expect(finish(movedEdges(economy.state, USD)).moved).to.equal(1);
    expect(finish(movedEdges(economy.state)).moved).to.equal(2);
  });
});

function checkIdentity(state: LedgerState, currency: typeof USD) {
  const value = finish(trappedValue(state, currency, { limit: 1_000 }));
  const { paid, claimed, swept, unsettled, unclaimed, unswept, fractions, credit, releases } = value;
  const dust = fractions.releases + fractions.assets + fractions.holdings;
  expect(claimed + swept + unsettled + unclaimed + unswept + dust).to.equal(paid);
  let allPaid = 0n;
  for (const fee of state.fees) if (fee.currency === currency) allPaid += fee.amount;
  expect(paid).to.equal(allPaid);
  const lines = state.accounts.addresses.values.flatMap((holder) => statementOf(state, holder));
  const sum = (field: "claimed" | "claimableNow") =>
    lines.reduce((total, line) => total + (line.currency === currency ? line[field] : 0n), 0n);
  expect([claimed, unclaimed]).to.deep.equal([sum("claimed"), sum("claimableNow")]);
  expect(releases.rows.reduce((total, row) => total + row.unsettled, 0n)).to.equal(unsettled);
  const { size } = state.releases;
  for (const [fraction, most] of [
    [fractions.releases, size + state.releases.edgeCount],
    [fractions.assets, state.assets.size],
    [fractions.holdings, state.holdings.length],
  ] as const) {
    expect(fraction >= 0n && fraction <= BigInt(most)).to.equal(true);
  }
  expect(credit >= 0n).to.equal(true);
  return value;
}

/**
 * Goes claim by claim; each claim takes the oldest remaining units. Sums up the units of the fees in question that were
 * claimed in time.
 */
function byIntervals(state: LedgerState, within: number, firstRow: number): [paid: bigint, claimed: bigint] {
  const left: { time: number; units: bigint; counts: boolean }[] = [];
  let [fed, paid, inTime] = [0n, 0n, 0n];
  for (const fee of state.fees) {
    if (fee.currency !== USD) continue;
    const units = portionDown(fed + fee.amount, 990_000) - portionDown(fed, 990_000);
    fed += fee.amount;
    left.push({ time: fee.paid.timestamp, units, counts: fee.row >= firstRow });
    if (fee.row >= firstRow) paid += units;
  }
  for (let row = 0; row < state.claims.length; row++) {
    const { amount, claimed, currencyRow } = state.claims.at(row);
    if (currencyRow !== 0) continue;
    for (let rest = amount; rest > 0n;) {
      const [oldest] = left;
      if (!oldest) throw new Error("More was claimed than paid.");
      const taken = rest < oldest.units ? rest : oldest.units;
      oldest.units -= taken;
      rest -= taken;
      if (oldest.counts && claimed.timestamp - oldest.time <= within) inTime += taken;
      if (oldest.units === 0n) left.shift();
    }
  }
  return [paid, inTime];
}
