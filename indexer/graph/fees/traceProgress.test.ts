import { expect } from "chai";
import { seededRandom } from "#node/seededRandom.ts";
import { account, Economy, economyOf } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Fee } from "../../ledger/records.ts";
import { traceAllFees, traceFee } from "./traceFee.ts";
import { traceProgress } from "./traceProgress.ts";
import { finish } from "../../scheduling/walk.ts";

const progressOf = (state: LedgerState, fee: Fee) =>
  finish(traceProgress(state, finish(traceFee(state, fee)), fee.currency));

describe("traceProgress", () => {
  it("counts what was paid first as settled and claimed first", () => {
    const economy = new Economy();
    economy.register();
    economy.register({ contributions: { 1: 400_000 }, shares: { 2: TOTAL_SHARES / 4n, 3: (TOTAL_SHARES * 3n) / 4n } });
    const first = economy.pay(2, 1_000_000n);
    economy.settle([2]);
    economy.claim(account(3));
    const second = economy.pay(2, 1_000_000n);
    const { hops, assets } = progressOf(economy.state, first);
    expect(hops).to.deep.equal([
      { release: 2, received: 1_000_000n, settled: 1_000_000n },
      { release: 1, received: 400_000n, settled: 0n },
    ]);
    expect(assets).to.deep.equal([
      {
        asset: 2,
        kept: 600_000n,
        settled: 600_000n,
        commons: { due: 6_000n, settled: 6_000n, swept: 0n },
        shareholders: { due: 594_000n, settled: 594_000n, claimed: 445_500n, claimable: 148_500n },
      },
      {
        asset: 1,
        kept: 400_000n,
        settled: 0n,
        commons: { due: 4_000n, settled: 0n, swept: 0n },
        shareholders: { due: 396_000n, settled: 0n, claimed: 0n, claimable: 0n },
      },
    ]);
    const later = progressOf(economy.state, second);
    expect(later.hops.map(({ settled }) => settled)).to.deep.equal([0n, 0n]);
    economy.settle([2, 1]);
    economy.sweep([2]);
    economy.claim(account(2));
    const [asset] = progressOf(economy.state, second).assets;
    expect(asset?.commons).to.deep.equal({ due: 6_000n, settled: 6_000n, swept: 6_000n });
    expect(asset?.shareholders).to.deep.equal({
      due: 594_000n,
      settled: 594_000n,
      claimed: 445_500n + 297_000n - 594_000n,
      claimable: 445_500n,
    });
  });

  it("has claimed ≤ settled ≤ due, and adds up to the ledger's totals", () => {
    const random = seededRandom(4);
    for (let round = 0; round < 10; round++) {
      const economy = economyOf(random);
      const { state } = economy;
      const book = state.books[0];
      const totals = { settled: 0n, income: 0n, claimed: 0n, swept: 0n };
      for (const { trace } of traceAllFees(state, USD)) {
        const { hops, assets } = finish(traceProgress(state, trace, USD));
        for (const { settled, received } of hops) {
          expect(settled >= 0n && settled <= received).to.equal(true);
          totals.settled += settled;
        }
        for (const { kept, settled, commons, shareholders } of assets) {
          expect(settled >= 0n && settled <= kept).to.equal(true);
          expect(0n <= commons.swept && commons.swept <= commons.settled && commons.settled <= commons.due).to.equal(
            true,
          );
          const { due, settled: earned, claimed, claimable } = shareholders;
          expect(0n <= claimed && claimed <= earned && earned <= due && claimable === earned - claimed).to.equal(true);
          totals.income += settled;
          totals.claimed += claimed;
          totals.swept += commons.swept;
        }
      }
      const sum = (column: { length: number; get: (row: number) => bigint } | undefined) =>
        Array.from({ length: column?.length ?? 0 }, (_, row) => column?.get(row) ?? 0n).reduce((a, b) => a + b, 0n);
      expect(totals).to.deep.equal({
        settled: sum(book?.settled),
        income: sum(book?.income),
        claimed: sum(book?.claimed),
        swept: sum(book?.commonsSwept),
      });
    }
  });

  it("is complete once everything is settled and claimed, except for dust", () => {
    const random = seededRandom(5);
    for (let round = 0; round < 10; round++) {
      const economy = economyOf(random);
      const { state } = economy;
      economy.settleAll();
      economy.claimAll();
      const left = new Map<number, bigint>();
      for (const { trace } of traceAllFees(state, USD)) {
        const { hops, assets } = finish(traceProgress(state, trace, USD));
        for (const { received, settled } of hops) expect(settled).to.equal(received);
        for (const { asset, kept, settled, shareholders } of assets) {
          expect([settled, shareholders.settled]).to.deep.equal([kept, shareholders.due]);
          left.set(asset, (left.get(asset) ?? 0n) + shareholders.claimable);
        }
      }
      for (const [asset, dust] of left) {
        const everHeld = [...state.holdings.ofAsset(state.assets.rowOf(asset) ?? -1)].length;
        expect(dust < BigInt(everHeld)).to.equal(true);
      }
    }
  });
});
