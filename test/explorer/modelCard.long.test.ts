import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { NO_CHROMIUM, type OpenedPage, openPage, startBrowser, takePicture } from "../support/browser.ts";
import { Kind, publishRelease, registerAsset } from "../support/economy/assets.ts";
import { skip } from "../support/skip.ts";
import { accessibilityViolations } from "./accessibility.ts";
import { type ActionsWorld, startActions } from "./startActions.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const BOB = accountAt(3);

describe("a model card in the explorer", function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let world: ActionsWorld;
  const ids: Record<string, number> = {};
  const opened: OpenedPage[] = [];

  before(async function () {
    this.timeout(120_000);
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    world = await startActions(4_252);
    const { alice } = world.accounts;
    for (const [key, name, organization] of [
      ["llama", "Llama 3", "Meta"],
      ["bge", "BAAI/bge-base-en-v1.5", "BAAI"],
      ["first", "C4", "Google"],
      ["second", "C4", "Somebody"],
      ["cyrillic", "Mistrаl 7B", "Mistral"], // its a is Cyrillic
      ["pages", "Common Pages", "Acme"],
    ] as const) {
      const metadata = JSON.stringify({ name, organization });
      ids[key] = Number(await registerAsset(world, alice, { kind: Kind.Model, metadata }));
    }
    ids.pages2 = Number(await publishRelease(world, alice, BigInt(ids.pages ?? 0), { label: "2" }));
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

  async function open() {
    const wallet = new TestWallet(world.node, BOB);
    const each = await openPage(browser as Browser, `${world.url}#/register`, {}, (context) =>
      Promise.resolve(wallet.installIn(context)),
    );
    each.page.setDefaultTimeout(15_000);
    opened.push(each);
    await each.page.getByRole("button", { name: "Test wallet" }).click();
    return each;
  }
  const upload = (page: Page, fields: string, name = "card.md") =>
    page.getByLabel("Fill the form from a file").setInputFiles({
      name,
      mimeType: "text/plain",
      buffer: Buffer.from(name.endsWith(".md") ? `---\n${fields}\n---\n# A small model\n\nIt is small.\n` : fields),
    });
  const named = (page: Page, name: string) =>
    page.getByRole("list", { name: "Names in the file" }).getByRole("listitem", { name, exact: true });
  const register = (page: Page) => page.getByRole("button", { name: "Register", exact: true });
  const text = async (page: Page, selector = "main") =>
    (await page.locator(selector).innerText()).replaceAll(/\s+/g, " ");

  it("offers nothing to sign before each name is matched, chosen or left out", async () => {
    const { page, complaints } = await open();
    await upload(page, "base_model: [meta-llama/Meta-Llama-3-8B, BAAI/bge-base-en-v1.5]\ndatasets: [nobody/nothing]");
    await named(page, "BAAI/bge-base-en-v1.5").getByText(`is release #${ids.bge} (matched)`).waitFor();
    const llama = named(page, "meta-llama/Meta-Llama-3-8B");
    await llama.getByRole("button", { name: `Llama 3 #${ids.llama} (differs in version)` }).waitFor();
    await named(page, "nobody/nothing").getByText("no asset here is like it").waitFor();
    const fault =
      "Decide first what the file means by “meta-llama/Meta-Llama-3-8B”, “nobody/nothing”, or leave it out.";
    await page.getByText(fault).waitFor();
    expect(await register(page).count()).to.equal(0);
    expect(await accessibilityViolations(page)).to.deep.equal([]);
    await takePicture(page, "model-card");

    await llama.getByRole("button", { name: /Llama 3/ }).click();
    await llama.getByText(`is release #${ids.llama} (chosen)`).waitFor();
    await page.getByText("Decide first what the file means by “nobody/nothing”").waitFor();
    expect(await register(page).count()).to.equal(0);
    await named(page, "nobody/nothing").getByRole("button", { name: "Leave out nobody/nothing" }).click();

    await register(page).waitFor();
    const review = await text(page, ".review");
    expect(review).to.contain(`“meta-llama/Meta-Llama-3-8B” in the file is release #${ids.llama} (chosen).`);
    expect(review).to.contain(`“BAAI/bge-base-en-v1.5” in the file is release #${ids.bge} (matched).`);
    expect(review).to.contain("Left out, although the file names it: “nobody/nothing”.");

    // A name must be decided again after its row is removed.
    await page.getByRole("button", { name: "Remove release 2" }).click();
    await page.getByText(/Decide first what the file means by/).waitFor();
    expect(await register(page).count()).to.equal(0);
    await llama.getByRole("button", { name: /Llama 3/ }).click();
    await register(page).click();
    await page.locator(".progress.done").waitFor();
    const id = Number(/Registered as asset (\d+)\./.exec(await text(page, ".progress"))?.[1]);
    const { contributions } = await world.ledger.releaseInfo(id);
    expect(contributions.map(({ release, weight }) => [Number(release), Number(weight)])).to.deep.equal([
      [ids.llama, 100_000],
      [ids.bge, 100_000],
    ]);
    expect(complaints).to.deep.equal([]);
  });

  it("takes no name for an asset that differs from it, and none that several assets have", async () => {
    const { page, complaints } = await open();
    const names = ["baai/bge-base-en-v1.5", "C4", "Mistral 7B", "Ｌｌａｍａ ３", "Common Pages"];
    await upload(page, `base_model:\n${names.map((name) => `- ${name}`).join("\n")}`);
    await named(page, "Common Pages").getByText(`is release #${ids.pages2} (matched)`).waitFor();
    for (const [name, suggestion] of [
      ["baai/bge-base-en-v1.5", "(differs in upper and lower case)"],
      ["C4", `C4 #${ids.second} (the same name)`],
      ["Mistral 7B", "(differs in letters that look alike)"],
      ["Ｌｌａｍａ ３", "(differs in invisible characters or character width)"],
    ] as const) {
      await named(page, name).getByRole("button").filter({ hasText: suggestion }).waitFor();
    }
    expect(await register(page).count()).to.equal(0);

    // A later file replaces the names and their releases.
    await upload(page, '{"name":"Plain","kind":"model","base_model":"Llama 3"}', "metadata.json");
    await named(page, "Llama 3").getByText(`is release #${ids.llama} (matched)`).waitFor();
    expect(await page.getByLabel("Release 1", { exact: true }).inputValue()).to.equal(String(ids.llama));
    expect(await page.getByLabel("Release 2", { exact: true }).count()).to.equal(0);
    await register(page).waitFor();

    await upload(page, "base_model: nobody/nothing");
    const other = named(page, "nobody/nothing");
    await other.getByLabel("Another release for nobody/nothing").fill("#1");
    await other.getByRole("button", { name: "Use this release" }).click();
    await other.getByText("is release #1 (chosen)").waitFor();
    await register(page).waitFor();
    expect(complaints).to.deep.equal([]);
  });
});
