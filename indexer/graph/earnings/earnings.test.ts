import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { account, byShares, Economy, economyOf, EUR, goOn } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { claimableNow, projectedBooks } from "../settled/projectedBooks.ts";
import { loadSnapshot, saveSnapshot } from "../../columns/snapshot.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { holdingOf, incomeOf, LedgerState } from "../../ledger/state.ts";
import { assetsEverHeld, sharesHeld } from "../../../test/support/economy/holders.ts";
import { earningFees, earningsBetween } from "./earnings.ts";
import { earningsSoFar } from "./statement.ts";
import { feeRowsOf, type Period } from "../period.ts";
import { traceFee } from "../fees/traceFee.ts";
import { finish } from "../../scheduling/walk.ts";

function copyOf(state: LedgerState): LedgerState {
  const copy = new LedgerState(state.ledger);
  loadSnapshot(copy, saveSnapshot(state));
  return copy;
}
const HOLDERS = [1, 2, 3, 4, 5, 6].map(account);

describe("earningsBetween", () => {
  it("returns what was earned, claimed and sold in between", () => {
    const economy = new Economy();
    const [ann, bob] = [account(1), account(2)];
    economy.register({ role: "training" });
    economy.pay(1, 1_000_000n);
    economy.settle([1]);
    const before = copyOf(economy.state);
    economy.pay(1, 2_000_000n);
    economy.settle([1]);
    economy.claim(ann);
    economy.sell(1, ann, bob, TOTAL_SHARES / 2n);
    economy.pay(1, 1_000_000n);
    economy.settle([1]);
    expect(
      earningsBetween(finish(earningsSoFar(before, ann)), finish(earningsSoFar(economy.state, ann))),
    ).to.deep.equal([
      {
        asset: 1,
        currency: USD,
        earned: 1_980_000n + 495_000n,
        claimed: 2_970_000n,
        sharesBefore: TOTAL_SHARES,
        sharesAfter: TOTAL_SHARES / 2n,
        allocations: [{ role: "training", shares: TOTAL_SHARES }],
      },
    ]);
    const [line] = earningsBetween(finish(earningsSoFar(before, bob)), finish(earningsSoFar(economy.state, bob)));
    expect([line?.earned, line?.claimed, line?.allocations]).to.deep.equal([495_000n, 0n, []]);
    expect(
      earningsBetween(finish(earningsSoFar(economy.state, ann)), finish(earningsSoFar(economy.state, ann))),
    ).to.deep.equal([]);
  });

  it("adds up over periods to everything that was earned", () => {
    const random = seededRandom(6);
    for (let round = 0; round < 5; round++) {
      const economy = economyOf(random);
      const states = [new Economy().state, copyOf(economy.state)];
      goOn(economy, random, 100);
      states.push(economy.state);
      const [empty, middle, end] = states;
      if (!empty || !middle || !end) throw new Error("There are three.");
      for (const holder of HOLDERS) {
        const lines = [
          ...earningsBetween(finish(earningsSoFar(empty, holder)), finish(earningsSoFar(middle, holder))),
          ...earningsBetween(finish(earningsSoFar(middle, holder)), finish(earningsSoFar(end, holder))),
        ];
        for (const asset of assetsEverHeld(end, holder)) {
          const own = lines.filter((line) => line.asset === asset && line.currency === USD);
          const { claimed } = holdingOf(end, holder, asset, USD);
          expect(own.reduce((sum, line) => sum + line.claimed, 0n)).to.equal(claimed);
          const earned = claimed + claimableNow(end, holder, asset, USD);
          expect(own.reduce((sum, line) => sum + line.earned, 0n)).to.equal(earned);
        }
      }
    }
  });
});

describe("earningFees", () => {
  it("returns the payer, the account's part and the path", () => {
    const economy = new Economy();
    economy.register({ shares: { 1: TOTAL_SHARES / 4n, 2: (TOTAL_SHARES * 3n) / 4n } });
    economy.register({ contributions: { 1: 500_000 } });
    economy.register({ contributions: { 1: 200_000, 2: 200_000 }, shares: { 3: TOTAL_SHARES } });
    economy.pay(3, 1_000_000n, 7);
    const { fees, next } = finish(earningFees(economy.state, account(1)));
    expect(next).to.equal(undefined);
    expect(fees).to.deep.equal([
      {
        fee: 0,
        payer: account(7),
        release: 3,
        currency: USD,
        amount: 1_000_000n,
        parts: [
          {
            asset: 1,
            kept: 300_000n,
            shareholders: 297_000n,
            shares: TOTAL_SHARES / 4n,
            due: 74_250n,
            via: [3, 1],
          },
          { asset: 2, kept: 100_000n, shareholders: 99_000n, shares: TOTAL_SHARES, due: 99_000n, via: [3, 2] },
        ],
      },
    ]);
    expect(finish(earningFees(economy.state, account(8))).fees).to.deep.equal([]);
  });

  it("finds, page by page, the same as a trace of every fee", () => {
    const random = seededRandom(7);
    for (let round = 0; round < 8; round++) {
      const { state, blockNumber } = economyOf(random);
      const holder = account(random.between(1, 6));
      const period = { fromBlock: BigInt(random.between(1, Number(blockNumber))) };
      expect(pages(state, holder, period)).to.deep.equal(byTraces(state, holder, period));
    }
  });

  it("adds up to the base unit to what is earned once every release is settled, if no shares moved", () => {
    const random = seededRandom(8);
    for (let round = 0; round < 8; round++) {
      const economy = economyOf(random, { sales: false });
      const { state } = economy;
      for (const currency of [USD, EUR]) economy.settleAll(currency);
      for (const holder of HOLDERS) {
        const { fees } = finish(earningFees(state, holder, { limit: 1_000 }));
        for (const [asset, shares] of sharesHeld(state, holder)) {
          for (const currency of [USD, EUR]) {
            const due = fees
              .filter((fee) => fee.currency === currency)
              .flatMap(({ parts }) => parts)
              .reduce((sum, part) => sum + (part.asset === asset ? part.due : 0n), 0n);
            const { claimed } = holdingOf(state, holder, asset, currency);
            expect(due).to.equal(claimed + claimableNow(state, holder, asset, currency));
            expect(due).to.equal(byShares(incomeOf(state, asset, currency).income, shares));
          }
        }
      }
    }
  });

  it("is not affected by other questions that use the same books", () => {
    const economy = economyOf(seededRandom(9));
    const { state } = economy;
    const alone = finish(earningFees(state, account(1)));
    const walk = earningFees(state, account(1));
    for (let row = 0; ; row++) {
      const { done, value } = walk.next();
      const fee = state.fees.at(row % state.fees.length);
      if (fee) finish(traceFee(state, fee));
      projectedBooks(state, EUR);
      if (!done) continue;
      expect(value).to.deep.equal(alone);
      break;
    }
  });
});

type Brief = [fee: number, parts: [asset: number, kept: bigint, shareholders: bigint][]];

function pages(state: LedgerState, holder: ReturnType<typeof account>, period: Period): Brief[] {
  const found: Brief[] = [];
  let after: number | undefined;
  do {
    const page = finish(earningFees(state, holder, { ...period, limit: 3, ...(after !== undefined && { after }) }));
    expect(page.fees.length).to.be.at.most(3);
    for (const { fee, release, parts } of page.fees) {
      for (const { asset, via } of parts) {
        expect([via[0], state.releases.get(via.at(-1) ?? 0)?.asset]).to.deep.equal([release, asset]);
        for (const [step, from] of via.slice(0, -1).entries()) {
          expect(state.releases.contributionsOf(from).map((named) => named.release)).to.include(via[step + 1]);
        }
      }
      found.push([fee, parts.map(({ asset, kept, shareholders }) => [asset, kept, shareholders])]);
    }
    after = page.next;
  } while (after !== undefined);
  return found;
}

function byTraces(state: LedgerState, holder: ReturnType<typeof account>, period: Period): Brief[] {
  const shares = new Map(sharesHeld(state, holder));
  const found: Brief[] = [];
  const { first, end } = feeRowsOf(state, period);
  for (let row = first; row < end; row++) {
    const fee = state.fees.at(row);
    if (!fee) continue;
    const parts = finish(traceFee(state, fee))
      .assets.filter(({ asset, from, kept }) => {
        const held = shares.get(asset) ?? 0n;
        return byShares(from + kept, held) > byShares(from, held);
      })
      .map(({ asset, kept, shareholders }): [number, bigint, bigint] => [asset, kept, shareholders])
      .sort(([a], [b]) => a - b);
    if (parts.length > 0) found.push([row, parts]);
  }
  return found;
}
