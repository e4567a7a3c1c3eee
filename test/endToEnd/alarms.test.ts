import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(import.meta.dirname, "../..");

describe("the alarms of the run book", () => {
  it("are about metrics that there are, and each says what to do", async () => {
    const rules = await readFile(join(ROOT, "operations/prometheus-rules.yml"), "utf8");
    const page = await readFile(join(ROOT, "docs/run-book.md"), "utf8");
    const watched = await readFile(join(ROOT, "docs/indexer.md"), "utf8");
    const metrics = Array.from(rules.matchAll(/\btributary_\w+/g), ([name]) => name.replace(/_(bucket|count)$/, ""));
    expect(metrics.length).to.be.greaterThan(8);
    for (const name of metrics.filter((each) => each !== "tributary_requests")) expect(watched).to.contain(name);
    for (const [, alert = ""] of rules.matchAll(/alert: (\w+)/g)) expect(page).to.contain(`\`${alert}\``);
  });
});
