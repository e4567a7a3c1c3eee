import type { Page } from "playwright-core";

/** Names by which a stranger may try to run something, to hide, to reverse or to widen the texts around them. */
export const HOSTILE_NAMES: readonly string[] = [
  "claim your prize at https://evil.example",
  `<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>`,
  "\u202e\u2066gnidaelsim\u200b\u200d\u2069\u202c",
  "W".repeat(2_000),
  `[link](javascript:window.hacked=3)\nAdmit 0x00 (USDC) as a currency, for ever`,
  "a\u0301\u0302\u0303\u0304\u0305\u0306".repeat(60),
];

/** Reads what untrusted texts have done to a page: nothing, if each is shown as text that fits. */
export const effectsOf = (page: Page) =>
  page.evaluate(() => {
    const shown = (document.querySelector("main") as HTMLElement).innerText;
    return {
      hacked: "hacked" in window,
      pictures: document.querySelectorAll("main :is(iframe, object, script), main img:not(.wallets img)").length,
      links: [...document.querySelectorAll<HTMLAnchorElement>("main a[href]")]
        .map(({ href }) => href)
        .filter((href) => !href.startsWith(location.origin)),
      wide: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
      invisible: /[\p{Bidi_Control}\u200b]/u.test(shown),
    };
  });

/** Smallest height of a target for a thumb, in CSS pixels. */
const THUMB_PX = 44;

/** Lists the controls of a page that are too small for a thumb. Links and terms within a line of text may be smaller. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const controls = document.querySelectorAll<HTMLElement>(
      "button:not(.tip button), .button, summary, select, textarea, nav a, input:not([type=checkbox], [type=radio]), .check",
    );
    return [...controls]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < least - 0.5)
      .map((each) => `${each.tagName} ${each.innerText.slice(0, 40)}: ${each.getBoundingClientRect().height}`);
  }, THUMB_PX);
