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
import { objectionsTo } from "./accessibility.ts";
import { type Explorer, startExplorer } from "./startExplorer.ts";

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
    const found = await openPage(browser as Browser, `${explorer.url}${path}`, options);
    opened.push(found);
    return found;
  };
  /** Opens a page, and waits until nothing on it is on its way. */
  const settled = async (path: string, options = {}) => {
    const found = await open(path, options);
    await found.page.locator("h1").first().waitFor();
    await found.page.waitForFunction(() => !document.querySelector(".loading"));
    return found;
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

  it("opens on the economy, and each figure says its formula to the mouse and to the keyboard", async () => {
    const { page, complaints } = await settled("");
    expect(await page.title()).to.equal("Economy · Tributary");
    const shown = await text(page);
    expect(shown).to.contain("Participation density").and.to.contain("3.005003");
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
    expect(complaints).to.deep.equal([]);
  });

  it("tells of a fee as it happens, and takes it back when the chain does", async () => {
    const { page } = await settled("");
    const { provider } = explorer.economy.chain.ethers;
    await page.waitForFunction(() => document.querySelector(".signal.good"));
    const before = await provider.send("evm_snapshot", []);
    await explorer.economy.pay(2, 777_777n);
    await explorer.caughtUp();
    const feed = page.getByRole("list", { name: "The newest first" });
    await feed.getByText("0.777777").waitFor();
    await page.locator("main").getByText("3.782780").first().waitFor();

    await provider.send("evm_revert", [before]);
    await provider.send("evm_increaseTime", [60]);
    await explorer.economy.pay(2, 5n);
    await explorer.economy.pay(2, 6n);
    await feed.getByText("0.000006").waitFor();
    await feed.getByText("0.777777").waitFor({ state: "detached" });
  });

  it("finds an asset by its name and shows what it earned, from whom, and to whom it goes", async () => {
    const { page, complaints } = await settled("#/assets");
    await page.getByLabel("Name or organization").fill("corp");
    await page.getByRole("row").filter({ hasText: "model" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: /corpus/ }).click();
    await page.getByRole("heading", { name: "corpus", level: 1 }).waitFor();
    await page.waitForFunction(() => !document.querySelector(".loading"));
    const [income] = (await ask("v1/assets/1")).income as unknown as { afterSettling: { amount: string } }[];
    expect(await page.locator(`data[value="${income?.afterSettling.amount}"]`).count()).to.be.greaterThan(0);
    expect(await page.locator(".chart rect").count()).to.be.greaterThan(0);
    await page.getByText("The same as a table").click();
    expect(await text(page)).to.contain("100 %");
    expect(complaints).to.deep.equal([]);
  });

  it("draws a lineage, which keys walk along and a list says again", async () => {
    const { page, complaints } = await settled("#/releases/3/lineage");
    await page.locator(".legend", { hasText: "3 releases, 2 contributions" }).waitFor();
    const canvas = page.locator("canvas");
    const inked = () =>
      canvas.evaluate((element: HTMLCanvasElement) => {
        const { data } = element.getContext("2d")!.getImageData(0, 0, element.width, element.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    await page.waitForTimeout(200);
    expect(await inked()).to.be.greaterThan(1_000);
    const selected = page.getByRole("complementary", { name: "Selected release" });
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await selected.getByRole("link", { name: /model/ }).waitFor();
    expect((await selected.innerText()).replaceAll("\u202f", " ")).to.contain("30 %");
    await page.keyboard.press("ArrowLeft");
    await selected.getByRole("link", { name: /agent/ }).waitFor();
    // What else is built on the model comes when it is expanded.
    await page.keyboard.press("ArrowRight");
    await selected.getByRole("link", { name: /model/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".legend", { hasText: "4 releases, 3 contributions" }).waitFor();
    await page.getByRole("button", { name: "What is beyond #2" }).click();
    await page
      .locator(".lineage-tree")
      .getByRole("link", { name: /corpus/ })
      .waitFor();
    await page.getByLabel("Find in this drawing").fill("corpus");
    await selected.getByRole("link", { name: /corpus/ }).waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("traces a fee to people, to the unit", async () => {
    const { page, complaints } = await settled(`#/fees/${await feeOf(4)}`);
    await page.locator(".flow svg").waitFor();
    await page.getByText("The same as a table").click();
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

  it("counts who would have earned what without a release", async () => {
    const { page, complaints } = await settled("#/releases/2");
    await page.getByRole("button", { name: "Count it" }).click();
    const row = page.getByRole("row").filter({ hasText: "corpus" }).filter({ hasText: "−" });
    await row.first().waitFor();
    const expected = (await ask(`v1/releases/2/counterfactual/${await dollar()}`)) as unknown as {
      asset: number;
      difference: { amount: string };
    }[];
    const corpus = expected.find(({ asset }) => asset === 1);
    expect(await row.locator(`data[value="${corpus?.difference.amount}"]`).count()).to.equal(1);
    expect(await text(page)).to.contain("not a causal one");
    expect(complaints).to.deep.equal([]);
  });
  const dollar = async () => (await explorer.economy.dollar.getAddress()).toLowerCase();

  it("shows an account what it can have, what that takes, and from whom it came", async () => {
    const { alice } = explorer.economy.accounts;
    const { page, complaints } = await settled(`#/accounts/${alice.address}`);
    const [plan] = (await ask(`v1/accounts/${alice.address}/plan`)).plans as unknown as {
      pays: { amount: string };
      calls: { gas: number }[];
    }[];
    const gas = plan?.calls.reduce((sum, call) => sum + call.gas, 0) ?? 0;
    expect(gas).to.be.greaterThan(50_000);
    const owed = page.locator(".owed");
    expect(await owed.locator(`data[value="${plan?.pays.amount}"]`).count()).to.equal(1);
    expect((await owed.innerText()).replaceAll("\u202f", "")).to.contain(`${gas} gas`);
    expect(await text(page)).to.contain("corpus ← release #2 ← agent #3");
    // A currency in which it has nothing has no lines of its own.
    const holdings = await text(page, "[aria-label='By asset and currency']");
    expect(holdings).to.contain("tUSD").and.not.to.contain("tETH");
    const csv = await page.getByRole("link", { name: "CSV" }).first().getAttribute("href");
    const answer = await fetch(csv ?? "");
    expect(answer.headers.get("content-type")).to.contain("text/csv");
    expect(complaints).to.deep.equal([]);
  });

  it("shows a period's flow from payers to people, to the unit, and between organizations", async () => {
    const { page, complaints } = await settled("#/flow");
    await page.locator(".flow svg").waitFor();
    const flows = (await ask(`v1/economy/${await dollar()}/flows/fees`)) as unknown as {
      fees: { amount: { amount: string } }[];
      earned: { amount: { amount: string } }[];
      paid: { amount: string };
    };
    expect(await page.locator(`data[value="${flows.paid.amount}"]`).count()).to.be.greaterThan(0);
    const table = page.getByRole("region", { name: "Money from payers to people" }).last();
    await page.getByText("The same as a table").click();
    for (const { amount } of [...flows.fees, ...flows.earned]) {
      expect(await table.locator(`data[value="${amount.amount}"]`).count()).to.be.greaterThan(0);
    }
    const kinds = await page
      .locator(".flow-node")
      .evaluateAll((nodes) => [...new Set(nodes.map((node) => node.classList[1]))].sort());
    expect(kinds).to.deep.equal(["asset", "commons", "payer", "person", "release"]);
    await page.getByRole("combobox", { name: "Between" }).selectOption("organizations");
    await page.getByRole("heading", { name: "Between organizations" }).waitFor();
    await page.locator(".flow svg").waitFor();
    expect(await text(page)).to.contain("Acme");
    await page.getByLabel("From").fill("2001-01-01");
    await page.getByLabel("To", { exact: true }).fill("2001-02-01");
    await page.getByText("Nothing was paid in this period.").waitFor();
    await page.getByRole("combobox", { name: "Between" }).selectOption("people");
    await page.getByText("Nothing was paid in this period.").waitFor();
    await page.getByRole("button", { name: "From the beginning till now" }).click();
    await page.locator(".flow svg").waitFor();
    expect(complaints).to.deep.equal([]);
  });

  it("shows what anyone may have written as text that does nothing", async () => {
    for (const path of [
      "#/assets",
      "#/assets/4",
      "#/assets/5",
      "#/releases/4",
      "#/releases/4/lineage",
      "#/releases",
      "#/",
    ]) {
      const { page, complaints } = await settled(path);
      for (const details of await page.locator("main details summary").all()) await details.click();
      const found = await page.evaluate(() => ({
        hacked: "hacked" in window,
        pictures: document.querySelectorAll("main img, main iframe, main object, main script").length,
        links: [...document.querySelectorAll<HTMLAnchorElement>("main a[href]")].map(({ protocol }) => protocol),
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(found.hacked, path).to.equal(false);
      expect(found.pictures, path).to.equal(0);
      expect(found.links.filter((each) => !["http:", "https:", "ipfs:"].includes(each))).to.deep.equal([]);
      expect(found.wide, `${path} is too wide`).to.be.at.most(0);
      expect(complaints, path).to.deep.equal([]);
    }
    const { page } = await settled("#/assets/4");
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

  it("is walked with the keyboard alone", async () => {
    const { page } = await settled("");
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.innerText.trim());
    expect(await focused()).to.equal("Skip to content");
    const seen: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press("Tab");
      seen.push(await focused());
    }
    expect(seen).to.deep.equal(["Tributary", "Economy", "Assets", "Fees", "Flow", "People"]);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
    expect(outline).to.equal("solid");
    await page.keyboard.press("Tab");
    await page.keyboard.type("#3");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "agent" }).waitFor();
    // A new page begins at its title.
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    const search = page.getByRole("searchbox").first();
    await search.fill(explorer.economy.accounts.alice.address);
    await search.press("Enter");
    await page.getByRole("heading", { level: 1, name: /^Account 0x/ }).waitFor();
  });

  it("keeps the colours and the way of showing amounts that were chosen", async () => {
    const { page } = await settled("#/assets/1", { colorScheme: "light" });
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await paper();
    await page.getByText("View", { exact: true }).click();
    await page.getByLabel("Dark").check();
    expect(await paper()).not.to.equal(light);
    await page.getByLabel("In base units, every digit").check();
    await page.locator(".unit", { hasText: "base units" }).first().waitFor();
    const dark = await paper();
    await page.reload();
    await page.locator(".unit", { hasText: "base units" }).first().waitFor();
    expect(await paper()).to.equal(dark);
  });

  const checked: Record<string, () => string | Promise<string>> = {
    economy: () => "#/",
    assets: () => "#/assets",
    asset: () => "#/assets/1",
    release: () => "#/releases/3",
    lineage: () => "#/releases/3/lineage",
    fees: () => "#/fees",
    fee: async () => `#/fees/${await feeOf(4)}`,
    flow: () => "#/flow",
    people: () => "#/accounts",
    account: () => `#/accounts/${explorer.economy.accounts.alice.address}`,
    nothing: () => "#/no/such/page",
  };
  for (const [name, path] of Object.entries(checked)) {
    it(`has nothing that a check for accessibility objects to, nor anything too wide for a phone: ${name}`, async () => {
      const { page } = await settled(await path());
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize(DESKTOP);
        await page.emulateMedia({ colorScheme });
        expect(await objectionsTo(page), colorScheme).to.deep.equal([]);
        await takePicture(page, `${name}-${colorScheme}`);
        await page.setViewportSize(PHONE);
        await page.waitForTimeout(100);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide).to.be.at.most(0);
        await takePicture(page, `${name}-${colorScheme}-phone`);
      }
    });
  }

  it("says what is not there, and why something was not answered", async () => {
    const { page } = await open("#/assets/999");
    await page.getByRole("alert").waitFor();
    expect(await text(page))
      .to.contain("There is nothing here.")
      .and.to.contain("There is no asset 999");
    await page.goto(`${explorer.url}#/accounts/0x${"99".repeat(20)}`);
    await page.getByText("The ledger has never met this address").waitFor();
    await page.goto(`${explorer.url}#/no/such/page`);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  });

  it("is not led into anything by the page's address", async () => {
    const { page } = await open("#/assets?search=<img src=x onerror=window.hacked=1>&kind=%F0%9F&orderBy=constructor");
    await page.getByText("No asset's name or organization contains").waitFor();
    await page.goto(`${explorer.url}#/accounts/javascript:alert(1)`);
    await page.getByRole("heading", { name: "There is no such page" }).waitFor();
    await page.goto(`${explorer.url}#/releases/1e9999/lineage`);
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate(() => "hacked" in window)).to.equal(false);
  });

  it("moves nothing around while it loads", async () => {
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
      const moved = await page.evaluate(() =>
        (window as unknown as { shifts: number[] }).shifts.reduce((sum, each) => sum + each, 0),
      );
      expect(moved, path).to.be.lessThan(0.05);
    }
  });

  it("runs from any host of static files, on an API elsewhere", async () => {
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
      const found = await openPage(browser as Browser, `${elsewhere}/some/place/#/releases/3/lineage`);
      opened.push(found);
      await found.page.locator(".legend", { hasText: "contributions" }).waitFor();
      await found.page.getByText("Up to date with the chain").waitFor();
      expect(found.complaints).to.deep.equal([]);
    } finally {
      for (const { page } of opened.splice(0)) await page.context().close();
      await host.close();
    }
  });

  // The last: what runs is ended and started anew.
  it("says that it is not connected, keeps what it has, and goes on when the indexer is back", async () => {
    const { page } = await settled("#/assets/1");
    await page.getByText("Up to date with the chain").waitFor();
    await explorer.end();
    await page.getByText("Not connected: what is shown may be old").waitFor();
    expect(await text(page)).to.contain("corpus");
    await page.getByRole("link", { name: "Fees", exact: true }).click();
    await page.getByText("The API cannot be reached").waitFor({ timeout: 20_000 });
    await explorer.restart();
    await page.getByText("Up to date with the chain").waitFor({ timeout: 20_000 });
    await page.getByRole("row").filter({ hasText: "agent" }).first().waitFor({ timeout: 20_000 });
  });
});
