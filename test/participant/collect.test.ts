import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { collect } from "../../scripts/participant/commands/collect.ts";
import { plan } from "../../scripts/participant/commands/plan.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

describe("plan and collect, with an indexer", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;
  before(async () => {
    on = await startParticipant(4_245);
    const { payer } = on.accounts;
    for (const currency of [on.dollar, on.signed]) {
      await currency.connect(payer).approve(on.ledger, 10n ** 12n);
      await on.ledger.connect(payer).pay(3, currency, 10_000_000n, on.ethers.ZeroHash);
    }
    service = await on.startApi();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });
  const asked = {
    account: undefined,
    currency: undefined,
    to: undefined,
    assets: undefined,
    all: false,
    credit: false,
    price: "",
  };

  it("show and collect what an account can get, to the base unit", async () => {
    const { alice, stranger } = on.accounts;
    await service.caughtUp();
    const { api } = service;
    const planned = await on.act(plan, { ...asked, account: alice.address, api });
    // 30 % of 40 % of 10, less the commons' 1 %.
    expect(planned.words).to.contain("can collect 1.188 tUSD (1188000 base units): settle 3 releases");
    expect(planned.words).to.contain(
      `To collect, the account itself runs: npx hardhat collect --as ${alice.address} --currency ${await on.dollar.getAddress()}`,
    );
    expect(planned.result?.plans).to.have.lengthOf(2);

    const one = await on.act(collect, { ...asked, api, currency: "tUSD", to: stranger.address }, { as: alice });
    expect(one.transactions).to.have.lengthOf(1);
    const currency = await on.dollar.getAddress();
    expect(one.result?.paid).to.deep.equal([{ currency, amount: "1188000", assets: [1] }]);
    expect(await on.dollar.balanceOf(stranger)).to.equal(1_188_000n);
    await service.caughtUp();
    const rest = await on.act(collect, { ...asked, api }, { as: alice });
    expect(await on.signed.balanceOf(alice)).to.equal(1_188_000n);
    expect(rest.transactions).to.have.lengthOf(1);
    await service.caughtUp();
    const nothing = await on.act(collect, { ...asked, api }, { as: alice });
    expect(nothing.words).to.contain("has nothing to collect now");
    expect(nothing.transactions).to.deep.equal([]);
  });

  it("pay what was due although somebody claims it to credit in front", async () => {
    const { alice, payer, stranger } = on.accounts;
    const dollar = (await on.dollar.getAddress()) as `0x${string}`;
    await on.ledger.connect(payer).deposit(on.dollar, 500_000n, alice);
    await on.ledger.connect(payer).pay(1, on.dollar, 1_000_000n, on.ethers.ZeroHash);
    await service.caughtUp();
    const { api } = service;
    const before = await on.dollar.balanceOf(alice);
    // Between planning and sending.
    const dry = await on.act(collect, { ...asked, api }, { as: alice, dryRun: true });
    const [call] = dry.planned ?? [];
    await on.ledger.connect(payer).settle([1], on.dollar);
    await on.ledger.connect(stranger).claimToCredit(alice, [1], on.dollar);
    await (await alice.sendTransaction({ to: on.deployment.ledger, data: call?.data ?? "0x" })).wait();
    expect((await on.dollar.balanceOf(alice)) - before).to.equal(990_000n);
    // Prepaid credit is left.
    expect(await on.ledger.creditOf(alice, dollar)).to.equal(500_000n);

    // Long before: the plan still has it.
    await on.ledger.connect(payer).pay(1, on.dollar, 1_000_000n, on.ethers.ZeroHash);
    await on.ledger.connect(payer).settle([1], on.dollar);
    await on.ledger.connect(stranger).claimToCredit(alice, [1], on.dollar);
    await service.caughtUp();
    const planned = await on.act(plan, { ...asked, account: alice.address, api });
    expect(planned.words).to.contain("can collect 0.99 tUSD (990000 base units): withdraw 0.99 tUSD");
    const collected = await on.act(collect, { ...asked, api }, { as: alice });
    expect(collected.result?.paid).to.deep.equal([{ currency: dollar, amount: "990000", assets: [] }]);
    expect(await on.ledger.creditOf(alice, dollar)).to.equal(500_000n);
    await service.caughtUp();
    expect((await on.act(collect, { ...asked, api }, { as: alice })).words).to.contain("has nothing to collect now");

    // Prepaid credit only if it is asked for.
    await on.act(collect, { ...asked, api, credit: true }, { as: alice });
    expect(await on.ledger.creditOf(alice, dollar)).to.equal(0n);
  });

  it("leave out what costs more than it brings, and take it if they are told to", async () => {
    const { alice, payer } = on.accounts;
    await on.ledger.connect(payer).pay(1, on.dollar, 1_000_000n, on.ethers.ZeroHash);
    await service.caughtUp();
    const { api } = service;
    const nothing = await on.act(plan, { ...asked, account: alice.address, api, price: "tUSD=0.00000001" });
    expect(nothing.words).to.contain("has nothing in tUSD that is worth collecting now");
    expect(nothing.words).to.contain("asset 1: 0.99 tUSD for");
    expect(nothing.words).to.contain("`--all` collects them, too");
    for (const price of ["tUSD=0", "tUSD=0.00000001"]) {
      const refused = await on.act(collect, { ...asked, api, price }, { as: alice });
      expect(refused.transactions).to.deep.equal([]);
      expect(refused.words).to.contain("Nothing in tUSD is worth collecting now");
    }
    const worth = await on.act(plan, { ...asked, account: alice.address, api, price: "tUSD=1" });
    expect(worth.words).to.contain("can collect 0.99 tUSD");
    const other = await on.act(plan, { ...asked, account: alice.address, api, currency: "tUSD", assets: "2,3" });
    expect(other.words).to.contain("has nothing to collect now");
    const wrong = await on.act(plan, { ...asked, account: alice.address, api, assets: "two" });
    expect(wrong.error?.message).to.contain('"two" is not the id of an asset');
    const all = await on.act(collect, { ...asked, api, price: "tUSD=0", all: true }, { as: alice });
    expect(((all.result?.paid ?? []) as { amount: string }[]).map(({ amount }) => amount)).to.deep.equal(["990000"]);
  });

  it("fail with a reason if the indexer does not answer, or follows another ledger", async () => {
    const away = await on.act(plan, { ...asked, api: "http://127.0.0.1:1" });
    expect(away.error?.message).to.contain("No indexer answers at http://127.0.0.1:1");
    const { ledger } = on.deployment;
    on.deployment.ledger = on.deployment.registry;
    const elsewhere = await on.act(plan, { ...asked, api: service.api });
    on.deployment.ledger = ledger;
    expect(elsewhere.error?.message).to.contain("follows the ledger");
    const lost = await on.act(plan, { ...asked, api: `${service.api}/nothing` });
    expect(lost.error?.message).to.contain(
      `answered with an error (HTTP 404). Check that it follows chain ${on.deployment.chainId}, or name another with --api.`,
    );
  });

  it("sign only settling, and collecting for the account itself, whatever the indexer's plan contains", async () => {
    const { alice, stranger } = on.accounts;
    const dollar = (await on.dollar.getAddress()) as `0x${string}`;
    const { ledger } = on.deployment;
    const thief = stranger.address as `0x${string}`;
    for (const call of [
      {
        to: ledger,
        data: encodeFunctionData({ abi: ledgerAbi, functionName: "collect", args: [[3], [1], dollar, thief] }),
      },
      { to: ledger, data: encodeFunctionData({ abi: ledgerAbi, functionName: "withdraw", args: [dollar, 1n, thief] }) },
      { to: dollar, data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [[3], dollar] }) },
    ]) {
      const pays = { amount: "1", currency: { address: dollar, symbol: "tUSD", decimals: 6 } };
      const answers: Record<string, object> = {
        ledger: { ledger },
        plan: { account: alice.address, plans: [{ pays, calls: [{ ...call, functionName: "settle", gas: 1 }] }] },
      };
      const server = createHttpServer((request, response) => {
        const data = answers[new URL(request.url ?? "", "http://localhost").pathname.split("/").at(-1) ?? ""];
        response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const refused = await on.act(collect, { ...asked, api }, { as: alice });
      server.close();
      expect(refused.error?.message).to.contain("Do not sign. Use another indexer");
      expect(refused.transactions).to.deep.equal([]);
    }
  });
});
