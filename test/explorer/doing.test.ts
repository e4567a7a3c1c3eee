import { expect } from "chai";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, startBrowser, takePicture } from "../support/browser.ts";
import { skip } from "../support/skip.ts";
import { type DoingWorld, startDoing } from "./startDoing.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const AGENT = 3;
/** As `startOperating` has them. */
const ALICE = accountAt(2);
const PAYER = accountAt(5);

describe("doing things in the explorer, with a wallet", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: DoingWorld;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startDoing(4_251);
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

  /** Opens a page where a wallet is; `connected` as if it had been connected before. */
  async function open(path: string, wallet?: TestWallet, options: BrowserContextOptions = {}) {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1_280, height: 850 },
      locale: "en-GB",
      ...options,
    });
    await wallet?.installIn(context);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", ({ message }) => complaints.push(message));
    const found = { page, complaints };
    opened.push(found);
    await page.goto(`${world.url}${path}`);
    return found;
  }
  const connect = (page: Page) => page.getByRole("button", { name: "Test wallet" }).click();
  const done = (page: Page) => page.locator(".progress.done").waitFor();
  const text = async (page: Page, selector = "main") =>
    (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");
  const received = async (release: number, currency: { getAddress: () => Promise<string> }) =>
    (await world.ledger.flowOf(release, await currency.getAddress())).received;

  describe("paying a release", () => {
    it("tells where the fee goes and what it costs, approves, pays, and shows the fee once it is indexed", async () => {
      const wallet = new TestWallet(world.node, PAYER);
      const { page, complaints } = await open(`#/pay/${AGENT}`, wallet);
      const before = await received(AGENT, world.dollar);
      await connect(page);
      await page.getByLabel("Amount").fill("1.5");
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      const told = await text(page);
      // 60 % stays with the agent, 28 % with the model, 12 % with the corpus.
      expect(told).to.contain("60 %").and.to.contain("0.9 tUSD");
      expect(told).to.contain("28 %").and.to.contain("0.42 tUSD");
      expect(told).to.contain("12 %").and.to.contain("0.18 tUSD");
      expect(told).to.contain("take 1.5 tUSD (1500000 base units), and no more");
      expect(told).to.match(/It costs about 0\.0\d+ ETH of gas/);
      await takePicture(page, "pay");
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await done(page);
      expect(await received(AGENT, world.dollar)).to.equal(before + 1_500_000n);
      expect(await text(page, ".progress")).to.contain(`Release ${AGENT} received 1.5 tUSD.`);
      expect(wallet.sent).to.have.lengthOf(2);
      await takePicture(page, "pay-done");
      await page.getByRole("link", { name: `Release ${AGENT} received` }).click();
      await page.getByRole("heading", { name: "Paid for it" }).waitFor();
      await page.waitForFunction(() => document.querySelector("main")?.textContent?.includes("1.5"));
      expect(complaints).to.deep.equal([]);
    });
  });

  describe("collecting", () => {
    it("settles and claims by the plan, to the unit", async () => {
      const { payer, alice } = world.accounts;
      for (const currency of [world.dollar, world.signed]) {
        await currency.connect(payer).approve(world.ledger, 10n ** 12n);
        await world.ledger.connect(payer).pay(AGENT, currency, 10_000_001n, world.ethers.ZeroHash);
      }
      await world.caughtUp();
      const wallet = new TestWallet(world.node, ALICE);
      const { page, complaints } = await open(`#/accounts/${alice.address.toLowerCase()}`, wallet);
      await connect(page);
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      const button = page.getByRole("button", { name: /^Collect / });
      const promised = /([\d.]+) tUSD and ([\d.]+) sUSD/.exec((await button.textContent()) ?? "");
      const balances = () => Promise.all([world.dollar, world.signed].map((each) => each.balanceOf(alice)));
      const before = await balances();
      await takePicture(page, "collect");
      await button.click();
      await done(page);
      const paid = (await balances()).map((balance, i) => balance - (before[i] ?? 0n));
      expect(paid).to.deep.equal([1, 2].map((i) => BigInt(Math.round(Number(promised?.[i]) * 1e6))));
      expect(paid[1]).to.equal(1_188_000n);
      await takePicture(page, "collect-done");
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("Nothing is owed to it").waitFor();
      expect(complaints).to.deep.equal([]);
    });
  });
});
