import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Inside the package's folder, so that its import aliases work. */
const EXAMPLE = join(ROOT, "cache/clientReadme.ts");
/** Key of the first account of the public mnemonic of local nodes. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

describe("the example in client/README.md", function () {
  this.timeout(60_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(4_248);
  });
  after(async () => {
    await on?.stop();
    await rm(EXAMPLE, { force: true });
  });

  it("pays a fee", async () => {
    await on.dollar.mint(on.accounts.admin, 1_500_000n);
    const page = await readFile(join(ROOT, "client/README.md"), "utf8");
    const [, code = ""] = /```ts\n(.*?)```/s.exec(page) ?? [];
    const here = code.replace("http://127.0.0.1:8545", on.url).replace("deployments/31337.json", on.deploymentFile);
    await writeFile(EXAMPLE, here);
    const { stdout } = await promisify(execFile)(process.execPath, [EXAMPLE], {
      cwd: ROOT,
      env: { ...process.env, PRIVATE_KEY },
    });
    expect(stdout)
      .to.contain("Pay 1.5 tUSD (1500000 base units) into release 3.")
      .and.to.match(/about \d+ wei/);
    expect((await on.ledger.flowOf(3, on.dollar)).received).to.equal(1_500_000n);
  });
});
