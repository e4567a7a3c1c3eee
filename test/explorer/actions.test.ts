import { expect } from "chai";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, PHONE, startBrowser, takePicture } from "../support/browser.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";
import { itAtLength } from "../support/atLength.ts";

const AGENT = 3;
/** The accounts of `startParticipant`. */
const ALICE = accountAt(2);
const BOB = accountAt(3);
const PAYER = accountAt(5);

/** An account of nobody. */
const HOLDER = "0x00000000000000000000000000000000000000aA";

describe("actions in the explorer, with a wallet", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_251);
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

  /** Opens a page in a browser that has the wallet, if one is given. */
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
  const received: ActionsWorld["received"] = (release, currency) => world.received(release, currency);
  const text = async (page: Page, selector = "main") =>
    (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");

  describe("paying a release", () => {
    it("shows where the fee goes and what it costs, approves, pays, and shows the fee once it is indexed", async () => {
      const wallet = new TestWallet(world.node, PAYER);
      const { page, complaints } = await open(`#/pay/${AGENT}`, wallet);
      const before = await received(AGENT, world.dollar);
      await connect(page);
      await page.getByLabel("Amount").fill("1.5");
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      const content = await text(page);
      expect(content).to.contain(`Pay into release #${AGENT}`);
      // 60 % stays with the agent, 28 % with the model, 12 % with the corpus.
      expect(content).to.contain("60 %").and.to.contain("0.9 tUSD");
      expect(content).to.contain("28 %").and.to.contain("0.42 tUSD");
      expect(content).to.contain("12 %").and.to.contain("0.18 tUSD");
      expect(content).to.contain("take 1.5 tUSD (1500000 base units), and no more");
      expect(content).to.match(/Gas: about 0\.0\d+ ETH/);
      await takePicture(page, "pay");
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await done(page);
      expect(await received(AGENT, world.dollar)).to.equal(before + 1_500_000n);
      expect(await text(page, ".progress")).to.contain(`Release ${AGENT} received 1.5 tUSD.`);
      expect(wallet.sent).to.have.lengthOf(2);
      await takePicture(page, "pay-done");
      await page.getByRole("link", { name: `Release ${AGENT} received` }).click();
      await page.getByRole("heading", { name: "Fees paid directly" }).waitFor();
      await page.waitForFunction(() => document.querySelector("main")?.textContent?.includes("1.5"));
      expect(complaints).to.deep.equal([]);
    });
  });

  itAtLength("pays with a permit in one transaction, and in native money; on a phone, in the dark theme", async () => {
    const wallet = new TestWallet(world.node, PAYER);
    const phone = { viewport: PHONE, colorScheme: "dark" } as const;
    const { page, complaints } = await open(`#/pay/${AGENT}`, wallet, phone);
    await connect(page);
    const [signed, native] = await Promise.all([received(AGENT, world.signed), received(AGENT, world.wrapped)]);
    await page.getByLabel("Currency", { exact: true }).selectOption({ label: "sUSD" });
    await page.getByLabel("Payment method", { exact: true }).selectOption("permit");
    await page.getByLabel("Amount").fill("0.75");
    await page.getByText("Sign a message that lets the ledger take exactly that much").waitFor();
    await takePicture(page, "pay-phone-dark");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).to.equal(PHONE.width);
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await done(page);
    expect(wallet.sent).to.have.lengthOf(1);
    expect(await received(AGENT, world.signed)).to.equal(signed + 750_000n);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByLabel("Currency", { exact: true }).selectOption({ label: "ETH (native)" });
    await page.getByText("Pay 0.75 ETH (750000000000000000 wei) into release 3, as tWETH.").waitFor();
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await done(page);
    expect(await received(AGENT, world.wrapped)).to.equal(native + 75n * 10n ** 16n);
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("pays from credit with a reference, and finds the fee by the reference", async () => {
    const { payer } = world.accounts;
    await world.dollar.connect(payer).approve(world.ledger, 5_000_000n);
    await world.ledger.connect(payer).deposit(world.dollar, 5_000_000n, payer);
    const { page, complaints } = await open(`#/pay/${AGENT}`, new TestWallet(world.node, PAYER));
    await connect(page);
    await page.getByLabel("Payment method", { exact: true }).selectOption("credit");
    await page.getByLabel("Amount").fill("5.000001");
    await page.getByText("The account has 5 tUSD (5000000 base units) of credit in the ledger").waitFor();
    await page.getByLabel("Amount").fill("2");
    const reference = page.getByLabel("Reference (optional)");
    await reference.fill("0x12");
    await page.getByText("A reference must be 32 bytes").waitFor();
    expect(await page.getByRole("button", { name: "Pay", exact: true }).count()).to.equal(0);
    await reference.fill("invoice 7");
    await page.getByText("from the account's credit of 5 tUSD").waitFor();
    const digest = world.ethers.id("invoice 7");
    expect(await text(page, ".review")).to.contain(`The reference of the fee is ${digest}.`);
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await done(page);
    expect(await world.ledger.creditOf(payer, world.dollar)).to.equal(3_000_000n);
    await page.getByRole("searchbox").fill(digest);
    await page.getByRole("searchbox").press("Enter");
    await page.getByRole("row").filter({ hasText: "2.000000" }).getByRole("link").first().click();
    await page.getByText("credit in the ledger").waitFor({ state: "attached" });
    expect(await text(page)).to.contain("not final: the chain can still take its block back");
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("shows a release's inlet, warns while the release is not final, and syncs the inlet", async () => {
    const { payer } = world.accounts;
    const inlet = await world.inlets.inletOf(AGENT);
    const { page, complaints } = await open(`#/pay/${AGENT}`, new TestWallet(world.node, PAYER));
    const section = page.getByRole("region", { name: "Pay by plain transfer" });
    await section.getByText(inlet).waitFor();
    await section.getByText("may not be final yet").waitFor();
    const balance = section.locator("dt", { hasText: "In the inlet now" }).locator("xpath=following-sibling::dd");
    expect(await balance.innerText()).to.equal("nothing");
    expect(await section.locator("dl").innerText()).to.contain("tUSD, sUSD, tWETH, ETH");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await section.getByRole("button", { name: "Copy" }).click();
    await section.getByText("Copied").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).to.equal(inlet);

    const [dollars, native] = await Promise.all([received(AGENT, world.dollar), received(AGENT, world.wrapped)]);
    await world.dollar.connect(payer).transfer(inlet, 1_250_000n);
    await world.wrapped.connect(payer).deposit({ value: 10n ** 14n });
    await world.wrapped.connect(payer).transfer(inlet, 10n ** 14n);
    await payer.sendTransaction({ to: inlet, value: 10n ** 15n });
    for (let blocks = 0; blocks < 64; blocks++) await world.send("evm_mine");
    await world.caughtUp();
    await page.reload();
    await section.getByText("0.0001 tWETH").waitFor();
    await section.getByText("may not be final yet").waitFor({ state: "detached" });
    await section.getByText("1.25 tUSD").waitFor();
    await takePicture(page, "inlet");
    await section.getByRole("link", { name: "Sync the inlet" }).click();
    await connect(page);
    await page.getByText("Turn 1.25 tUSD (1250000 base units) into a fee of release 3.").waitFor();
    await page.getByText(/^Turn 0\.001 ETH .* and 0\.0001 tWETH .* into a fee of release 3, as tWETH\.$/).waitFor();
    await takePicture(page, "sync");
    await page.getByRole("button", { name: "Sync", exact: true }).click();
    await done(page);
    expect(await received(AGENT, world.dollar)).to.equal(dollars + 1_250_000n);
    expect(await received(AGENT, world.wrapped)).to.equal(native + 10n ** 15n + 10n ** 14n);
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("There is nothing in the inlet").waitFor();
    expect(complaints).to.deep.equal([]);
  });

  describe("collecting", () => {
    it("settles and claims exactly as planned", async () => {
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
      const amounts = /([\d.]+) tUSD and ([\d.]+) sUSD/.exec((await button.textContent()) ?? "");
      const balances = () => Promise.all([world.dollar, world.signed].map((each) => each.balanceOf(alice)));
      const before = await balances();
      await takePicture(page, "collect");
      await button.click();
      await done(page);
      const gains = (await balances()).map((balance, i) => balance - (before[i] ?? 0n));
      expect(gains).to.deep.equal([1, 2].map((i) => BigInt(Math.round(Number(amounts?.[i]) * 1e6))));
      expect(gains[0]).to.be.greaterThan(1_188_000n);
      await takePicture(page, "collect-done");
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("Nothing is claimable, now or after settling.").waitFor();
      expect(complaints).to.deep.equal([]);
    });
  });

  describe("registering", () => {
    it("shows each ancestor's part and the resulting floor before signing, warns above half, and registers", async () => {
      const { bob, alice } = world.accounts;
      const wallet = new TestWallet(world.node, BOB);
      const { page, complaints } = await open("#/register", wallet);
      await connect(page);
      await page.getByLabel("Name", { exact: true }).fill("Summarizer");
      await page.getByLabel("Kind").selectOption("agent");
      await page.getByLabel("Organization").fill("Acme");
      await page.getByLabel("Contributor 1", { exact: true }).fill(bob.address);
      await page.getByLabel("Shares, in %").fill("60");
      await page.getByRole("button", { name: "Add a contributor" }).click();
      await page.getByLabel("Contributor 2", { exact: true }).fill(alice.address);
      await page.getByLabel("Shares, in %").nth(1).fill("30");
      await page.getByText("They must be exactly 100 %").first().waitFor();
      await page.getByLabel("Shares, in %").nth(1).fill("40");
      await page.getByRole("button", { name: "Add a release by its id" }).click();
      await page.getByLabel("Release 1", { exact: true }).fill(String(AGENT));
      await page.getByLabel("Weight, in %").fill("10");
      await page.getByRole("button", { name: "Add a release by its id" }).click();
      await page.getByLabel("Release 2", { exact: true }).fill("2");
      await page.getByLabel("Weight, in %").nth(1).fill("30");
      await page.getByLabel("Floor, in %").fill("60");
      await page.getByText("The floor of the release would be 60 %, more than half").first().waitFor();
      await page.getByLabel("Floor, in %").fill("2");
      const preview = page.getByRole("region", { name: "Parts of the ancestors" });
      await page.getByText("The floor of the release is 2 %").first().waitFor();
      // Release 2 gets 30 % directly and 40 % of 10 % over release 3. It keeps 70 % of that.
      expect(await preview.innerText())
        .to.contain("34 %")
        .and.to.contain("23.8 %")
        .and.to.contain("10.2 %");
      const button = page.getByRole("button", { name: "Register", exact: true });
      await button.waitFor();
      await takePicture(page, "register");
      await button.click();
      await done(page);
      const id = Number(/Registered as asset (\d+)\./.exec(await text(page, ".progress"))?.[1]);
      const info = await world.ledger.releaseInfo(id);
      expect([info.kind, info.floor, info.ownWeight]).to.deep.equal([2n, 20_000n, 600_000n]);
      expect(await world.ledger.balanceOf(alice, id)).to.equal(40_000_000n);
      expect(await world.registry.ownerOf(id)).to.equal(bob.address);
      await page.getByRole("link", { name: `Registered as asset ${id}` }).click();
      await page.getByRole("heading", { name: "Summarizer" }).waitFor();
      expect(complaints).to.deep.equal([]);
    });

    itAtLength("fills the form from a card, a lineage and a hostile file, and runs nothing of it", async () => {
      const { page, complaints } = await open("#/register", new TestWallet(world.node, BOB));
      await connect(page);
      const file = page.getByLabel("Fill the form from a file");
      const upload = (name: string, content: string) =>
        file.setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(content) });
      const name = page.getByLabel("Name", { exact: true });
      await upload(
        "card.md",
        "---\nbase_model: acme/Summarizer\npipeline_tag: text\n---\n# A small model\n\nIt is small.\n",
      );
      await page.getByRole("button", { name: "(differs in organization)" }).click();
      await page.getByLabel("Release 1", { exact: true }).waitFor();
      expect(await name.inputValue()).to.equal("A small model");
      expect(await page.getByLabel("Weight, in %").inputValue()).to.equal("30");
      await page.getByText("The weights are only a suggestion: check them, they cannot be changed later.").waitFor();
      const lineage = {
        assets: ["One", "Two"].map((each) => ({ name: each, kind: "dataset", organization: "Acme" })),
      };
      await upload("lineage.json", JSON.stringify(lineage));
      await page.getByLabel("Asset in the file").selectOption({ label: "Two" });
      expect(await name.inputValue()).to.equal("Two");
      await upload("empty.json", "");
      await page.getByText("empty.json is empty, or larger than 5 MB. Choose another file.").waitFor();
      await upload("broken.json", "{");
      await page.getByText("broken.json is not valid JSON").waitFor();
      const hostile = {
        name: `<img src=x onerror="window.hacked=1">\u202e`,
        kind: "agent",
        description: "<script>window.hacked=2</script>",
      };
      await upload("hostile.json", JSON.stringify(hostile));
      await page.getByText("byte by byte").click();
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      expect(await text(page, ".review")).to.contain('Register the agent "<img src=x');
      expect(await page.evaluate(() => (window as { hacked?: number }).hacked)).to.equal(undefined);
      expect(await page.locator("main img").count()).to.equal(0);
      await takePicture(page, "register-hostile");
      expect(complaints).to.deep.equal([]);
    });
  });

  describe("an owner", () => {
    itAtLength("publishes by grant, signs a grant as a file that the builder uses, retires and restores", async () => {
      const wallet = new TestWallet(world.node, ALICE);
      const { page, complaints } = await open("#/publish/1", wallet);
      await connect(page);
      await page.getByLabel("Version").fill("2");
      await page.getByLabel("Others need a grant to build on it").check();
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      await done(page);
      const id = Number(/Published as release (\d+)\./.exec(await text(page, ".progress"))?.[1]);
      expect((await world.ledger.releaseInfo(id)).byGrant).to.equal(true);

      await page.goto(`${world.url}#/grant/${id}`);
      await page.getByLabel("Action").selectOption("sign");
      await page.getByLabel("Account", { exact: true }).fill(BOB.address);
      await page.getByLabel("Valid for, in days").fill("");
      await page.getByText("Enter the days.").waitFor();
      await page.getByLabel("Valid for, in days").fill("7");
      await page.getByText("Gas: none. You only sign a message.").waitFor();
      await takePicture(page, "grant");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Sign", exact: true }).click(),
      ]);
      await done(page);
      const grant = await download.path();

      const builder = await open("#/publish/2", new TestWallet(world.node, BOB));
      await connect(builder.page);
      await builder.page.getByRole("button", { name: "Add a release by its id" }).click();
      await builder.page.getByLabel("Release 1", { exact: true }).fill(String(id));
      await builder.page.getByLabel("Weight, in %").fill("5");
      await builder.page.getByText(`Release ${id} is by grant. Ask the owner`).waitFor();
      await builder.page.getByLabel("Signed grants").setInputFiles(grant);
      await builder.page.getByRole("button", { name: "Publish", exact: true }).click();
      await done(builder.page);
      const built = Number(/Published as release (\d+)\./.exec(await text(builder.page, ".progress"))?.[1]);
      expect((await world.ledger.releaseInfo(built)).contributions[0]?.release).to.equal(BigInt(id));

      await page.getByRole("button", { name: "Close" }).click();
      await page.getByLabel("Action").selectOption("give");
      await page.getByLabel("Account", { exact: true }).fill(world.accounts.carol.address);
      await page.getByRole("button", { name: "Grant", exact: true }).click();
      await done(page);
      expect(await world.registry.accountGrant(id, world.accounts.carol)).to.equal(true);

      await page.goto(`${world.url}#/retire/${id}`);
      await page.getByRole("button", { name: "Retire", exact: true }).click();
      await done(page);
      expect((await world.ledger.releaseInfo(id)).retired).to.equal(true);
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: "Restore", exact: true }).click();
      await done(page);
      expect((await world.ledger.releaseInfo(id)).retired).to.equal(false);
      expect([...complaints, ...builder.complaints]).to.deep.equal([]);
    });

    itAtLength("transfers shares, and shows why other accounts cannot publish", async () => {
      const wallet = new TestWallet(world.node, ALICE);
      const { page } = await open("#/transfer/1", wallet);
      await connect(page);
      await page.getByLabel("Recipient", { exact: true }).fill(world.accounts.stranger.address);
      await page.getByLabel("Shares, in %").fill("101");
      await page.getByText("must be 0 to 100 %, with at most 4 decimals.").waitFor();
      await page.getByLabel("Shares, in %").fill("12.5");
      await page.getByRole("button", { name: "Transfer", exact: true }).click();
      await done(page);
      expect(await world.ledger.balanceOf(world.accounts.stranger, 1)).to.equal(12_500_000n);
      await page.goto(`${world.url}#/publish/2`);
      await page.getByText("Only its owner can do this").waitFor();
    });
  });

  for (const [theme, forms] of [
    ["light", "wallet register pay/3 publish/1 grant/1 transfer/1 retire/1 sync/3"],
    ["light", `metadata/1 identity/3 transfer-asset/1 deposit withdraw settle/3 submit test-money/${HOLDER}`],
    ["dark", "wallet register pay/3 publish/1 grant/1 transfer/1 retire/1 sync/3"],
    ["dark", `metadata/1 identity/3 transfer-asset/1 deposit withdraw settle/3 submit test-money/${HOLDER}`],
  ] as const) {
    itAtLength(`is accessible and fits a phone, ${theme}: ${forms}`, async () => {
      const { page } = await open("#/wallet", new TestWallet(world.node, ALICE), {
        viewport: PHONE,
        colorScheme: theme,
      });
      await connect(page);
      await page.getByText("ETH for gas").waitFor();
      for (const path of forms.split(" ")) {
        await page.goto(`${world.url}#/${path}`);
        await page.locator("h1").waitFor();
        await page.waitForFunction(() => !document.querySelector(".loading"));
        if (path === "pay/3") {
          await page.getByLabel("Amount").fill("1,5");
          await page.getByText("is not an amount").waitFor();
        }
        const violations = await accessibilityViolations(page);
        expect(violations, path).to.deep.equal([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide, `${path} on a phone`).to.equal(PHONE.width);
        await takePicture(page, `${path.replace("/", "-")}-${theme}-phone`);
      }
    });
  }

  describe("when something goes wrong", () => {
    const pay = async (page: Page, amount = "1") => {
      await page.getByLabel("Amount").fill(amount);
      await page.getByRole("button", { name: "Pay", exact: true }).click();
    };
    const approveAll = async () => {
      await world.dollar.connect(world.accounts.payer).approve(world.ledger, 10n ** 12n);
      await world.caughtUp();
    };

    it("shows that the request was declined, sends nothing, and can be tried again", async () => {
      await approveAll();
      const wallet = new TestWallet(world.node, PAYER);
      const { page } = await open(`#/pay/${AGENT}`, wallet);
      wallet.manner = "reject";
      await connect(page);
      await page.getByText("You declined the request in the wallet. Nothing is connected.").waitFor();
      wallet.manner = "agree";
      await connect(page);
      await page.getByText("Enter an amount.").waitFor();
      wallet.manner = "reject";
      const before = await received(AGENT, world.dollar);
      await pay(page);
      await page.getByText("You declined the request in the wallet. Nothing was sent.").waitFor();
      await takePicture(page, "declined");
      wallet.manner = "agree";
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await done(page);
      expect(await received(AGENT, world.dollar)).to.equal(before + 1_000_000n);
    });

    itAtLength("handles no wallet, a wrong network, another account and a locked wallet", async () => {
      const none = await open("#/wallet");
      await none.page.getByText("No wallet was found in this browser").waitFor();
      await takePicture(none.page, "no-wallet");
      // Without an endpoint, the pages read the chain through the wallet only.
      await none.page.route("**/config.json", (route) => route.fulfill({ json: { chains: [{ api: world.url }] } }));
      await none.page.goto(`${world.url}#/pay/${AGENT}`);
      await none.page.reload();
      await none.page.getByText("To see this, connect a wallet that is on this network.").first().waitFor();

      const wallet = new TestWallet(world.node, PAYER);
      wallet.chainId = 1;
      wallet.chainIds.clear();
      const { page } = await open(`#/pay/${AGENT}`, wallet);
      await connect(page);
      await page.getByText("Your wallet is on chain 1").waitFor();
      await takePicture(page, "wrong-network");
      await page.getByRole("button", { name: "Switch to chain 4251" }).click();
      await page.getByLabel("Amount").fill("1");
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      expect(wallet.requests.map(({ method }) => method)).to.include("wallet_addEthereumChain");

      const link = page.locator(".review a.account");
      expect(await link.getAttribute("title")).to.equal(PAYER.address.toLowerCase());
      await wallet.switchAccount(BOB);
      await page.getByText("The account has 0 tUSD").waitFor();
      await wallet.switchAccount(PAYER);
      await page.getByRole("heading", { name: "Before you sign" }).waitFor();
      // Some wallets lock without an event.
      wallet.isLocked = true;
      await page.getByRole("button", { name: "Pay", exact: true }).click();
      await page.getByText("The wallet is locked. Unlock it and try again. Nothing was sent.").waitFor();
      await wallet.lock();
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("button", { name: "Test wallet" }).waitFor();
    });

    itAtLength("finds a transaction after a reload, a reorg and a restart of the indexer, and pays once", async () => {
      await approveAll();
      const wallet = new TestWallet(world.node, PAYER);
      const { page } = await open(`#/pay/${AGENT}`, wallet);
      await connect(page);
      const before = await received(AGENT, world.dollar);
      await world.send("evm_setAutomine", false);
      try {
        await pay(page, "2");
        await page.getByText("Waiting for a block").waitFor();
        await page.reload();
        await page.locator(".progress.sent").waitFor();
        expect(await page.getByRole("button", { name: "Pay", exact: true }).count()).to.equal(0);
        await page.goto(`${world.url}#/assets`);
        await page.locator(".under-way").getByText("Pay 2 tUSD").waitFor();
        await takePicture(page, "under-way");
        await page.goto(`${world.url}#/pay/${AGENT}`);

        await world.end();
        const snapshot = await world.send("evm_snapshot");
        await world.send("evm_mine");
        await page.getByText("The indexer does not respond. Trying again").waitFor();
        await world.send("evm_revert", snapshot);
        await page.getByText("The chain took its block back").waitFor();
        await world.send("evm_increaseTime", 60);
        await world.send("evm_mine");
        await page.locator(".progress.mined").waitFor();
        await world.start();
        await done(page);
      } finally {
        await world.send("evm_setAutomine", true);
      }
      expect(await received(AGENT, world.dollar)).to.equal(before + 2_000_000n);
      expect(wallet.sent).to.have.lengthOf(1);
    });

    itAtLength("shows that another transaction replaced it", async () => {
      await approveAll();
      const wallet = new TestWallet(world.node, PAYER);
      const { page } = await open(`#/pay/${AGENT}`, wallet);
      await connect(page);
      const { payer } = world.accounts;
      await world.send("evm_setAutomine", false);
      try {
        await pay(page, "3");
        await page.getByText("Waiting for a block").waitFor();
        const [hash] = wallet.sent;
        const transaction = await world.ethers.provider.getTransaction(hash ?? "");
        const dearer = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 11n };
        await payer.sendTransaction({ to: payer.address, nonce: transaction?.nonce ?? 0, ...dearer });
        await world.send("evm_mine");
        await page.getByText("which makes another call, or cancels it").waitFor();
        await takePicture(page, "replaced");
      } finally {
        await world.send("evm_setAutomine", true);
      }
    });

    itAtLength("shows why a transaction reverted after an earlier transaction in the same block", async () => {
      const { alice } = world.accounts;
      const { page } = await open("#/publish/2", new TestWallet(world.node, BOB));
      await connect(page);
      await page.getByRole("button", { name: "Add a release by its id" }).click();
      await page.getByLabel("Release 1", { exact: true }).fill("1");
      await page.getByLabel("Weight, in %").fill("5");
      await world.send("evm_setAutomine", false);
      try {
        await page.getByRole("button", { name: "Publish", exact: true }).click();
        await page.getByText("Waiting for a block").waitFor();
        const dearer = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 11n };
        await world.registry.connect(alice).setRetired(1, true, { gasLimit: 100_000n, ...dearer });
        await world.send("evm_mine");
        await page
          .getByText(
            "The transaction is in a block, but the contract refused it. Only gas was spent. Release 1 is retired",
          )
          .waitFor();
        await takePicture(page, "refused");
      } finally {
        await world.send("evm_setAutomine", true);
        await world.registry.connect(alice).setRetired(1, false);
      }
    });

    itAtLength("asks the wallet once, and shows the state after a closed page or a dropped transaction", async () => {
      await approveAll();
      const wallet = new TestWallet(world.node, PAYER);
      const { page } = await open("#/wallet", wallet);
      await connect(page);
      await page.clock.install();
      await page.goto(`${world.url}#/pay/${AGENT}`);
      wallet.manner = "hold";
      await pay(page, "4");
      await page.getByText("Confirm it in your wallet").waitFor();
      expect(await page.getByRole("button", { name: "Pay", exact: true }).count()).to.equal(0);
      await page.goto(`${world.url}#/pay/2`);
      await page.getByLabel("Amount").fill("1");
      await page.getByText("Another transaction of yours is in progress").waitFor();
      expect(await page.getByRole("button", { name: "Pay", exact: true }).isDisabled()).to.equal(true);
      await page.goto(`${world.url}#/pay/${AGENT}`);
      await page.reload();
      await page
        .getByText(
          "The page was closed while the wallet waited for you, and the network has no such transaction. If the wallet still shows the request, reject it. Then start again.",
        )
        .waitFor();
      expect(await text(page, ".progress")).not.to.contain("Nothing was sent");
      wallet.manner = "reject";
      wallet.release();
      await page.waitForTimeout(100);
      wallet.manner = "agree";
      expect(wallet.sent).to.deep.equal([]);

      await page.getByRole("button", { name: "Try again" }).click();
      await world.send("evm_setAutomine", false);
      try {
        await pay(page, "4");
        await page.getByText("Waiting for a block").waitFor();
        await world.send("hardhat_dropTransaction", wallet.sent[0]);
        await page.getByText("The node does not know the transaction at the moment").waitFor();
        await page.clock.fastForward(61_000);
        await page.getByText("it was dropped before it was mined. Send it again").waitFor();
      } finally {
        await world.send("evm_setAutomine", true);
      }
    });
  });
});
