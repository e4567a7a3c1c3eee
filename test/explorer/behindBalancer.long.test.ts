import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { NO_CHROMIUM, openPage, startBrowser } from "../support/browser.ts";
import { skip } from "../support/skip.ts";
import { startLaggingBalancer } from "../support/rpc/laggingBalancer.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const AGENT = 3;
/** The accounts of `startParticipant`. */
const ALICE = accountAt(2);
const PAYER = accountAt(5);

describe("the explorer behind a balancer of two endpoints, one 2 s behind, with a block each 250 ms", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  let balancer: Awaited<ReturnType<typeof startLaggingBalancer>>;

  before(async function () {
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    const endpointOf = async (url: string) => {
      balancer = await startLaggingBalancer(url);
      return balancer.url;
    };
    world = await startActions(4_263, { endpointOf });
    await world.send("evm_setAutomine", false);
    await world.send("evm_setIntervalMining", 250);
  });
  after(async () => {
    await browser?.close();
    await balancer?.stop();
    await world?.stop();
  });

  /** Opens a page with a wallet that reads through the balancer. */
  async function open(path: string, account: typeof ALICE) {
    const wallet = new TestWallet(world.node, account, balancer.url);
    const { page } = await openPage(browser as Browser, `${world.url}${path}`, {}, (context) =>
      wallet.installIn(context),
    );
    page.setDefaultTimeout(60_000);
    await page.getByRole("button", { name: "Test wallet" }).click();
    return { page, wallet };
  }
  const done = (page: Page) => page.locator(".progress.done, .progress.stopped").waitFor();
  const progress = (page: Page) => page.locator(".progress").innerText();

  it("approves and pays, again and again", async () => {
    const { page, wallet } = await open(`#/pay/${AGENT}`, PAYER);
    for (const [run, amount] of ["1", "2", "3"].entries()) {
      const before = await world.received(AGENT, world.dollar);
      await page.getByLabel("Amount").fill(amount);
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await done(page);
      expect(await progress(page)).to.contain(`Release ${AGENT} received ${amount} tUSD.`);
      expect((await world.received(AGENT, world.dollar)) - before).to.equal(BigInt(amount) * 1_000_000n);
      expect(wallet.sent).to.have.lengthOf(2 * (run + 1));
      await page.getByRole("button", { name: "Close" }).click();
    }
    await page.context().close();
  });

  it("collects in two currencies, in several steps", async () => {
    const { payer, alice } = world.accounts;
    for (const currency of [world.dollar, world.signed]) {
      await (await currency.connect(payer).approve(world.ledger, 10n ** 12n)).wait();
      await (await world.ledger.connect(payer).pay(AGENT, currency, 10_000_000n, world.ethers.ZeroHash)).wait();
    }
    await world.caughtUp();
    const { page } = await open(`#/accounts/${alice.address.toLowerCase()}`, ALICE);
    const before = await world.signed.balanceOf(alice);
    await page.getByRole("button", { name: /^Collect / }).click();
    await done(page);
    expect(await progress(page)).to.contain("Done");
    // The corpus gets 30 % of the 40 % that the agent passes on, less the commons' 1 %.
    expect((await world.signed.balanceOf(alice)) - before).to.equal(1_188_000n);
    await page.context().close();
  });

  it("offers the price that it has shown", async () => {
    const { page, wallet } = await open(`#/pay/${AGENT}`, PAYER);
    await page.getByLabel("Amount").fill("1");
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await done(page);
    const [request] = wallet.requests.filter(({ method }) => method === "eth_sendTransaction");
    expect(request?.params?.[0]).to.have.property("maxFeePerGas");
    expect(request?.params?.[0]).to.have.property("maxPriorityFeePerGas");
    await page.context().close();
  });
});
