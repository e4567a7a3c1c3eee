import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { Wallet } from "ethers";
import type { Deployment } from "#protocol/deployment.ts";
import { FeeLedger__factory } from "../../types/ethers-contracts/factories/FeeLedger__factory.ts";
import { TestCurrency__factory } from "../../types/ethers-contracts/factories/doubles/TestCurrency__factory.ts";
import { NO_CHROMIUM, openPage, startBrowser, takePicture } from "../support/browser.ts";
import { ROOT } from "../support/deploy/scratchCopy.ts";
import { KEYS, type StagedTestnet, stageBaseSepolia } from "../support/deploy/stageBaseSepolia.ts";
import { until } from "../support/indexer/runIndexer.ts";
import { startCertificateAuthority } from "../support/machine/certificates.ts";
import { ADMIN, type Machine, type RunOptions, startMachine, whyNoMachine } from "../support/machine/machine.ts";
import { type FlakyProxy, startFlakyProxy } from "../support/rpc/flakyProxy.ts";
import { skip } from "../support/skip.ts";

/** The text of the page by which the second terminal is opened. */
const SECOND_TERMINAL = "sudo --login --user deployer";
const PASSWORD = "a password of this test";
const NAME = "ledger.example";
/** The people of section 6. They use the deployer's checkout, with a key in the environment. */
const PEOPLE: Record<string, string> = { ada: KEYS[1], ben: KEYS[2], cy: KEYS[3], anyone: KEYS[4] };
const CANCELLER = new Wallet(KEYS[3]).address;
const BENEFICIARY = new Wallet(KEYS[4]).address;
const KEEPER = new Wallet(`0x${"5".repeat(64)}`);
const QUESTIONS = ["fees", "releases", "accounts", "claims"];

interface Step {
  heading: string;
  /** The first line of a block that does not belong to one's own account: `# as deployer`. */
  who: string;
  script: string;
}

/** Returns all blocks of the page that a person gives to a shell, in their order. */
function stepsOf(page: string): Step[] {
  return page.split(/^##+ /m).flatMap((section) =>
    Array.from(section.matchAll(/^```sh\n(?:# as (\w+)\n)?([\s\S]*?)^```/gm), ([, who = "", script = ""]) => {
      return { heading: section.split("\n", 1)[0] ?? "", who, script };
    }),
  );
}

describe("the run book", function () {
  this.timeout(1_200_000);
  this.slow(1);
  let stage: StagedTestnet;
  let flaky: FlakyProxy;
  let machine: Machine;
  let repository: string;
  let steps: Step[];
  let httpsPort: number;
  const done = new Set<Step>();
  let deployment: Deployment;

  before(async function () {
    const obstacle = whyNoMachine();
    if (obstacle) {
      const { reason, canBeMended } = obstacle;
      if (process.env.CI && canBeMended) throw new Error(`The run book cannot be tried: ${reason}.`);
      skip(this, `a machine cannot be had: ${reason}.`);
    }
    steps = stepsOf(await readFile(join(ROOT, "docs/run-book.md"), "utf8"));
    expect(await readFile(join(ROOT, "docs/run-book.md"), "utf8")).to.contain(SECOND_TERMINAL);
    repository = await mkdtemp(join(tmpdir(), "tributary-repository-"));
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", repository]);
    execFileSync("git", ["-C", ROOT, "push", "--quiet", repository, "HEAD:refs/heads/main"]);
    execFileSync("chmod", ["755", repository]);
    [stage, machine] = await Promise.all([stageBaseSepolia(), startMachine({ "srv/tributary.git": repository })]);
    flaky = await startFlakyProxy(stage.port);
    for (const url of [stage.url, flaky.url, stage.explorer.url]) await machine.lend(Number(new URL(url).port));
    const { HARDHAT_CONFIG, REHEARSAL_EXPLORER, SOURCIFY_URL } = stage.environment;
    // The block explorers' doubles. git asks whether a repository belongs to the one who clones it.
    await machine.run(`
      echo 'export NO_COLOR=1 HARDHAT_CONFIG=${HARDHAT_CONFIG} REHEARSAL_EXPLORER=${REHEARSAL_EXPLORER} SOURCIFY_URL=${SOURCIFY_URL}' \
        > /etc/profile.d/rehearsal.sh
      printf '[safe]\\n  directory = *\\n' > /etc/gitconfig`);
  });
  after(async () => {
    await machine?.stop();
    await flaky?.cut();
    await stage?.stop();
    if (repository) await rm(repository, { recursive: true, force: true });
  });

  /** Puts in what a person puts in for the page's placeholders. */
  const fillIn = (script: string) =>
    script
      .replaceAll("https://one.example/…,https://another.example/…", `${flaky.url},${stage.url}`)
      .replaceAll("https://one.example/…", stage.url)
      .replace("git clone https://…", "git clone --quiet /srv/tributary.git")
      .replace("CANCELLER=0x…", `CANCELLER=${CANCELLER}`)
      .replace("BENEFICIARY=0x…", `BENEFICIARY=${BENEFICIARY}`)
      .replace("PRIVATE_KEY=0x…", `PRIVATE_KEY=${KEEPER.privateKey}\nOPTIONS=--every 5s`);

  /** Runs a block as its reader would: in the terminal of its account, where the last block there ended. */
  async function follow(step: Step): Promise<string> {
    const script = fillIn(step.script);
    expect(script, "every placeholder has its text").not.to.contain("…");
    const key = PEOPLE[step.who];
    const user = step.who === "" ? ADMIN : "deployer";
    const secrets = [stage.url, KEYS[0], "key"];
    const answers: RunOptions["answers"] = [
      [/(Enter the password|confirm your password):\s*$/, PASSWORD],
      [/Enter secret[^:]*:\s*$/, () => secrets.shift() ?? ""],
      [/\[y\/N\]\s*$/, "y"],
    ];
    const opening = user === ADMIN ? "bash" : `${SECOND_TERMINAL} bash`;
    // Written by root, where each user can read it.
    const file = `/run/block-${user}.sh`;
    await machine.run(`cat > ${file} <<'END-OF-BLOCK'
if [ -f ~/.terminal ]; then . ~/.terminal 2> /dev/null; cd "$PWD"; fi
${key ? `export PRIVATE_KEY=${key}` : "trap 'declare -p > ~/.terminal' EXIT"}
set -euo pipefail
${script}
END-OF-BLOCK`);
    const output = await machine
      .run(`${opening} ${file}`, { user: ADMIN, isOnline: /apt-get|npm ci/.test(script), answers })
      .catch((error: unknown) => {
        throw new Error(`This block of the page failed:\n${script}\n${(error as Error).message}`, { cause: error });
      });
    // apt starts what it installs, where there is systemd.
    for (const service of ["nginx", "postgresql"]) {
      if (new RegExp(`apt-get install .*\\b${service}\\b`).test(script))
        await machine.run(`systemctl start ${service}`);
    }
    done.add(step);
    return output;
  }

  /** Follows a section of the page. */
  async function followAll(heading: string, before?: (step: Step, i: number) => Promise<void>): Promise<string[]> {
    const chosen = steps.filter((step) => step.heading.startsWith(heading));
    expect(chosen, `blocks of "${heading}"`).not.to.deep.equal([]);
    const outputs: string[] = [];
    for (const [i, step] of chosen.entries()) {
      await before?.(step, i);
      outputs.push(await follow(step));
    }
    return outputs;
  }

  const ask = async (path: string, origin = `https://${NAME}`) =>
    JSON.parse(await machine.run(`curl --silent ${origin}${path}`)) as Record<string, unknown>;
  /** Waits until the served index has what the chain has now. */
  const caughtUp = async (origin?: string) => {
    const head = await stage.provider.getBlockNumber();
    const block = async () => {
      const health = await ask("/health", origin).catch(() => undefined);
      return Number((health as { block?: { number: string } } | undefined)?.block?.number ?? 0);
    };
    await until(`block ${head} is served`, async () => (await block()) >= head);
  };
  const allAnswers = async (origin?: string) => {
    await caughtUp(origin);
    return Promise.all(QUESTIONS.map(async (question) => (await ask(`/v1/${question}`, origin)).data));
  };
  const kill = (unit: string) => machine.run(`kill -9 $(cut -d' ' -f2 /run/stand-ins/${unit}.pid)`);
  const dollar = () => TestCurrency__factory.connect(stage.stablecoin.address, stage.deployer);
  const balances = () =>
    Promise.all(["ada", "ben", "cy"].map((who) => dollar().balanceOf(new Wallet(PEOPLE[who] ?? "").address)));
  const mint = async (units: bigint) => {
    await (await dollar().mint(new Wallet(KEYS[3]).address, units)).wait();
  };

  it("1. installs the packages, the users and the checkout", async () => {
    await followAll("1. ");
    const size = await machine.run("du -sm /home/deployer/tributary");
    console.log(`      the checkout after npm ci: ${size.trim()} MB`);
  });

  it("2. keeps the keys in an encrypted store", async () => {
    const [output = ""] = await followAll("2. ");
    expect(output).to.contain('"PRIVATE_KEY" set in the production keystore');
    const outside = "grep --recursive --files-with-matches --exclude-dir=tributary";
    expect(await machine.run(`${outside} ${KEYS[0].slice(2)} /home /tmp || true`), "files with the key").to.equal("");
  });

  it("3. deploys", async () => {
    const [output] = await followAll("3. ");
    expect(output).to.contain("All sources are verified at etherscan, blockscout, sourcify");
    deployment = JSON.parse(await machine.run("cat /home/deployer/tributary/deployments/84532.json")) as Deployment;
  });

  it("4. serves from one process, installed without development packages", async () => {
    const outputs = await followAll("4. ");
    expect(outputs.at(-1)).to.contain('"ready":true');
    console.log(`      ${/Built the server.*/.exec(outputs.join("\n"))?.[0]}`);
  });

  it("5. serves the explorer behind the proxy, with a certificate", async () => {
    await startCertificateAuthority(machine);
    const outputs = await followAll("5. ");
    expect(outputs.join("\n")).to.contain("Successfully deployed certificate for ledger.example");
    expect(outputs.at(-1)).to.contain('<div id="root">').and.contain('"ready":true');
    httpsPort = await machine.borrow(443);
    const status = (path: string) => machine.run(`curl --silent --output /dev/null --write-out '%{http_code}' ${path}`);
    expect(await status(`https://${NAME}/metrics`), "hidden").to.equal("404");
    expect(await status(`http://${NAME}/v1/releases`), "to https").to.equal("301");
    const events = await machine.run(
      `curl --silent --max-time 5 --header 'accept: text/event-stream' https://${NAME}/v1/events || true`,
    );
    expect(events, "live events come through").to.match(/event|:/);
  });

  it("6. registers, is paid by a plain transfer, settles and collects to the unit, whatever is killed", async () => {
    await mint(12_500_000n);
    const troubles = [
      async () => {},
      () => kill("tributary"),
      async () => {
        await flaky.cut(); // one of its two nodes
        await sleep(2_000);
        await flaky.restore();
      },
      () => machine.run("pkill -9 nginx; sleep 1; systemctl start nginx"),
      () => machine.run("systemctl restart tributary"),
    ];
    const outputs = await followAll("6. ", async (_, i) => {
      await troubles[i % troubles.length]?.();
      await caughtUp();
    });
    expect(outputs.length).to.be.at.least(troubles.length);
    expect(await balances(), "30 % and 70 %, less 1 %").to.deep.equal([3_712_500n, 8_662_500n, 0n]);
    const { ledger } = deployment;
    expect(await dollar().balanceOf(ledger), "what is left is the commons'").to.equal(125_000n);
    expect(await FeeLedger__factory.connect(ledger, stage.provider).releaseCount()).to.equal(2n);
    expect(outputs.at(-1)).to.contain('"12500000"');
  });

  it("6. lets the keeper pass a payment on", async () => {
    await mint(12_500_000n);
    const gas = await stage.deployer.sendTransaction({ to: KEEPER.address, value: 10n ** 18n });
    await gas.wait();
    await followAll("The keeper as a service");
    const ledger = FeeLedger__factory.connect(deployment.ledger, stage.provider);
    const flow = () => ledger.flowOf(2, stage.stablecoin.address);
    await until("the transfer is a fee", async () => (await flow()).received === 25_000_000n);
    await until("the fee is settled", async () => (await flow()).settled === 25_000_000n);
  });

  it("7. upgrades one process and rolls back", async () => {
    const before = await allAnswers();
    const states: string[] = [];
    await followAll("7. ", async ({ script }) => {
      if (script.includes("tributary-failed")) states.push(await machine.run("systemctl is-active tributary"));
    });
    expect(states).to.deep.equal(["active\n", "active\n"]);
    const left = "/opt/tributary-{next,before,failed} /var/lib/tributary-{before,failed}";
    expect(await machine.run(`ls -d ${left} 2> /dev/null || true`), "in the way of the next upgrade").to.equal("");
    expect(await allAnswers()).to.deep.equal(before);
  });

  it("8. serves from several processes over PostgreSQL, as before", async () => {
    const before = await allAnswers();
    const failures = await hammer(() => followAll("8. "));
    expect(failures, "requests that failed while the proxy was switched").to.deep.equal([]);
    expect(await allAnswers()).to.deep.equal(before);
    await kill("tributary-index-blue");
    await kill("tributary-serve-blue@4002");
    await machine.run("systemctl restart postgresql");
    await mint(1_000_000n);
    await until("the index is back", async () =>
      JSON.stringify(await ask("/health/ready").catch(() => "")).includes('"ready":true'),
    );
    await caughtUp("http://127.0.0.1:4002");
  });

  it("9. compares everything with the contracts", async () => {
    const outputs = await followAll("9. ");
    expect(outputs.at(-1)).to.match(/all equal|0 differ/i);
  });

  it("10. is backed up and restored", async () => {
    await followAll("10. ");
  });

  it("11. upgrades without a gap, rolls back, and upgrades again", async () => {
    const before = await allAnswers();
    const failures = await hammer(() => followAll("11. "));
    expect(failures, "requests that failed").to.deep.equal([]);
    expect(await allAnswers()).to.deep.equal(before);
    const active = await machine.run(
      "systemctl is-active tributary-index-blue tributary-serve-blue@4002 tributary-serve-blue@4003 tributary-index-green || true",
    );
    expect(active).to.equal("inactive\ninactive\ninactive\nactive\n");
  });

  it("13. reads everything again after a deep reorg", async () => {
    const before = await allAnswers();
    const chosen = steps.filter((step) => step.heading === "A deep reorg");
    expect(chosen).to.have.lengthOf(1);
    const [step] = chosen;
    const listed = await machine.run("su postgres --command 'psql --dbname tributary_green --command \"\\dn\"'");
    const [schema = ""] = /tributary_84532_\w+/.exec(listed) ?? [];
    if (step) {
      await follow({ ...step, script: step.script.replace("tributary_84532_…", schema) });
      done.add(step);
    }
    await until("it is served again", async () =>
      JSON.stringify(await ask("/health/ready").catch(() => "")).includes('"ready":true'),
    );
    expect(await allAnswers()).to.deep.equal(before);
  });

  it("lets a service read no secret but its own, and change nothing that it runs", async () => {
    const as = (user: string, script: string) =>
      machine.run(`setpriv --reuid ${user} --regid ${user} --clear-groups bash -c '${script}' 2> /dev/null || true`);
    const places = "/opt /etc/tributary /etc/systemd /etc/nginx /etc/letsencrypt /home";
    for (const user of ["tributary", "tributary-keeper"]) {
      expect(await as(user, "id --user --name; head -c 1 /etc/tributary/84532.json")).to.equal(`${user}\n{`);
      expect(await as(user, `find ${places} -not -type l -writable`), `${user} may write`).to.equal("");
      expect(await as(user, "cat /etc/tributary/*.env"), `${user} reads settings`).to.equal("");
      expect(await as(user, "ls /home/deployer /home/admin"), `${user} reads homes`).to.equal("");
    }
    const pid = (await machine.run("cut -d' ' -f2 /run/stand-ins/tributary-keeper.pid")).trim();
    expect(await machine.run(`cat /proc/${pid}/environ`), "root reads it").to.contain("PRIVATE_KEY");
    expect(await as("tributary", `cat /proc/${pid}/environ`), "the keeper's key").to.equal("");
    expect(await as("tributary-keeper", "ls /var/lib/tributary /var/lib/tributary-before")).to.equal("");
  });

  it("shows the explorer in a browser", async function () {
    const key = await machine.run(
      `openssl x509 -in /etc/letsencrypt/live/${NAME}/cert.pem -pubkey -noout | openssl pkey -pubin -outform der |
        openssl dgst -sha256 -binary | base64`,
    );
    // The test's authority is not among the browser's. So exactly this certificate is accepted.
    const browser = await startBrowser([
      `--host-resolver-rules=MAP ${NAME}:443 127.0.0.1:${httpsPort}`,
      `--ignore-certificate-errors-spki-list=${key.trim()}`,
    ]);
    if (!browser) skip(this, NO_CHROMIUM);
    try {
      const { page, complaints } = await openPage(browser, `https://${NAME}/`);
      const show = async (path: string) => {
        await page.goto(`https://${NAME}/${path}`);
        await page.locator("h1").first().waitFor();
        await page.locator(".loading").first().waitFor({ state: "detached" });
        return page.locator("main").innerText();
      };
      expect(await show("#/assets"))
        .to.contain("corpus")
        .and.contain("model");
      await takePicture(page, "run-book-assets");
      expect(await show("#/fees"))
        .to.contain("12.5")
        .and.contain("USDC");
      await takePicture(page, "run-book");
      expect(complaints).to.deep.equal([]);
    } finally {
      await browser.close();
    }
  });

  it("has followed every block of the page", () => {
    expect(steps.filter((step) => !done.has(step))).to.deep.equal([]);
  });

  /** Asks the proxy ten times a second while something is done. Returns what failed. */
  async function hammer(during: () => Promise<unknown>): Promise<string[]> {
    const failures: string[] = [];
    const over = new AbortController();
    let count = 0;
    const knock = () =>
      new Promise<void>((resolve) => {
        const options = {
          host: "127.0.0.1",
          port: httpsPort,
          servername: NAME,
          headers: { host: NAME },
          path: "/v1/releases",
          rejectUnauthorized: false,
          agent: false,
        };
        const call = request(options, (response) => {
          count++;
          if (response.statusCode !== 200) failures.push(`status ${response.statusCode}`);
          response.resume().once("end", () => resolve());
        });
        call.once("error", (error) => {
          failures.push(error.message);
          resolve();
        });
        call.end();
      });
    const knocking = (async () => {
      while (!over.signal.aborted) await Promise.all([knock(), sleep(100)]);
    })();
    await during().finally(() => over.abort());
    await knocking;
    expect(count).to.be.greaterThan(100);
    return failures;
  }
});
