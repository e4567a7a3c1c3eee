import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, PHONE, startBrowser, takePicture } from "../support/browser.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

/** The accounts of `startParticipant`. */
const PROPOSER = accountAt(2);
const CANCELLER = accountAt(3);
const STRANGER = accountAt(6);
const DELAY = 172_800;

describe("the explorer's page about governance", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_252, { governed: true });
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async function () {
    for (const [i, { page }] of opened.splice(0).entries()) {
      if (this.currentTest?.isFailed()) await takePicture(page, `failed-governance-${i}`);
      await page.context().close();
    }
  });

  async function open(path: string, wallet?: TestWallet, options: BrowserContextOptions = {}) {
    const openedPage = await openPage(browser as Browser, `${world.url}${path}`, options, (context) =>
      Promise.resolve(wallet?.installIn(context)),
    );
    openedPage.page.setDefaultTimeout(15_000);
    opened.push(openedPage);
    return openedPage;
  }
  const connect = (page: Page) => page.getByRole("button", { name: "Test wallet" }).click();
  const done = (page: Page) => page.locator(".progress.done").waitFor();
  const text = async (page: Page) => (await page.locator("main").innerText()).replaceAll(/\s+/g, " ");
  const press = async (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
  const wait = async () => {
    await world.send("evm_increaseTime", DELAY);
    await world.send("evm_mine");
    await world.caughtUp();
  };

  it("shows what is scheduled, by whom and from when, and lets each role act", async () => {
    const token = await world.ethers.deployContract("TestCurrency", ["Euro", "EUR", 6]);
    await (await token.mint(world.accounts.payer, 1n)).wait();
    const address = await token.getAddress();
    const proposing = await open("#/govern/admit", new TestWallet(world.node, PROPOSER));
    await connect(proposing.page);
    await proposing.page.getByLabel("Address of the token").fill(address);
    await proposing.page.getByRole("heading", { name: "Before you sign" }).waitFor();
    expect(await text(proposing.page))
      .to.contain(`Admit ${address} (EUR) as a currency, for ever`)
      .and.to.contain("Nobody can check by a call");
    await press(proposing.page, "Admit");
    await done(proposing.page);

    await world.caughtUp();
    const { page, complaints } = await open("#/governance", undefined, { viewport: PHONE });
    await page.getByText("(observed)").waitFor();
    const shown = await text(page);
    expect(shown).to.contain("Waiting until").and.to.contain("as a currency, for ever").and.to.contain("2 days");
    expect(shown).to.contain("Executors anyone").and.to.contain("only the timelock itself");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(PHONE.width);
    await takePicture(page, "governance-phone");
    expect(await accessibilityViolations(page)).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);

    const early = await open("#/governance", new TestWallet(world.node, STRANGER));
    await early.page.getByRole("link", { name: "Execute", exact: true }).click();
    await connect(early.page);
    await early.page.getByText(/can be executed in (2 days|1 day)/).waitFor();
    await wait();
    // The page tries again by itself once the indexer has the new block.
    await press(early.page, "Execute");
    await done(early.page);
    expect(await world.ledger.isAdmitted(token)).to.equal(true);
  });

  it("shows a batch together, and what cannot be decoded; only a canceller cancels it", async () => {
    const { alice } = world.accounts;
    const timelock = await world.ethers.getContractAt("AdminTimelock", await world.ledger.admin());
    const inner = timelock.interface.encodeFunctionData("updateDelay", [0]);
    const batch = [[timelock, world.dollar], [0n, 0n], [inner, "0x12345678"], ZeroHash, ZeroHash] as const;
    await (
      await timelock
        .connect(alice)
        .scheduleBatch([...batch[0]], [...batch[1]], [...batch[2]], batch[3], batch[4], DELAY)
    ).wait();
    await world.caughtUp();
    const { page } = await open("#/governance", new TestWallet(world.node, PROPOSER));
    await page.getByText("2 calls together").waitFor();
    const shown = await text(page);
    expect(shown).to.contain("Change the delay to 0 seconds").and.to.contain("may do anything the timelock may");
    await takePicture(page, "governance");
    await page.getByRole("link", { name: "Cancel", exact: true }).click();
    await connect(page);
    await page.getByText("does not have the role CANCELLER_ROLE").waitFor();

    const canceller = await open("#/governance", new TestWallet(world.node, CANCELLER));
    await canceller.page.getByRole("link", { name: "Cancel", exact: true }).click();
    await connect(canceller.page);
    await press(canceller.page, "Cancel it");
    await done(canceller.page);
    await canceller.page.getByRole("link", { name: "Governance" }).first().click();
    await canceller.page.getByText("Cancelled", { exact: true }).waitFor();
  });

  it("sweeps the commons for anyone, and schedules their withdrawal for a proposer", async () => {
    const { payer } = world.accounts;
    await (await world.dollar.connect(payer).approve(world.ledger, 1_000_000n)).wait();
    await (await world.ledger.connect(payer).pay(1, world.dollar, 1_000_000n, ZeroHash)).wait();
    await (await world.ledger.settle([1], world.dollar)).wait();
    await world.caughtUp();
    const { page } = await open("#/govern/sweep", new TestWallet(world.node, STRANGER));
    await connect(page);
    await page.getByText("Add 0.01 tUSD").waitFor();
    await press(page, "Sweep");
    await done(page);

    const taking = await open("#/govern/withdraw", new TestWallet(world.node, PROPOSER));
    await connect(taking.page);
    await taking.page.getByText("The beneficiary of the commons is the timelock.").waitFor();
    await taking.page.getByLabel("Account to pay").fill(world.accounts.stranger.address);
    await taking.page.getByText("Withdraw 0.01 tUSD of the timelock's credit").waitFor();
    await press(taking.page, "Withdraw");
    await done(taking.page);
  });

  it("schedules any call for a proposer, after it was tried", async () => {
    const { page } = await open("#/govern/propose", new TestWallet(world.node, PROPOSER));
    await connect(page);
    await page.getByLabel("Address to call").fill(await world.ledger.getAddress());
    await page.getByLabel("Data").fill("0x12345678");
    await page.getByText("The call would fail, if the timelock made it now").waitFor();
    const unchecked = page.getByLabel("Leave out the check that the call would succeed now");
    await unchecked.check();
    await page.locator(".review .note.warn").getByText("The call would fail").waitFor();
    await unchecked.uncheck();
    await page.getByLabel("Address to call").fill(world.accounts.carol.address);
    await page.getByText("may do anything the timelock may").waitFor();
    await press(page, "Schedule it");
    await done(page);
  });
});
