import { expect } from "chai";
import { type Address, createPublicClient, custom, decodeFunctionData, type Hex, zeroHash } from "viem";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import { Chain } from "../../chain/chain.ts";
import { isSend } from "../../plan/plan.ts";
import { collect, collectTitle } from "./collect.ts";
import type { ClaimPlan } from "./readClaimPlans.ts";

const address = (digits: string): Address => `0x${digits.repeat(20)}`;
const [ACCOUNT, REGISTRY, LEDGER] = [address("22"), address("44"), address("11")];
const PAYEE: Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
/** Answers what the check of a payee asks: no token wraps native money, and the payee is an account. */
const request = async ({ method }: { method: string }) => {
  if (method === "eth_call") return zeroHash;
  if (method === "eth_getCode") return "0x";
  if (method === "eth_getTransactionCount") return "0x1";
  throw new Error(`Nothing asks for ${method}.`);
};
const chain = new Chain({
  client: createPublicClient({ transport: custom({ request }) }),
  deployment: { chainId: 7, registry: REGISTRY, ledger: LEDGER, periphery: {} },
  currencies: [],
});
const PLAN: ClaimPlan = {
  currency: { address: address("33"), symbol: "tUSD", decimals: 6 },
  outlet: undefined,
  calls: [
    { releases: [5, 4], assets: undefined, withdraws: undefined, gas: 100n },
    { releases: [3], assets: [1], withdraws: 1_500_000n, gas: 200n },
  ],
  releases: [5, 4, 3],
  assets: [1],
  pays: 1_500_000n,
  paysNow: 500_000n,
  fromCredit: 0n,
  gifts: [],
  giftCount: 0,
  leftOut: [],
  leftOutCount: 0,
};

describe("the plan that collects", () => {
  it("settles and claims in the order of the claim plan, to the account", async () => {
    const { title, steps, notes } = await collect(chain, ACCOUNT, { claimPlans: [PLAN] });
    expect(title).to.equal("Collect 1.5 tUSD");
    expect(steps.map(({ does }) => does)).to.deep.equal([
      "Settle 2 releases in tUSD.",
      "Settle 1 release and claim what the shares of 1 asset have earned: 1.5 tUSD (1500000 base units) to you.",
    ]);
    const sends = steps.filter(isSend);
    expect(sends.map(({ gasLater }) => gasLater)).to.deep.equal([undefined, 200n]);
    const decode = (data: Hex) => decodeFunctionData({ abi: ledgerAbi, data });
    const [settles, claims] = sends.map((step) => decode(step.data as Hex));
    expect(settles?.args).to.deep.equal([[5, 4], PLAN.currency.address]);
    // One transaction, so that nobody can claim to credit between the claim and the withdrawal.
    expect(((claims?.args?.[0] ?? []) as Hex[]).map(decode)).to.deep.equal([
      { functionName: "settle", args: [[3], PLAN.currency.address] },
      { functionName: "claimToCredit", args: [ACCOUNT, [1], PLAN.currency.address] },
      { functionName: "withdraw", args: [PLAN.currency.address, 1_500_000n, ACCOUNT] },
    ]);
    expect(notes).to.deep.equal([
      "Without settling, 0.5 tUSD (500000 base units) can be collected. With settling it is 1.5 tUSD (1500000 base units), as the contracts compute it.",
    ]);
  });

  it("names another payee, and compares nothing without a preview", async () => {
    const claimPlans = [{ ...PLAN, paysNow: undefined }];
    const { steps, notes } = await collect(chain, ACCOUNT, { claimPlans, to: PAYEE });
    expect(steps.at(-1)?.does).to.contain(`to ${PAYEE}.`);
    expect(notes).to.deep.equal([]);
  });

  it("withdraws what lies in credit, and says so", async () => {
    const calls = [{ releases: [], assets: undefined, withdraws: 7n, gas: 9n }];
    const claimPlan = { ...PLAN, calls, releases: [], assets: [], pays: 7n, paysNow: 7n, fromCredit: 7n };
    const { steps, notes } = await collect(chain, ACCOUNT, { claimPlans: [claimPlan] });
    expect(steps.map(({ does }) => does)).to.deep.equal(["Withdraw 0.000007 tUSD (7 base units) from credit to you."]);
    expect(notes?.join()).to.contain("0.000007 tUSD (7 base units) of it lies in credit in the ledger");
  });

  it("passes on through the account's outlet, to the account only", async () => {
    const outlet = { address: address("55"), account: ACCOUNT, outlets: address("66") };
    const calls = [
      { releases: [5], assets: undefined, withdraws: undefined, gas: 100n },
      { releases: [], assets: [1], withdraws: undefined, gas: 200n },
    ];
    const through = { ...PLAN, outlet, calls, releases: [5] };
    const { title, steps } = await collect(chain, ACCOUNT, { claimPlans: [PLAN, through] });
    expect(title).to.equal("Collect 1.5 tUSD and 1.5 tUSD through your outlet");
    expect(steps.slice(2).map(({ does }) => does)).to.deep.equal([
      "Settle 1 release in tUSD.",
      `Pass on 1.5 tUSD (1500000 base units) through your outlet ${outlet.address} to you.`,
    ]);
    const last = steps.filter(isSend).at(-1);
    expect(last).to.include({ to: outlet.outlets, gasLater: 200n });
    expect(decodeFunctionData({ abi: outletsAbi, data: last?.data as Hex })).to.deep.equal({
      functionName: "pass",
      args: [ACCOUNT, [1], PLAN.currency.address],
    });
    const elsewhere = await collect(chain, ACCOUNT, { claimPlans: [PLAN, through], to: PAYEE });
    expect(elsewhere.steps).to.have.lengthOf(2);
    expect(elsewhere.notes?.join()).to.contain("an outlet pays its own account only");
  });

  it("says what is left out, and has no steps if nothing is worth its gas", async () => {
    const some = await collect(chain, ACCOUNT, { claimPlans: [{ ...PLAN, leftOutCount: 2 }] });
    expect(some.notes?.join()).to.contain("2 assets or releases in tUSD are left out");
    const nothing = { ...PLAN, calls: [], releases: [], assets: [], pays: 0n, paysNow: 0n, leftOutCount: 1 };
    const { steps, notes } = await collect(chain, ACCOUNT, { claimPlans: [nothing] });
    expect(steps).to.deep.equal([]);
    expect(notes?.join()).to.contain("Nothing in tUSD is worth collecting now: 1 asset").and.to.contain("--all");
  });

  it("has no steps if there is nothing to collect", async () => {
    const { steps, notes } = await collect(chain, ACCOUNT, { claimPlans: [] });
    expect(steps).to.deep.equal([]);
    expect(notes?.join()).to.contain("has nothing to collect");
  });

  it("has all amounts in its title", () => {
    const other = { ...PLAN, currency: { ...PLAN.currency, symbol: "sUSD" }, pays: 1n };
    expect(collectTitle([PLAN, other])).to.equal("Collect 1.5 tUSD and 0.000001 sUSD");
  });
});
