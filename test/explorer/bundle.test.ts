import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";

/** Most bytes of a script, compressed with Brotli: of those that every page loads together, and of each other one. */
const BUDGET = { initial: 95_000, onDemand: 100_000 };

describe("the explorer's scripts", function () {
  this.timeout(120_000);

  it("stay within the budget of their sizes", async () => {
    const folder = await buildExplorer();
    const index = await readFile(join(folder, "index.html"), "utf8");
    const scripts = (await readdir(join(folder, "static"))).filter((name) => name.endsWith(".js"));
    let initial = 0;
    for (const name of scripts) {
      const { size } = await stat(join(folder, "static", `${name}.br`));
      if (index.includes(name)) initial += size;
      else expect(size, name).to.be.at.most(BUDGET.onDemand);
    }
    expect(initial).to.be.greaterThan(0).and.at.most(BUDGET.initial);
  });
});
