import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import { FeeLedger__factory } from "../../types/ethers-contracts/factories/FeeLedger__factory.ts";
import { TestCurrency__factory } from "../../types/ethers-contracts/factories/doubles/TestCurrency__factory.ts";
import { type FlakyProxy, startFlakyProxy } from "../support/rpc/flakyProxy.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../support/indexer/postgres.ts";
import { until } from "../support/indexer/runIndexer.ts";
import { ROOT } from "../support/deploy/scratchCopy.ts";
import { skip } from "../support/skip.ts";
import { KEYS, type StagedTestnet, stageBaseSepolia } from "../support/deploy/stageBaseSepolia.ts";

const NGINX = "/usr/sbin/nginx";
/** The paths in the service files and in the proxy's configuration. */
const HOME = "/opt/tributary";
const INDEX_PORT = 4_001;
const SERVE_PORTS = [4_002, 4_003];
const NEXT_PORT = 4_011;
const PEOPLE = { "": KEYS[0], ada: KEYS[1], ben: KEYS[2], cy: KEYS[3], keeper: KEYS[4] };
/** Commands that ask before they send anything; here nobody answers. */
const ASKS = /^(npm run deploy -- .*|npx hardhat --network \w+ (register|pay|sync|settle|collect) .*)$/gm;

interface Step {
  /** The number of the section: "7" for "## 7. The first fee". */
  section: string;
  who: string;
  script: string;
}

/** The blocks of the page that are marked to be run, in their order. */
function stepsOf(page: string): Step[] {
  return page.split(/^## /m).flatMap((section) =>
    Array.from(section.matchAll(/^```sh run ?(\w*)\n([\s\S]*?)^```/gm), ([, who = "", script = ""]) => {
      return { section: section.split(".", 1)[0] ?? "", who, script };
    }),
  );
}

describe("the run book", function () {
  this.timeout(900_000);
  let stage: StagedTestnet;
  let postgres: TestPostgres | undefined;
  let flaky: FlakyProxy;
  let steps: Step[];
  let variables: NodeJS.ProcessEnv;
  /** Free ports of this machine, by the port that the files name. */
  const ports = new Map<number, number>();
  const services = new Map<string, { child: ReturnType<typeof spawn>; output: () => string; arguments: string[] }>();

  const portFor = (named: number) => ports.get(named) ?? expect.fail(`No port stands for ${named}.`);
  const withPorts = (text: string) => text.replaceAll(/\b40\d\d\b/g, (named) => String(portFor(Number(named))));

  before(async function () {
    if (!existsSync(NGINX)) {
      if (process.env.CI) throw new Error("nginx is not installed: apt-get install nginx-light.");
      skip(this, "nginx is not installed: apt-get install nginx-light.");
    }
    postgres = await startPostgres();
    if (!postgres) skip(this, `${NO_POSTGRES}.`);
    stage = await stageBaseSepolia();
    flaky = await startFlakyProxy(stage.port);
    for (const port of [INDEX_PORT, ...SERVE_PORTS, NEXT_PORT, 80]) ports.set(port, await freePort());
    steps = stepsOf(await readFile(join(ROOT, "docs/run-book.md"), "utf8"));
    const url = (user: string, name: string) =>
      (postgres?.url ?? "").replace("postgres@", `${user}@`).replace(/postgres$/, name);
    variables = {
      ...stage.environment,
      PATH: `${stage.environment.PATH}:${postgres.bin}`,
      ADMIN_DATABASE_URL: postgres.url,
      DATABASE_URL: url("tributary", "tributary"),
      READER_DATABASE_URL: url("index_reader", "tributary"),
      RESTORED_DATABASE_URL: url("tributary", "tributary_restored"),
      RPC_URL: `${flaky.url},${stage.url}`,
      DEPLOYMENT: deploymentFile(stage.chainId),
      API: `http://127.0.0.1:${portFor(80)}`,
      CANCELLER: new Wallet(KEYS[3]).address,
      BENEFICIARY: new Wallet(KEYS[4]).address,
    };
    // Section 4, as the administrator of the machine.
    const sql = ["CREATE ROLE tributary LOGIN", "CREATE DATABASE tributary OWNER tributary"];
    for (const each of [...sql, "CREATE DATABASE tributary_restored OWNER tributary"]) {
      await shell("", `psql "$ADMIN_DATABASE_URL" -c "${each}"`);
    }
  });
  after(async () => {
    for (const name of services.keys()) await stop(name, "SIGKILL");
    await flaky?.cut();
    await stage?.stop();
    await postgres?.stop();
  });

  const start = (name: string, command: string[], environment: NodeJS.ProcessEnv = {}) => {
    const [program = "", ...args] = command;
    // With a process group of its own, as a service manager would: nginx's workers outlive their master otherwise.
    const child = spawn(program, args, { cwd: stage.folder, env: { ...variables, ...environment }, detached: true });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    services.set(name, { child, output: () => output, arguments: command });
  };
  const stop = async (name: string, signal: NodeJS.Signals) => {
    const { child } = services.get(name) ?? expect.fail(`There is no ${name}.`);
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const ended = once(child, "exit");
    process.kill(-child.pid, signal);
    await ended;
  };
  const restartKilled = async (name: string, environment: NodeJS.ProcessEnv = {}) => {
    const { arguments: command } = services.get(name) ?? expect.fail(`There is no ${name}.`);
    await stop(name, "SIGKILL");
    start(name, command, environment);
  };

  /** Runs a block in a shell, in the project's folder. */
  async function shell(who: string, script: string): Promise<string> {
    const key = PEOPLE[who as keyof typeof PEOPLE];
    const answered = script.replace(ASKS, "$1 --yes");
    const child = spawn("bash", ["-euo", "pipefail", "-c", answered], {
      cwd: stage.folder,
      env: { ...variables, PRIVATE_KEY: key },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    const [exitCode] = (await once(child, "close")) as [number | null];
    expect(exitCode, `${answered}\n${output}`).to.equal(0);
    return output;
  }
  const follow = async (section: string) => {
    const outputs: string[] = [];
    for (const { who, script } of steps.filter((step) => step.section === section)) {
      outputs.push(await shell(who, script));
    }
    expect(outputs, `what section ${section} lets run`).not.to.deep.equal([]);
    return outputs;
  };

  const commandOf = async (service: string, instance: number) => {
    const unit = await readFile(join(ROOT, "operations", service), "utf8");
    const command = /^ExecStart=(.*)$/m.exec(unit)?.[1] ?? expect.fail(`${service} starts nothing.`);
    const home = command.replaceAll(`${HOME}/`, `${stage.folder}/`).replaceAll("%i", String(instance));
    return withPorts(home.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? "")).split(" ");
  };
  const answers = (port: number, path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  const isReady = (named: number) =>
    until(
      `${named} is ready`,
      async () => (await answers(portFor(named), "/health/ready"))?.status === 200,
      () => [...services.values()].find(({ child }) => child.exitCode)?.output() ?? false,
    );
  /** Waits until all that serve have what the chain has now. */
  const caughtUp = async (named = SERVE_PORTS) => {
    const head = await stage.provider.getBlockNumber();
    for (const each of named) {
      const block = async () => {
        const response = await answers(portFor(each), "/health");
        return Number(((await response?.json()) as { block?: { number: string } } | undefined)?.block?.number ?? 0);
      };
      await until(`${each} has block ${head}`, async () => (await block()) >= head);
    }
  };
  const startNginx = async () => {
    const folder = join(stage.folder, "nginx");
    await mkdir(folder, { recursive: true });
    const site = withPorts(await readFile(join(ROOT, "operations/nginx.conf"), "utf8"));
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (kind) => `${kind}_temp_path ${folder};`,
    );
    await writeFile(join(folder, "site.conf"), site.replace("listen 80;", `listen 127.0.0.1:${portFor(80)};`));
    const main = [
      ...(process.getuid?.() === 0 ? ["user root;"] : []),
      `pid ${folder}/pid;`,
      "error_log stderr;",
      "events {}",
      `http { access_log off; ${temporary.join(" ")} include ${folder}/site.conf; }`,
    ];
    await writeFile(join(folder, "nginx.conf"), main.join("\n"));
    start("nginx", [NGINX, "-p", folder, "-c", join(folder, "nginx.conf"), "-g", "daemon off;"]);
    await until("the proxy answers", async () => (await answers(portFor(80), "/health/ready"))?.status === 200);
  };

  it("builds and deploys", async () => {
    await follow("2").catch(() => []); // keys are in the environment here
    await follow("1");
    const [output = ""] = await follow("3");
    expect(output).to.contain("All sources are verified at etherscan, blockscout, sourcify");
    await follow("4");
  });

  it("starts what indexes and what serves by the service files, behind the proxy", async () => {
    start("index", await commandOf("tributary-index.service", INDEX_PORT));
    await isReady(INDEX_PORT);
    for (const port of SERVE_PORTS) {
      const reader = { DATABASE_URL: variables.READER_DATABASE_URL };
      start(`serve ${port}`, await commandOf("tributary-serve@.service", port), reader);
      await isReady(port);
    }
    await startNginx();
    expect((await answers(portFor(80), "/v1/releases"))?.status).to.equal(200);
    expect((await answers(portFor(80), "/metrics"))?.status, "hidden").to.equal(404);
    const events = await fetch(`${variables.API}/v1/events`, { headers: { accept: "text/event-stream" } });
    const reader = events.body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value as Uint8Array), "live events come through").to.match(/event|:/);
    await reader?.cancel();
  });

  it("registers, is paid by a plain transfer, settles and claims to the unit, while everything is killed in turn", async () => {
    const { provider, deployer, stablecoin, chainId } = stage;
    const dollar = TestCurrency__factory.connect(stablecoin.address, deployer);
    const wallet = (who: keyof typeof PEOPLE) => new Wallet(PEOPLE[who]).address;
    await (await dollar.mint(wallet("cy"), 12_500_000n)).wait();

    const trouble: (() => Promise<void>)[] = [
      () => restartKilled("index"),
      () => restartKilled("serve 4002", { DATABASE_URL: variables.READER_DATABASE_URL }),
      async () => {
        await postgres?.restart();
      },
      async () => {
        await flaky.cut(); // one of its two nodes
        await sleep(2_000);
        await flaky.restore();
      },
      () => restartKilled("nginx"),
      () => restartKilled("serve 4003", { DATABASE_URL: variables.READER_DATABASE_URL }),
    ];
    const fee = steps.filter(({ section }) => section === "7");
    const outputs: string[] = [];
    for (const [i, { who, script }] of fee.entries()) {
      await caughtUp();
      await until("the proxy answers", async () => (await answers(portFor(80), "/health/ready"))?.status === 200);
      outputs.push(await shell(who, script));
      await trouble[i % trouble.length]?.();
    }
    expect(fee.length).to.be.at.least(trouble.length);

    expect(await dollar.balanceOf(wallet("cy"))).to.equal(0n);
    expect(await dollar.balanceOf(wallet("ada"))).to.equal(3_712_500n); // 30 %, less 1 %
    expect(await dollar.balanceOf(wallet("ben"))).to.equal(8_662_500n); // 70 %, less 1 %
    const { ledger } = await readDeployment(join(stage.folder, deploymentFile(chainId)));
    expect(await dollar.balanceOf(ledger), "what is left is the commons'").to.equal(125_000n);
    expect(await FeeLedger__factory.connect(ledger, provider).releaseCount()).to.equal(2n);
    expect(outputs.at(-1)).to.contain('"12500000"');
  });

  it("verifies what it says against the chain", async () => {
    await caughtUp();
    await until("the database takes connections", async () => {
      return shell("", 'psql "$DATABASE_URL" -c "SELECT 1"').then(
        () => true,
        () => false,
      );
    });
    const [output] = await follow("8");
    expect(output).to.match(/all equal|0 differ/i);
  });

  it("is backed up, restored, and goes on elsewhere as before", async () => {
    await follow("10");
    const next = steps.find(({ who }) => who === "next") ?? expect.fail("Nothing starts the next version.");
    start("next", ["bash", "-c", `exec ${withPorts(next.script.trim())}`]);
    await isReady(NEXT_PORT);
    ports.set(4_004, await freePort());
    const reader = { DATABASE_URL: variables.RESTORED_DATABASE_URL };
    start("serve 4004", await commandOf("tributary-serve@.service", 4_004), reader);
    await isReady(4_004);
    await caughtUp([...SERVE_PORTS, 4_004]);
    for (const path of ["/v1/fees", "/v1/releases", "/v1/accounts", "/v1/claims"]) {
      const [before, after] = await Promise.all(
        [4_002, 4_004].map(async (port) => {
          const answer = (await (await answers(portFor(port), path))?.json()) as { data: unknown[] } | undefined;
          return answer?.data;
        }),
      );
      expect(before).not.to.deep.equal([]);
      expect(after).to.deep.equal(before);
    }
    for (const name of ["index", "next"]) await stop(name, "SIGTERM");
  });
});
