import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { deploymentFile } from "#node/deploymentFile.ts";
import { ROOT } from "../support/deploy/scratchCopy.ts";
import { type RunningFirstRun, startFirstRun } from "../support/firstRun/startFirstRun.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { itAtLength } from "../support/atLength.ts";

const FOLDER = join(ROOT, ".tributary/demo");
const FILE = join(ROOT, deploymentFile(31_337));
const [RPC_PORT, PORT] = [await freePort(), await freePort()];
const PORTS = ["--rpc-port", String(RPC_PORT), "--port", String(PORT)];

/** Runs the program of the README's command. */
const start = (...options: string[]) =>
  startFirstRun({ command: [process.execPath, "scripts/demo/start.ts", ...PORTS, ...options] });

const leftovers = () => [FOLDER, FILE].filter((path) => existsSync(path));

describe("npm start", function () {
  this.timeout(240_000);
  const running: RunningFirstRun[] = [];
  const started = (...options: string[]) => {
    const demo = start(...options);
    running.push(demo);
    return demo;
  };
  afterEach(() => {
    for (const run of running.splice(0)) run.signal("SIGKILL");
  });

  it("tells where the money went, serves, refuses a second start, and leaves nothing behind on Ctrl-C", async () => {
    const demo = started("--fees", "60");
    await demo.says("Stop with Ctrl-C");
    const output = demo.output();
    expect(output).to.match(/\d+ datasets, \d+ models and \d+ agents, \d+ releases/);
    expect(output).to.match(/The ancestors of .+, the most paid agent/);
    expect(output).to.contain("= the whole fee");
    expect(output).to.contain("equal to the base unit");
    expect(output).to.match(/Compared \d{3,} answers of the contracts and \d{3,} logs of the chain: 0 differ\./);

    const urls = [...output.matchAll(new RegExp(`http://127\\.0\\.0\\.1:${PORT}\\S*`, "g"))].map(([url]) => url);
    expect(urls.length).to.be.greaterThan(3);
    for (const url of urls) expect((await fetch(url)).status, url).to.equal(200);

    const second = started();
    expect(await second.ended).to.equal(1);
    expect(second.output()).to.contain(`in use by process ${demo.child.pid}`);

    demo.child.kill("SIGINT");
    expect(await demo.ended).to.equal(0);
    expect(demo.output()).to.contain("Stopped. The chain, the index and the deployment file of this run are deleted.");
    expect(leftovers()).to.deep.equal([]);
  });

  itAtLength("can be interrupted while it is starting, and killed, and starts again", async () => {
    const interrupted = started();
    await interrupted.says("registering:");
    interrupted.child.kill("SIGINT");
    expect(await interrupted.ended).to.equal(130);
    expect(leftovers()).to.deep.equal([]);

    const killed = started();
    await killed.says("Indexing");
    killed.child.kill("SIGKILL");
    await killed.ended;

    const again = started("--once", "--fees", "20");
    expect(await again.ended, again.output()).to.equal(0);
    expect(again.output()).to.contain("equal to the base unit");
    expect(leftovers()).to.deep.equal([]);
  });

  it("names the port that is in use, and the remedy", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(RPC_PORT, "127.0.0.1", resolve));
    const demo = started();
    expect(await demo.ended).to.equal(1);
    expect(demo.output())
      .to.contain(`Port ${RPC_PORT} is in use`)
      .and.to.contain(`--rpc-port ${RPC_PORT + 1}`);
    await new Promise((resolve) => taken.close(resolve));
  });

  itAtLength("refuses options that it does not know, or that make no sense", async () => {
    for (const [options, reason] of [
      [["--port", "http"], "--port must be a whole number"],
      [["--fees", "0"], "--fees must be a whole number"],
      [["--prot", "4000"], "--prot"],
      [["--lineage", "nowhere.json"], "nowhere.json cannot be read"],
    ] as const) {
      const demo = started(...options);
      expect(await demo.ended).to.equal(1);
      expect(demo.output())
        .to.contain(reason)
        .and.not.to.match(/^ +at /m);
    }
    expect(leftovers()).to.deep.equal([]);
  });
});
