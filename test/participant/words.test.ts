import { expect } from "chai";
import type { Address } from "viem";
import { createClient } from "#client/api/createClient.ts";
import { exactText } from "#protocol/money.ts";
import { claim } from "../../scripts/participant/commands/claim.ts";
import { plan } from "../../scripts/participant/commands/plan.ts";
import { status } from "../../scripts/participant/commands/status.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

/** One account, after fees that are settled and claimed in part: the words of docs/words.md must mean one figure each. */
describe("earned, claimed, claimable, claimable after settling, in credit", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;

  before(async () => {
    on = await startParticipant(4_266);
    service = await on.startApi();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });

  it("are the same figures in the statement, on the leaderboard, in the plan, and at the command line", async () => {
    const { ledger, dollar, accounts, act } = on;
    const { bob, payer } = accounts;
    const currency = (await dollar.getAddress()).toLowerCase() as Address;
    await (await dollar.connect(payer).approve(ledger, 10n ** 9n)).wait();
    const pay = async (amount: bigint) =>
      (await ledger.connect(payer).pay(3, dollar, amount, `0x${"00".repeat(32)}`)).wait();
    await pay(10_000_000n);
    await (await ledger.settle([3, 2], dollar)).wait();
    await act(
      claim,
      { assets: ["2"], currency: "tUSD", to: undefined, toCredit: true, account: undefined },
      { as: bob },
    );
    await pay(5_000_000n);
    await (await ledger.settle([3, 2], dollar)).wait();
    await pay(2_000_000n);
    await service.caughtUp();

    const client = createClient(service.api);
    const address = bob.address.toLowerCase();
    const { data: statement } = await client.GET("/v1/accounts/{address}/statement", { params: { path: { address } } });
    const lines = (statement?.data.lines ?? []).filter(({ earned }) => earned.currency.address === currency);
    const sum = (of: (line: (typeof lines)[number]) => { amount: string }) =>
      lines.reduce((all, line) => all + BigInt(of(line).amount), 0n);
    const [earned, claimed, claimable] = [
      sum((line) => line.earned),
      sum((line) => line.claimed),
      sum((line) => line.claimableNow),
    ];
    const afterSettling = sum((line) => line.claimableAfterSettling);
    expect(claimed > 0n && claimable > 0n && afterSettling > claimable).to.equal(true);
    expect(earned).to.equal(claimed + claimable);
    expect(await ledger.claimable(bob.address, [2], dollar)).to.equal(claimable);

    const { data: board } = await client.GET("/v1/economy/{currency}/leaderboards/accounts", {
      params: { path: { currency } },
    });
    const row = board?.data.find(({ account }) => account === address);
    expect(row?.settled.amount, "Earned on the page of accounts").to.equal(String(earned));
    expect(row?.income.amount, "Earned after settling").to.equal(String(claimed + afterSettling));

    const whole = { assets: undefined, all: false, credit: false, price: "" };
    const options = { account: bob.address, currency: "tUSD", api: service.api, ...whole };
    const planned = await act(plan, options, { as: bob });
    // All that was claimed lies in credit, and is withdrawn with it.
    expect(planned.words).to.contain(exactText(afterSettling + claimed, { symbol: "tUSD", decimals: 6 }));
    const shown = await act(status, { release: undefined, asset: undefined, account: bob.address });
    expect(shown.words).to.contain(`${exactText(claimed, { symbol: "tUSD", decimals: 6 })} in credit`);
  });
});
