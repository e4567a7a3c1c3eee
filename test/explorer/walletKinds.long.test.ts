import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import type { Address } from "viem";
import type { ProposedCall } from "#client/plan/proposal.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { NO_CHROMIUM, type OpenedPage, openPage, startBrowser, takePicture } from "../support/browser.ts";
import { delegateAccount } from "../support/signing/delegateAccount.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const AGENT = 3;
const OWNER = 2;
const PAYER = 5;

describe("accounts of every kind, in the explorer", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  let opened: OpenedPage | undefined;
  let refusing: Address;

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_273);
    const { admin, payer } = world.accounts;
    const checked = await world.ethers.deployContract("CheckedCurrency");
    await checked.mint(payer, 1_000_000_000n);
    await world.ledger.connect(admin).admit(checked);
    refusing = (await (await world.ethers.deployContract("RefusingDelegate")).getAddress()) as Address;
    await world.caughtUp();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async function () {
    if (opened && this.currentTest?.isFailed()) await takePicture(opened.page, "failed-kinds");
    await opened?.page.context().close();
    opened = undefined;
  });

  async function open(path: string, wallet?: TestWallet): Promise<OpenedPage> {
    opened = await openPage(browser as Browser, `${world.url}${path}`, { acceptDownloads: true }, (context) =>
      Promise.resolve(wallet?.installIn(context)),
    );
    opened.page.setDefaultTimeout(15_000);
    return opened;
  }
  const connect = (page: Page) => page.getByRole("button", { name: "Test wallet" }).click();
  const text = async (page: Page, selector = "main") =>
    (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");

  it("an account with an EIP-7702 delegation pays without the permit that its code refuses, and is told so", async () => {
    await delegateAccount(world.node.url, PAYER, refusing);
    const wallet = new TestWallet(world.node, accountAt(PAYER));
    const { page, complaints } = await open(`#/pay/${AGENT}`, wallet);
    await connect(page);
    await page.getByLabel("Currency", { exact: true }).selectOption({ label: "cUSD" });
    await page.getByLabel("Amount").fill("0.75");
    await page.getByText("Sign a message that lets the ledger take exactly that much").waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.getByRole("button", { name: "Copy as a Safe transaction" }).click();
    await page.getByText("Copied.").waitFor();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as { transactions: object[] };
    expect(copied.transactions).to.have.lengthOf(2);
    await page.getByRole("button", { name: "Pay", exact: true }).click();
    await page.locator(".progress.done").waitFor();
    expect(wallet.sent).to.have.lengthOf(2);
    const progress = await text(page, ".progress");
    expect(progress).to.contain("Approve the ledger").and.to.contain(refusing).and.to.contain("EIP-7702");
    expect(progress).to.contain("received 0.75 cUSD");
    expect(complaints).to.deep.equal([]);
  });

  it("an account with an EIP-7702 delegation signs no grant that would be refused, and grants on chain", async () => {
    const id = Number(await registerAsset(world, world.accounts.alice, { byGrant: true }));
    await world.caughtUp();
    await delegateAccount(world.node.url, OWNER, refusing);
    const { page, complaints } = await open(`#/grant/${id}`, new TestWallet(world.node, accountAt(OWNER)));
    let downloads = 0;
    page.on("download", () => downloads++);
    await connect(page);
    await page.getByLabel("Action").selectOption("sign");
    await page.getByLabel("Account", { exact: true }).fill(world.accounts.bob.address);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.locator(".progress.stopped").waitFor();
    expect(await text(page, ".progress"))
      .to.contain(refusing)
      .and.to.contain("The registry would refuse the grant");
    expect(downloads).to.equal(0);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByLabel("Action").selectOption("give");
    await page.getByRole("button", { name: "Grant", exact: true }).click();
    await page.locator(".progress.done").waitFor();
    expect(await world.registry.accountGrant(id, world.accounts.bob)).to.equal(true);
    expect(complaints).to.deep.equal([]);
  });

  it("an account with an EIP-7702 delegation collects what its shares have earned", async () => {
    const { alice, payer } = world.accounts;
    const id = Number(await registerAsset(world, alice));
    await world.dollar.connect(payer).approve(world.ledger, 2_000_000n);
    await world.ledger.connect(payer).pay(id, world.dollar, 2_000_000n, world.ethers.ZeroHash);
    await world.caughtUp();
    await delegateAccount(world.node.url, OWNER, refusing);
    const had = await world.dollar.balanceOf(alice);
    const { page, complaints } = await open(
      `#/accounts/${alice.address.toLowerCase()}`,
      new TestWallet(world.node, accountAt(OWNER)),
    );
    await connect(page);
    await page.getByRole("button", { name: /^Collect / }).click();
    await page.locator(".progress.done").waitFor();
    expect((await world.dollar.balanceOf(alice)) - had >= 1_980_000n).to.equal(true);
    expect(complaints).to.deep.equal([]);
  });

  describe("a contract wallet, without a wallet in the browser", () => {
    let address: Address;
    let execute: (calls: ProposedCall[]) => Promise<void>;
    before(async () => {
      const { alice, bob } = world.accounts;
      const wallet = await world.ethers.deployContract("ThresholdWallet", [alice, bob]);
      address = (await wallet.getAddress()) as Address;
      execute = async (calls) => {
        await (await wallet.connect(alice).getFunction("execute")(calls)).wait();
        await world.caughtUp();
      };
      await world.dollar.mint(wallet, 10_000_000n);
    });

    /** Downloads the transactions for the wallet. */
    async function prepared(page: Page): Promise<ProposedCall[]> {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "Download it" }).click(),
      ]);
      return (JSON.parse(await readFile(await file.path(), "utf8")) as { transactions: ProposedCall[] }).transactions;
    }
    const openFor = async (page: Page) => {
      await page.getByText("For a contract wallet (Safe)").click();
      await page.getByLabel("Contract wallet").fill(address);
    };

    it("pays, grants and collects by transactions for a Safe, which the page writes", async () => {
      const { page, complaints } = await open(`#/pay/${AGENT}`);
      await page.getByLabel("Amount").fill("1.5");
      await openFor(page);
      await page.getByText("Approve the ledger").waitFor();
      await takePicture(page, "contract-wallet");
      expect(await accessibilityViolations(page)).to.deep.equal([]);
      const before = await world.received(AGENT, world.dollar);
      await execute(await prepared(page));
      expect((await world.received(AGENT, world.dollar)) - before).to.equal(1_500_000n);

      const { alice, bob } = world.accounts;
      const allocations = [{ account: address, role: 0, shares: 100_000_000n }];
      const id = Number(await registerAsset(world, alice, { byGrant: true, allocations }));
      await world.registry.connect(alice).transferFrom(alice, address, id);
      await world.caughtUp();
      await page.goto(`${world.url}#/grant/${id}`);
      await page.getByLabel("Account", { exact: true }).fill(bob.address);
      await openFor(page);
      await execute(await prepared(page));
      expect(await world.registry.accountGrant(id, bob)).to.equal(true);

      await world.dollar.connect(world.accounts.payer).approve(world.ledger, 2_000_000n);
      await world.ledger.connect(world.accounts.payer).pay(id, world.dollar, 2_000_000n, world.ethers.ZeroHash);
      await world.caughtUp();
      const had = await world.dollar.balanceOf(address);
      await page.goto(`${world.url}#/accounts/${address.toLowerCase()}`);
      await page.getByText("For a contract wallet (Safe)").click();
      await execute(await prepared(page));
      expect((await world.dollar.balanceOf(address)) - had).to.equal(1_980_000n);
      expect(complaints).to.deep.equal([]);
    });

    it("gets the reason if it cannot act", async () => {
      const { page } = await open("#/retire/1");
      await openFor(page);
      await page.getByText("Only its owner can do this").waitFor();
    });
  });
});
