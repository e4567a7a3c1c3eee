import { expect } from "chai";
import { registerAsset } from "../support/economy/assets.ts";
import { AGENT, DATASET, ethers, FEE, type Lineage, load, MODEL, REF } from "../support/contracts/fixture.ts";

const LINEAGE = [DATASET, MODEL, AGENT];

/** Returns what every release received and settled, and the income of every asset, in dollars. */
async function booksOf({ ledger, dollar }: Lineage, ids = LINEAGE) {
  const books = [];
  for (const id of ids) {
    const { received, settled } = await ledger.flowOf(id, dollar);
    const { income } = await ledger.incomeOf(id, dollar);
    books.push({ received, settled, income });
  }
  return books;
}

describe("FeeLedger.settle", () => {
  it("passes a release's receipts one hop on, and no further", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await ledger.connect(payer).pay(AGENT, dollar, FEE, REF);
    await ledger.settle([AGENT], dollar);
    expect(await booksOf(lineage)).to.deep.equal([
      { received: 0n, settled: 0n, income: 0n },
      { received: 500_000n, settled: 0n, income: 0n },
      { received: FEE, settled: FEE, income: 500_000n },
    ]);
  });

  it("reaches all ancestors in one call when descendants are named first", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    await ledger.connect(payer).pay(AGENT, dollar, FEE, REF);
    await ledger.settle([AGENT, MODEL, DATASET], dollar);
    expect(await booksOf(lineage)).to.deep.equal([
      { received: 150_000n, settled: 150_000n, income: 150_000n },
      { received: 500_000n, settled: 500_000n, income: 350_000n },
      { received: FEE, settled: FEE, income: 500_000n },
    ]);
  });

  it("is open to anyone, moves no token and earns the caller nothing", async () => {
    const { ledger, dollar, payer, stranger } = await load();
    await ledger.connect(payer).pay(AGENT, dollar, FEE, REF);
    await expect(ledger.connect(stranger).settle([AGENT, MODEL], dollar)).to.changeTokenBalances(
      ethers,
      dollar,
      [ledger, stranger],
      [0n, 0n],
    );
    expect(await ledger.creditOf(stranger, dollar)).to.equal(0n);
  });

  it("says which releases moved, in order, and is silent about the others", async () => {
    const { ledger, dollar, payer } = await load();
    await ledger.connect(payer).pay(AGENT, dollar, FEE, REF);
    await ledger.connect(payer).pay(DATASET, dollar, FEE, REF);
    // Release 99 is unknown, the model has received nothing yet, the agent is due only once.
    await expect(ledger.settle([99, MODEL, AGENT, AGENT, DATASET], dollar))
      .to.emit(ledger, "Settled")
      .withArgs(dollar, [AGENT, DATASET]);
  });

  it("does nothing and says nothing where nothing is due", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    await ledger.connect(payer).payAndSettle(DATASET, dollar, FEE, REF, [DATASET]);
    const before = await booksOf(lineage);
    for (const releases of [[], [DATASET], [MODEL, AGENT], [0n, 99n]]) {
      await expect(ledger.settle(releases, dollar)).not.to.emit(ledger, "Settled");
    }
    await expect(ledger.settle([DATASET], stranger)).not.to.emit(ledger, "Settled");
    expect(await booksOf(lineage)).to.deep.equal(before);
  });

  it("settles one currency only", async () => {
    const { ledger, dollar, euro, payer } = await load();
    await ledger.connect(payer).pay(DATASET, dollar, 5n, REF);
    await ledger.connect(payer).pay(DATASET, euro, 7n, REF);
    await ledger.settle([DATASET], euro);
    expect((await ledger.incomeOf(DATASET, dollar)).income).to.equal(0n);
    expect((await ledger.incomeOf(DATASET, euro)).income).to.equal(7n);
  });

  it("loses no fraction to being called after each tiny fee", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    for (let i = 0; i < 10; i++) await ledger.connect(payer).payAndSettle(MODEL, dollar, 1n, REF, [MODEL]);
    expect((await booksOf(lineage)).slice(0, 2)).to.deep.equal([
      { received: 3n, settled: 0n, income: 0n },
      { received: 10n, settled: 10n, income: 7n },
    ]);
  });

  it("keeps what a fraction holds back until it makes a unit", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    // 1 received: floor(0.3) + floor(0.7) = 0. 2: floor(0.6) + floor(1.4) = 1. 4: floor(1.2) + floor(2.8) = 3.
    for (const [fee, dataset, model] of [
      [1n, 0n, 0n],
      [1n, 0n, 1n],
      [2n, 1n, 2n],
    ] as const) {
      await ledger.connect(payer).payAndSettle(MODEL, dollar, fee, REF, [MODEL]);
      expect((await ledger.flowOf(DATASET, dollar)).received).to.equal(dataset);
      expect((await ledger.incomeOf(MODEL, dollar)).income).to.equal(model);
    }
  });

  it("comes to the same, to the unit, in any order", async () => {
    const orders = [
      [[AGENT, MODEL, DATASET]],
      [[DATASET, MODEL, AGENT], [DATASET, MODEL], [DATASET]],
      [[MODEL], [AGENT], [DATASET], [MODEL], [AGENT], [DATASET]],
    ];
    const outcomes = [];
    for (const order of orders) {
      const lineage = await load();
      const { ledger, dollar, payer } = lineage;
      for (const fee of [1n, 7n, 333n]) {
        await ledger.connect(payer).pay(AGENT, dollar, fee, REF);
        await ledger.connect(payer).pay(MODEL, dollar, fee, REF);
        // Between fees the first order settles nothing, the others something.
        if (order.length > 1) await ledger.settle(order[0] ?? [], dollar);
      }
      for (const releases of order) await ledger.settle(releases, dollar);
      outcomes.push(await booksOf(lineage));
    }
    // Agent: 341. Model: 341 + floor(170.5) = 511. Dataset: floor(153.3) = 153.
    const expected = [
      { received: 153n, settled: 153n, income: 153n },
      { received: 511n, settled: 511n, income: 357n },
      { received: 341n, settled: 341n, income: 170n },
    ];
    expect(outcomes).to.deep.equal([expected, expected, expected]);
  });

  it("joins the two arms of a diamond", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const arm = (weight: number) => registerAsset(lineage, stranger, { contributions: [{ release: DATASET, weight }] });
    const [left, right] = [await arm(200_000), await arm(400_000)];
    const contributions = [
      { release: left, weight: 500_000 },
      { release: right, weight: 300_000 },
    ];
    const top = await registerAsset(lineage, stranger, { contributions });
    await ledger.connect(payer).payAndSettle(top, dollar, FEE, REF, [top, right, left, DATASET]);
    // 0.5 · 0.2 + 0.3 · 0.4 = 22 %
    expect(await booksOf(lineage, [DATASET, left, right, top])).to.deep.equal([
      { received: 220_000n, settled: 220_000n, income: 220_000n },
      { received: 500_000n, settled: 500_000n, income: 400_000n },
      { received: 300_000n, settled: 300_000n, income: 180_000n },
      { received: FEE, settled: FEE, income: 200_000n },
    ]);
  });

  it("pays each of 64 contributions by its own weight", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const contributions = [];
    for (let i = 0; i < 64; i++) {
      contributions.push({ release: await registerAsset(lineage, stranger), weight: BigInt(1_000 + i) });
    }
    const top = await registerAsset(lineage, stranger, { contributions });
    await ledger.connect(payer).payAndSettle(top, dollar, FEE, REF, [top]);
    for (const { release, weight } of contributions) {
      expect((await ledger.flowOf(release, dollar)).received).to.equal(weight);
    }
    // 64 · 1,000 + (0 + … + 63) = 66,016 went to them.
    expect((await ledger.incomeOf(top, dollar)).income).to.equal(933_984n);
  });

  it("passes everything on where nothing is kept", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, stranger } = lineage;
    const shell = await registerAsset(lineage, stranger, { contributions: [{ release: DATASET, weight: 1_000_000 }] });
    await ledger.connect(payer).payAndSettle(shell, dollar, FEE, REF, [shell]);
    expect((await ledger.flowOf(DATASET, dollar)).received).to.equal(FEE);
    expect((await ledger.incomeOf(shell, dollar)).income).to.equal(0n);
  });
});
