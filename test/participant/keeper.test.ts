import { expect } from "chai";
import { keeper } from "../../scripts/keeper/keeper.ts";
import { GAS_PRICE_ORACLE } from "#client/transactions/cost.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { placeGasPriceOracle } from "../support/deploy/placeToken.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const NOBODY = "http://127.0.0.1:1";

describe("the keeper, on a node of its own", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(4_246);
    await on.dollar.connect(on.accounts.payer).approve(on.ledger, 10n ** 15n);
    await on.dollar.mint(on.accounts.payer, 10n ** 12n);
  });
  after(() => on?.stop());

  const keeping = {
    price: "tUSD=0.0004",
    margin: "2",
    once: true,
    every: "1s",
    inlets: "all",
    outlets: "none",
    api: NOBODY,
  };
  const pay = (release: number, amount: bigint) =>
    on.ledger.connect(on.accounts.payer).pay(release, on.dollar, amount, on.ethers.ZeroHash);
  const unsettled = async (release: number, currency = on.dollar) => {
    const { received, settled } = await on.ledger.flowOf(release, currency);
    return received - settled;
  };
  const send = (method: string, ...params: unknown[]): Promise<unknown> => on.ethers.provider.send(method, params);

  it("settles through all ancestors where that is worth it, and sends nothing else", async () => {
    const { payer, alice } = on.accounts;
    await pay(3, 100_000_000n);
    const dust = Number(await registerAsset(on, alice));
    await pay(dust, 10n);
    await on.signed.connect(payer).approve(on.ledger, 10n ** 12n);
    await on.ledger.connect(payer).pay(3, on.signed, 100_000_000n, on.ethers.ZeroHash);
    const { transactions, words } = await on.act(keeper, keeping);
    expect(transactions).to.have.lengthOf(1);
    expect([await unsettled(3), await unsettled(2), await unsettled(1)]).to.deep.equal([0n, 0n, 0n]);
    expect(await unsettled(dust)).to.equal(10n);
    expect((await on.ledger.flowOf(3, on.signed)).settled).to.equal(0n);
    expect(words).to.contain("No indexer answers").and.to.contain("Reading the contracts instead");
    const again = await on.act(keeper, keeping);
    expect(again.transactions).to.deep.equal([]);
  });

  it("syncs inlets where that is worth it, with native money, too, and settles the fees", async () => {
    const { payer, alice } = on.accounts;
    const [rich, poor, natural] = [
      Number(await registerAsset(on, alice)),
      Number(await registerAsset(on, alice)),
      Number(await registerAsset(on, alice)),
    ];
    await on.dollar.mint(await on.inlets.inletOf(rich), 100_000_000n);
    await on.dollar.mint(await on.inlets.inletOf(poor), 1_000n);
    await payer.sendTransaction({ to: await on.inlets.inletOf(natural), value: 10n ** 17n });
    const elsewhere = await on.act(keeper, { ...keeping, inlets: `${poor}` });
    expect(elsewhere.transactions).to.deep.equal([]);
    const { words } = await on.act(keeper, keeping);
    expect(words).to.contain(`Turn 100 tUSD (100000000 base units) into a fee of release ${rich}.`);
    expect((await on.ledger.flowOf(rich, on.dollar)).settled).to.equal(100_000_000n);
    expect((await on.ledger.flowOf(natural, on.wrapped)).settled).to.equal(10n ** 17n);
    expect((await on.ledger.flowOf(poor, on.dollar)).received).to.equal(0n);
  });

  it("reads more releases and inlets than fit into one request", async () => {
    for (let i = 0; i < 250; i++) await registerAsset(on, on.accounts.alice);
    const last = Number(await on.ledger.releaseCount());
    await on.dollar.mint(await on.inlets.inletOf(last), 50_000_000n);
    await pay(last - 1, 50_000_000n);
    const { error, transactions } = await on.act(keeper, keeping);
    expect(error).to.equal(undefined);
    expect(transactions).to.have.lengthOf(2);
    for (const release of [last, last - 1])
      expect((await on.ledger.flowOf(release, on.dollar)).settled).to.equal(50_000_000n);
  });

  it("reads the candidates from the indexer if it answers", async () => {
    const service = await on.startApi();
    await pay(3, 50_000_000n);
    await service.caughtUp();
    const { transactions, words } = await on.act(keeper, { ...keeping, api: service.api });
    await service.stop();
    expect(words).not.to.contain("Reading the contracts");
    expect(transactions).to.have.lengthOf(1);
    expect(await unsettled(1)).to.equal(0n);
  });

  it("counts the L1 data fee of a rollup", async () => {
    await pay(3, 50_000_000n);
    // More than half of what the money is worth, for the whole transaction; little for each release in it.
    await placeGasPriceOracle(on.ethers.provider, { l1Fee: 11n * 10n ** 15n });
    const { transactions, words } = await on.act(keeper, keeping);
    await send("hardhat_setCode", GAS_PRICE_ORACLE, "0x");
    expect(transactions).to.deep.equal([]);
    expect(words).to.contain("Skipped: worth less than the margin asks for.");
    expect((await on.act(keeper, keeping)).transactions).to.have.lengthOf(1);
  });

  it("is safe to run twice at once", async () => {
    const { bob, carol } = on.accounts;
    for (let i = 0; i < 5; i++) await pay(3, 50_000_000n);
    const before = await on.ledger.flowOf(1, on.dollar);
    const both = await Promise.all([bob, carol].map((as) => on.act(keeper, keeping, { as })));
    for (const { error } of both) expect(error).to.equal(undefined);
    expect([await unsettled(3), await unsettled(2), await unsettled(1)]).to.deep.equal([0n, 0n, 0n]);
    expect((await on.ledger.flowOf(1, on.dollar)).settled - before.settled).to.equal(30_000_000n);

    await pay(3, 50_000_000n);
    await Promise.all([bob, bob].map((as) => on.act(keeper, keeping, { as })));
    expect(await unsettled(1)).to.equal(0n);
  });

  it("stops at an abort, names the pending transaction, and waits for it after a restart", async () => {
    const { bob } = on.accounts;
    await pay(3, 50_000_000n);
    await send("evm_setAutomine", false);
    const stopping = new AbortController();
    const nonce = await bob.getNonce();
    const first = on.act(keeper, { ...keeping, once: false }, { as: bob, signal: stopping.signal });
    while ((await bob.getNonce("pending")) === nonce) await new Promise((resolve) => setTimeout(resolve, 20));
    stopping.abort();
    const stopped = await first;
    expect(stopped.error).to.equal(undefined);
    expect(stopped.words).to.match(/Stopped waiting for 0x[0-9a-f]{64}.*may still be mined/);

    const second = on.act(keeper, keeping, { as: bob });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await send("evm_setAutomine", true);
    await send("evm_mine");
    const back = await second;
    expect(back.words).to.contain("Waiting for earlier transactions.");
    expect(back.transactions).to.deep.equal([]);
    expect(await unsettled(1)).to.equal(0n);
  });

  it("sends nothing in a dry run", async () => {
    await pay(3, 50_000_000n);
    const { transactions, words } = await on.act(keeper, keeping, { dryRun: true });
    expect(transactions).to.deep.equal([]);
    expect(words).to.contain("Dry run: would be sent.");
    expect(await unsettled(3)).to.equal(50_000_000n);
  });

  it("refuses malformed prices, margins and ranges, and spends nothing without a confirmation", async () => {
    for (const [options, reason] of [
      [{ price: "EUR=1" }, "does not accept EUR"],
      [{ price: "tUSD=much" }, "is not a price"],
      [{ margin: "-1" }, "--margin must be"],
      [{ every: "often" }, "--every must be"],
      [{ inlets: "1-2-3" }, "is not a range"],
      [{ outlets: "some" }, "--outlets"],
    ] as const) {
      expect((await on.act(keeper, { ...keeping, ...options })).error?.message).to.contain(reason);
    }
    const unasked = await on.act(keeper, keeping, { yes: false });
    expect(unasked.error?.message).to.contain("there is no terminal to ask at");
  });
});
