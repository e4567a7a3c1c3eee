import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, startBrowser, takePicture } from "../support/browser.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { skip } from "../support/skip.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const FEE = 2_000_000n;
/** Half of a fee, less 1 %. */
const EARNED = 990_000n;

describe("outlets in the explorer, with a wallet", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  let escrow: string;
  let outlet: string;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_298);
    const { dollar, ledger, inlets, outlets, accounts } = world;
    escrow = await (await world.ethers.deployContract("PassiveAccount")).getAddress();
    await outlets.open(escrow);
    await inlets.open(1);
    outlet = await outlets.outletOf(escrow);
    const allocations = [
      { account: outlet, role: 0, shares: 50_000_000n },
      { account: accounts.alice.address, role: 0, shares: 25_000_000n },
      { account: await inlets.inletOf(1), role: 0, shares: 25_000_000n },
    ];
    const asset = await registerAsset(world, accounts.alice, { allocations });
    await dollar.connect(accounts.payer).approve(ledger, 2n * FEE);
    await ledger.connect(accounts.payer).pay(asset, dollar, FEE, world.ethers.ZeroHash);
    await ledger.settle([asset], dollar);
    await ledger.connect(accounts.payer).deposit(dollar, 700_000n, await outlets.outletOf(accounts.alice));
    await world.caughtUp();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async function () {
    for (const [i, { page }] of opened.splice(0).entries()) {
      if (this.currentTest?.isFailed()) await takePicture(page, `failed-${i}`);
      await page.context().close();
    }
  });

  async function open(path: string, index = 3): Promise<{ page: Page; complaints: readonly string[] }> {
    const wallet = new TestWallet(world.node, accountAt(index));
    const openedPage = await openPage(browser as Browser, `${world.url}${path}`, {}, (context) =>
      wallet.installIn(context),
    );
    openedPage.page.setDefaultTimeout(15_000);
    opened.push(openedPage);
    return openedPage;
  }

  it("tells an inlet from an account, and leads from an outlet to its account", async () => {
    const { page } = await open(`#/accounts/${await world.inlets.inletOf(1)}`);
    await page.getByText("This address is the inlet of").waitFor();
    const { page: of } = await open(`#/accounts/${outlet}`);
    const section = of.locator("section", { hasText: "This address is the outlet of" });
    await section.getByRole("link", { name: /^0x/ }).click();
    await of.getByText("This account has an outlet, which holds shares for it").waitFor();
  });

  it("passes on what an outlet earned, by anybody's wallet", async () => {
    const { page, complaints } = await open(`#/accounts/${outlet}`);
    await page.getByRole("link", { name: "Pass on" }).click();
    await page.getByRole("button", { name: "Test wallet" }).click();
    await page.getByText("Pass on 0.99 tUSD").waitFor();
    await page.getByText(/\d gas, simulated\)/).waitFor();
    await page.getByRole("button", { name: "Pass on", exact: true }).click();
    await page.locator(".progress.done").waitFor();
    expect(await world.dollar.balanceOf(escrow)).to.equal(EARNED);
    expect(complaints).to.deep.equal([]);
  });

  it("collects what an account's own outlet can pass on, shown apart, although it is not open", async () => {
    const { alice } = world.accounts;
    const { page, complaints } = await open(`#/accounts/${alice.address.toLowerCase()}`, 2);
    const through = page.locator(".through-outlet");
    await through.getByText("Passing on takes 1 transaction, to withdraw its credit and pass it on").waitFor();
    await page.getByRole("button", { name: "Test wallet" }).click();
    await page.getByText(/Pass on 0\.7 tUSD \(700000 base units\) through your outlet 0x/).waitFor();
    await page.getByText(/\d gas, simulated\)/).waitFor();
    const before = await world.dollar.balanceOf(alice);
    await page.getByRole("button", { name: "Collect 0.495 tUSD and 0.7 tUSD through your outlet" }).click();
    await page.locator(".progress.done").waitFor();
    expect((await world.dollar.balanceOf(alice)) - before).to.equal(EARNED / 2n + 700_000n);
    expect(complaints).to.deep.equal([]);
  });

  it("has an inlet collect what its shares earned", async () => {
    const { page, complaints } = await open("#/sync/1");
    await page.getByRole("button", { name: "Test wallet" }).click();
    await page.getByText("Turn what the inlet earned and holds, 0.495 tUSD").waitFor();
    const before = await world.received(1, world.dollar);
    await page.getByRole("button", { name: "Sync", exact: true }).click();
    await page.locator(".progress.done").waitFor();
    expect((await world.received(1, world.dollar)) - before).to.equal(EARNED / 2n);
    expect(complaints).to.deep.equal([]);
  });
});
