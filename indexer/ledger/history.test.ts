import { expect } from "chai";
import { addRelease, emptyGraph, pay, USD } from "../../test/support/economy/graphs.ts";
import { savedState } from "../../test/support/indexer/savedState.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { loadSnapshot, saveSnapshot } from "../columns/snapshot.ts";
import { LedgerState } from "./state.ts";

type Random = ReturnType<typeof seededRandom>;

/** Makes one change of every kind that the fold makes to the columns. */
function block(state: LedgerState, random: Random): void {
  for (let i = random.between(1, 6); i > 0; i--) {
    const count = state.releases.size;
    const parents = [...new Set(Array.from({ length: random.between(0, 3) }, () => random.between(1, count)))];
    addRelease(
      state,
      parents.sort((a, b) => a - b).map((release) => ({ release, weightPpm: random.between(1, 300_000) })),
    );
    pay(state, random.between(1, count), BigInt(random.between(1, 1_000)) << BigInt(random.between(0, 90)));
    state.releases.setRetired(random.between(1, count), random.between(0, 1) === 1);
    const account = state.accounts.getOrAddRow(`0x${random.between(1, 50).toString(16).padStart(40, "0")}`);
    const holding = state.holdings.getOrAddRow(account, random.between(0, state.assets.size - 1));
    state.holdings.shares.set(holding, random.between(0, 100));
    state.books[0]?.setAccrued(holding, BigInt(random.between(0, 1_000_000)) << 60n);
    state.books[0]?.credit.set(account, BigInt(random.between(0, 9)));
    state.grants.set(`${random.between(1, 9)}`, true);
    state.grants.delete(`${random.between(1, 9)}`);
    state.assets.setMetadata(random.between(0, state.assets.size - 1), {
      metadata: `${random.between(0, 9)}`,
      metadataBytes: undefined,
      metadataDigest: "0x",
      name: undefined,
      organization: "x",
    });
  }
}

function start(): LedgerState {
  const state = emptyGraph();
  addRelease(state, []);
  return state;
}

describe("history", () => {
  it("undoes blocks as if they had never been applied, and continues from there", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seededRandom(seed);
      const state = start();
      state.history.recording = true;
      state.history.endBlock(0n);
      const saved = [savedState(state)];
      for (let round = 0; round < 30; round++) {
        if (saved.length > 1 && random.between(0, 2) === 0) {
          const back = random.between(0, saved.length - 1);
          expect(state.history.undoTo(BigInt(back))).to.equal(true);
          saved.length = back + 1;
          expect(savedState(state)).to.deep.equal(saved[back]);
        }
        block(state, random);
        state.history.endBlock(BigInt(saved.length));
        saved.push(savedState(state));
      }
    }
  });

  it("cannot undo blocks that were dropped from it", () => {
    const state = start();
    state.history.recording = true;
    const random = seededRandom(1);
    const saved: unknown[] = [];
    for (let number = 0n; number < 5n; number++) {
      block(state, random);
      state.history.endBlock(number);
      saved.push(savedState(state));
    }
    state.history.forgetBefore(2n);
    expect(state.history.undoTo(1n)).to.equal(false);
    expect(state.history.undoTo(3n)).to.equal(true);
    expect(savedState(state)).to.deep.equal(saved[3]);
    expect(state.history.undoTo(2n)).to.equal(true);
    expect(savedState(state)).to.deep.equal(saved[2]);
  });
});

describe("a snapshot", () => {
  it("contains the whole state, which continues like the original", () => {
    const [random, same] = [seededRandom(9), seededRandom(9)];
    const state = start();
    block(state, random);
    block(start(), same);
    const loaded = new LedgerState(USD);
    expect(loadSnapshot(loaded, saveSnapshot(state))).to.equal(true);
    expect(savedState(loaded)).to.deep.equal(savedState(state));
    for (let i = 0; i < 5; i++) block(state, random);
    for (let i = 0; i < 5; i++) block(loaded, same);
    expect(savedState(loaded)).to.deep.equal(savedState(state));
  });

  it("that is not one is refused", () => {
    const saved = saveSnapshot(start());
    expect(() => loadSnapshot(new LedgerState(USD), saved.subarray(0, 40))).to.throw();
  });

  it("with other columns is not loaded, and leaves the state empty", () => {
    const state = start();
    const empty = new LedgerState(USD);
    expect(loadSnapshot({ ledger: empty }, saveSnapshot({ ledger: state, more: state.grants }))).to.equal(false);
    expect(loadSnapshot({ ledger: empty, more: empty.grants }, saveSnapshot({ ledger: state }))).to.equal(false);
    expect(savedState(empty)).to.deep.equal(savedState(new LedgerState(USD)));
  });
});
