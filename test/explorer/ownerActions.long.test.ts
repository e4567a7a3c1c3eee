import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { type Hex, sha256, stringToHex } from "viem";
import type { IdentityRegistry } from "../../types/ethers-contracts/doubles/IdentityRegistry.ts";
import type { ThresholdWallet } from "../../types/ethers-contracts/doubles/signing/ThresholdWallet.ts";
import { NO_CHROMIUM, type OpenedPage, openPage, PHONE, startBrowser, takePicture } from "../support/browser.ts";
import { Kind, registerAsset } from "../support/economy/assets.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

/** The accounts of `startParticipant`. */
const ALICE = accountAt(2);
const BOB = accountAt(3);
const PAYER = accountAt(5);
const STRANGER = accountAt(6);

const METADATA = '{ "name": "Summarizer", "kind": "agent", "size": 123456789012345678901, "organization": "Acme" }';
const OWNS_ASSET = "You own this asset";
const OWNS_RELEASE = "You own its asset";
const OWN_ACCOUNT = "This is your account";

const digestOf = (text: string) => sha256(stringToHex(text));

for (const [width, viewport] of [
  [1_440, { width: 1_440, height: 900 }],
  [390, PHONE],
] as const) {
  describe(`what only an owner does in the explorer, ${width} pixels wide`, function () {
    this.timeout(180_000);
    let browser: Browser | undefined;
    let world: ActionsWorld;
    let identities: IdentityRegistry;
    /** An agent of alice, who has 75 % of its shares, and bob the rest. */
    let agent: number;
    const opened: OpenedPage[] = [];

    before(async function () {
      this.timeout(180_000);
      browser = await startBrowser();
      if (!browser) skip(this, NO_CHROMIUM);
      world = await startActions(4_260 + (width === 390 ? 1 : 0), { hasIdentities: true });
      identities = world.identities as unknown as IdentityRegistry;
      const { alice, bob } = world.accounts;
      agent = Number(
        await registerAsset(world, alice, {
          kind: Kind.Agent,
          metadata: METADATA,
          byGrant: true,
          contributions: [{ release: 2, weight: 250_000 }],
          allocations: [
            { account: alice.address, role: 4, shares: 75_000_000 },
            { account: bob.address, role: 0, shares: 25_000_000 },
          ],
        }),
      );
      await world.caughtUp();
    });
    after(async () => {
      await browser?.close();
      await world?.stop();
    });
    afterEach(async function () {
      for (const [i, { page, complaints }] of opened.splice(0).entries()) {
        if (this.currentTest?.isFailed()) await takePicture(page, `failed-owner-${width}-${i}`);
        else expect(complaints).to.deep.equal([]);
        await page.context().close();
      }
    });

    /** Opens a page, connected with an account if one is given. */
    async function open(path: string, account?: typeof ALICE) {
      const wallet = account && new TestWallet(world.node, account);
      const each = await openPage(browser as Browser, `${world.url}#/wallet`, { viewport }, async (context) => {
        await wallet?.installIn(context);
        await context.addInitScript(recordFirstSight);
      });
      const { page } = each;
      page.setDefaultTimeout(20_000);
      opened.push(each);
      if (wallet) {
        await page.getByRole("button", { name: "Test wallet" }).click();
        await page.getByText("ETH for gas").waitFor();
      }
      await go(page, path);
      return page;
    }
    /** Loads a page again, as for a reader who comes back. */
    async function go(page: Page, path: string) {
      await page.goto(`${world.url}#/${path}`);
      await page.reload();
      await page.locator("h1").waitFor();
      await page.waitForFunction(() => !document.querySelector(".loading"));
    }
    const group = (page: Page, name: string) => page.getByRole("group", { name });
    const links = (page: Page, name: string) => group(page, name).getByRole("link").allInnerTexts();
    const done = (page: Page) => page.locator(".progress.done").waitFor();
    const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
    const text = async (page: Page, selector = "main") =>
      (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");
    /** Looks at a form: it is accessible, fits, and its picture is saved. */
    async function look(page: Page, name: string) {
      expect(await accessibilityViolations(page), name).to.deep.equal([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).to.be.at.most(width);
      await takePicture(page, `owner-${name}-${width}`);
    }
    /** Reads what stood on the page when its title was first shown. */
    const firstSight = (page: Page) =>
      page.evaluate(() => (window as unknown as { firstSight?: string[] }).firstSight ?? []);

    it("is on the asset's page for its owner, from the first moment on, and for nobody else", async () => {
      const page = await open(`assets/${agent}`, ALICE);
      expect(await links(page, OWNS_ASSET)).to.deep.equal([
        "Publish a release",
        "Replace the metadata",
        "Bind an identity",
        "Transfer the asset",
      ]);
      expect(await firstSight(page)).to.include(OWNS_ASSET);
      expect(await page.getByRole("link", { name: "Transfer shares" }).count()).to.equal(1);
      await look(page, "asset");
      await go(page, "assets/1");
      expect(await links(page, OWNS_ASSET), "a dataset has no identity").not.to.include("Bind an identity");

      const holder = await open(`assets/${agent}`, BOB);
      expect(await group(holder, OWNS_ASSET).count()).to.equal(0);
      expect(await holder.getByRole("link", { name: "Transfer shares" }).count(), "a shareholder").to.equal(1);
      for (const account of [STRANGER, undefined]) {
        const other = await open(`assets/${agent}`, account);
        expect(await group(other, OWNS_ASSET).count()).to.equal(0);
        expect(await other.getByRole("link", { name: "Transfer shares" }).count()).to.equal(0);
        expect(await other.getByRole("link", { name: "Publish a release" }).count()).to.equal(0);
        expect(await other.getByRole("link", { name: "Pay into the newest release" }).count()).to.equal(1);
        if (account) await look(other, "asset-stranger");
      }
    });

    it("is on the release's page for the asset's owner, from the first moment on, and for nobody else", async () => {
      const page = await open(`releases/${agent}`, ALICE);
      expect(await links(page, OWNS_RELEASE)).to.deep.equal(["Manage grants", "Retire", "Publish a release"]);
      expect(await firstSight(page)).to.include(OWNS_RELEASE);
      await look(page, "release");
      await go(page, "releases/1");
      expect(await links(page, OWNS_RELEASE), "an open release needs no grants").to.deep.equal([
        "Retire",
        "Publish a release",
      ]);
      for (const account of [BOB, STRANGER, undefined]) {
        const other = await open(`releases/${agent}`, account);
        expect(await group(other, OWNS_RELEASE).count()).to.equal(0);
        for (const name of ["Retire", "Manage grants"]) {
          expect(await other.getByRole("link", { name }).count(), name).to.equal(0);
        }
      }
    });

    it("is on an account's page for that account, and for nobody else", async () => {
      const path = `accounts/${ALICE.address.toLowerCase()}`;
      const page = await open(path, ALICE);
      expect(await links(page, OWN_ACCOUNT)).to.deep.equal(["Deposit credit", "Withdraw credit"]);
      await look(page, "account");
      for (const account of [STRANGER, undefined]) {
        const other = await open(path, account);
        expect(await group(other, OWN_ACCOUNT).count()).to.equal(0);
      }
    });

    it("appears and goes when the wallet switches accounts", async () => {
      const wallet = new TestWallet(world.node, STRANGER);
      const each = await openPage(browser as Browser, `${world.url}#/wallet`, { viewport }, (context) =>
        wallet.installIn(context),
      );
      opened.push(each);
      const { page } = each;
      await page.getByRole("button", { name: "Test wallet" }).click();
      await page.getByText("ETH for gas").waitFor();
      await page.goto(`${world.url}#/assets/${agent}`);
      await page.getByRole("heading", { name: "Shareholders" }).waitFor();
      expect(await group(page, OWNS_ASSET).count()).to.equal(0);
      await wallet.switchAccount(ALICE);
      await group(page, OWNS_ASSET).waitFor();
      await wallet.lock();
      await group(page, OWNS_ASSET).waitFor({ state: "detached" });
    });

    it("replaces the metadata: shows old and new, keeps the other fields, and shows the result", async () => {
      const page = await open(`assets/${agent}`, ALICE);
      await group(page, OWNS_ASSET).getByRole("link", { name: "Replace the metadata" }).click();
      await page.getByText("Change a field, or choose a file.").waitFor();
      expect(await page.getByLabel("Organization").inputValue()).to.equal("Acme");
      await page.getByLabel("Name", { exact: true }).fill("");
      await page.getByText("The asset would have no name.").waitFor();
      await page.getByLabel("Name", { exact: true }).fill("Summarizer 2");
      await page.getByLabel("Description").fill("It sums up.");
      await button(page, "Replace the metadata").waitFor();
      const review = await text(page, ".review");
      expect(review)
        .to.contain('name: "Summarizer" → "Summarizer 2"')
        .and.to.contain('description: none → "It sums up."')
        .and.not.to.contain("size:");
      await look(page, "metadata");
      await button(page, "Replace the metadata").click();
      await done(page);
      const after = METADATA.replace('"Summarizer"', '"Summarizer 2"').replace(" }", ', "description":"It sums up." }');
      expect(await world.registry.metadataDigest(agent)).to.equal(digestOf(after));
      await page.getByRole("link", { name: `The metadata of asset ${agent} is replaced.` }).click();
      await page.getByRole("heading", { name: "Summarizer 2", level: 1 }).waitFor();

      await go(page, `metadata/${agent}`);
      const file = '{"name":"From a file","kind":"agent"}';
      await page.getByLabel("Fill the form from a file").setInputFiles({
        name: "metadata.json",
        mimeType: "application/json",
        buffer: Buffer.from(file),
      });
      await page.getByText("The file replaces all of the metadata.").waitFor();
      await page.getByText('organization: "Acme" → none').waitFor();
      await button(page, "Replace the metadata").click();
      await done(page);
      expect(await world.registry.metadataDigest(agent)).to.equal(digestOf(file));

      await page.getByRole("button", { name: "Close" }).click();
      await page.getByLabel("Fill the form from a file").setInputFiles({
        name: "large.json",
        mimeType: "application/json",
        buffer: Buffer.from(JSON.stringify({ name: "Large", text: "é".repeat(4_096) })),
      });
      await page.getByText("but at most 8192 are allowed").first().waitFor();
      expect(await button(page, "Replace the metadata").count()).to.equal(0);
    });

    it("binds an identity that the owner has, and says that it is for ever", async () => {
      const alice = world.accounts.alice;
      const number = await identities.connect(alice)["register()"].staticCall();
      await identities.connect(alice)["register()"]();
      const page = await open(`assets/${agent}`, ALICE);
      await group(page, OWNS_ASSET).getByRole("link", { name: "Bind an identity" }).click();
      const field = page.getByLabel("Number of the identity");
      await field.fill("one");
      await page.getByText("is not the number of an identity").waitFor();
      await field.fill("4242");
      await page.getByText("has no identity 4242").waitFor();
      await field.fill(String(number));
      await button(page, "Bind for ever").waitFor();
      expect(await text(page, ".review")).to.contain("A binding can never be changed or undone");
      await look(page, "identity");
      await button(page, "Bind for ever").click();
      await done(page);
      expect(await world.registry.identityOf(agent)).to.deep.equal([true, number]);
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText(`Asset ${agent} is bound to identity ${number} already.`).waitFor();
      await go(page, "identity/1");
      await page.getByText("This asset is a dataset. Only an agent can be bound").waitFor();
    });

    it("transfers the asset: warns of what goes with it, refuses dead ends, and the old owner sees nothing then", async () => {
      const page = await open(`assets/${agent}`, ALICE);
      await group(page, OWNS_ASSET).getByRole("link", { name: "Transfer the asset" }).click();
      const recipient = page.getByLabel("Recipient", { exact: true });
      await recipient.fill(world.deployment.registry);
      await page.getByText("Nobody can act with it").first().waitFor();
      expect(await button(page, "Transfer the asset").count()).to.equal(0);
      await recipient.fill(STRANGER.address);
      await button(page, "Transfer the asset").waitFor();
      const review = await text(page, ".review");
      expect(review)
        .to.contain(`only ${STRANGER.address} can publish releases`)
        .and.to.contain("you keep your 75 % of the shares")
        .and.to.contain("stays bound to identity");
      await look(page, "transfer-asset");
      await button(page, "Transfer the asset").click();
      await done(page);
      expect(await world.registry.ownerOf(agent)).to.equal(STRANGER.address);
      expect(await world.ledger.balanceOf(ALICE.address, agent)).to.equal(75_000_000n);
      await go(page, `assets/${agent}`);
      expect(await group(page, OWNS_ASSET).count()).to.equal(0);
      const next = await open(`assets/${agent}`, STRANGER);
      await group(next, OWNS_ASSET).waitFor();
      await world.registry.connect(world.accounts.stranger).transferFrom(STRANGER.address, ALICE.address, agent);
      await world.caughtUp();
    });

    it("is refused to a stranger who types the address of its page, with the reason", async () => {
      const page = await open("wallet", STRANGER);
      const reason = `belongs to ${ALICE.address}, not to ${STRANGER.address}. Only its owner can do this`;
      await go(page, `metadata/${agent}`);
      await page.getByLabel("Name", { exact: true }).fill("Taken");
      await page.getByText(reason).waitFor();
      await look(page, "metadata-stranger");
      await go(page, `identity/${agent}`);
      await page.getByLabel("Number of the identity").fill("0");
      await page.getByText(reason).waitFor();
      await go(page, `transfer-asset/${agent}`);
      await page.getByLabel("Recipient", { exact: true }).fill(BOB.address);
      await page.getByText(reason).waitFor();
      await go(page, `retire/${agent}`);
      await page.getByText(reason).waitFor();
      expect(await page.locator("main button.primary").count()).to.equal(0);
    });

    it("deposits credit and withdraws it, as the account", async () => {
      const page = await open(`accounts/${PAYER.address.toLowerCase()}`, PAYER);
      await group(page, OWN_ACCOUNT).getByRole("link", { name: "Deposit credit" }).click();
      await page.getByLabel("Amount").fill("2.5");
      await page.getByText(`Deposit 2.5 tUSD (2500000 base units) as credit of ${PAYER.address}.`).waitFor();
      await look(page, "deposit");
      await button(page, "Deposit").click();
      await done(page);
      expect(await world.ledger.creditOf(PAYER.address, world.dollar)).to.equal(2_500_000n);
      expect(await text(page, ".progress")).to.contain(`${PAYER.address} got 2.5 tUSD of credit.`);

      await go(page, `accounts/${PAYER.address.toLowerCase()}`);
      await group(page, OWN_ACCOUNT).getByRole("link", { name: "Withdraw credit" }).click();
      await page.getByText("Your credit is 2.5 tUSD").waitFor();
      await page.getByLabel("Amount").fill("3");
      await page.getByText("It cannot withdraw more than that.").waitFor();
      await page.getByLabel("Amount").fill("1");
      await page.getByLabel("Recipient (optional)").fill(STRANGER.address);
      await page.getByText(`Withdraw 1 tUSD (1000000 base units) of credit to ${STRANGER.address}.`).waitFor();
      await look(page, "withdraw");
      await button(page, "Withdraw").click();
      await done(page);
      expect(await world.dollar.balanceOf(STRANGER.address)).to.equal(1_000_000n);
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByLabel("Recipient (optional)").fill("");
      await page.getByLabel("All of it").check();
      await page.getByText("Withdraw 1.5 tUSD").first().waitFor();
      await button(page, "Withdraw").click();
      await done(page);
      expect(await world.ledger.creditOf(PAYER.address, world.dollar)).to.equal(0n);
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("has no credit in tUSD. There is nothing to withdraw.").waitFor();
    });

    it("settles, as anyone: a release, a release with its ancestors, an asset's releases, and for an account", async () => {
      const { payer } = world.accounts;
      const pay = async (amount: bigint) => {
        await world.dollar.connect(payer).approve(world.ledger, amount);
        await world.ledger.connect(payer).pay(agent, world.dollar, amount, world.ethers.ZeroHash);
        await world.caughtUp();
      };
      const settled = async (release: number) => (await world.ledger.flowOf(release, world.dollar)).settled;
      const page = await open(`releases/${agent}`, STRANGER);
      expect(await page.getByRole("link", { name: "Settle", exact: true }).count(), "nothing to settle").to.equal(0);
      await pay(8_000_000n);
      await go(page, `releases/${agent}`);
      await page.getByRole("link", { name: "Settle", exact: true }).click();
      await page.getByText(`Release ${agent} settles 8 tUSD (8000000 base units).`).waitFor();
      await look(page, "settle");
      await button(page, "Settle").click();
      await done(page);
      expect([await settled(agent), await settled(2)]).to.deep.equal([8_000_000n, 0n]);
      expect(await text(page, ".progress")).to.contain("Settled 1 release in tUSD.");
      await page.getByRole("button", { name: "Close" }).click();
      await page.getByText("There is nothing to settle").waitFor();
      await page.getByLabel("Also settle all ancestors").check();
      await page.getByText("Release 2 settles 2 tUSD").waitFor();
      await button(page, "Settle").click();
      await done(page);
      expect([await settled(2), await settled(1)]).to.deep.equal([2_000_000n, 600_000n]);

      await pay(4_000_000n);
      await go(page, `assets/${agent}`);
      await page.getByRole("link", { name: "Settle", exact: true }).click();
      await button(page, "Settle").click();
      await done(page);
      expect(await settled(agent)).to.equal(12_000_000n);

      // Bob owns release 2, to which 1 tUSD came by the last step.
      await go(page, `accounts/${BOB.address.toLowerCase()}`);
      await page.getByRole("link", { name: "Settle only" }).click();
      await page.getByText("Release 2 settles 1 tUSD").waitFor();
      await look(page, "settle-account");
      await button(page, "Settle").click();
      await done(page);
      expect(await settled(2)).to.equal(3_000_000n);
    });

    it("is prepared for a contract wallet, whose address the wallet's page remembers", async () => {
      const { alice, bob } = world.accounts;
      const wallet = (await world.ethers.deployContract("ThresholdWallet", [alice, bob])) as unknown as ThresholdWallet;
      const address = (await wallet.getAddress()) as Hex;
      const id = Number(
        await registerAsset(world, alice, {
          kind: Kind.Model,
          metadata: '{"name":"Of a wallet"}',
          owner: { getAddress: async () => address } as never,
        }),
      );
      await world.caughtUp();
      const page = await open("wallet", ALICE);
      const field = page.getByLabel("Address of the contract wallet");
      await field.fill("0x12");
      await page.getByText("The contract wallet").last().waitFor();
      await field.fill(address);
      await look(page, "wallet");
      await go(page, `assets/${id}`);
      expect(await links(page, OWNS_ASSET)).to.include("Replace the metadata");
      await group(page, OWNS_ASSET).getByRole("link", { name: "Replace the metadata" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Of the wallet");
      await page.getByText('name: "Of a wallet" → "Of the wallet"').waitFor();
      await page.getByText("For the connected account itself: Asset").waitFor();
      await button(page, "Copy as a Safe transaction").waitFor();
      await look(page, "contract-wallet");
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download it").click()]);
      const { readFile } = await import("node:fs/promises");
      const { transactions } = JSON.parse(await readFile(await download.path(), "utf8")) as {
        transactions: { to: string; value: string; data: string }[];
      };
      await (await wallet.connect(alice).execute(transactions)).wait();
      expect(await world.registry.metadataDigest(id)).to.equal(digestOf('{"name":"Of the wallet"}'));
    });
  });
}

/** Records what stood on the page when its title was first shown. It runs in the page, before the page's own code. */
function recordFirstSight(): void {
  const own = window as unknown as { firstSight?: string[] };
  const observer = new MutationObserver(() => {
    if (!document.querySelector("main h1")) return;
    observer.disconnect();
    own.firstSight = [...document.querySelectorAll("main [role=group]")].map(
      (each) => each.getAttribute("aria-label") ?? "",
    );
  });
  observer.observe(document, { childList: true, subtree: true });
}
