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
  const asked = { account: undefined, currency: undefined, to: undefined };

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
        const data = answers[request.url?.split("/").at(-1) ?? ""];
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
