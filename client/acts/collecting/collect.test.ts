import { expect } from "chai";
import { type Address, createPublicClient, custom, decodeFunctionData, type Hex, zeroHash } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
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
  calls: [
    { releases: [5, 4], assets: undefined, gas: 100n },
    { releases: [3], assets: [1], gas: 200n },
  ],
  releases: [5, 4, 3],
  assets: [1],
  pays: 1_500_000n,
  paysNow: 500_000n,
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
    const calls = sends.map((step) => decodeFunctionData({ abi: ledgerAbi, data: step.data as Hex }));
    expect(calls.map(({ args }) => args)).to.deep.equal([
      [[5, 4], PLAN.currency.address],
      [[3], [1], PLAN.currency.address, ACCOUNT],
    ]);
    expect(notes).to.deep.equal([
      "Without settling, 0.5 tUSD (500000 base units) can be claimed. With settling it is 1.5 tUSD (1500000 base units), as the contracts compute it.",
    ]);
  });

  it("names another payee, and compares nothing without a preview", async () => {
    const claimPlans = [{ ...PLAN, paysNow: undefined }];
    const { steps, notes } = await collect(chain, ACCOUNT, { claimPlans, to: PAYEE });
    expect(steps.at(-1)?.does).to.contain(`to ${PAYEE}.`);
    expect(notes).to.deep.equal([]);
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
