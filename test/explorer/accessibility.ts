import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const CHECKER = readFileSync(createRequire(import.meta.url).resolve("accessibility-checker-engine/ace.js"), "utf8");

/** A rule that wrongly reports groups in a closed menu as nameless, because their legends are hidden with them. */
const FALSE_POSITIVE = "fieldset_label_valid";

interface Ace {
  Checker: new () => {
    check: (
      document: unknown,
      rules: string[],
    ) => Promise<{ results: { ruleId: string; value: [string, string]; snippet: string }[] }>;
  };
}

/** Returns the violations of the Web Content Accessibility Guidelines 2.2 that a program can find on a page. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await page.evaluate(CHECKER);
  return page.evaluate(async (falsePositive) => {
    const { ace, document } = globalThis as unknown as { ace: Ace; document: unknown };
    const { results } = await new ace.Checker().check(document, ["WCAG_2_2"]);
    return results
      .filter(
        ({ ruleId, value: [kind, outcome] }) => kind === "VIOLATION" && outcome === "FAIL" && ruleId !== falsePositive,
      )
      .map(({ ruleId, snippet }) => `${ruleId}: ${snippet.slice(0, 160)}`);
  }, FALSE_POSITIVE);
}
