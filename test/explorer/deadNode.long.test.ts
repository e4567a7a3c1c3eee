import { join } from "node:path";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { createServer } from "../../indexer/api/createServer.ts";
import { sourceOf } from "../../indexer/journal.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";
import { NO_CHROMIUM, openPage, startBrowser } from "../support/browser.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";
import { type FlakyProxy, startFlakyProxy } from "../support/rpc/flakyProxy.ts";
import { skip } from "../support/skip.ts";
import { accountAt, TestWallet } from "./testWallet.ts";

const CHAIN_ID = 4_252;
const PAYER = accountAt(5);

describe("the explorer while its node or its API is away", function () {
  this.timeout(120_000);
  let browser: Browser | undefined;
  let on: ParticipantNode;
  let proxy: FlakyProxy;
  let indexer: Indexer;
  let server: FastifyInstance | undefined;
  let folder: string;
  let base: string;

  const serve = async (port = 0, rpc = proxy.url) => {
    server = await createServer(indexer, { explorer: { folder, rpcUrls: { [CHAIN_ID]: rpc } } });
    return `${await server.listen({ host: "127.0.0.1", port })}/`;
  };

  before(async function () {
    browser = await startBrowser();
    if (!browser) skip(this, NO_CHROMIUM);
    folder = await buildExplorer();
    on = await startParticipant(CHAIN_ID);
    proxy = await startFlakyProxy(Number(new URL(on.url).port));
    indexer = await Indexer.start({
      rpcUrl: proxy.url,
      target: { folder: join(on.folder, "journal") },
      source: sourceOf(on.deployment),
      pollingIntervalMs: 20,
    });
    await indexer.waitForBlock(BigInt(await on.ethers.provider.getBlockNumber()));
    base = await serve();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await indexer?.stop();
    await proxy?.cut();
    await on?.stop();
  });

  it("names what does not answer, and goes on by itself when it is back", async () => {
    const wallet = new TestWallet({ url: proxy.url, chainId: CHAIN_ID }, PAYER);
    const { page } = await openPage(browser as Browser, `${base}#/pay/3`, {}, (context) => wallet.installIn(context));
    page.setDefaultTimeout(30_000);
    const footer = page.locator(".site-foot");
    const says = (text: string) => footer.getByText(text).waitFor();
    await says("Up to date with the chain");
    await page.getByRole("button", { name: "Test wallet" }).click();
    await page.getByLabel("Amount").fill("1.5");
    await page.locator(".review").waitFor();

    await proxy.cut();
    await page.getByLabel("Amount").fill("2");
    const alert = page.locator("main [role=alert]");
    await alert.getByText("Your wallet's node cannot be reached").waitFor();
    expect(await page.locator("main").innerText()).not.to.contain("without a reason");
    await says("The indexer's node or store does not answer.");

    await proxy.restore();
    await says("Up to date with the chain");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator(".review").waitFor();

    await server?.close();
    await says("The explorer's API cannot be reached.");
    await serve(Number(new URL(base).port));
    await says("Up to date with the chain");
    await page.context().close();
  });

  it("says without a wallet that the explorer's node is away, or on another chain", async () => {
    const other = await startParticipant(CHAIN_ID + 1);
    try {
      for (const [rpc, text] of [
        ["http://127.0.0.1:1", "The explorer's node (127.0.0.1:1) cannot be reached"],
        [other.url, `serves chain ${CHAIN_ID + 1}, not chain ${CHAIN_ID}`],
      ] as const) {
        await server?.close();
        const url = await serve(0, rpc);
        const { page } = await openPage(browser as Browser, `${url}#/pay/3`);
        page.setDefaultTimeout(30_000);
        await page.getByText(text).first().waitFor();
        expect(await page.locator("main").innerText()).not.to.contain("without a reason");
        await page.context().close();
      }
    } finally {
      await other.stop();
    }
  });
});
