import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const NO_CHROMIUM = "Chromium is not installed: apt-get install chromium";
/** Folder of the screenshots, for people to look at. */
const PICTURES = process.env.SCREENSHOTS ?? join(tmpdir(), "tributary-explorer");

export const DESKTOP = { width: 1_280, height: 850 };
export const PHONE = { width: 390, height: 844 };

/** Starts a browser, with further arguments. Returns undefined if none is installed; throws then in CI. */
export async function startBrowser(args: readonly string[] = []): Promise<Browser | undefined> {
  if (!existsSync(CHROMIUM)) {
    if (process.env.CI) throw new Error(`${NO_CHROMIUM}.`);
    return undefined;
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...args,
    ],
  });
}

export interface OpenedPage {
  page: Page;
  /** Complaints of the page's console: errors, violations of its content security policy, failed requests. */
  complaints: string[];
}

/**
 * Opens a page in a new browser context.
 *
 * @param prepare Changes the context before the page is opened.
 */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  prepare?: (context: BrowserContext) => Promise<void>,
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: "en-GB", ...options });
  await prepare?.(context);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  await page.goto(url);
  return { page, complaints };
}

/** Saves a screenshot of a page, for people to look at. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.CI) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}
