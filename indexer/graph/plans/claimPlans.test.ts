import { expect } from "chai";
import { decodeFunctionData, type Hex } from "viem";
import { seededRandom } from "#node/seededRandom.ts";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";
import { account, Economy, economyOf, EUR } from "../../../test/support/economy/economy.ts";
import { USD } from "../../../test/support/economy/graphs.ts";
import { assetsEverHeld } from "../../../test/support/economy/holders.ts";
import { claimableAfterSettling } from "../settled/projectedBooks.ts";
import { finish } from "../../scheduling/walk.ts";
import { claimPlanCalls } from "./claimPlanCalls.ts";
import { claimPlans } from "./claimPlans.ts";
import type { ClaimPlanOptions, OutletRoute } from "./plan.ts";

const [ME, STRANGER] = [1, 7];
const me = account(ME);
/** One base unit of the dollar is worth this many wei. */
const WEI_PER_UNIT = 1_000n;
const PRICES = new Map([[USD, WEI_PER_UNIT * 1_000_000n]]);
const priced = (gasPrice: bigint): ClaimPlanOptions => ({ costs: { gasPrice }, prices: PRICES });

function planIn(economy: Economy, options: ClaimPlanOptions = {}, currency = USD) {
  const plan = finish(claimPlans(economy.state, me, options)).find((each) => each.currency === currency);
  const calls = plan ? finish(claimPlanCalls(economy.state, me, plan, options.outlet)) : [];
  return { plan, calls, gas: calls.reduce((sum, each) => sum + each.gas, 0), amount: plan?.amount ?? 0n };
}

/** Amount less gas of a plan, in base units. */
function valueOf(economy: Economy, gasPrice: bigint, outlet?: OutletRoute): number {
  const { amount, gas } = planIn(economy, { ...priced(gasPrice), outlet });
  return Number(amount) - (gas * Number(gasPrice)) / Number(WEI_PER_UNIT);
}

/** Gives the account shares of a new asset, into which a fee is paid. */
function give(economy: Economy, fee: bigint, shares = TOTAL_SHARES): number {
  const others = TOTAL_SHARES - shares;
  const asset = economy.register({ shares: { [ME]: shares, ...(others > 0n && { [STRANGER]: others }) } });
  if (fee > 0n) economy.pay(asset, fee);
  return asset;
}

/** Publishes a chain of shells that pass everything on to a release. Returns the last of them. */
function addShells(economy: Economy, to: number, length: number): number {
  let top = to;
  for (let i = 0; i < length; i++) {
    top = economy.register({ contributions: { [top]: 1_000_000 }, shares: { [STRANGER]: TOTAL_SHARES } });
  }
  return top;
}

/** Does what a stranger can do to the plan of an account. */
function addSpam(economy: Economy, random: ReturnType<typeof seededRandom>): void {
  const { size } = economy.state.releases;
  const any = () => random.between(1, size);
  switch (random.between(0, 5)) {
    case 0:
      give(economy, BigInt(random.between(0, 3_000)), BigInt(random.between(1, 99_999_999)));
      return;
    case 1:
      economy.pay(addShells(economy, any(), random.between(1, 30)), BigInt(random.between(1, 100_000)));
      return;
    case 2:
      economy.pay(any(), BigInt(random.between(1, 5_000)));
      return;
    case 3: {
      const contributions = Object.fromEntries(Array.from({ length: 4 }, () => [any(), random.between(1, 240_000)]));
      const shares = { [STRANGER]: 60_000_000n, [ME]: 40_000_000n };
      economy.pay(economy.register({ contributions, shares }), BigInt(random.between(1, 50_000)));
      return;
    }
    case 4:
      economy.settle([any()]);
      return;
    default: {
      // Shares of an asset that the stranger has had for long.
      const asset = economy.state.releases.asset.get(any() - 1);
      const holders = [2, 3, 4, 5, 6].map(account);
      const holder = holders.find((each) => assetsEverHeld(economy.state, each).includes(asset));
      if (holder) economy.sell(asset, holder, me, 1n);
    }
  }
}

describe("claimPlans", () => {
  it("never loses amount less gas by what strangers add, on random graphs", () => {
    const random = seededRandom(14);
    for (let round = 0; round < 40; round++) {
      const economy = economyOf(random, { releases: 25, steps: 60 });
      const gasPrice = BigInt(random.between(1, 9)) * 10n ** BigInt(random.between(0, 3));
      let before = valueOf(economy, gasPrice);
      for (let i = 0; i < 6; i++) {
        addSpam(economy, random);
        const after = valueOf(economy, gasPrice);
        expect(after, `round ${round}, step ${i}`).to.be.at.least(before - 1e-6 * Math.abs(before));
        before = after;
      }
    }
  });

  it("does neither through an outlet, and settles there before it has the outlet pass on", () => {
    const random = seededRandom(16);
    for (let round = 0; round < 15; round++) {
      const economy = economyOf(random, { releases: 25, steps: 60 });
      const gasPrice = BigInt(random.between(1, 9)) * 10n ** BigInt(random.between(0, 3));
      const outlet = { outlets: account(99), account: account(98), isOpen: round % 2 === 0 };
      let before = valueOf(economy, gasPrice, outlet);
      for (let i = 0; i < 6; i++) {
        addSpam(economy, random);
        const after = valueOf(economy, gasPrice, outlet);
        expect(after, `round ${round}, step ${i}`).to.be.at.least(before - 1e-6 * Math.abs(before));
        before = after;
      }
      const { plan, calls } = planIn(economy, { all: true, outlet });
      const kinds = calls.map(({ functionName }) => functionName);
      expect(kinds).to.deep.equal(kinds.toSorted((a, b) => (a === b ? 0 : a === "settle" ? -1 : 1)));
      const passes = calls.filter(({ functionName }) => functionName === "pass");
      const decoded = passes.map(({ data }) => {
        const [to = "", assets = []] = decodeFunctionData({ abi: outletsAbi, data }).args ?? [];
        return [to, assets] as const;
      });
      expect(decoded.flatMap(([, assets]) => assets).toSorted((a, b) => a - b)).to.deep.equal(plan?.assets ?? []);
      for (const [index, { to }] of passes.entries()) {
        expect([to, decoded[index]?.[0]?.toLowerCase()]).to.deep.equal([outlet.outlets, outlet.account]);
      }
    }
  });

  it("settles by descending id, then claims each asset once, each call far below the limit of a transaction", () => {
    const random = seededRandom(15);
    for (let round = 0; round < 20; round++) {
      const economy = economyOf(random, { releases: 40, steps: 80 });
      const { plan, calls } = planIn(economy, priced(1n));
      if (!plan) continue;
      expect(plan.releases).to.deep.equal(plan.releases.toSorted((a, b) => b - a));
      expect(plan.assets).to.deep.equal([...new Set(plan.assets)].toSorted((a, b) => a - b));
      for (const { gas } of calls) expect(gas).to.be.at.most(8_000_000);
    }
  });

  it("takes everything with `all`, to the unit, on random graphs", () => {
    const random = seededRandom(16);
    for (let round = 0; round < 20; round++) {
      const economy = economyOf(random);
      const owed = assetsEverHeld(economy.state, me).reduce(
        (sum, asset) => sum + claimableAfterSettling(economy.state, me, asset, USD),
        0n,
      );
      for (const options of [{ all: true }, priced(0n)]) {
        const { amount, plan } = planIn(economy, options);
        expect(amount - (plan?.fromCredit ?? 0n)).to.equal(owed);
      }
    }
  });

  for (const count of [600, 1_000]) {
    it(`leaves out ${count} assets that were given unasked`, () => {
      const economy = new Economy();
      const own = give(economy, 1_000_000n);
      const alone = planIn(economy);
      for (let i = 0; i < count; i++) give(economy, 3n);
      for (const options of [{}, priced(1n), priced(1_000n)]) {
        const { plan, calls, gas } = planIn(economy, options);
        expect(plan?.assets).to.deep.equal([own]);
        expect(calls).to.have.lengthOf(1);
        expect(gas).to.equal(alone.gas);
        expect(plan?.leftOut).to.have.lengthOf(count);
        expect(plan?.leftOut[0]).to.include({ release: undefined, amount: 2n });
      }
      const all = planIn(economy, { all: true });
      expect(all.amount).to.equal(990_000n + 2n * BigInt(count));
      expect(all.plan?.assets).to.have.lengthOf(count + 1);
      for (const { gas } of all.calls) expect(gas).to.be.at.most(8_000_000);
      expect(planIn(economy, { assets: new Set([own, own + 1]), all: true }).plan?.assets).to.deep.equal([
        own,
        own + 1,
      ]);
    });
  }

  it("cuts the claims of an honest holder of many assets, the most worth first", () => {
    const economy = new Economy();
    for (let i = 1; i <= 1_000; i++) give(economy, 1_000_000n + BigInt(i));
    const { plan, calls } = planIn(economy);
    expect(plan?.assets).to.have.lengthOf(1_000);
    expect(plan?.leftOut).to.deep.equal([]);
    expect(calls.length).to.be.greaterThan(2);
    const paid: bigint[] = [];
    for (const { data, gas, functionName } of calls) {
      expect(gas).to.be.at.most(8_000_000);
      if (functionName === "settle") {
        expect(paid, "settling comes before claims").to.deep.equal([]);
        continue;
      }
      const { args } = decodeFunctionData({ abi: ledgerAbi, data });
      const parts = ((args?.[0] ?? []) as Hex[]).map((each) => decodeFunctionData({ abi: ledgerAbi, data: each }));
      expect(parts.at(-1)?.functionName).to.equal("withdraw");
      paid.push(parts.at(-1)?.args?.[1] as bigint);
    }
    expect(paid.reduce((sum, each) => sum + each, 0n)).to.equal(plan?.amount);
    // 275 of them are planned in as few calls as their gas needs.
    const some = planIn(economy, { assets: new Set(Array.from({ length: 275 }, (_, i) => i + 1)) });
    expect(some.calls).to.have.lengthOf(Math.ceil(some.gas / 8_000_000));
  });

  it("is not dragged along a thousand shells by one hop's cost paid at the top", () => {
    const economy = new Economy();
    const own = give(economy, 10_000_000n);
    const top = addShells(economy, own, 1_000);
    const alone = planIn(economy, priced(1_000n));
    // More than the gas of one hop, which is some 15,000 units here, and of ten; less than that of a thousand.
    economy.pay(top, 150_000n);
    const { plan, gas, amount } = planIn(economy, priced(1_000n));
    expect([gas, amount, plan?.releases]).to.deep.equal([alone.gas, alone.amount, [own]]);
    expect(plan?.leftOut.map(({ release, amount: brings, reason }) => [release, brings, reason])).to.deep.equal([
      [top, 148_500n, "gas"],
    ]);
    // Once the payment is worth the whole way, it is carried.
    economy.pay(top, 100_000_000n);
    expect(planIn(economy, priced(1_000n)).plan?.releases).to.have.lengthOf(1_001);
  });

  it("weighs payers by the part that came from each", () => {
    const economy = new Economy();
    const own = give(economy, 0n);
    const shell = addShells(economy, own, 1);
    const payers = Array.from({ length: 3 }, () =>
      economy.register({ contributions: { [shell]: 1_000_000 }, shares: { [STRANGER]: TOTAL_SHARES } }),
    );
    // Each is worth its own gas; only together are they worth the shell and the claim.
    for (const payer of payers) economy.pay(payer, 30_000n);
    expect(planIn(economy, priced(1_000n)).plan?.releases).to.deep.equal([]);
    for (const payer of payers) economy.pay(payer, 60_000n);
    expect(planIn(economy, priced(1_000n)).plan?.releases).to.deep.equal([...payers.toReversed(), shell, own]);
  });

  it("leaves out releases that bring a small holder nothing", () => {
    const economy = new Economy();
    const asset = economy.register({ shares: { [ME]: 10n, [STRANGER]: TOTAL_SHARES - 10n } });
    economy.pay(asset, 20_000_000n);
    economy.settleAll();
    // The asset gets 999 units more, of which ten shares of a hundred million are nothing.
    economy.pay(asset, 999n);
    const { plan } = planIn(economy, { all: true });
    expect([plan?.amount, plan?.releases]).to.deep.equal([1n, []]);
    expect(planIn(economy).plan?.releases).to.deep.equal([]);
  });

  it("is empty for an account that is owed nothing, and if the currency is worth nothing", () => {
    const economy = new Economy();
    expect(finish(claimPlans(economy.state, account(99)))).to.deep.equal([]);
    give(economy, 1_000_000n);
    const { plan, calls } = planIn(economy, { costs: { gasPrice: 1n }, prices: new Map([[USD, 0n]]) });
    expect([plan?.amount, calls, plan?.leftOut.map(({ reason }) => reason)]).to.deep.equal([0n, [], ["gas"]]);
    const dear = planIn(economy, { costs: { gasPrice: 1n, transaction: 10n ** 12n }, prices: PRICES });
    expect([dear.amount, dear.plan?.leftOut.map(({ reason }) => reason)]).to.deep.equal([0n, ["transaction"]]);
  });

  it("takes the same in currencies with other decimals", () => {
    const economy = new Economy();
    const asset = give(economy, 0n);
    economy.pay(asset, 10n ** 18n, 9, EUR);
    for (let i = 0; i < 100; i++) economy.pay(give(economy, 0n), 10n ** 15n, 9, EUR);
    expect(planIn(economy, {}, EUR).plan?.assets).to.deep.equal([asset]);
  });

  it("counts data and each transaction", () => {
    const economy = new Economy();
    for (let i = 0; i < 10; i++) give(economy, i === 0 ? 10_000_000n : 100_000n);
    const cheap = planIn(economy, { costs: { gasPrice: 1n }, prices: PRICES });
    expect(cheap.plan?.assets).to.have.lengthOf(10);
    // A word of calldata now costs more than 100,000 units.
    const dear = planIn(economy, { costs: { gasPrice: 1n, byte: 4_000_000n }, prices: PRICES });
    expect(dear.plan?.assets).to.deep.equal([1]);
  });

  describe("with credit", () => {
    const credited = (economy: Economy, options: ClaimPlanOptions = {}) => planIn(economy, options).plan?.fromCredit;

    it("withdraws what was claimed to credit, and prepaid credit only if asked", () => {
      const economy = new Economy();
      give(economy, 1_000_000n);
      economy.settleAll();
      economy.deposit(me, 500n);
      expect(planIn(economy).amount).to.equal(990_000n);
      economy.claim(me, USD, true);
      const { plan, calls } = planIn(economy);
      expect([plan?.amount, plan?.fromCredit, plan?.assets]).to.deep.equal([990_000n, 990_000n, []]);
      expect(calls.map(({ functionName }) => functionName)).to.deep.equal(["withdraw"]);
      expect(credited(economy, { credit: true })).to.equal(990_500n);
    });

    it("takes a withdrawal from what was claimed, and a payment from what was prepaid", () => {
      const economy = new Economy();
      give(economy, 1_000_000n);
      economy.settleAll();
      economy.deposit(me, 500n);
      economy.claim(me, USD, true);
      economy.withdraw(me, 90_000n);
      expect(credited(economy)).to.equal(900_000n);
      economy.payFromCredit(1, 500n, me);
      expect(credited(economy)).to.equal(900_000n);
      // It now pays from what was claimed: it uses that as prepaid credit.
      economy.payFromCredit(1, 1n, me);
      expect(credited(economy) ?? 0n).to.equal(0n);
      expect(credited(economy, { credit: true })).to.equal(899_999n);
    });
  });

  it("tells gifts from shares that the account acted on itself", () => {
    const economy = new Economy();
    give(economy, 1_000n); // registered by the account itself
    const bought = economy.register({ shares: { [STRANGER]: TOTAL_SHARES }, registrant: STRANGER });
    economy.sell(bought, account(STRANGER), me, 1_000n);
    economy.pay(bought, 10n ** 9n);
    const giftsOf = () => planIn(economy, { all: true }).plan?.claims.filter(({ isGift }) => isGift);
    expect(giftsOf()?.map(({ asset }) => asset)).to.deep.equal([bought]);
    economy.settleAll();
    economy.claim(account(STRANGER), USD);
    economy.claim(me, USD, true);
    economy.pay(bought, 10n ** 9n);
    expect(giftsOf(), "anyone can claim to its credit").to.have.lengthOf(1);
    economy.settleAll();
    economy.claim(me, USD);
    economy.pay(bought, 10n ** 9n);
    expect(giftsOf()).to.deep.equal([]);
  });
});
