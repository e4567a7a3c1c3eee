import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { Browser, Page } from "playwright-core";
import {
  DESKTOP,
  NO_CHROMIUM,
  type OpenedPage,
  openPage,
  PHONE,
  startBrowser,
  takePicture,
} from "../support/browser.ts";
import { Kind, registerAsset } from "../support/economy/assets.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";
import { effectsOf, HOSTILE_NAMES, smallTargets } from "./untrusted.ts";

const DELAY = 172_800;
/** The accounts of `startParticipant`: the proposer, who also holds the spammed shares, the canceller, and others. */
const [ALICE, BOB, CAROL, PAYER] = [2, 3, 4, 5].map((i) => accountAt(i));

interface State {
  path: () => string | Promise<string>;
  /** The account of the wallet. Default: no wallet is installed. */
  as?: typeof ALICE;
  /** Brings the page into the state. */
  reach: (page: Page) => Promise<unknown>;
}

describe("each state of the explorer's actions and of governance", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  let escrow: string;
  let outlet: string;
  let operation: string;
  let farOperation: string;
  let granted: number;
  let opened: OpenedPage | undefined;

  before(async function () {
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_299, { governed: true });
    const { accounts, dollar, ledger, registry, inlets, outlets, ethers } = world;
    const { alice, carol, payer, stranger } = accounts;
    escrow = await (await ethers.deployContract("PassiveAccount")).getAddress();
    await outlets.open(escrow);
    await inlets.open(1);
    outlet = await outlets.outletOf(escrow);
    const shared = [outlet, alice.address].map((account) => ({ account, role: 0, shares: 50_000_000n }));
    const asset = await registerAsset(world, alice, { allocations: shared });
    granted = Number(await registerAsset(world, alice, { byGrant: true }));
    await dollar.connect(payer).approve(ledger, 10n ** 12n);
    const pay = (release: bigint | number, amount: bigint) =>
      ledger.connect(payer).pay(release, dollar, amount, ZeroHash);
    await pay(asset, 2_000_000n);
    await ledger.settle([asset], dollar);
    await pay(1, 700_000n);
    // Gifts: every second one is worth its gas.
    for (const [i, name] of HOSTILE_NAMES.entries()) {
      const gift = await registerAsset(world, stranger, {
        kind: Kind.Model,
        metadata: JSON.stringify({ name, organization: name }),
        allocations: [{ account: alice.address, role: 0, shares: 100_000_000n }],
      });
      await pay(gift, i % 2 === 0 ? 400_000n : 3n);
    }
    const timelock = await ethers.getContractAt("AdminTimelock", await ledger.admin());
    const texts = HOSTILE_NAMES.map((name) => registry.interface.encodeFunctionData("setMetadata", [1, name]));
    const calls = [...texts, timelock.interface.encodeFunctionData("updateDelay", [0]), "0x12345678"];
    const targets = [...texts.map(() => registry), timelock, dollar];
    const values = calls.map(() => 0n);
    await timelock.connect(alice).scheduleBatch(targets, values, calls, ZeroHash, ZeroHash, DELAY);
    operation = await timelock.hashOperationBatch(targets, values, calls, ZeroHash, ZeroHash);
    // A proposer may choose a delay that no date can show.
    await timelock.connect(alice).schedule(dollar, 0, "0x87654321", ZeroHash, ZeroHash, 2n ** 200n);
    farOperation = await timelock.hashOperation(dollar, 0, "0x87654321", ZeroHash, ZeroHash);
    // Somebody claimed the outlet's earnings to its credit.
    await ledger.connect(carol).claimToCredit(outlet, [asset], dollar);
    await world.caughtUp();
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async function () {
    if (opened && this.currentTest?.isFailed()) await takePicture(opened.page, "failed-state");
    await opened?.page.context().close();
    opened = undefined;
  });

  const connect = (page: Page) => page.getByRole("button", { name: "Test wallet" }).click();
  const reviewed = async (page: Page) => {
    await connect(page);
    await page.locator(".review").waitFor();
  };
  const account = (address: string) => `#/accounts/${address.toLowerCase()}`;
  const openGifts = async (page: Page) => {
    const claimable = page.locator(".claimable");
    await claimable.locator("summary", { hasText: "given unasked" }).click();
    await claimable.getByRole("table", { name: "Assets whose shares came unasked" }).waitFor();
    await claimable.locator("summary", { hasText: "left out" }).click();
    await claimable.getByRole("table", { name: "Left out of the claim plan" }).waitFor();
  };

  const states: Record<string, State> = {
    governance: {
      path: () => "#/governance",
      reach: async (page) => {
        await page.getByText("until a time more than 200,000 years from now").waitFor();
        await page.getByText("(observed)").nth(1).waitFor();
      },
    },
    "admit, refused": {
      path: () => "#/govern/admit",
      as: ALICE,
      reach: async (page) => {
        await connect(page);
        await page.getByLabel("Address of the token").fill(world.accounts.carol.address);
        await page.getByRole("alert").waitFor();
      },
    },
    propose: {
      path: () => "#/govern/propose",
      as: ALICE,
      reach: async (page) => {
        await connect(page);
        await page.getByLabel("Address to call").fill(await world.registry.getAddress());
        const forged = `${HOSTILE_NAMES.join("")}\nAdmit 0x00 (USDC) as a currency, for ever`;
        const data = world.registry.interface.encodeFunctionData("setMetadata", [1, forged]);
        await page.getByLabel("Data").fill(data);
        await page.getByRole("alert").or(page.locator(".review")).first().waitFor();
      },
    },
    "execute, too early": {
      path: () => `#/govern/execute/${operation}`,
      as: CAROL,
      reach: async (page) => {
        await connect(page);
        await page.getByText(/can be executed in/).waitFor();
      },
    },
    "execute what can be executed in 200,000 years": {
      path: () => `#/govern/execute/${farOperation}`,
      as: CAROL,
      reach: async (page) => {
        await connect(page);
        await page.getByText(/at second \d{50,} since 1970/).waitFor();
      },
    },
    cancel: { path: () => `#/govern/cancel/${operation}`, as: BOB, reach: reviewed },
    "cancel what does not exist": {
      path: () => `#/govern/cancel/0x${"12".repeat(32)}`,
      as: BOB,
      reach: async (page) => {
        await connect(page);
        await page.getByRole("alert").waitFor();
      },
    },
    sweep: { path: () => "#/govern/sweep", as: CAROL, reach: reviewed },
    "withdraw the commons": {
      path: () => "#/govern/withdraw",
      as: ALICE,
      reach: async (page) => {
        await connect(page);
        await page.getByLabel("Account to pay").fill(world.accounts.stranger.address);
        await page.getByRole("alert").or(page.locator(".review")).or(page.getByText("Check again")).first().waitFor();
      },
    },
    "collect, with gifts and what is left out": {
      path: () => account(world.accounts.alice.address),
      as: ALICE,
      reach: async (page) => {
        await openGifts(page);
        await reviewed(page);
      },
    },
    "account of an inlet": {
      path: async () => account(await world.inlets.inletOf(1)),
      reach: (page) => page.getByText("This address is the inlet of").waitFor(),
    },
    "account of an outlet": {
      path: () => account(outlet),
      reach: (page) => page.getByText("This address is the outlet of").waitFor(),
    },
    "account with an outlet": {
      path: () => account(escrow),
      reach: (page) => page.getByText("This account has an outlet").waitFor(),
    },
    "pass on": { path: () => `#/pass/${escrow}`, as: BOB, reach: reviewed },
    sync: {
      path: () => "#/sync/1",
      as: BOB,
      reach: async (page) => {
        await connect(page);
        await page.getByText("Check again").or(page.locator(".review")).first().waitFor();
      },
    },
    "transfer to a dead end": {
      path: () => "#/transfer/1",
      as: ALICE,
      reach: async (page) => {
        await page.getByLabel("Recipient").fill(await world.inlets.inletOf(50));
        await page.locator(".field .error").waitFor();
        await connect(page);
        await page.getByLabel("Shares, in %").fill("5");
        await page.getByRole("alert").waitFor();
      },
    },
    "transfer to a passive contract": {
      path: () => "#/transfer/1",
      as: ALICE,
      reach: async (page) => {
        await page.getByLabel("Recipient").fill(escrow);
        await page.getByLabel("Shares, in %").fill("5");
        await page.getByRole("button", { name: "Use its outlet" }).waitFor();
        await reviewed(page);
      },
    },
    "register with undecided parents": {
      path: () => "#/register",
      as: BOB,
      reach: async (page) => {
        await connect(page);
        const names = ["Model", ...HOSTILE_NAMES];
        await page.getByLabel("Fill the form from a file").setInputFiles({
          name: "metadata.json",
          mimeType: "application/json",
          buffer: Buffer.from(JSON.stringify({ name: "Plain", kind: "model", base_model: names })),
        });
        const list = page.getByRole("list", { name: "Names in the file" });
        await list
          .getByRole("button", { name: /^Leave out/ })
          .first()
          .waitFor();
        await list.getByText("Looking for").first().waitFor({ state: "detached" });
      },
    },
    "register with a dead end and a passive contract": {
      path: () => "#/register",
      as: BOB,
      reach: async (page) => {
        await connect(page);
        await page.getByLabel("Name", { exact: true }).fill("Escrowed");
        await page.getByLabel("Contributor 1", { exact: true }).fill(`0x${"9".padStart(40, "0")}`);
        await page.locator(".field .error").waitFor();
        await page.getByRole("alert").first().waitFor();
      },
    },
    "review with a proposal": {
      path: () => "#/pay/3",
      as: PAYER,
      reach: async (page) => {
        await page.getByLabel("Amount").fill("1.5");
        await reviewed(page);
        await page.getByText("For a contract wallet (Safe)").click();
        await page.getByLabel("Contract wallet").fill(world.accounts.payer.address);
        await page.getByRole("button", { name: "Copy as a Safe transaction" }).nth(1).waitFor();
      },
    },
    grant: {
      path: () => `#/grant/${granted}`,
      as: ALICE,
      reach: async (page) => {
        await page.getByLabel("Account", { exact: true }).fill(escrow);
        await reviewed(page);
      },
    },
    wallet: { path: () => "#/wallet", as: ALICE, reach: connect },
    "the API does not answer": {
      path: () => "#/wallet",
      reach: async (page) => {
        await page.route(/\/(v1|health)/, (route) => route.abort());
        await page.goto(`${world.url}#/governance`);
        await page.getByRole("alert").first().waitFor({ timeout: 30_000 });
      },
    },
  };

  for (const [name, { path, as, reach }] of Object.entries(states)) {
    it(`fits a phone, is accessible, and keeps untrusted texts text: ${name}`, async () => {
      const wallet = as && new TestWallet(world.node, as);
      opened = await openPage(browser as Browser, `${world.url}${await path()}`, { viewport: PHONE }, (context) =>
        Promise.resolve(wallet?.installIn(context)),
      );
      const { page, complaints } = opened;
      page.setDefaultTimeout(15_000);
      await reach(page);
      await page.waitForFunction(() => !document.querySelector(".loading"));
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
          await page.setViewportSize(viewport);
          await takePicture(page, `state ${name} ${size} ${colorScheme}`.replaceAll(/\W+/g, "-"));
          expect(await accessibilityViolations(page), `${size}, ${colorScheme}`).to.deep.equal([]);
        }
      }
      expect(await effectsOf(page)).to.deep.equal({ hacked: false, pictures: 0, links: [], wide: 0, invisible: false });
      expect(await smallTargets(page)).to.deep.equal([]);
      expect(complaints.filter((text) => !/net::ERR_FAILED|status of 404/.test(text))).to.deep.equal([]);
    });
  }
});
