import { expect } from "chai";
import type { Browser } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, PHONE, startBrowser, takePicture } from "../support/browser.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";
import { effectsOf, HOSTILE_NAMES } from "./untrusted.ts";

/** The account of `startParticipant` whose earnings are spammed. */
const ALICE = accountAt(2);
const SPAM = 300;

describe("collecting, after an account was given assets unasked", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  let opened: OpenedPage | undefined;
  /** The gas of collecting the account's own earnings, before it was given anything. */
  let gasBefore: bigint;

  before(async function () {
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_253);
    const { alice, payer, stranger } = world.accounts;
    await world.dollar.mint(payer, 10n ** 9n);
    await world.dollar.connect(payer).approve(world.ledger, 10n ** 12n);
    await world.ledger.connect(payer).pay(1, world.dollar, 1_000_000n, world.ethers.ZeroHash);
    gasBefore = await world.ledger.connect(alice).collect.estimateGas([1], [1], world.dollar, alice);
    for (let i = 0; i < SPAM; i++) {
      const spam = await registerAsset(world, stranger, {
        metadata: JSON.stringify({ name: i === 1 ? HOSTILE_NAMES[1] : HOSTILE_NAMES[0] }),
        allocations: [{ account: alice.address, shares: 100_000_000n, role: 0 }],
      });
      await world.ledger.connect(payer).pay(spam, world.dollar, 3n, world.ethers.ZeroHash);
    }
    // One gift is worth its gas.
    await world.ledger.connect(payer).pay(4, world.dollar, 500_000n, world.ethers.ZeroHash);
    await world.caughtUp();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async function () {
    if (opened && this.currentTest?.isFailed()) await takePicture(opened.page, "failed-spam");
    await opened?.page.context().close();
    opened = undefined;
  });

  const open = async (options = {}) => {
    const wallet = new TestWallet(world.node, ALICE);
    const path = `#/accounts/${world.accounts.alice.address.toLowerCase()}`;
    opened = await openPage(browser as Browser, `${world.url}${path}`, options, (context) => wallet.installIn(context));
    opened.page.setDefaultTimeout(30_000);
    return { ...opened, wallet };
  };

  it("shows gifts apart and what is left out, with reasons, and no name of a gift is a link", async () => {
    const { page, complaints } = await open({ viewport: PHONE });
    const claimable = page.locator(".claimable");
    await claimable.getByText("Collecting takes 1 transaction, to settle 2 releases").waitFor();
    await claimable.getByText("1 asset given unasked, as far as events tell").click();
    await claimable.getByRole("table", { name: "Assets whose shares came unasked" }).waitFor();
    await claimable.getByText(`${SPAM - 1} assets and releases are left out: not worth the gas`).click();
    await claimable.getByText("less than 1 % of the average for its gas").first().waitFor();
    expect(await claimable.innerText()).to.contain("evil.example");
    // The names are text in the lists of all shares and fees, too.
    await page.getByRole("table", { name: "Shares allocated to this account" }).getByText("evil").first().waitFor();
    expect(await page.getByRole("link").filter({ hasText: "evil" }).count()).to.equal(0);
    await takePicture(page, "collect-spam-phone");
    expect(await accessibilityViolations(page)).to.deep.equal([]);
    expect(await effectsOf(page)).to.deep.equal({ hacked: false, pictures: 0, links: [], wide: 0, invisible: false });
    expect(complaints).to.deep.equal([]);
  });

  it("sends one transaction, which pays more for no more gas an asset than before the gifts", async () => {
    const { alice } = world.accounts;
    const { page, complaints, wallet } = await open();
    await page.getByRole("button", { name: "Test wallet" }).click();
    await page.getByRole("heading", { name: "Before you sign" }).waitFor();
    const [balance, nonce] = await Promise.all([world.dollar.balanceOf(alice), alice.getNonce()]);
    await page.getByRole("button", { name: "Collect 1.485002 tUSD" }).click();
    await page.locator(".progress.done").waitFor();
    expect((await world.dollar.balanceOf(alice)) - balance).to.equal(1_485_002n);
    expect((await alice.getNonce()) - nonce).to.equal(1);
    const receipt = await world.ethers.provider.getTransactionReceipt(wallet.sent[0] ?? "");
    // Only the gift that is worth its gas is collected with the account's own asset.
    expect(receipt?.gasUsed)
      .to.be.greaterThan(0n)
      .and.lessThan(2n * gasBefore);
    expect(complaints).to.deep.equal([]);
  });
});
