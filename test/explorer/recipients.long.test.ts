import { expect } from "chai";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, PHONE, startBrowser, takePicture } from "../support/browser.ts";
import { skip } from "../support/skip.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

/** An account of `startParticipant`, which owns asset 1. */
const ALICE = accountAt(2);

describe("recipients in the explorer, with a wallet", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  /** A contract that may never call. */
  let escrow: string;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_293);
    escrow = await (await world.ethers.deployContract("TestEscrow")).getAddress();
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

  async function open(path: string, options: BrowserContextOptions = {}) {
    const wallet = new TestWallet(world.node, ALICE);
    const openedPage = await openPage(browser as Browser, `${world.url}${path}`, options, (context) =>
      wallet.installIn(context),
    );
    openedPage.page.setDefaultTimeout(15_000);
    opened.push(openedPage);
    return { ...openedPage, wallet };
  }
  const connect = (page: Page) => page.getByRole("button", { name: "Test wallet" }).click();
  const buttons = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

  it("refuses an inlet as recipient of shares as soon as it is typed, in small letters, and signs nothing", async () => {
    const { page, complaints, wallet } = await open("#/transfer/1");
    const inlet = await world.inlets.inletOf(50);
    // The field tells it before a wallet is connected, too.
    await page.getByLabel("Recipient").fill(inlet.toLowerCase());
    await page.locator(".field .error").getByText("is the inlet of release 50, which does not exist yet").waitFor();
    expect(await page.getByLabel("Recipient").getAttribute("aria-invalid")).to.equal("true");
    await connect(page);
    await page.getByLabel("Shares, in %").fill("5");
    await page.getByRole("alert").getByText("the shares could never leave it").waitFor();
    expect(await buttons(page, "Transfer").count()).to.equal(0);
    await page.getByLabel("Recipient").fill(world.deployment.ledger);
    await page.getByRole("alert").getByText("is the ledger of this deployment").waitFor();
    expect(wallet.sent).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it("warns of a passive contract beside the field and in the review, and sends the shares to its outlet", async () => {
    const { page, complaints } = await open("#/transfer/1", { viewport: PHONE });
    await connect(page);
    await page.getByLabel("Recipient").fill(escrow);
    await page.getByLabel("Shares, in %").fill("5");
    const warning = page.locator(".field .warning");
    await warning.getByText("it does not answer as a contract wallet (ERC-1271)").waitFor();
    expect(await warning.innerText()).to.contain(
      "An outlet holds shares for one account. Anyone can pass on what it earns",
    );
    await page.locator(".review .note.warn").getByText("it does not answer as a contract wallet").waitFor();
    await takePicture(page, "recipient-warning-phone");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(PHONE.width);

    await buttons(page, "Use its outlet").click();
    const outlet = await world.outlets.outletOf(escrow);
    await page.locator(".review").getByText(outlet).waitFor();
    expect(await page.getByLabel("Recipient").inputValue()).to.equal(outlet);
    expect(await warning.count()).to.equal(0);
    expect(await page.locator(".review .note.warn").count()).to.equal(0);
    await buttons(page, "Transfer").click();
    await page.locator(".progress.done").waitFor();
    expect(await world.ledger.balanceOf(outlet, 1)).to.equal(5_000_000n);
    expect(complaints).to.deep.equal([]);
  });

  it("refuses a dead end and warns of a passive contract among the contributors of a new asset", async () => {
    const { page, complaints, wallet } = await open("#/register");
    await connect(page);
    await page.getByLabel("Name", { exact: true }).fill("Escrowed");
    const contributor = page.getByLabel("Contributor 1", { exact: true });
    await contributor.fill("0x0000000000000000000000000000000000000009");
    await page.locator(".field .error").getByText("reserves for precompiled contracts").waitFor();
    await page.getByRole("alert").getByText("reserves for precompiled contracts").waitFor();
    expect(await buttons(page, "Register").count()).to.equal(0);
    await contributor.fill(escrow);
    await page.locator(".review .note.warn").getByText("it does not answer as a contract wallet").waitFor();
    await buttons(page, "Use its outlet").click();
    await page
      .locator(".review")
      .getByText(await world.outlets.outletOf(escrow))
      .first()
      .waitFor();
    expect(await page.locator(".review .note.warn").count()).to.equal(0);
    expect(wallet.sent).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });
});
