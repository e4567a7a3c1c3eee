import fastifyStatic from "@fastify/static";
import { expect } from "chai";
import Fastify from "fastify";
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
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type Explorer, startExplorer } from "./startExplorer.ts";
import { itAtLength } from "../support/atLength.ts";

describe("the explorer", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let explorer: Explorer;
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    explorer = await startExplorer();
  });
  after(async () => {
    await browser?.close();
    await explorer?.stop();
  });
  afterEach(async () => {
    for (const { page } of opened.splice(0)) await page.context().close();
  });

  const open = async (path: string, options = {}) => {
    const openedPage = await openPage(browser as Browser, `${explorer.url}${path}`, options);
    opened.push(openedPage);
    return openedPage;
  };
  /** Opens a page, and waits until everything on it is loaded. */
  const openLoaded = async (path: string, options = {}) => {
    const openedPage = await open(path, options);
    await openedPage.page.locator("h1").first().waitFor();
    await openedPage.page.waitForFunction(() => !document.querySelector(".loading"));
    return openedPage;
  };
  const ask = async (path: string) => {
    const answer = await fetch(`${explorer.url}${path}`);
    return ((await answer.json()) as { data: Record<string, never> }).data;
  };
  const feeOf = async (release: number) => {
    const [fee] = (await ask(`v1/fees?release=${release}`)) as unknown as { id: string }[];
    return fee?.id ?? "";
  };
  const text = async (page: Page, selector = "main") =>
    (await page.locator(selector).innerText()).replaceAll("\u202f", " ");

  it("opens on the economy, and shows each figure's formula on hover and on keyboard focus", async () => {
    const { page, complaints } = await openLoaded("");
    expect(await page.title()).to.equal("Economy · Tributary");
    const content = await text(page);
    expect(content).to.contain("Participation density").and.to.contain("3.005003");
    expect(content).to.match(/Indexer\s+up to date/);
    const picture = page.getByRole("link", { name: "View as a picture" });
    expect(await picture.getAttribute("href")).to.equal("#/flow?between=organizations");
    const figure = page.getByRole("button", { name: "Participation density" });
    await figure.focus();
    const formula = page
      .getByRole("tooltip", { name: /exp\(−Σ p · ln p\)/ })
      .or(page.locator("[role=tooltip]:visible"));
    await formula.filter({ hasText: "Σ" }).first().waitFor();
    expect(await formula.first().innerText()).to.contain("exp(−Σ p · ln p)");
    await page.keyboard.press("Escape");
    await formula.first().waitFor({ state: "hidden" });
    await figure.hover();
    await formula.first().waitFor();
    await page.getByRole("button", { name: "For the commons" }).focus();
    await page.getByText("already swept plus not swept yet").waitFor();
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("has one choice of the currency above all sections that depend on it", async () => {
    const { page } = await openLoaded("");
    const choice = page.getByRole("combobox", { name: "Currency" });
    expect(await choice.count()).to.equal(1);
    const isAboveSections = await choice.evaluate((select) =>
      [...document.querySelectorAll("main section")].every(
        (section) => (select.compareDocumentPosition(section) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
      ),
    );
    expect(isAboveSections).to.equal(true);
    await choice.selectOption({ label: "tETH" });
    await page.getByText("No fee has reached another organization yet.").waitFor();
  });

  it("shows a fee as it happens, and removes it on a reorg", async () => {
    const { page } = await openLoaded("");
    const { provider } = explorer.economy.chain.ethers;
    await page.waitForFunction(() => document.querySelector(".signal.good"));
    const before = await provider.send("evm_snapshot", []);
    await explorer.economy.pay(2, 777_777n);
    await explorer.caughtUp();
    const feed = page.getByRole("list", { name: "Newest first" });
    await feed.getByText("0.777777").waitFor();
    await page.locator("main").getByText("3.782780").first().waitFor();

    await provider.send("evm_revert", [before]);
    await provider.send("evm_increaseTime", [60]);
    await explorer.economy.pay(2, 5n);
    await explorer.economy.pay(2, 6n);
    await feed.getByText("0.000006").waitFor();
    await feed.getByText("0.777777").waitFor({ state: "detached" });
  });

  it("finds an asset by its name and shows its income, its fees and its shareholders", async () => {
    const { page, complaints } = await openLoaded("#/assets");
    await page.getByLabel("Name or organization").fill("corp");
    await page.getByRole("row").filter({ hasText: "model" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: /corpus/ }).click();
    await page.getByRole("heading", { name: "corpus", level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
    const [income] = (await ask("v1/assets/1")).income as unknown as { afterSettling: { amount: string } }[];
    expect(await page.locator(`data[value="${income?.afterSettling.amount}"]`).count()).to.be.greaterThan(0);
    expect(await page.locator(".chart rect").count()).to.be.greaterThan(0);
    await page.getByText("Show as a table").click();
    expect(await text(page)).to.contain("100 %");
    expect(complaints).to.deep.equal([]);
  });

  it("draws a lineage that keys walk along, and lists the same releases", async () => {
    const { page, complaints } = await openLoaded("#/releases/3/lineage");
    await page.locator(".legend", { hasText: "3 releases, 2 contributions" }).waitFor();
    const canvas = page.locator("canvas");
    const countInkedPixels = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext("2d")!.getImageData(0, 0, element.width, element.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    await page.waitForTimeout(200);
    expect(await countInkedPixels()).to.be.greaterThan(1_000);
    const selected = page.getByRole("complementary", { name: "Selected release" });
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await selected.getByRole("link", { name: /model/ }).waitFor();
    expect((await selected.innerText()).replaceAll("\u202f", " ")).to.contain("30 %");
    await page.keyboard.press("ArrowLeft");
    await selected.getByRole("link", { name: /agent/ }).waitFor();
    // The other descendants of the model appear when it is expanded.
    await page.keyboard.press("ArrowRight");
    await selected.getByRole("link", { name: /model/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".legend", { hasText: "4 releases, 3 contributions" }).waitFor();
    await page.getByRole("button", { name: "Neighbours of #2" }).click();
    await page
      .locator(".lineage-tree")
      .getByRole("link", { name: /corpus/ })
      .waitFor();
    await page.getByLabel("Find in this drawing").fill("corpus");
    await selected.getByRole("link", { name: /corpus/ }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("traces a fee to shareholders exactly", async () => {
    const { page, complaints } = await openLoaded(`#/fees/${await feeOf(4)}`);
    await page.locator(".flow svg").waitFor();
    const bands = await page.locator(".flow .bands path").count();
    await page.getByText(`Show as a table: ${bands} rows`, { exact: true }).click();
    const amounts = async (from: RegExp) =>
      page
        .getByRole("region", { name: "Where the fee goes" })
        .last()
        .getByRole("row")
        .filter({ has: page.getByRole("cell").first().filter({ hasText: from }) })
        .locator("data")
        .evaluateAll((all) => all.map((each) => each.getAttribute("value")));
    expect(await amounts(/^0x.*payer$/)).to.deep.equal(["2000003"]);
    const [first] = await page.locator(".flow-node title").allTextContents();
    expect(first).to.contain("2 000 003".replaceAll(" ", "\u202f"));
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("computes incomes without a release", async () => {
    const { page, complaints } = await openLoaded("#/releases/2");
    await page.getByRole("button", { name: "Compute" }).click();
    const row = page.getByRole("row").filter({ hasText: "corpus" }).filter({ hasText: "−" });
    await row.first().waitFor();
    const expected = (await ask(`v1/releases/2/counterfactual/${await dollar()}`)) as unknown as {
      asset: number;
      difference: { amount: string };
    }[];
    const corpus = expected.find(({ asset }) => asset === 1);
    expect(await row.locator(`data[value="${corpus?.difference.amount}"]`).count()).to.equal(1);
    expect(await text(page)).to.contain("exact arithmetic, not a prediction");
    expect(complaints).to.deep.equal([]);
  });
  const dollar = async () => (await explorer.economy.dollar.getAddress()).toLowerCase();

  it("shows what an account can claim, the steps of claiming, and the source of the earnings", async () => {
    const { alice } = explorer.economy.accounts;
    const { page, complaints } = await openLoaded(`#/accounts/${alice.address}`);
    const [plan] = (await ask(`v1/accounts/${alice.address}/plan`)).plans as unknown as {
      pays: { amount: string };
      settleCount: number;
      claimCount: number;
      calls: unknown[];
    }[];
    const claimable = page.locator(".claimable");
    expect(await claimable.locator(`data[value="${plan?.pays.amount}"]`).count()).to.equal(1);
    const count = (number: number | undefined, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
    expect(plan?.settleCount).to.be.greaterThan(0);
    expect(await claimable.innerText()).to.contain(
      `Collecting takes ${count(plan?.calls.length, "transaction")}, to settle ${count(plan?.settleCount, "release")} and claim what the shares of ${count(plan?.claimCount, "asset")} have earned.`,
    );
    // The cost depends on the gas price, which only the wallet's chain has.
    expect(await text(page))
      .to.contain("Connect its wallet to see the cost and to collect.")
      .and.not.to.match(/\d gas/);
    const path = page.locator(".path").filter({ hasText: /^agent #3 → model (\S+ )?#2 → corpus #1$/ });
    await path.first().waitFor();
    // A currency without earnings has no lines.
    const holdings = await text(page, "[aria-label='By asset and currency']");
    expect(holdings).to.contain("tUSD").and.not.to.contain("tETH");
    const csv = await page.getByRole("link", { name: "CSV (first 500)" }).first().getAttribute("href");
    const answer = await fetch(csv ?? "");
    expect(answer.headers.get("content-type")).to.contain("text/csv");
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("shows a period's flow from payers to shareholders, exactly, and between organizations", async () => {
    const { page, complaints } = await openLoaded("#/flow");
    await page.locator(".flow svg").waitFor();
    const flows = (await ask(`v1/economy/${await dollar()}/flows/fees`)) as unknown as {
      fees: { amount: { amount: string } }[];
      earned: { amount: { amount: string } }[];
      paid: { amount: string };
    };
    expect(await page.locator(`data[value="${flows.paid.amount}"]`).count()).to.be.greaterThan(0);
    const table = page.getByRole("region", { name: "Fees from payers to shareholders" }).last();
    await page.getByText("Show as a table").click();
    for (const { amount } of [...flows.fees, ...flows.earned]) {
      expect(await table.locator(`data[value="${amount.amount}"]`).count()).to.be.greaterThan(0);
    }
    const kinds = await page
      .locator(".flow-node")
      .evaluateAll((nodes) => [...new Set(nodes.map((node) => node.classList[1]))].sort());
    expect(kinds).to.deep.equal(["asset", "commons", "payer", "release", "shareholder"]);
    await page.getByRole("combobox", { name: "Between" }).selectOption("organizations");
    await page.getByRole("heading", { name: "Between organizations" }).waitFor();
    await page.locator(".flow svg").waitFor();
    expect(await text(page)).to.contain("Acme");
    expect(await text(page)).not.to.contain("Computed from the shares that the accounts hold now.");
    await page.getByLabel("From").fill("2001-01-01");
    await page.getByText("Computed from the shares that the accounts hold now.").waitFor();
    await page.getByLabel("To", { exact: true }).fill("2001-02-01");
    await page.getByText("Nothing was paid in this period.").waitFor();
    await page.getByRole("combobox", { name: "Between" }).selectOption("shareholders");
    await page.getByText("Nothing was paid in this period.").waitFor();
    await page.getByRole("button", { name: "All time" }).click();
    await page.locator(".flow svg").waitFor();
    expect(complaints).to.deep.equal([]);
  });

  itAtLength("shows untrusted texts as text that runs nothing", async () => {
    for (const path of [
      "#/assets",
      "#/assets/4",
      "#/assets/5",
      "#/releases/4",
      "#/releases/4/lineage",
      "#/releases",
      "#/",
    ]) {
      const { page, complaints } = await openLoaded(path);
      for (const details of await page.locator("main details summary").all()) await details.click();
      const effects = await page.evaluate(() => ({
        hacked: "hacked" in window,
        pictures: document.querySelectorAll("main img, main iframe, main object, main script").length,
        links: [...document.querySelectorAll<HTMLAnchorElement>("main a[href]")].map(({ protocol }) => protocol),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(effects.hacked, path).to.equal(false);
      expect(effects.pictures, path).to.equal(0);
      expect(effects.links.filter((each) => !["http:", "https:", "ipfs:"].includes(each))).to.deep.equal([]);
      expect(effects.wide, `${path} is too wide`).to.be.at.most(0);
      expect(complaints, path).to.deep.equal([]);
    }
    const { page } = await openLoaded("#/assets/4");
    await takePicture(page, "hostile");
    expect(await page.locator("h1").innerText()).to.contain("<script>window.hacked=1</script>WWW");
    const card = page.getByRole("link", { name: "https://example.invalid/card" });
    expect(await card.getAttribute("rel"))
      .to.contain("noopener")
      .and.to.contain("nofollow");
    expect(
      await page
        .getByText("javascript:window.hacked=5")
        .first()
        .evaluate((node) => node.closest("a")),
    ).to.equal(null);
  });

  it("can be used with the keyboard alone", async () => {
    const { page } = await openLoaded("");
    await page.keyboard.press("Tab");
    const focusedText = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim());
    expect(await focusedText()).to.equal("Skip to content");
    const focusOrder: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("Tab");
      focusOrder.push(await focusedText());
    }
    expect(focusOrder).to.deep.equal(["Tributary", "Economy", "Assets", "Fees", "Flow", "Accounts"]);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).to.equal("solid");
    await page.keyboard.press("Tab");
    await page.keyboard.type("#3");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "agent" }).waitFor();
    // A new page starts with the focus on its title.
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    const search = page.getByRole("searchbox").first();
    await search.fill(explorer.economy.accounts.alice.address);
    await search.press("Enter");
    await page.getByRole("heading", { level: 1, name: /^Account 0x/ }).waitFor();
  });

  itAtLength("keeps the chosen colours and amount format", async () => {
    const { page } = await openLoaded("#/assets/1", { colorScheme: "light" });
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByText("Display", { exact: true }).click();
    await page.getByLabel("Dark").check();
    expect(await paper()).not.to.equal(light);
    await page.getByLabel("Show base units").check();
    await page.locator(".unit", { hasText: "base units" }).first().waitFor();
    const dark = await paper();
    await page.reload();
    await page.locator(".unit", { hasText: "base units" }).first().waitFor();
    expect(await paper()).to.equal(dark);
  });

  const pagesToCheck: Record<string, () => string | Promise<string>> = {
    economy: () => "#/",
    assets: () => "#/assets",
    asset: () => "#/assets/1",
    release: () => "#/releases/3",
    lineage: () => "#/releases/3/lineage",
    fees: () => "#/fees",
    fee: async () => `#/fees/${await feeOf(4)}`,
    flow: () => "#/flow",
    accounts: () => "#/accounts",
    account: () => `#/accounts/${explorer.economy.accounts.alice.address}`,
    "not found": () => "#/no/such/page",
  };
  const checkedBriefly = ["asset", "account"];
  for (const [name, path] of Object.entries(pagesToCheck)) {
    const define = checkedBriefly.includes(name) ? it : itAtLength;
    define(`is accessible and fits a phone: ${name}`, async () => {
      const { page } = await openLoaded(await path());
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize(DESKTOP);
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityViolations(page), colorScheme).to.deep.equal([]);
        await takePicture(page, `${name.replace(" ", "-")}-${colorScheme}`);
        await page.setViewportSize(PHONE);
        await page.waitForTimeout(100);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide).to.be.at.most(0);
        await takePicture(page, `${name.replace(" ", "-")}-${colorScheme}-phone`);
      }
    });
  }

  itAtLength("shows that something does not exist, with the reason", async () => {
    const { page } = await open("#/assets/999");
    await page.getByRole("alert").waitFor();
    expect(await text(page))
      .to.contain("Not found.")
      .and.to.contain("There is no asset 999. Search for its name above, or open the list of assets.")
      .and.not.to.contain("`");
    const list = page.getByRole("link", { name: "list of assets" });
    expect(await list.getAttribute("href")).to.equal("#/assets");
    await page.goto(`${explorer.url}#/accounts/0x${"99".repeat(20)}`);
    await page.getByText("The ledger has no record of this address").waitFor();
    await page.goto(`${explorer.url}#/no/such/page`);
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    await page.goto(`${explorer.url}#/accounts/0x${"aB".repeat(20)}`);
    await page.getByRole("heading", { name: "Address misspelt" }).waitFor();
    await page.goto(`${explorer.url}#/fees?reference=0x${"99".repeat(32)}`);
    await page.getByText("No fee has this reference. A transaction hash is not a reference.").waitFor();
    await page.goto(`${explorer.url}#/assets?search=77`);
    await page.getByText("To open release 77, search for #77 at the top of the page.").waitFor();
    await page.goto(`${explorer.url}#/assets?search=seventy`);
    await page.getByText("contains “seventy”.", { exact: false }).waitFor();
    expect(await text(page)).not.to.contain("To open release");
  });

  itAtLength("says that the chart has only the first intervals, and that a fee completes fractions", async () => {
    const { page } = await open("config.json");
    await page.route("**/v1/assets/1/income/**", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { data: unknown[] };
      await route.fulfill({ response, json: { ...answer, next: "more" } });
    });
    await page.route("**/v1/fees/*/trace", async (route) => {
      const response = await route.fetch();
      const answer = (await response.json()) as { data: { pending: object } };
      const pending = { ...answer.data.pending, amount: "-1" };
      await route.fulfill({ response, json: { ...answer, data: { ...answer.data, pending } } });
    });
    await page.goto(`${explorer.url}#/assets/1`);
    await page.getByText(/Only the first \d+ intervals with income are shown\. Choose a longer interval\./).waitFor();
    await page.goto(`${explorer.url}#/fees/${await feeOf(4)}`);
    await page.getByText("completes fractions of earlier fees").waitFor();
  });

  itAtLength("is not affected by hostile addresses", async () => {
    const { page } = await open("#/assets?search=<img src=x onerror=window.hacked=1>&kind=%F0%9F&orderBy=constructor");
    await page.getByText("No asset's name or organization contains").waitFor();
    await page.goto(`${explorer.url}#/accounts/javascript:alert(1)`);
    await page.getByRole("heading", { name: "Page not found" }).waitFor();
    await page.goto(`${explorer.url}#/releases/1e9999/lineage`);
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate(() => "hacked" in window)).to.equal(false);
  });

  itAtLength("does not shift its layout while it loads", async () => {
    for (const path of ["", "#/assets/1", `#/fees/${await feeOf(4)}`, "#/releases/3/lineage", "#/flow"]) {
      const { page } = await open("config.json");
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: "layout-shift", buffered: true });
      });
      await page.goto(`${explorer.url}${path}`);
      await page.locator("h1").waitFor();
      await page.waitForFunction(() => !document.querySelector(".loading"));
      await page.waitForTimeout(300);
      const shift = await page.evaluate(() =>
        (window as unknown as { shifts: number[] }).shifts.reduce((sum, each) => sum + each, 0),
      );
      expect(shift, path).to.be.lessThan(0.05);
    }
  });

  itAtLength("runs from any static file server, with the API on another host", async () => {
    const host = Fastify();
    await host.register(fastifyStatic, {
      root: explorer.folder,
      prefix: "/some/place/",
      globIgnore: ["config.json"],
      wildcard: false,
    });
    host.get("/some/place/config.json", () => ({ chains: [{ api: explorer.url }] }));
    try {
      const elsewhere = await host.listen({ host: "127.0.0.1", port: 0 });
      const openedPage = await openPage(browser as Browser, `${elsewhere}/some/place/#/releases/3/lineage`);
      opened.push(openedPage);
      await openedPage.page.locator(".legend", { hasText: "contributions" }).waitFor();
      await openedPage.page.getByText("Up to date with the chain").waitFor();
      expect(openedPage.complaints).to.deep.equal([]);
    } finally {
      for (const { page } of opened.splice(0)) await page.context().close();
      await host.close();
    }
  });

  // This test is the last one, because it stops and restarts the indexer.
  itAtLength("shows that it is not connected, keeps its data, and continues when the indexer is back", async () => {
    const { page } = await openLoaded("#/assets/1");
    await page.getByText("Up to date with the chain").waitFor();
    await explorer.end();
    await page.getByText("What is shown may be out of date").waitFor();
    expect(await text(page)).to.contain("corpus");
    await page.getByRole("link", { name: "Fees", exact: true }).click();
    await page.getByText("The page tries again when the API is back").waitFor({ timeout: 20_000 });
    await explorer.restart();
    await page.getByText("Up to date with the chain").waitFor({ timeout: 20_000 });
    await page.getByRole("row").filter({ hasText: "agent" }).first().waitFor({ timeout: 20_000 });
  });
});
