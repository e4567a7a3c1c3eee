import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../indexer/store/openStore.ts";
import { type FaultyRpc, startFaultyRpc } from "../support/rpc/faultyRpc.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { runIndexer, type RunningIndexer, until, writeDeploymentFile } from "../support/indexer/runIndexer.ts";
import { SAMPLE_SOURCE, sampleBlocks } from "../support/indexer/sampleLogs.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { itAtLength } from "../support/atLength.ts";
import { withEmptyDatabase } from "../support/indexer/emptyStore.ts";

/** The time in which a command must end, on a busy machine. */
const SOON_MS = 15_000;

describe("a command that is interrupted", function () {
  this.timeout(120_000);
  let economy: SmallEconomy;
  let shared: string[];
  let folder: string;
  let rpc: FaultyRpc;
  const running: RunningIndexer[] = [];
  const started = (...args: string[]) => {
    const each = runIndexer(...args);
    running.push(each);
    return each;
  };
  /** Sends a signal, and returns how the process ended. It must end soon. */
  const interrupted = async ({ child, ended }: RunningIndexer, signal: NodeJS.Signals = "SIGINT") => {
    const startMs = Date.now();
    child.kill(signal);
    const { exitCode, output } = await ended;
    expect(Date.now() - startMs, output).to.be.below(SOON_MS);
    return { exitCode, output };
  };

  before(async () => {
    economy = await startSmallEconomy();
    folder = economy.folder;
    rpc = await startFaultyRpc({ upstream: economy.chain.url });
    const file = await writeDeploymentFile(join(folder, "deployment.json"), economy.source);
    shared = ["--deployment", file, "--folder", await withEmptyDatabase(join(folder, "journal"))];
    const index = started("index", ...shared, "--rpc", economy.chain.url, "--no-serve");
    await index.says("caught up");
    expect((await interrupted(index)).exitCode).to.equal(0);
  });
  afterEach(() => {
    for (const { child } of running.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  });
  after(async () => {
    await rpc?.close();
    await economy?.stop();
  });

  itAtLength("export ends soon, and leaves complete files only", async () => {
    const large = await mkdtemp(join(tmpdir(), "tributary-large-"));
    const store = await openStore({ folder: join(large, "journal") }, SAMPLE_SOURCE);
    const { blocks, logs } = sampleBlocks(1, 40, 1_000);
    await store.append(blocks, logs);
    await store.close();
    const deployment = await writeDeploymentFile(join(large, "deployment.json"), SAMPLE_SOURCE);
    const to = join(large, "tables");
    const options = ["--deployment", deployment, "--folder", join(large, "journal")];

    const files = () => readdir(to).catch((): string[] => []);
    const toFiles = started("export", "tables", "fees", "share_transfers", ...options, "--to", to);
    await until("it has begun", async () => (await files()).includes("fees.csv.part"));
    expect((await interrupted(toFiles)).exitCode).to.equal(130);
    expect(await files()).to.satisfy((left: string[]) => left.every((file) => file.endsWith(".csv")));

    // Nobody reads the output, so it would wait for ever.
    const toNobody = started("export", "tables", "fees", ...options, "--to", "-");
    toNobody.child.stdout?.removeAllListeners("data").pause();
    await new Promise((resolve) => toNobody.child.stdout?.once("readable", resolve));
    const ended = new Promise((resolve) => toNobody.child.once("exit", resolve));
    toNobody.child.kill("SIGINT");
    expect(await ended).to.equal(130);
    await rm(large, { recursive: true });
  });

  it("verify ends soon, even if the node hangs", async () => {
    rpc.setFaults({ hang: 1 });
    const verify = started("verify", ...shared, "--rpc", rpc.url);
    await until("the node is asked", () => (rpc.stats.faults.hang ?? 0) > 0);
    const { exitCode, output } = await interrupted(verify);
    expect([exitCode, output.includes("Interrupted.")], output).to.deep.equal([130, true]);
    rpc.setFaults({});
  });

  itAtLength("serve waits for running requests for the grace period, and no longer", async () => {
    const port = await freePort();
    const serve = started("serve", ...shared, "--port", String(port), "--grace", "1s");
    await serve.says("Serving the API at");
    const request = connect(port, "127.0.0.1");
    const cut = new Promise((resolve) => request.once("close", resolve));
    request.on("error", () => undefined);
    request.write(
      "POST /v1/graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    const startMs = Date.now();
    const { exitCode, output } = await interrupted(serve, "SIGTERM");
    expect(exitCode, output).to.equal(0);
    expect(output).to.contain("took longer than 1000 ms to end. Their connections are closed");
    expect(Date.now() - startMs).to.be.at.least(1_000);
    await cut;
  });

  it("serve ends at once on a second signal", async () => {
    const port = await freePort();
    const serve = started("serve", ...shared, "--port", String(port), "--grace", "60s");
    await serve.says("Serving the API at");
    const request = connect(port, "127.0.0.1").on("error", () => undefined);
    request.write(
      "POST /v1/graphql HTTP/1.1\r\nhost: here\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    serve.child.kill("SIGINT");
    await serve.says("Stopping on SIGINT");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await interrupted(serve)).exitCode).to.equal(130);
  });
});
