import { expect } from "chai";
import { type Address, createPublicClient, http } from "viem";
import { readOutletPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { createClient } from "#client/api/createClient.ts";
import { Chain } from "#client/chain/chain.ts";
import { outletAddresses } from "#protocol/clones/outletAddresses.ts";
import { collect } from "../../scripts/participant/commands/collect.ts";
import { plan } from "../../scripts/participant/commands/plan.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const FEE = 2_000_000n;
/** Half of a fee, less 1 %. */
const EARNED = 990_000n;

describe("a claim plan through the account's outlet", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;
  let outlet: Address;
  let asset: number;
  before(async () => {
    on = await startParticipant(4_261);
    const { payer, bob, stranger } = on.accounts;
    outlet = (await on.outlets.outletOf(bob)) as Address;
    const allocations = [outlet, stranger.address].map((account) => ({ account, role: 0, shares: 50_000_000n }));
    asset = Number(await registerAsset(on, stranger, { allocations }));
    await on.dollar.connect(payer).approve(on.ledger, 10n ** 12n);
    service = await on.startApi();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });
  const asked = () => ({
    account: undefined,
    currency: "tUSD",
    to: undefined,
    assets: undefined,
    all: false,
    credit: false,
    price: "",
    api: service.api,
  });
  const pay = (release: number, amount = FEE) =>
    on.ledger.connect(on.accounts.payer).pay(release, on.dollar, amount, on.ethers.ZeroHash);
  /** Asks the API itself. */
  const planOf = async (address: string, query = {}) => {
    const api = createClient(`${service.api}/chains/${on.deployment.chainId}`);
    const params = { path: { address: address.toLowerCase() }, query };
    const { data } = await api.GET("/v1/accounts/{address}/plan", { params });
    if (!data) throw new Error("No plan.");
    return data.data;
  };
  const gasText = (words: string) => /[(]?(?:about )?(\d+) gas, (estimated|simulated)/.exec(words)?.slice(1);

  it("knows the outlet's address before it is open, as the contract computes it", async () => {
    for (const account of [on.accounts.alice.address, on.accounts.bob.address]) {
      const computed = outletAddresses((await on.outlets.getAddress()) as Address)(account as Address);
      expect(computed).to.equal(await on.outlets.outletOf(account));
    }
  });

  it("shows apart and collects what lies there, and opens the outlet, with an estimate above what it takes", async () => {
    const { bob } = on.accounts;
    await pay(asset);
    await service.caughtUp();
    const shown = await planOf(bob.address);
    expect(shown.plans).to.deep.equal([]);
    expect(shown.outlet).to.deep.include({ outlet: outlet.toLowerCase(), open: false });
    expect(shown.outlet?.plans[0]?.calls.map(({ functionName }) => functionName)).to.deep.equal(["settle", "pass"]);
    const planned = await on.act(plan, { ...asked(), account: bob.address });
    expect(planned.words).to.contain(
      `${bob.address}, through its outlet ${outlet}, can collect 0.99 tUSD (990000 base units): settle 1 release, then claim for 1 asset (${asset}), then pass it on.`,
    );
    expect(planned.words).to.contain(`anyone runs: npx hardhat pass ${bob.address}`);
    const before = await on.dollar.balanceOf(bob);
    const { words, transactions, result } = await on.act(collect, asked(), { as: bob });
    expect(words).to.contain(`Pass on 0.99 tUSD (990000 base units) through your outlet ${outlet} to you.`);
    expect((await on.dollar.balanceOf(bob)) - before).to.equal(EARNED);
    expect(result?.paid).to.deep.equal([{ currency: await on.dollar.getAddress(), amount: "990000", assets: [asset] }]);
    expect(transactions).to.have.lengthOf(2);
    const estimate = shown.outlet?.plans[0]?.gas ?? 0;
    const used = (transactions as { gasUsed: string }[]).reduce((sum, { gasUsed }) => sum + Number(gasUsed), 0);
    expect(estimate / used, `${estimate} estimated, ${used} used`).to.be.within(1, 1.15);
    await service.caughtUp();
    expect((await planOf(bob.address)).outlet).to.deep.include({ open: true, plans: [] });
  });

  it("takes the account's own shares and the outlet's, all credit there, and nothing that lies an outlet further", async () => {
    const { bob, payer } = on.accounts;
    const further = outletAddresses((await on.outlets.getAddress()) as Address)(outlet);
    await on.ledger.connect(payer).deposit(on.dollar, 700_000n, outlet);
    await on.ledger.connect(payer).deposit(on.dollar, 500_000n, further);
    await pay(2);
    await service.caughtUp();
    const shown = await planOf(bob.address);
    expect(shown.plans[0]?.pays.amount).to.equal("1386000");
    expect(shown.outlet?.plans[0]?.pays.amount).to.equal("700000");
    const before = await on.dollar.balanceOf(bob);
    const { transactions } = await on.act(collect, asked(), { as: bob });
    expect(transactions).to.have.lengthOf(2);
    expect((await on.dollar.balanceOf(bob)) - before).to.equal(1_386_000n + 700_000n);
    await service.caughtUp();
    // The outlet's own address leads to its plan, and never further.
    expect(await planOf(outlet)).to.deep.include({ plans: [] });
    expect((await planOf(outlet)).outlet).to.deep.include({ account: bob.address.toLowerCase(), plans: [] });
  });

  it("cannot be made dearer by strangers, and lists what it leaves out", async () => {
    const { bob, payer, stranger } = on.accounts;
    await pay(asset);
    for (let i = 0; i < 10; i++) {
      const allocations = [{ account: outlet, role: 0, shares: 100_000_000n }];
      const gift = Number(await registerAsset(on, stranger, { allocations }));
      await pay(gift, 3n);
    }
    await service.caughtUp();
    const { outlet: through } = await planOf(bob.address);
    expect(through?.plans[0]).to.deep.include({ leftOutCount: 10, claimCount: 1 });
    const dear = await planOf(bob.address, {
      gasPriceWei: "1000000000",
      prices: `${(await on.dollar.getAddress()).toLowerCase()}:1000000000000`,
    });
    expect(dear.outlet?.plans[0]).to.deep.include({ calls: [], leftOutCount: 11 });
    const api = createClient(`${service.api}/chains/${on.deployment.chainId}`);
    const path = { address: bob.address.toLowerCase(), currency: (await on.dollar.getAddress()).toLowerCase() };
    const listed = await api.GET("/v1/accounts/{address}/plan/{currency}/left-out", {
      params: { path, query: { outlet: true } },
    });
    expect(listed.data?.data).to.have.lengthOf(10);
    const own = await api.GET("/v1/accounts/{address}/plan/{currency}/left-out", { params: { path } });
    expect(own.data?.data).to.deep.equal([]);

    // Somebody passes on in front: the batch still succeeds, and the money is there.
    const { planned = [] } = await on.act(collect, asked(), { as: bob, dryRun: true });
    await on.ledger.connect(payer).settle([asset], on.dollar);
    const before = await on.dollar.balanceOf(bob);
    await on.outlets.connect(stranger).pass(bob, [asset], on.dollar);
    for (const { to, data } of planned) await (await bob.sendTransaction({ to, data })).wait();
    expect(planned).to.have.lengthOf(2);
    expect((await on.dollar.balanceOf(bob)) - before).to.equal(EARNED);
  });

  it("is not there for a dead end or an inlet, and pays no other payee", async () => {
    const { bob, stranger, payer } = on.accounts;
    await on.inlets.open(1);
    await service.caughtUp();
    for (const address of [
      on.deployment.ledger,
      on.deployment.registry,
      await on.dollar.getAddress(),
      await on.wrapped.getAddress(),
      await on.outlets.getAddress(),
      await on.inlets.inletOf(1),
      on.ethers.ZeroAddress,
    ]) {
      expect((await planOf(address)).outlet, address).to.equal(null);
      await on.outlets.outletOf(address).then(
        () => expect.fail(`The contract names an outlet of ${address}.`),
        () => undefined,
      );
    }
    await on.ledger.connect(payer).deposit(on.dollar, 700_000n, outlet);
    await service.caughtUp();
    const elsewhere = await on.act(collect, { ...asked(), to: stranger.address }, { as: bob });
    expect(elsewhere.transactions).to.deep.equal([]);
    expect(elsewhere.words).to.contain("an outlet pays its own account only");
  });

  it("shows one figure of gas for each source: estimated by the index, and simulated before it is sent", async () => {
    const { alice } = on.accounts;
    await pay(1);
    await service.caughtUp();
    const shown = await planOf(alice.address);
    const estimate = shown.plans[0]?.gas ?? 0;
    const planned = await on.act(plan, { ...asked(), account: alice.address });
    expect(gasText(planned.words)).to.deep.equal([String(estimate), "estimated"]);
    const dry = await on.act(collect, asked(), { as: alice, dryRun: true });
    const [simulated, source] = gasText(dry.words) ?? [];
    expect(source).to.equal("simulated");
    const { transactions } = await on.act(collect, asked(), { as: alice });
    const used = Number((transactions as { gasUsed: string }[])[0]?.gasUsed);
    // A simulation counts before refunds: credit that is filled and emptied again gives 19,900 back.
    expect(Number(simulated) / used, `${simulated} simulated, ${used} used`).to.be.within(1, 1.2);
    expect(estimate / used, `${estimate} estimated, ${used} used`).to.be.within(1, 1.2);
  });

  it("is refused if an indexer names another outlet", async () => {
    const { alice, bob } = on.accounts;
    const { outlet: through } = await planOf(bob.address);
    const given = through ?? expect.fail("No plan.");
    const chain = new Chain({
      client: createPublicClient({ transport: http(on.url) }),
      deployment: on.deployment,
    });
    for (const wrong of [
      { ...given, account: alice.address },
      { ...given, outlet: bob.address },
    ]) {
      const thrown = await readOutletPlans(chain, bob.address as Address, wrong).then(
        () => undefined,
        (error: Error) => error,
      );
      expect(thrown?.message).to.contain("The indexer names an outlet that is not the one of");
    }
  });
});
