import { expect } from "chai";
import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { readClaimCall } from "./claimCalls.ts";

const address = (digits: string): Address => `0x${digits.repeat(20)}`;
const [LEDGER, ACCOUNT, CURRENCY, OTHER] = ["11", "22", "33", "44"].map(address) as [
  Address,
  Address,
  Address,
  Address,
];
const CLAIMANT = { ledger: LEDGER, account: ACCOUNT, currency: CURRENCY };

const settle = (currency: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [[3, 1], currency] });
const collect = (currency: Address, to: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "collect", args: [[3], [1], currency, to] });
const withdraw = encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [CURRENCY, 1n, ACCOUNT] });

describe("a call of an indexer's claim plan", () => {
  it("is decoded", () => {
    expect(readClaimCall(CLAIMANT, { to: LEDGER, data: settle(CURRENCY), gas: 7 })).to.deep.equal({
      releases: [3, 1],
      assets: undefined,
      gas: 7n,
    });
    expect(readClaimCall(CLAIMANT, { to: LEDGER, data: collect(CURRENCY, ACCOUNT), gas: 7 })).to.deep.equal({
      releases: [3],
      assets: [1],
      gas: 7n,
    });
  });

  for (const [title, call] of [
    ["settles in another currency", { to: LEDGER, data: settle(OTHER) }],
    ["goes to another contract", { to: OTHER, data: settle(CURRENCY) }],
    ["collects in another currency", { to: LEDGER, data: collect(OTHER, ACCOUNT) }],
    ["collects for somebody else", { to: LEDGER, data: collect(CURRENCY, OTHER) }],
    ["does something else", { to: LEDGER, data: withdraw }],
    ["is no call of the ledger", { to: LEDGER, data: "0x12345678" }],
    ["is no call at all", { to: LEDGER, data: "0x" }],
  ] as const) {
    it(`is refused if it ${title}`, () =>
      expect(() => readClaimCall(CLAIMANT, { ...call, gas: 7 })).to.throw(
        UserError,
        "Do not sign. Use another indexer",
      ));
  }
});
