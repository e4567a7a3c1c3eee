import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { Economy, economyOf, EUR } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { assetIncomeTimeline } from "../earnings/assetIncomeTimeline.ts";
import { organizationFlows } from "./organizationFlows.ts";
import type { Organization } from "./organizations.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { traceAllFees } from "../fees/traceFee.ts";
import { finish } from "../../scheduling/walk.ts";

describe("organizationFlows", () => {
  it("shows which organization earns from payments to which", () => {
    const economy = new Economy();
    economy.register({ organization: "North" });
    economy.register({ contributions: { 1: 600_000 } });
    economy.register({ contributions: { 1: 100_000, 2: 200_000 }, organization: "South" });
    economy.register({ contributions: { 3: 300_000 }, organization: "South" });
    economy.pay(4, 1_000_000n);
    economy.pay(2, 100_000n);
    expect(finish(organizationFlows(economy.state, USD, { limit: 3 }))).to.deep.equal({
      flows: [
        { from: { organization: "South" }, to: { organization: "South" }, amount: 700_000n + 210_000n },
        { from: { organization: "South" }, to: { organization: "North" }, amount: 30_000n + 36_000n },
        { from: { asset: 2 }, to: { organization: "North" }, amount: 60_000n },
      ],
      rest: { pairs: 2, amount: 24_000n + 40_000n },
      pending: 0n,
      paid: 1_100_000n,
    });
    expect(finish(organizationFlows(economy.state, EUR)).paid).to.equal(0n);
  });

  it("equal the sums of the traces of the period's fees, and add up to what was paid", () => {
    const random = seededRandom(14);
    for (let round = 0; round < 8; round++) {
      const { state } = economyOf(random);
      const fromBlock = BigInt(random.between(1, 100));
      for (const period of [{}, { fromBlock, toBlock: fromBlock + 40n }]) {
        const all = finish(organizationFlows(state, USD, { period, limit: 1_000 }));
        const found = new Map(all.flows.map(({ from, to, amount }) => [JSON.stringify([from, to]), amount]));
        expect(found).to.deep.equal(flowsByTraces(state, period));
        expect(all.rest).to.deep.equal({ pairs: 0, amount: 0n });
        const few = finish(organizationFlows(state, USD, { period, limit: 2 }));
        expect(few.flows).to.deep.equal(all.flows.slice(0, 2));
        for (const { flows, rest, pending, paid } of [all, few]) {
          expect(flows.reduce((sum, { amount }) => sum + amount, rest.amount + pending)).to.equal(paid);
        }
      }
    }
  });
});

describe("assetIncomeTimeline", () => {
  it("puts income into the bucket in which the fees were paid", () => {
    const economy = new Economy();
    economy.register();
    economy.register({ contributions: { 1: 100_000 } });
    economy.pay(2, 10_000n);
    economy.wait(59); // 1059
    economy.pay(1, 500n);
    economy.wait(120); // 1179
    economy.pay(2, 20_000n);
    expect(finish(assetIncomeTimeline(economy.state, 1, USD, 60))).to.deep.equal([
      { from: 960, income: 1_000n, shareholders: 990n },
      { from: 1_020, income: 500n, shareholders: 495n },
      { from: 1_140, income: 2_000n, shareholders: 1_980n },
    ]);
    expect(() => finish(assetIncomeTimeline(economy.state, 1, USD, 0))).to.throw(RangeError);
    expect(finish(assetIncomeTimeline(economy.state, 9, USD, 60))).to.deep.equal([]);
  });

  it("adds up to the traces of the period's fees", () => {
    const random = seededRandom(15);
    for (let round = 0; round < 5; round++) {
      const { state } = economyOf(random, { steps: 600 });
      const period = { fromTime: 1_000 + random.between(0, 600) };
      const { first } = feeRowsOf(state, period);
      const traces = [...traceAllFees(state, USD)];
      // Longer buckets have more fees than are added one by one.
      for (const bucket of [50, 4_000]) {
        for (const asset of state.assets.keys()) {
          const expected = new Map<number, [bigint, bigint]>();
          for (const { fee, trace } of traces) {
            const part = trace.assets.find((each) => each.asset === asset);
            if (!part || fee.row < first) continue;
            const from = Math.floor(fee.paid.timestamp / bucket) * bucket;
            const [income, shareholders] = expected.get(from) ?? [0n, 0n];
            expected.set(from, [income + part.kept, shareholders + part.shareholders]);
          }
          const buckets = finish(assetIncomeTimeline(state, asset, USD, bucket, period));
          expect(buckets.map(({ from, income, shareholders }) => [from, [income, shareholders]])).to.deep.equal([
            ...expected,
          ]);
        }
      }
    }
  });
});

function flowsByTraces(state: LedgerState, period: Period): Map<string, bigint> {
  const { first, end } = feeRowsOf(state, period);
  const organizationOf = (asset: number): Organization => {
    const organization = state.assets.get(asset)?.organization;
    return organization === undefined ? { asset } : { organization };
  };
  const flows = new Map<string, bigint>();
  for (const { fee, trace } of traceAllFees(state, USD)) {
    if (fee.row < first || fee.row >= end) continue;
    for (const { asset, kept } of trace.assets) {
      const from = state.releases.get(fee.release)?.asset ?? 0;
      const pair = JSON.stringify([organizationOf(from), organizationOf(asset)]);
      flows.set(pair, (flows.get(pair) ?? 0n) + kept);
    }
  }
  return flows;
}
