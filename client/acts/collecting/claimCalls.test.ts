import { expect } from "chai";
import { type Address, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi, outletsAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { readClaimCalls } from "./claimCalls.ts";

const address = (digits: string): Address => `0x${digits.repeat(20)}`;
const [LEDGER, ACCOUNT, CURRENCY, OTHER, OUTLET, OUTLETS] = ["11", "22", "33", "44", "55", "66"].map(address) as [
  Address,
  Address,
  Address,
  Address,
  Address,
  Address,
];
const CLAIMANT = { ledger: LEDGER, account: ACCOUNT, currency: CURRENCY, pays: 10n };

const settle = (currency: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [[3, 1], currency] });
const collect = (currency: Address, to: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "collect", args: [[3], [1], currency, to] });
const claimToCredit = (account: Address, currency: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "claimToCredit", args: [account, [1], currency] });
const withdraw = (currency: Address, amount: bigint, to: Address) =>
  encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [currency, amount, to] });
const multicall = (...calls: Hex[]) => encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [calls] });

describe("the calls of an indexer's claim plan", () => {
  const read = (...data: Hex[]) =>
    readClaimCalls(
      CLAIMANT,
      data.map((each) => ({ to: LEDGER, data: each, gas: 7 })),
    );

  it("are decoded", () => {
    expect(read(settle(CURRENCY))).to.deep.equal([
      { releases: [3, 1], assets: undefined, withdraws: undefined, gas: 7n },
    ]);
    expect(read(collect(CURRENCY, ACCOUNT))).to.deep.equal([
      { releases: [3], assets: [1], withdraws: undefined, gas: 7n },
    ]);
    const [claim, pay] = [claimToCredit(ACCOUNT, CURRENCY), withdraw(CURRENCY, 10n, ACCOUNT)];
    expect(read(multicall(settle(CURRENCY), claim, pay))).to.deep.equal([
      { releases: [3, 1], assets: [1], withdraws: 10n, gas: 7n },
    ]);
    expect(read(pay)).to.deep.equal([{ releases: [], assets: undefined, withdraws: 10n, gas: 7n }]);
  });

  const [claim, pay] = [claimToCredit(ACCOUNT, CURRENCY), withdraw(CURRENCY, 10n, ACCOUNT)];
  const approve = encodeFunctionData({ abi: ledgerAbi, functionName: "setApprovalForAll", args: [OTHER, true] });
  for (const [title, ...data] of [
    ["settle in another currency", settle(OTHER)],
    ["collect in another currency", collect(OTHER, ACCOUNT)],
    ["collect for somebody else", collect(CURRENCY, OTHER)],
    ["withdraw to somebody else", withdraw(CURRENCY, 1n, OTHER)],
    ["withdraw another currency", withdraw(OTHER, 1n, ACCOUNT)],
    ["withdraw more than is shown", withdraw(CURRENCY, 11n, ACCOUNT)],
    ["withdraw more than is shown, together", pay, withdraw(CURRENCY, 1n, ACCOUNT)],
    ["claim to the credit of somebody else", multicall(claimToCredit(OTHER, CURRENCY), pay)],
    ["claim another currency", multicall(claimToCredit(ACCOUNT, OTHER), pay)],
    ["claim for the same asset twice", multicall(claim, withdraw(CURRENCY, 5n, ACCOUNT)), collect(CURRENCY, ACCOUNT)],
    ["leave what they claim in credit", multicall(settle(CURRENCY), claim)],
    ["claim to credit alone", claim],
    ["withdraw before they claim", multicall(pay, claim)],
    ["withdraw twice", multicall(claim, pay, pay)],
    ["hide a call in a multicall", multicall(claim, pay, approve)],
    ["hide a multicall in a multicall", multicall(multicall(claim, pay))],
    ["hide what is no call in a multicall", multicall(claim, pay, "0x12345678")],
    ["call nothing", multicall()],
    ["do something else", approve],
    ["are no calls of the ledger", "0x12345678"],
    ["are no calls at all", "0x"],
  ] as [string, ...Hex[]][]) {
    it(`are refused if they ${title}`, () => {
      expect(() => read(...data)).to.throw(UserError, "Do not sign. Use another indexer");
    });
  }

  const pass = (account: Address, currency: Address) =>
    encodeFunctionData({ abi: outletsAbi, functionName: "pass", args: [account, [1], currency] });
  const claimant = {
    ...CLAIMANT,
    account: OUTLET,
    outlet: { address: OUTLET, account: ACCOUNT, outlets: OUTLETS },
  };

  it("through an outlet are settling, and passing on to its account", () => {
    const calls = [
      { to: LEDGER, data: settle(CURRENCY), gas: 7 },
      { to: OUTLETS, data: pass(ACCOUNT, CURRENCY), gas: 7 },
    ];
    expect(readClaimCalls(claimant, calls)).to.deep.equal([
      { releases: [3, 1], assets: undefined, withdraws: undefined, gas: 7n },
      { releases: [], assets: [1], withdraws: undefined, gas: 7n },
    ]);
    expect(() => readClaimCalls(CLAIMANT, calls), "in an account's own plan").to.throw(UserError, "Do not sign");
  });

  for (const [title, to, data] of [
    ["pass on to another account", OUTLETS, pass(OTHER, CURRENCY)],
    ["pass on another token", OUTLETS, pass(ACCOUNT, OTHER)],
    ["pass on by another contract", OTHER, pass(ACCOUNT, CURRENCY)],
    ["pass on by the ledger", LEDGER, pass(ACCOUNT, CURRENCY)],
    [
      "call another function",
      OUTLETS,
      encodeFunctionData({ abi: outletsAbi, functionName: "passNative", args: [ACCOUNT] }),
    ],
    ["settle in another currency", LEDGER, settle(OTHER)],
    ["collect", LEDGER, collect(CURRENCY, OUTLET)],
    ["withdraw", LEDGER, withdraw(CURRENCY, 1n, OUTLET)],
    ["claim in a multicall", LEDGER, multicall(claimToCredit(OUTLET, CURRENCY), withdraw(CURRENCY, 1n, OUTLET))],
    ["are no calls", OUTLETS, "0x"],
  ] as [string, Address, Hex][]) {
    it(`through an outlet are refused if they ${title}`, () => {
      expect(() => readClaimCalls(claimant, [{ to, data, gas: 7 }])).to.throw(UserError, "Do not sign");
    });
  }

  it("are refused if they go to another contract", () => {
    expect(() => readClaimCalls(CLAIMANT, [{ to: OTHER, data: settle(CURRENCY), gas: 7 }])).to.throw(UserError);
  });
});
