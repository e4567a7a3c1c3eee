import { expect } from "chai";
import type { TransactionReceipt } from "viem";
import { ENDPOINT_LAG_MS, firstState, nextWait, type Observation, type WaitState } from "./nextWait.ts";

const FROM = `0x${"11".repeat(20)}` as const;
const TO = `0x${"42".repeat(20)}` as const;
const HASH = `0x${"aa".repeat(32)}` as const;
const OTHER = `0x${"bb".repeat(32)}` as const;
const SENT = { hash: HASH, from: FROM, to: TO, data: "0x1234", nonce: 7, sentAt: 1n, most: 10n } as const;
const LIMITS = { confirmations: 3, droppedAfterMs: 100, silentForMs: 200, show: (hash: string) => hash.slice(0, 4) };
const START = firstState(SENT, 1_000);
const receipt = { transactionHash: HASH, blockNumber: 5n } as TransactionReceipt;

const after = (seen: Observation, state: WaitState = START, now = 1_000) => nextWait(state, seen, SENT, LIMITS, now);

describe("the next state of waiting for a transaction", () => {
  it("is done after the required confirmations, and counts them before", () => {
    expect(after({ kind: "mined", receipt, depth: 2 }).lines).to.deep.equal(["  in block 5; 2 of 3 confirmations"]);
    expect(after({ kind: "mined", receipt, depth: 3 }).done).to.equal(receipt);
    // A reorg may remove the block between the two answers.
    expect(after({ kind: "mined", receipt, depth: -1 }).lines).to.deep.equal(["  in block 5; 0 of 3 confirmations"]);
  });

  it("reports once that a reorg removed its block", () => {
    const { state } = after({ kind: "mined", receipt, depth: 1 });
    const back = after({ kind: "waiting", baseFeePerGas: null }, state);
    expect(back.lines.join()).to.contain(
      "a reorg removed the transaction's block; waiting until the transaction is mined again",
    );
    expect(after({ kind: "waiting", baseFeePerGas: null }, back.state).lines).to.deep.equal([]);
    expect(after({ kind: "unknown" }, state).lines).to.have.lengthOf(2);
  });

  it("reports the gas price only above its offer", () => {
    expect(after({ kind: "waiting", baseFeePerGas: 10n }).lines).to.deep.equal([]);
    expect(after({ kind: "waiting", baseFeePerGas: 11n }).lines.join()).to.contain(
      "the gas price is above what the transaction offers",
    );
  });

  it("fails when the node has not known it for longer than the limit", () => {
    expect(after({ kind: "unknown" }, START, 1_100).failure).to.equal(undefined);
    expect(after({ kind: "unknown" }, START, 1_101).failure).to.equal(
      "The node no longer knows 0xaa: it was dropped before it was mined. Send it again.",
    );
    const { state } = after({ kind: "waiting", baseFeePerGas: null }, START, 1_050);
    expect(after({ kind: "unknown" }, state, 1_101).failure).to.equal(undefined);
  });

  it("fails when the node has given no answer for longer than the limit", () => {
    const silent = { kind: "silent", reason: "away" } as const;
    expect(after(silent, START, 1_200).lines.join()).to.contain("(away); retrying");
    expect(after(silent, START, 1_201).failure).to.contain("does not answer about 0xaa (away)");
    const { state } = after({ kind: "unknown" }, START, 1_050);
    expect(after(silent, state, 1_201).failure).to.equal(undefined);
  });

  it("follows the same call at another gas price, and starts to count again", () => {
    const passed = after({ kind: "nonceUsed" }).state;
    expect(passed.nonceUsedLooks).to.equal(1);
    const by = { hash: OTHER, to: TO, input: "0x1234" } as const;
    const { state, lines } = after({ kind: "replaced", by }, passed);
    expect([state.hash, state.nonceUsedLooks]).to.deep.equal([OTHER, 0]);
    expect(lines.join()).to.contain("at another gas price: 0xbb");
    expect(after({ kind: "replaced", by: { ...by, hash: HASH } }, passed).lines).to.deep.equal([]);
  });

  it("fails when another call took its place", () => {
    for (const by of [
      { hash: OTHER, to: TO, input: "0x" },
      { hash: OTHER, to: FROM, input: "0x1234" },
      { hash: OTHER, to: null, input: "0x1234" },
    ] as const) {
      expect(after({ kind: "replaced", by }).failure).to.contain("replaced by 0xbb, which makes another call");
    }
  });

  it("fails without the other transaction only after an endpoint that is behind would have shown it", () => {
    const first = after({ kind: "nonceUsed" }).state;
    const early = after({ kind: "replaced", by: undefined }, first, 1_000 + ENDPOINT_LAG_MS);
    expect(early.failure).to.equal(undefined);
    const late = after({ kind: "replaced", by: undefined }, early.state, 1_001 + ENDPOINT_LAG_MS);
    expect(late.failure).to.contain("took the place of 0xaa (nonce 7");
  });
});
