import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { type ContractRunner, JsonRpcProvider, Wallet } from "ethers";
import type { Deployment } from "#protocol/deployment.ts";
import { createClient } from "#client/api/createClient.ts";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { until } from "../support/indexer/runIndexer.ts";
import { AssetRegistry__factory } from "../../types/ethers-contracts/factories/AssetRegistry__factory.ts";
import { TestCurrency__factory } from "../../types/ethers-contracts/factories/doubles/TestCurrency__factory.ts";
import { withEmptyDatabase } from "../support/indexer/emptyStore.ts";

const ROOT = join(import.meta.dirname, "../..");
const [PORT, API_PORT] = [await freePort(), await freePort()];
const RPC_URL = `http://127.0.0.1:${PORT}`;
const API = `http://127.0.0.1:${API_PORT}`;
const CHAIN_ID = 4_242;
const DEPLOYMENT = `deployments/${CHAIN_ID}.json`;
/** The first account of the seed phrase that all local nodes use. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const OWNER = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const CUSTODIAN = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

const LINEAGE = {
  assets: [
    { name: "corpus", kind: "dataset", organization: "Acme", date: "2020", dependsOn: [] },
    { name: "model", kind: "model", organization: "Other", date: "2021", dependsOn: ["corpus", "agent"] },
    { name: "agent", kind: "agent", organization: "Acme", date: "2022", dependsOn: ["model", "somewhere"] },
  ],
};

function run(command: string, ...args: string[]) {
  const child = spawn(join(ROOT, "node_modules/.bin", command), args, {
    cwd: ROOT,
    env: { ...process.env, RPC_URL, PRIVATE_KEY, NO_COLOR: "1" },
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) =>
    child.once("close", (exitCode) => resolve({ exitCode, output })),
  );
  const says = async (text: string) => {
    const deadline = Date.now() + 60_000;
    while (!output.includes(text)) {
      if (child.exitCode !== null || Date.now() > deadline) throw new Error(`It never said "${text}":\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, ended, says };
}

describe("the commands, on a chain that is not the local one", function () {
  this.timeout(120_000);
  const running: ChildProcess[] = [];
  let chain: LocalChain;
  let host: CommandHost;
  let folder: string;
  let runner: ContractRunner;
  let currency: string;
  const file = (name: string) => join(folder, name);
  const hardhat = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await host.run(["--network", "remote", ...args], { RPC_URL, PRIVATE_KEY });
    return { exitCode, output: stdout + stderr };
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-commands-"));
    await writeFile(file("lineage.json"), JSON.stringify(LINEAGE));
    await writeFile(file("owners.json"), JSON.stringify({ organizations: { Acme: { owner: OWNER } } }));
    chain = await startLocalChain(PORT, CHAIN_ID);
    host = await startCommandHost();
    const provider = new JsonRpcProvider(RPC_URL, undefined, { cacheTimeout: -1 });
    runner = new Wallet(PRIVATE_KEY, provider);
    const deployed = await new TestCurrency__factory(new Wallet(PRIVATE_KEY, provider)).deploy("Dollar", "USD", 6);
    await deployed.waitForDeployment();
    currency = await deployed.getAddress();
  });
  after(async () => {
    for (const child of running) child.kill("SIGTERM");
    await host?.stop();
    await chain?.close();
    await rm(folder, { recursive: true });
    await rm(join(ROOT, DEPLOYMENT), { force: true });
    await rm(join(ROOT, `ignition/deployments/chain-${CHAIN_ID}`), { recursive: true, force: true });
  });

  it("refuse to deploy without existing currencies, or on a network that ends with the command", async () => {
    const roles = ["--canceller", OWNER, "--commons-beneficiary", CUSTODIAN];
    for (const [options, reason] of [
      [roles, "Name the currencies to admit"],
      [[...roles, "--currencies", "USDC"], "USDC is not an address"],
      [["--currencies", currency], "Name the account that can cancel"],
    ] as const) {
      const { exitCode, output } = await hardhat("deploy", ...options);
      expect(exitCode, output).to.equal(1);
      expect(output).to.contain(reason);
    }
    const nowhere = await run("hardhat", "deploy").ended;
    expect(nowhere.exitCode).to.equal(1);
    expect(nowhere.output).to.contain("a chain that exists only during this command");
  });

  it("refuse to import without a deployment", async () => {
    const imported = await hardhat("import", file("lineage.json"));
    expect(imported.exitCode).to.equal(1);
    expect(imported.output).to.contain("Deploy first");
  });

  it("deploy, and write the deployment file", async () => {
    const forEver = ["--currencies", currency, "--admin", OWNER, "--commons-beneficiary", CUSTODIAN];
    const options = [...forEver, "--yes", "--no-verify"];
    const { exitCode, output } = await hardhat("deploy", ...options);
    expect(exitCode, output).to.equal(0);
    const again = await hardhat("deploy", ...options);
    expect(again.exitCode).to.equal(0);
    expect(again.output).to.contain("This chain already has a deployment");
    const deployment = JSON.parse(await readFile(join(ROOT, DEPLOYMENT), "utf8")) as Deployment;
    expect(deployment.chainId).to.equal(CHAIN_ID);
    expect(output).to.contain(deployment.ledger);
    expect(deployment.made).to.deep.include({ admin: OWNER, commonsBeneficiary: CUSTODIAN });
  });

  it("refuse assets without an owner before sending anything", async () => {
    const refused = await hardhat("import", file("lineage.json"), "--owners", file("owners.json"));
    expect(refused.exitCode).to.equal(1);
    expect(refused.output).to.contain("has no owner").and.to.contain("--custodian");
    const nobody = await hardhat("import", file("lineage.json"));
    expect(nobody.output).to.contain("has no owner");
  });

  it("import a lineage and hand it over; a second run does nothing", async () => {
    const options = ["--owners", file("owners.json"), "--custodian", CUSTODIAN, "--confirmations", "1", "--yes"];
    const first = await hardhat("import", file("lineage.json"), ...options);
    expect(first.exitCode, first.output).to.equal(0);
    // The members of two cycles get a second release each, and finally each asset goes to its owner: 4 + 2 + 2
    // steps in 5 transactions. Before them, 4 empty ones use up the nonces of an interrupted import.
    expect(first.output).to.contain("4 assets with 6 releases are registered. This run sent 9 transactions");
    expect(first.output).to.contain("The first 4 are empty");
    const again = await hardhat("import", file("lineage.json"), ...options);
    expect(again.output).to.contain("This run sent 0 transactions");

    const { registry } = JSON.parse(await readFile(join(ROOT, DEPLOYMENT), "utf8")) as { registry: string };
    const connected = AssetRegistry__factory.connect(registry, runner);
    const registered = await connected.queryFilter(connected.filters.AssetRegistered());
    const owners: Record<string, string> = {};
    for (const { args } of registered) {
      const { name } = JSON.parse(Buffer.from(args.metadata.slice(2), "hex").toString()) as { name: string };
      owners[name] = await connected.ownerOf(args.asset);
    }
    expect(owners).to.deep.equal({ corpus: OWNER, agent: OWNER, model: CUSTODIAN, somewhere: CUSTODIAN });
  });

  it("index that deployment and serve it until they are stopped", async () => {
    const shared = ["--deployment", DEPLOYMENT, "--rpc", RPC_URL, "--folder", await withEmptyDatabase(file("journal"))];
    const options = [...shared, "--port", String(API_PORT)];
    const indexer = run("node", "indexer/main.ts", ...options);
    running.push(indexer.child);
    await indexer.says(`Serving the API at ${API}`);
    const client = createClient(API);
    const status = async () => (await client.GET("/health")).data?.status;
    for (let tries = 0; tries < 200 && (await status()) !== "ready"; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await status()).to.equal("ready");
    const assets = (await client.GET("/v1/assets")).data?.data;
    expect(assets?.map(({ name }) => name)).to.have.members(["corpus", "model", "agent", "somewhere"]);

    const second = await run("node", "indexer/main.ts", ...options).ended;
    expect(second.exitCode).to.equal(1);
    expect(second.output).to.contain("is in use by process");

    indexer.child.kill("SIGINT");
    expect((await indexer.ended).exitCode).to.equal(0);
  });

  it("report a wrong deployment file, a missing node, and a node of another chain", async () => {
    const indexer = async (...options: string[]) => (await run("node", "indexer/main.ts", ...options).ended).output;
    expect(await indexer()).to.contain("No deployment was given. Name its file");
    expect(await indexer("--deployment", "nowhere.json")).to.contain("No deployment in nowhere.json");
    await writeFile(file("wrong.json"), '{"chainId": "one"}');
    expect(await indexer("--deployment", file("wrong.json"))).to.contain("is not a deployment file");
    const deployment = JSON.parse(await readFile(join(ROOT, DEPLOYMENT), "utf8")) as object;
    await writeFile(file("other.json"), JSON.stringify({ ...deployment, chainId: 5 }));
    expect(await indexer("--deployment", file("other.json"), "--rpc", RPC_URL)).to.contain("serves chain 4242");
  });

  it("wait for a node that does not answer yet, and say so in the log and in health", async () => {
    const nowhere = ["--rpc", "http://127.0.0.1:1/secret-key", "--port", String(API_PORT), "--folder", file("waiting")];
    const waiting = run("node", "indexer/main.ts", "--deployment", DEPLOYMENT, ...nowhere);
    running.push(waiting.child);
    await waiting.says("No Ethereum node answers");
    await waiting.says("The indexer tries again by itself.");
    await until("health answers", async () => (await fetch(`${API}/health/live`).catch(() => undefined))?.ok === true);
    const { data } = await createClient(API).GET("/health");
    expect([data?.status, data?.block, data?.problems.map(({ code }) => code)]).to.deep.equal([
      "stuck",
      null,
      ["stuck"],
    ]);
    expect(data?.problems[0]?.message).to.contain("No Ethereum node answers at 127.0.0.1:1");
    const ready = await fetch(`${API}/health/ready`);
    expect([ready.status, await ready.text()]).to.satisfy(
      ([status, text]: [number, string]) => status === 503 && text.includes("No Ethereum node answers"),
    );
    expect((await fetch(`${API}/v1/assets`)).status).to.equal(503);
    const metrics = await (await fetch(`${API}/metrics`)).text();
    expect(metrics).to.match(/tributary_problem\{chain="4242",code="stuck"\} 1/);
    waiting.child.kill("SIGINT");
    const { exitCode, output } = await waiting.ended;
    expect(exitCode, output).to.equal(0);
    expect(output).not.to.contain("secret-key");
  });
});
