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
    const allocations = [outlet, accounts.alice.address].map((account) => ({ account, role: 0, shares: 50_000_000n }));
    const asset = await registerAsset(world, accounts.alice, { allocations });
    await dollar.connect(accounts.payer).approve(ledger, FEE);
    await ledger.connect(accounts.payer).pay(asset, dollar, FEE, world.ethers.ZeroHash);
    await ledger.settle([asset], dollar);
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

  async function open(path: string): Promise<{ page: Page; complaints: readonly string[] }> {
    const wallet = new TestWallet(world.node, accountAt(3));
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
    await page.getByRole("button", { name: "Pass on", exact: true }).click();
    await page.locator(".progress.done").waitFor();
    expect(await world.dollar.balanceOf(escrow)).to.equal(EARNED);
    expect(complaints).to.deep.equal([]);
  });
});
