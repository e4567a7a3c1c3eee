// Measures how fast the explorer's pages load with empty caches, by the browser's own timeline: `npm run
// bench:explorer`. Each
// page is loaded at this machine's speed, and with a processor four times as slow over a line of 10 Mbit/s and 40 ms.
// Fails
// if a page takes too long at this machine's speed, or if its layout shifts too much.
//
//   npm run bench:explorer -- --json FILE     also writes [{name, value, unit, ratio?, goal?}]; the ratio is to the
// time limit
import { writeFile } from "node:fs/promises";
import { programOptions } from "#node/programOptions.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";
import { NO_CHROMIUM, startBrowser } from "../support/browser.ts";
import { randomEconomy } from "../support/economy/randomEconomy.ts";
import { viewSourceOf } from "../support/indexer/viewSource.ts";
import type { Figure } from "./figure.ts";

const RUNS = 5;
const MOST_MS = 2_000;
const MOST_SHIFT = 0.1;
const SLOW_LINE = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };

interface Timeline {
  /** Milliseconds. */
  firstPaint: number;
  largestPaint: number;
  blocked: number;
  shift: number;
  bytes: number;
}

const { values: options } = programOptions("npm run bench:explorer -- [--json FILE]", {
  options: { json: { type: "string" } },
});
const browser = await startBrowser();
if (!browser) throw new Error(NO_CHROMIUM);
const state = randomEconomy(3, 6_000, 3_000);
const server = await createServer(viewSourceOf(state), { explorer: { folder: await buildExplorer() } });
const url = await server.listen({ host: "127.0.0.1", port: 0 });
const pages = {
  economy: "#/",
  asset: "#/assets/1",
  fee: `#/fees/${state.fees.at(-1)?.id}`,
  flow: "#/flow",
  "lineage, 2,000 releases": "#/releases/1/lineage?depth=all&most=4000",
};
const missed: string[] = [];
const figures: Figure[] = [];

console.log(`Medians of ${RUNS}, caches empty.\n`);
for (const slow of [false, true]) {
  const rows: Record<string, Record<string, string | number>> = {};
  for (const [name, path] of Object.entries(pages)) {
    const runs: (Timeline & { ready: number })[] = [];
    for (let i = 0; i < RUNS; i++) runs.push(await time(`${url}/${path}`, slow));
    const median = (of: (run: (typeof runs)[number]) => number) => runs.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? 0;
    const [ready, shift] = [median((run) => run.ready), median((run) => run.shift)];
    if (!slow && (ready > MOST_MS || shift > MOST_SHIFT)) missed.push(name);
    figures.push({
      name: `${name}, all there${slow ? ", slow" : ""}`,
      value: ready,
      unit: "ms",
      ...(!slow && { ratio: ready / MOST_MS, goal: { most: 1 } }),
    });
    rows[name] = {
      "first paint ms": Math.round(median((run) => run.firstPaint)),
      "largest paint ms": Math.round(median((run) => run.largestPaint)),
      "all there ms": Math.round(ready),
      "blocked ms": Math.round(median((run) => run.blocked)),
      shift: shift.toFixed(3),
      kB: Math.round(median((run) => run.bytes) / 1_000),
    };
  }
  console.log(slow ? "Processor ÷ 4, 10 Mbit/s, 40 ms" : "This machine's speed");
  console.table(rows);
}
await browser.close();
await server.close();
if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
if (missed.length > 0) console.error(`Not loaded within ${MOST_MS} ms, or the layout shifted: ${missed.join(", ")}`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function time(page: string, slow: boolean): Promise<Timeline & { ready: number }> {
  const context = await browser!.newContext({ viewport: { width: 1_280, height: 850 } });
  const tab = await context.newPage();
  if (slow) {
    const tools = await context.newCDPSession(tab);
    await tools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", SLOW_LINE);
  }
  // A string, since it runs in the page and uses the page's names.
  await tab.addInitScript(`
    window.timeline = { firstPaint: 0, largestPaint: 0, blocked: 0, shift: 0, bytes: 0 };
    const watch = (type, take) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    watch("paint", (entry) => (timeline.firstPaint = entry.startTime));
    watch("largest-contentful-paint", (entry) => (timeline.largestPaint = entry.startTime));
    watch("longtask", (entry) => (timeline.blocked += entry.duration - 50));
    watch("layout-shift", (entry) => (timeline.shift += entry.value));
    watch("resource", (entry) => (timeline.bytes += entry.transferSize));
  `);
  const start = performance.now();
  await tab.goto(page);
  await tab.locator("h1").waitFor();
  for (const waiting of [tab.locator(".loading"), tab.locator(".legend", { hasText: "Loading" })]) {
    await waiting.first().waitFor({ state: "detached" });
  }
  const ready = performance.now() - start;
  await tab.waitForTimeout(500);
  const timeline = await tab.evaluate<Timeline>("timeline");
  await context.close();
  return { ...timeline, ready };
}
