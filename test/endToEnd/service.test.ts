import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { EVENT_TABLES } from "../../indexer/store/tables.ts";
import { openStore } from "../../indexer/store/openStore.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { runIndexer, type RunningIndexer, until, writeDeploymentFile } from "../support/indexer/runIndexer.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { itAtLength } from "../support/atLength.ts";
import { withEmptyDatabase } from "../support/indexer/emptyStore.ts";

const PORT = await freePort();
const BASE = `http://127.0.0.1:${PORT}`;

type Json = { [field: string]: Json } & Json[] & string;
const get = async (path: string) => {
  const response = await fetch(`${BASE}${path}`);
  return { status: response.status, body: (await response.json()) as Json };
};

/** Parses the metrics of a page in Prometheus' text format, by name and labels. */
function parseMetrics(text: string) {
  const figures = new Map<string, number>();
  const described = new Set<string>();
  for (const line of text.trimEnd().split("\n")) {
    const [, kind, name = ""] = /^# (HELP|TYPE) (\S+) ./.exec(line) ?? [];
    if (kind === "HELP") described.add(name);
    if (line.startsWith("#") || line === "") continue;
    const [, key, value] = /^([a-zA-Z_:][\w:]*(?:\{[^}]*\})?) (\S+)$/.exec(line) ?? [];
    if (key === undefined) throw new Error(`No figure: ${line}`);
    figures.set(key, value === "+Inf" ? Infinity : Number(value));
  }
  return { figures, described };
}

describe("the commands of the indexer", function () {
  this.timeout(180_000);
  let economy: SmallEconomy;
  let other: SmallEconomy;
  let shared: string[];
  let folder: string;
  const running: RunningIndexer[] = [];
  const started = (...args: string[]) => {
    const each = runIndexer(...args);
    running.push(each);
    return each;
  };
  const isAtHead = async (chain = economy, prefix = "") => {
    const answer = await get(`${prefix}/health`).catch(() => undefined);
    return answer?.body.block?.number === String(await chain.chain.ethers.provider.getBlockNumber());
  };
  const stopped = async (indexer: RunningIndexer, signal: NodeJS.Signals = "SIGTERM") => {
    indexer.child.kill(signal);
    const { exitCode, output } = await indexer.ended;
    expect(exitCode, output).to.equal(0);
  };

  before(async () => {
    economy = await startSmallEconomy();
    other = await startSmallEconomy(4_243);
    folder = economy.folder;
    const file = await writeDeploymentFile(join(folder, "deployment.json"), economy.source);
    shared = ["--deployment", file, "--folder", await withEmptyDatabase(join(folder, "journal"))];
    await economy.pay(3, 1_000_000n);
    await economy.tributary.ledger.settle([3, 2, 1], economy.dollar);
  });
  afterEach(() => {
    for (const { child } of running.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  });
  after(async () => {
    await economy?.stop();
    await other?.stop();
  });

  it("index: follows, serves, verifies and reports metrics; SIGTERM lets running requests end, and ends live events", async () => {
    const secret = `${economy.chain.url}/KEY?key=KEY`;
    const options = ["--rpc", `${economy.chain.url},${secret}`, "--port", String(PORT), "--verify-every", "1s"];
    const indexer = started(...shared, ...options);
    await indexer.says(`Serving the API at ${BASE}`);
    await until("the head is indexed", () => isAtHead());
    expect((await get("/health/live")).body).to.deep.equal({ live: true });
    const { status, body } = await get("/health/ready");
    expect([status, body.ready]).to.deep.equal([200, true]);
    expect(body.chains?.[0]).to.deep.include({ chainId: 31_337, ready: true, behind: "0" });
    await until("it has verified", async () => (await get("/health")).body.verification !== null);
    const { verification } = (await get("/health")).body;
    expect(verification?.differing).to.equal(0);
    expect(verification?.compared).to.be.greaterThan(30);

    await fetch(`${BASE}/v1/assets`);
    await fetch(`${BASE}/v1/assets/99`);
    const page = await fetch(`${BASE}/metrics`);
    expect(page.headers.get("content-type")).to.contain("text/plain");
    const { figures, described } = parseMetrics(await page.text());
    const head = await economy.chain.ethers.provider.getBlockNumber();
    const own = '{chain="31337"}';
    expect(figures.get(`tributary_head_block${own}`)).to.equal(head);
    expect(figures.get(`tributary_indexed_block${own}`)).to.equal(head);
    expect(figures.get(`tributary_lag_blocks${own}`)).to.equal(0);
    expect(figures.get(`tributary_verified_differing${own}`)).to.equal(0);
    expect(figures.get(`tributary_store_batch_seconds_count${own}`)).to.be.greaterThan(0);
    expect(figures.get(`tributary_events_applied_total${own}`)).to.be.a("number");
    const endpoint = `{chain="31337",endpoint="${new URL(economy.chain.url).host}"}`;
    expect(figures.get(`tributary_rpc_requests_total${endpoint}`)).to.be.greaterThan(3);
    expect(figures.get(`tributary_rpc_errors_total${endpoint}`)).to.equal(0);
    for (const [route, answered] of [
      ["/v1/assets", 200],
      ["/v1/assets/:asset", 404],
    ] as const) {
      const labels = `{method="GET",route="${route}",status="${answered}"}`;
      expect(figures.get(`tributary_http_request_duration_seconds_count${labels}`), route).to.equal(1);
    }
    expect([...described]).to.include.members(["process_cpu_seconds_total", "nodejs_eventloop_lag_p99_seconds"]);
    const documented = await readFile(join(import.meta.dirname, "../../docs/indexer.md"), "utf8");
    const ours = [...described].filter((name) => name.startsWith("tributary_"));
    expect(new Set(ours)).to.deep.equal(
      new Set([...documented.matchAll(/`(tributary_\w+)`/g)].map(([, name]) => name)),
    );

    const events = await fetch(`${BASE}/v1/events`);
    indexer.child.kill("SIGTERM");
    expect(await events.text()).to.contain(": listening");
    const { exitCode, output } = await indexer.ended;
    expect(exitCode, output).to.equal(0);
    expect(output).not.to.contain("KEY");
    for (const line of output.trimEnd().split("\n")) expect(JSON.parse(line)).to.have.property("message");
  });

  itAtLength("index --no-serve: does not listen, or serves health and metrics only", async () => {
    const rpc = ["--rpc", economy.chain.url];
    const silent = started("index", ...shared, ...rpc, "--no-serve");
    await silent.says("Press Ctrl-C to stop");
    expect(await get("/health").catch(() => "nobody")).to.equal("nobody");
    await stopped(silent);
    const watched = started("index", ...shared, ...rpc, "--no-serve", "--port", String(PORT));
    await watched.says("Serving health and metrics at");
    await until("the head is indexed", () => isAtHead());
    expect((await get("/v1/assets")).status).to.equal(404);
    expect((await get("/health/ready")).status).to.equal(200);
    expect((await fetch(`${BASE}/metrics`)).status).to.equal(200);
    await stopped(watched, "SIGINT");
  });

  itAtLength("serve: answers from the store, without a node", async () => {
    const server = started("serve", ...shared, "--port", String(PORT));
    await server.says(`Serving the API at ${BASE}`);
    const fees = await get("/v1/fees");
    expect(fees.body.data?.map(({ amount }) => amount?.amount)).to.deep.equal(["1000000"]);
    await until("it has read the store", async () => (await get("/health")).body.head !== null);
    expect((await get("/health")).body.headFrom).to.equal("store");
    expect((await get("/health/ready")).body.chains?.[0]).to.deep.include({ ready: true, behind: null });
    await stopped(server);
    const strict = started("serve", ...shared, "--port", String(PORT), "--ready-age", "1s");
    await strict.says(`Serving the API at ${BASE}`);
    await until("the block is too old", async () => (await get("/health/ready")).status === 503);
    await stopped(strict);
    const nothing = await runIndexer("serve", ...shared.slice(0, 2), "--folder", join(folder, "none")).ended;
    expect([nothing.exitCode, nothing.output]).to.satisfy(
      ([exitCode, output]: [number, string]) => exitCode === 1 && output.includes("There is no store in"),
    );
  });

  it("verify: finds nothing in a correct store, and each difference in a wrong one", async () => {
    const verify = (...args: string[]) => runIndexer("verify", ...shared, "--rpc", economy.chain.url, ...args).ended;
    const good = await verify();
    expect(good.exitCode, good.output).to.equal(0);
    expect(good.stdout).to.match(
      /^Chain 31337, block \d+ \(0x[0-9a-f]{64}\): compared \d+ answers of the contracts and \d+ logs; 0 differ\.\n$/,
    );
    const head = await economy.chain.ethers.provider.getBlockNumber();
    const earlier = await verify("--block", String(head - 1), "--json", "--sample", "20");
    expect(earlier.exitCode, earlier.output).to.equal(0);
    expect(JSON.parse(earlier.stdout)).to.deep.include({ chainId: 31_337, differing: 0, sampled: true });

    const store = await openStore({ folder: join(folder, "journal") }, economy.source);
    await store.removeAbove(BigInt(head - 1)); // the settlement …
    const block = await economy.chain.ethers.provider.getBlock(head);
    await store.append([{ number: BigInt(head), hash: block?.hash as `0x${string}`, timestamp: 0 }], []); // … is lost
    await store.close();
    const bad = await verify();
    expect(bad.exitCode, bad.output).to.equal(1);
    expect(bad.stdout).to.match(/flow of release 2 in 0x\w+\n {2}indexed {3}0,0\n {2}on chain {2}400000,400000\n/);
    const asJson = JSON.parse((await verify("--json")).stdout) as { differing: number; differences: object[] };
    expect(asJson.differing).to.equal(asJson.differences.length).and.to.be.greaterThan(2);
    await rm(join(folder, "journal"), { recursive: true });
  });

  itAtLength("export: writes tables of one block, as complete files or not at all", async () => {
    const indexer = started("index", ...shared, "--rpc", economy.chain.url, "--no-serve");
    await indexer.says("caught up");
    await stopped(indexer);
    const to = join(folder, "tables");
    const all = await runIndexer("export", ...shared, "--to", to).ended;
    expect(all.exitCode, all.output).to.equal(0);
    const files = Object.keys(EVENT_TABLES).map((table) => `${table}.csv`);
    expect((await readdir(to)).sort()).to.deep.equal([...files, "export.json"].sort());
    const about = JSON.parse(await readFile(join(to, "export.json"), "utf8")) as Json;
    const head = await economy.chain.ethers.provider.getBlock("latest");
    expect([about.block?.number, about.block?.hash]).to.deep.equal([String(head?.number), head?.hash]);
    expect(about.rows?.settlements).to.equal(3);
    const [columns, ...fees] = (await readFile(join(to, "fees.csv"), "utf8")).trimEnd().split("\r\n");
    expect(columns).to.equal("block_number,log_index,release,currency,payer,amount,reference,source");
    expect(fees).to.have.length(1);

    const lines = await runIndexer("export", "contributions", ...shared, "--to", "-", "--format", "ndjson").ended;
    expect(lines.output).to.contain(`Exported contributions from chain 31337, block ${head?.number} (${head?.hash})`);
    const rows = lines.stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Json);
    expect(rows.map((row) => [row.release, row.built_from, row.weight_ppm])).to.deep.equal([
      [2, 1, 300_000],
      [3, 2, 400_000],
    ]);
    const unknown = await runIndexer("export", "nothing", ...shared).ended;
    expect(unknown.exitCode).to.equal(1);
    expect(unknown.output).to.contain("There is no table nothing. The tables are currencies");
  });

  itAtLength("export: writes the whole answer to a question, for the newest and for an earlier block", async () => {
    const address = economy.accounts.bob.address;
    const ask = (...args: string[]) => runIndexer("export", ...args, ...shared).ended;
    const file = join(folder, "statement.csv");
    const written = await ask("statementLines", "--address", address, "--output", file);
    expect(written.exitCode, written.output).to.equal(0);
    const head = await economy.chain.ethers.provider.getBlock("latest");
    expect(written.output).to.contain(`Exported 2 items of statementLines from chain 31337, block ${head?.number}`);
    const [columns = "", ...lines] = (await readFile(file, "utf8")).trimEnd().split("\r\n");
    const earned = columns.split(",").indexOf("earned.amount");
    // The model receives 40 % of the fee and keeps 70 % of that, less the commons' part.
    expect(lines.map((line) => line.split(",")[earned])).to.deep.equal(["277200", "0"]);

    const before = await ask("fees", "--block", String((head?.number ?? 0) - 2), "--format", "ndjson");
    expect([before.exitCode, before.stdout]).to.deep.equal([0, ""]);
    const fees = await ask(
      "fees",
      "--payer",
      economy.accounts.payer.address,
      "--order-by",
      "amount",
      "--format",
      "ndjson",
    );
    expect((JSON.parse(fees.stdout) as Json).amount?.amount).to.equal("1000000");
    for (const [args, reason] of [
      [["statementLines"], "required option '--address <address>' not specified"],
      [["statementLines", "--address", "bob"], "--address: must be an address"],
      [["weights", "--release", "99"], "There is no release 99"],
      [
        ["assetLeaderboard", "--currency", address],
        `--currency: ${address.toLowerCase()} is not admitted. \`export currencies\` lists those that are.`,
      ],
      [["fees", "--block", "99999"], "Block 99999 is not indexed"],
      [["fees", "--order-by", "release"], "Allowed choices are paid, amount"],
    ] as const) {
      const { exitCode, output } = await ask(...args);
      expect([exitCode, output.includes(reason)], output).to.deep.equal([1, true]);
    }
    expect((await runIndexer("export", "--help").ended).stdout).to.contain("statementLines [options]");
    const help = (await runIndexer("export", "fees", "--help").ended).stdout.replaceAll(/\s+/g, " ");
    expect(help).to.contain("the deployment file, such as deployments/1.json --folder");
    expect(help).to.contain("`amount`: by the number of base units, whatever the currency.");
  });

  itAtLength("several chains in one process, each below its own path", async () => {
    await other.pay(1, 55n);
    const files = [
      await writeDeploymentFile(join(folder, "one.json"), economy.source),
      await writeDeploymentFile(join(folder, "two.json"), other.source),
    ];
    const deployments = files.flatMap((file) => ["--deployment", file]);
    const rpc = ["--rpc", `31337=${economy.chain.url}`, "--rpc", `4243=${other.chain.url}`];
    const both = ["index", ...deployments, "--folder", join(folder, "both"), "--port", String(PORT)];
    for (const [args, reason] of [
      [[], "Chain 31337 has no node"],
      [["--rpc", economy.chain.url], "give each node with its chain"],
      [[...rpc, "--rpc", "5=http://127.0.0.1:1"], "--rpc names a node of chain 5"],
      [["--deployment", files[0] ?? "", ...rpc], "Two of the deployments are on chain 31337"],
    ] as const) {
      const { exitCode, output } = await runIndexer(...both, ...args).ended;
      expect([exitCode, output.includes(reason)], output).to.deep.equal([1, true]);
    }
    const indexer = started(...both, ...rpc);
    await indexer.says(`Serving the API at ${BASE}`);
    await until("both heads are indexed", async () => (await isAtHead()) && isAtHead(other, "/chains/4243"));
    const amounts = async (prefix: string) =>
      (await get(`${prefix}/v1/fees`)).body.data?.map(({ amount }) => amount?.amount);
    expect(await amounts("/chains/31337")).to.deep.equal(["1000000"]);
    expect(await amounts("/chains/4243")).to.deep.equal(["55"]);
    expect((await get("/health/ready")).body.chains).to.have.length(2);
    await stopped(indexer);
    expect((await readdir(join(folder, "both"))).sort()).to.deep.equal(["31337", "4243"]);
  });
});
