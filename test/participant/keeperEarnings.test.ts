import { expect } from "chai";
import { keeper } from "../../scripts/keeper/keeper.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const FEE = 100_000_000n;
/** Half of a fee, less 1 %. */
const EARNED = 49_500_000n;

describe("the keeper, with inlets and outlets that hold shares", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;
  let escrow: string;
  let outlet: string;
  let inlet: string;
  let asset: number;
  before(async () => {
    on = await startParticipant(4_263);
    const { payer, alice } = on.accounts;
    escrow = await (await on.ethers.deployContract("PassiveAccount")).getAddress();
    outlet = await on.outlets.outletOf(escrow);
    inlet = await on.inlets.inletOf(1);
    await on.inlets.open(1);
    await on.outlets.open(escrow);
    const allocations = [outlet, inlet].map((account) => ({ account, role: 0, shares: 50_000_000n }));
    asset = Number(await registerAsset(on, alice, { allocations }));
    await on.dollar.mint(payer, 10n ** 12n);
    await on.dollar.connect(payer).approve(on.ledger, 10n ** 15n);
    service = await on.startApi();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });

  const keep = async (options: Partial<Parameters<typeof keeper>[1]> = {}) => {
    await service.caughtUp();
    return on.act(keeper, {
      price: "tUSD=0.0004",
      margin: "2",
      once: true,
      every: "1s",
      inlets: "none",
      outlets: "none",
      api: service.api,
      ...options,
    });
  };
  const earn = async (of = asset, amount = FEE) => {
    await on.ledger.connect(on.accounts.payer).pay(of, on.dollar, amount, on.ethers.ZeroHash);
    await on.ledger.settle([of], on.dollar);
  };

  it("passes on and collects by its options only", async () => {
    await earn();
    expect((await keep()).transactions).to.deep.equal([]);

    const passed = await keep({ outlets: "all" });
    expect(passed.words).to.contain(
      `Pass on 49.5 tUSD (49500000 base units) from the outlet to ${escrow.toLowerCase()}.`,
    );
    expect(passed.transactions).to.have.lengthOf(1);
    expect(await on.dollar.balanceOf(escrow)).to.equal(EARNED);

    const collected = await keep({ inlets: "1" });
    expect(collected.words).to.contain("Turn what the inlet earned and holds, 49.5 tUSD");
    expect((await on.ledger.flowOf(1, on.dollar)).received).to.equal(EARNED);
    const again = await keep({ inlets: "all", outlets: "all" });
    expect(again.words).not.to.match(/Pass on|Turn what/);
  });

  it("moves credit and what lies there, without an indexer, too, for the accounts that are named", async () => {
    const { payer } = on.accounts;
    await on.ledger.connect(payer).deposit(on.dollar, 50_000_000n, outlet);
    await on.ledger.connect(payer).deposit(on.dollar, 50_000_000n, inlet);
    await on.dollar.connect(payer).transfer(outlet, 7n);
    const [before, received] = await Promise.all([on.dollar.balanceOf(escrow), on.received(1, on.dollar)]);
    const { error, words } = await keep({ inlets: "1", outlets: escrow, api: "http://127.0.0.1:1" });
    expect(error).to.equal(undefined);
    expect(words).to.contain("No indexer answers");
    expect((await on.dollar.balanceOf(escrow)) - before).to.equal(50_000_007n);
    expect((await on.received(1, on.dollar)) - received).to.equal(50_000_000n);
  });

  it("sends nothing for what is worth less than its gas, and pays for no assets that strangers give", async () => {
    const { stranger, payer } = on.accounts;
    const gifts: number[] = [];
    for (let i = 0; i < 30; i++) {
      const allocations = [outlet, inlet].map((account) => ({ account, role: 0, shares: 50_000_000n }));
      gifts.push(Number(await registerAsset(on, stranger, { allocations })));
      await earn(gifts[i], 1_000n);
    }
    await on.dollar.connect(payer).transfer(outlet, 9n);
    await stranger.sendTransaction({ to: outlet, value: 10n ** 17n });
    expect((await keep({ inlets: "all", outlets: "all" })).words).not.to.match(/Pass on|Turn what/);

    await earn();
    const { transactions } = await keep({ inlets: "all", outlets: "all" });
    const gas = (transactions as { gasUsed: string }[]).map(({ gasUsed }) => Number(gasUsed));
    // Passed and collected; perhaps settled what the inlet paid, if the indexer knew of it already. No claim for a gift,
    // each of which takes 12,000 gas at least.
    expect(transactions.length).to.be.within(2, 3);
    expect(Math.max(...gas)).to.be.below(150_000);
    for (const gift of gifts) expect(await on.ledger.claimable(outlet, [gift], on.dollar)).to.equal(495n);
    // The account's own code would run: nobody can make the keeper's calls fail.
    expect(await on.ethers.provider.getBalance(outlet)).to.equal(10n ** 17n);
  });
});
