import { expect } from "chai";
import { type Address, encodeFunctionData, getAddress, type Hex, zeroAddress, zeroHash } from "viem";
import { ledgerAbi, registryAbi, timelockAbi } from "../abis.ts";
import { type CallContext, describeCall } from "./describeCall.ts";
import { findOperation, operationId } from "./operation.ts";
import { TIMELOCK_ROLES } from "./roles.ts";

const account = (n: number) => getAddress(`0x${n.toString(16).padStart(40, "0")}`);
const [LEDGER, REGISTRY, TIMELOCK, USD, SAFE] = [1, 2, 3, 4, 5].map(account) as [
  Address,
  Address,
  Address,
  Address,
  Address,
];
const context: CallContext = {
  targets: { ledger: LEDGER, registry: REGISTRY, timelock: TIMELOCK },
  currencyAt: (address) => (address === USD ? { symbol: "tUSD", decimals: 6 } : undefined),
};
const says = (target: Address, data: Hex, value = 0n) => describeCall(context, { target, data, value });
const admit = (currency: Address) => encodeFunctionData({ abi: ledgerAbi, functionName: "admit", args: [currency] });
const UNKNOWN = "may do anything the timelock may";

describe("a call of the timelock, in words", () => {
  it("names what it changes for ever", () => {
    expect(says(LEDGER, admit(USD))).to.deep.equal([`Admit ${USD} (tUSD) as a currency, for ever`]);
    expect(says(LEDGER, admit(SAFE))).to.deep.equal([`Admit ${SAFE} as a currency, for ever`]);
    const take = encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [USD, 1_500_000n, SAFE] });
    expect(says(LEDGER, take)).to.deep.equal([`Withdraw 1.5 tUSD of the timelock's credit to ${SAFE}`]);
  });

  it("names roles and lengths of time", () => {
    const grant = (role: Hex, to: Address) =>
      says(TIMELOCK, encodeFunctionData({ abi: timelockAbi, functionName: "grantRole", args: [role, to] }));
    expect(grant(TIMELOCK_ROLES.proposer, SAFE)).to.deep.equal([
      `Give PROPOSER_ROLE to ${SAFE}, which can then schedule any call`,
    ]);
    expect(grant(TIMELOCK_ROLES.admin, SAFE)[0]).to.contain("change all roles at once, without a delay");
    expect(grant(TIMELOCK_ROLES.executor, zeroAddress)[0]).to.contain("for EXECUTOR_ROLE means anyone");
    expect(grant(`0x${"12".repeat(32)}`, SAFE)[0]).to.contain("a role that the timelock does not use");
    const delay = (seconds: bigint) =>
      says(TIMELOCK, encodeFunctionData({ abi: timelockAbi, functionName: "updateDelay", args: [seconds] }))[0];
    expect(delay(93_600n)).to.contain("Change the delay to 1 day 2 hours");
    expect(delay(0n)).to.contain("Change the delay to 0 seconds");
  });

  it("quotes a proposer's texts, which can forge no line, reverse none and bury none", () => {
    const uri = `x)\nAdmit ${USD} (tUSD) as a currency, for ever\u202e\u200b${"W".repeat(5_000)}`;
    const [line = "", ...others] = says(
      REGISTRY,
      encodeFunctionData({ abi: registryAbi, functionName: "setMetadata", args: [1, uri] }),
    );
    expect(others).to.deep.equal([]);
    expect(line)
      .to.match(/metadata: "x\).{1,2}Admit/)
      .and.to.match(/… \(\d+ characters\)\)$/);
    expect(line).not.to.match(/\p{C}/u);
    expect(line.length).to.be.lessThan(500);
  });

  it("shows the calls within a call, however deep, and says so where it cannot", () => {
    const several = encodeFunctionData({
      abi: ledgerAbi,
      functionName: "multicall",
      args: [[admit(USD), "0x12345678"]],
    });
    const batch = encodeFunctionData({
      abi: timelockAbi,
      functionName: "scheduleBatch",
      args: [[LEDGER, SAFE], [0n, 7n], [several, "0x12345678"], zeroHash, zeroHash, 0n],
    });
    const outer = encodeFunctionData({
      abi: timelockAbi,
      functionName: "schedule",
      args: [TIMELOCK, 0n, batch, zeroHash, zeroHash, 172_800n],
    });
    expect(says(TIMELOCK, outer)).to.deep.equal([
      "Schedule, to be executed 2 days later:",
      "  Schedule 2 calls, to be executed together 0 seconds later:",
      "    Make 2 calls of the ledger together:",
      `      Admit ${USD} (tUSD) as a currency, for ever`,
      `      Call ${LEDGER} with data that cannot be decoded (4 bytes, 0x12345678…): it ${UNKNOWN}`,
      `    Call ${SAFE} with data that cannot be decoded (4 bytes, 0x12345678…), with 0.000000000000000007 of native money: it ${UNKNOWN}`,
    ]);
    let deep: Hex = admit(USD);
    for (let i = 0; i < 40; i++)
      deep = encodeFunctionData({ abi: ledgerAbi, functionName: "multicall", args: [[deep]] });
    expect(says(LEDGER, deep).at(-1)).to.contain(UNKNOWN);
    const wide: Hex = encodeFunctionData({
      abi: ledgerAbi,
      functionName: "multicall",
      args: [Array.from({ length: 5_000 }, () => admit(USD))],
    });
    expect(says(LEDGER, wide)).to.have.lengthOf(201);
    expect(says(LEDGER, wide).at(-1)).to.contain("4801 lines more").and.to.contain(UNKNOWN);
  });

  it("does not explain what is unknown, truncated or for another contract", () => {
    for (const data of ["0x12345678", admit(USD).slice(0, 40)] as Hex[]) {
      expect(says(LEDGER, data)[0]).to.contain(UNKNOWN);
    }
    expect(says(SAFE, admit(USD))[0]).to.contain(UNKNOWN);
    expect(says(SAFE, "0x", 10n ** 18n)).to.deep.equal([`Send 1 of native money to ${SAFE}`]);
    expect(says(SAFE, "0x")[0]).to.contain("with no data");
  });

  it("does not explain data that no compiler writes, in which a contract could read something else", () => {
    const dirty: Hex = `0x${admit(USD).slice(2, 10)}${"ff".repeat(12)}${USD.slice(2)}`;
    for (const data of [`${admit(USD)}00`, dirty] as Hex[]) expect(says(LEDGER, data)[0]).to.contain(UNKNOWN);
    expect(says(LEDGER, admit(USD).toUpperCase().replace("0X", "0x") as Hex)[0]).to.contain("Admit");
  });

  it("does not unfold short data into endless calls", () => {
    // Each multicall has 100 places that lead to the same call, which is such a multicall again: 10^12 calls.
    const word = (n: number) => n.toString(16).padStart(64, "0");
    let data = admit(USD);
    for (let depth = 0; depth < 6; depth++) {
      const bytes = data.slice(2);
      const padded = bytes.padEnd(Math.ceil(bytes.length / 64) * 64, "0");
      const places = word(100 * 32).repeat(100);
      data = `0xac9650d8${word(32)}${word(100)}${places}${word(bytes.length / 2)}${padded}`;
    }
    expect(says(LEDGER, data)).to.deep.equal([
      `Call ${LEDGER} with data that cannot be decoded (${data.length / 2 - 1} bytes, 0xac9650d8…): it ${UNKNOWN}`,
    ]);
  });

  it("shows a stranger's text on one line, without characters that control a terminal", () => {
    const release = {
      contributions: [],
      floor: 0,
      byGrant: false,
      label: "1\n  Admit nothing\u001b[2J\u202e",
      digest: zeroHash,
      uri: "",
    };
    const publish = encodeFunctionData({ abi: registryAbi, functionName: "publish", args: [1, release] });
    const [line, ...others] = says(REGISTRY, publish);
    expect(others).to.deep.equal([]);
    expect(line)
      .to.match(/^Call registry\.publish\(asset: 1/)
      .and.not.match(/\p{C}/u);
    expect(line).to.contain("Admit nothing");
  });
});

describe("the id of an operation", () => {
  it("tells a batch of one call from the call alone, and fits no other content", () => {
    const call = { target: LEDGER, value: 0n, data: admit(USD) };
    const content = { calls: [call], predecessor: zeroHash, salt: zeroHash };
    for (const isBatch of [false, true]) {
      const id = operationId({ ...content, isBatch });
      expect(findOperation(id, content)?.isBatch).to.equal(isBatch);
      expect(findOperation(id, { ...content, calls: [{ ...call, value: 1n }] })).to.equal(undefined);
    }
  });
});
