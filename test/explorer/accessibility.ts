import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const CHECKER = readFileSync(createRequire(import.meta.url).resolve("accessibility-checker-engine/ace.js"), "utf8");

/** Takes groups within a closed menu for nameless, as their legends are hidden with them. */
const MISTAKEN = "fieldset_label_valid";

interface Ace {
  Checker: new () => {
    check: (
      document: unknown,
      rules: string[],
    ) => Promise<{ results: { ruleId: string; value: [string, string]; snippet: string }[] }>;
  };
}

/** What of a page is against the Web Content Accessibility Guidelines 2.2, as far as a program can tell. */
export async function objectionsTo(page: Page): Promise<string[]> {
  await page.evaluate(CHECKER);
  return page.evaluate(async (mistaken) => {
    const { ace, document } = globalThis as unknown as { ace: Ace; document: unknown };
    const { results } = await new ace.Checker().check(document, ["WCAG_2_2"]);
    return results
      .filter(({ ruleId, value: [kind, outcome] }) => kind === "VIOLATION" && outcome === "FAIL" && ruleId !== mistaken)
      .map(({ ruleId, snippet }) => `${ruleId}: ${snippet.slice(0, 160)}`);
  }, MISTAKEN);
}
