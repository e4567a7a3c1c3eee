import { expect } from "chai";
import type { Address } from "viem";
import { pass } from "../../scripts/participant/commands/pass.ts";
import { sync } from "../../scripts/participant/commands/sync.ts";
import { refusal } from "../support/commands/options.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_297;
const FEE = 2_000_000n;
/** Half of a fee, less 1 %. */
const EARNED = 990_000n;

describe("recipients that never call, on a node", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let escrow: Address;
  let outlet: Address;
  let inlet: Address;
  let asset: number;

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    const { payer, alice } = on.accounts;
    escrow = (await (await on.ethers.deployContract("PassiveAccount")).getAddress()) as Address;
    outlet = (await on.outlets.outletOf(escrow)) as Address;
    inlet = (await on.inlets.inletOf(1)) as Address;
    const allocations = [outlet, inlet].map((account) => ({ account, role: 0, shares: 50_000_000n }));
    asset = Number(await registerAsset(on, alice, { allocations }));
    await on.dollar.connect(payer).approve(on.ledger, 10n * FEE);
  });
  after(() => on.stop());

  const earn = async () => {
    await on.ledger.connect(on.accounts.payer).pay(asset, on.dollar, FEE, on.ethers.ZeroHash);
    await on.ledger.settle([asset], on.dollar);
  };
  const passing = (options: Partial<Parameters<typeof pass>[1]> = {}, account: string = escrow) =>
    on.act(
      pass,
      {
        account,
        currency: undefined,
        assets: String(asset),
        api: "http://127.0.0.1:1",
        all: false,
        price: "",
        ...options,
      },
      { as: on.accounts.bob },
    );

  it("pass sends what an outlet earned, its credit, its tokens and native money to the account", async () => {
    const { payer } = on.accounts;
    await earn();
    await on.dollar.connect(payer).transfer(outlet, 5n);
    await on.ledger.connect(payer).deposit(on.dollar, 7n, outlet);
    await payer.sendTransaction({ to: outlet, value: 3n });
    const { error, words, result } = await passing();
    expect(error).to.equal(undefined);
    expect(words).to.contain(`Pass on 0.990012 tUSD (990012 base units) from the outlet to ${escrow}.`);
    expect(result).to.deep.include({ account: escrow, outlet, transactions: 2 });
    expect(await on.dollar.balanceOf(escrow)).to.equal(EARNED + 12n);
    expect(await on.ethers.provider.getBalance(escrow)).to.equal(3n);
    expect((await passing()).words).to.contain(`There is nothing in the outlet ${outlet} to pass on now.`);
  });

  it("pass finds the assets by the indexer, and takes any other token by its address", async () => {
    await earn();
    expect(refusal(await passing({ assets: undefined }))).to.contain("No indexer answers");
    const service = await on.startApi();
    try {
      await service.caughtUp();
      const before = await on.dollar.balanceOf(escrow);
      expect((await passing({ assets: undefined, currency: "tUSD", api: service.api })).error).to.equal(undefined);
      expect((await on.dollar.balanceOf(escrow)) - before).to.equal(EARNED);

      // It settles first, and leaves out what strangers added to make it dear.
      await on.ledger.connect(on.accounts.payer).pay(asset, on.dollar, FEE, on.ethers.ZeroHash);
      const gifts: number[] = [];
      for (let i = 0; i < 5; i++) {
        const allocations = [{ account: outlet, role: 0, shares: 100_000_000n }];
        const gift = Number(await registerAsset(on, on.accounts.stranger, { allocations }));
        await on.ledger.connect(on.accounts.payer).pay(gift, on.dollar, 3n, on.ethers.ZeroHash);
        await on.ledger.settle([gift], on.dollar);
        gifts.push(gift);
      }
      await on.accounts.stranger.sendTransaction({ to: outlet, value: 9n });
      await service.caughtUp();
      const bounded = await passing({ assets: undefined, api: service.api });
      expect(bounded.words).to.contain("Left out: 5 assets or releases. `--all` collects them, too.");
      expect(bounded.words).to.contain(`asset ${gifts[0]} (given unasked): 0.000002 tUSD`);
      expect(bounded.words).to.match(/\(9 (?:wei|base units)\) at the outlet is left out/);
      expect(bounded.transactions).to.have.lengthOf(2);
      expect((await on.dollar.balanceOf(escrow)) - before).to.equal(2n * EARNED);

      await service.caughtUp();
      const all = await passing({ assets: undefined, all: true, api: service.api });
      expect(all.transactions).to.have.lengthOf(2);
      expect((await on.dollar.balanceOf(escrow)) - before).to.equal(2n * EARNED + 10n);
    } finally {
      await service.stop();
    }
    const play = await on.ethers.deployContract("TestCurrency", ["Play", "PLAY", 2]);
    await play.mint(outlet, 250n);
    expect((await passing({ currency: await play.getAddress() })).words).to.contain("2.5 PLAY (250 base units)");
    expect(await play.balanceOf(escrow)).to.equal(250n);
  });

  it("pass refuses an account that can have no outlet", async () => {
    for (const account of [on.deployment.ledger, outlet]) {
      expect(refusal(await passing({}, account))).to.contain(`${account} has no outlet`);
    }
  });

  it("sync has an inlet collect its credit and what its shares earned, in one fee", async () => {
    const { payer, bob } = on.accounts;
    await on.dollar.connect(payer).transfer(inlet, 5n);
    await on.ledger.connect(payer).deposit(on.dollar, 7n, inlet);
    const before = (await on.ledger.flowOf(1, on.dollar)).received;
    const options = { release: 1, currency: undefined, recover: undefined };
    const { error, result } = await on.act(sync, { ...options, assets: String(asset) }, { as: bob });
    expect(error).to.equal(undefined);
    expect((await on.ledger.flowOf(1, on.dollar)).received - before).to.equal(3n * EARNED + 12n);
    expect(result).to.have.property("received").with.lengthOf(1);
    expect(await on.ledger.balanceOf(inlet, asset)).to.equal(50_000_000n);
  });
});
