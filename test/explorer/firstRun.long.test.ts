import { execFile } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Browser, Page } from "playwright-core";
import { type Address, createPublicClient, createWalletClient, erc20Abi, getAddress, type Hex, http } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { PAY_WAYS } from "#client/acts/paying/pay.ts";
import { inletsAbi, ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { NO_CHROMIUM, type OpenedPage, openPage, startBrowser, takePicture } from "../support/browser.ts";
import { copyProject, ROOT, scratchEnvironment } from "../support/deploy/scratchCopy.ts";
import { type RunningFirstRun, startFirstRun } from "../support/firstRun/startFirstRun.ts";
import { freePort } from "../support/rpc/freePort.ts";
import { skip } from "../support/skip.ts";
import { TestWallet } from "./testWallet.ts";

const run = promisify(execFile);

/** The ways to pay that a wallet page offers for a token, besides those that need money elsewhere first. */
const PAGE_WAYS = ["best", "permit", "allowance", "authorization", "permit2", "credit"] as const;

interface Person {
  address: Address;
  key: Hex;
}

/** A newcomer has nothing but the accounts, chain, commands, deployment file and explorer that `npm start` prints and leaves. */
describe("the first run, acted in", function () {
  this.timeout(180_000);
  let folder: string;
  let demo: RunningFirstRun;
  let browser: Browser | undefined;
  let output: string;
  let explorer: string;
  let rpcUrl: string;
  let chainId: number;
  let release: number;
  let commands: string[];
  let deployment: Deployment;
  let dollar: Address;
  let wrapped: Address;

  before(async function () {
    this.timeout(600_000);
    folder = await realpath(await mkdtemp(join(tmpdir(), "tributary-newcomer-")));
    copyProject(folder, { built: true });
    for (const part of ["explorer", "examples"]) {
      cpSync(join(ROOT, part), join(folder, part), {
        recursive: true,
        filter: (path) => !/\/(node_modules|dist\.\d+)$/.test(path),
      });
    }
    for (const file of ["LICENSE", "package-lock.json"]) cpSync(join(ROOT, file), join(folder, file));
    const ports = ["--rpc-port", String(await freePort()), "--port", String(await freePort())];
    demo = startFirstRun({
      command: ["npm", "start", "--", ...ports, "--fees", "60"],
      cwd: folder,
      env: scratchEnvironment(),
    });
    await demo.says("Stop with Ctrl-C", 500_000);
    output = demo.output();
    explorer = printed(/Open the explorer: (\S+)/);
    rpcUrl = printed(/RPC URL (\S+)/);
    chainId = Number(printed(/chain id (\d+)/));
    const toTry = output.slice(output.indexOf("Commands to try"));
    commands = [...toTry.matchAll(/^ +(.*npx hardhat .+ --yes.*)$/gm)].map(([, line = ""]) => line);
    release = Number(printed(/ pay (\d+) /));
    deployment = JSON.parse(await readFile(join(folder, `deployments/${chainId}.json`), "utf8")) as Deployment;
    const [first, second] = deployment.made?.currencies ?? [];
    dollar = first?.address as Address;
    wrapped = second?.address as Address;
    browser = await startBrowser();
  });
  after(async function () {
    await browser?.close();
    demo?.signal("SIGINT");
    await demo?.ended;
    expect(existsSync(join(folder, "deployments"))).to.equal(false);
    await rm(folder, { recursive: true, force: true });
  });

  const printed = (pattern: RegExp): string => {
    const [, found] = pattern.exec(output) ?? [];
    if (found === undefined) throw new Error(`It did not print ${pattern.source}:\n${output}`);
    return found;
  };
  const person = (role: string): Person => {
    const [, address = "", key = ""] =
      new RegExp(`^ +${role} +(0x\\w{40}) .*\\n +key (0x\\w{64})$`, "m").exec(output) ?? [];
    return { address: address as Address, key: key as Hex };
  };
  /** Runs a line in another terminal, which has nothing of this process's but the way to Node. */
  const bash = async (line: string) => {
    const { PATH, HOME } = scratchEnvironment() as { PATH: string; HOME?: string };
    const env = { PATH, HOME, HARDHAT_DISABLE_TELEMETRY_PROMPT: "true" };
    const { stdout } = await run("bash", ["-c", line], { cwd: folder, env, timeout: 170_000 }).catch(
      (error: { stdout: string; stderr: string }) => {
        throw new Error(`${line}\n${error.stdout}${error.stderr}`);
      },
    );
    return stdout;
  };
  /** Runs another command of ours in the way of the printed ones. */
  const hardhat = (line: string) => bash(`${(commands[0] ?? "").split(" pay ")[0]} ${line} --yes`);

  const client = () => createPublicClient({ transport: http(rpcUrl) });
  const ledger = () => ({ address: deployment.ledger, abi: ledgerAbi }) as const;
  const received = async (currency = dollar) => {
    const flow = { ...ledger(), functionName: "flowOf", args: [release, currency] } as const;
    const [total] = await client().readContract(flow);
    return total;
  };
  const balanceOf = (account: Address) =>
    client().readContract({ address: dollar, abi: erc20Abi, functionName: "balanceOf", args: [account] });
  /** Asserts how much more the release received by an act. */
  const expectReceived = async (amount: bigint, act: () => Promise<unknown>, currency = dollar) => {
    const before = await received(currency);
    await act();
    expect((await received(currency)) - before).to.equal(amount);
  };

  it("prints accounts whose keys are theirs, with checksums, and the chain that the node has", async () => {
    for (const role of ["owner", "payer", "newcomer"]) {
      const { address, key } = person(role);
      expect(privateKeyToAccount(key).address, role).to.equal(address).and.to.equal(getAddress(address));
    }
    expect(await client().getChainId()).to.equal(chainId);
    const block = await client().getBlock({ blockNumber: 0n });
    expect(deployment.genesis).to.equal(block.hash);
    const head = await client().getBlock();
    expect(Math.abs(Number(head.timestamp) - Date.now() / 1_000), "the chain's clock is right").to.be.below(180);
    const owns = await client().readContract({
      address: deployment.registry,
      abi: registryAbi,
      functionName: "balanceOf",
      args: [person("newcomer").address],
    });
    expect(owns).to.equal(0n);
  });

  it("prints three commands that work as they are: pay, register, collect", async () => {
    expect(commands).to.have.lengthOf(3);
    const [pay = "", register = "", collect = ""] = commands;
    await expectReceived(1_500_000n, () => bash(pay));
    expect(await bash(register)).to.match(/Registered asset \d+ \(My first model\)/);
    const before = await balanceOf(person("owner").address);
    await bash(collect);
    expect((await balanceOf(person("owner").address)) - before > 1_000_000n).to.equal(true);
  });

  describe("by command", () => {
    for (const way of PAY_WAYS) {
      it(`pays by ${way}`, async () => {
        const as = `--as ${person("payer").address}`;
        if (way === "native") {
          const pay = () => hardhat(`pay ${release} 0.25 --currency native ${as}`);
          await expectReceived(25n * 10n ** 16n, pay, wrapped);
          return;
        }
        if (way === "credit") await hardhat(`deposit 5 --currency tUSD ${as}`);
        await expectReceived(500_000n, async () => {
          await hardhat(`pay ${release} 0.5 --currency tUSD --way ${way} ${as}`);
          if (way === "inlet") await hardhat(`sync ${release} ${as}`);
        });
      });
    }

    for (const way of ["authorization", "permit2"]) {
      it(`pays by a signature (${way}) that somebody else submits`, async () => {
        if (way === "permit2") {
          // The way by Permit2 approves no more than it pays. A payer who only signs has approved Permit2 before.
          const key = person("payer").key;
          const wallet = createWalletClient({ account: privateKeyToAccount(key), transport: http(rpcUrl) });
          const args = [deployment.made?.permit2 as Address, 10n ** 9n] as const;
          const approve = { address: dollar, abi: erc20Abi, functionName: "approve", args, chain: null } as const;
          await client().waitForTransactionReceipt({ hash: await wallet.writeContract(approve) });
        }
        await expectReceived(750_000n, async () => {
          const sign = `pay ${release} 0.75 --currency tUSD --way ${way} --sign ${way}.json`;
          await hardhat(`${sign} --as ${person("payer").address}`);
          await hardhat(`submit ${way}.json --as ${person("newcomer").address}`);
        });
      });
    }

    it("gets test money, and money for gas, for an account that has nothing", async () => {
      const { address } = privateKeyToAccount(generatePrivateKey());
      const said = await hardhat(`faucet --account ${address}`);
      expect(said).to.contain(`${address} now has 1000 tUSD.`);
      expect(await balanceOf(address)).to.equal(10n ** 9n);
      expect(await client().getBalance({ address })).to.equal(10n ** 19n);
    });

    it("pays from a program: the example, as it is", async () => {
      await bash("npm run --silent packages");
      const usual = rpcUrl === "http://127.0.0.1:8545" ? "" : `RPC_URL=${rpcUrl} API_URL=${explorer} `;
      await expectReceived(1_000_000n, async () => {
        const said = await bash(
          `${usual}PRIVATE_KEY=${person("payer").key} npx node examples/payAndTrace.ts ${release} 1000000`,
        );
        expect(said).to.match(/^Llama 3 \d+ base units of tUSD$/m);
      });
    });
  });

  describe("by page, in a wallet that has the printed chain and keys", () => {
    before(function () {
      if (!browser) skip(this, NO_CHROMIUM);
    });

    const opened: OpenedPage[] = [];
    afterEach(async function () {
      for (const [i, { page }] of opened.splice(0).entries()) {
        if (this.currentTest?.isFailed()) await takePicture(page, `failed-first-run-${i}`);
        await page.context().close();
      }
    });

    /** Opens a page with a wallet, and connects it. */
    async function open(path: string, key: Hex) {
      const wallet = new TestWallet({ url: rpcUrl, chainId }, privateKeyToAccount(key));
      const each = await openPage(browser as Browser, `${explorer}/${path}`, {}, (context) =>
        Promise.resolve(wallet.installIn(context)),
      );
      each.page.setDefaultTimeout(60_000);
      opened.push(each);
      await each.page.getByRole("button", { name: "Test wallet" }).first().click();
      return each;
    }
    const done = (page: Page) => page.locator(".progress.done").waitFor();
    const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
    const fill = async (page: Page, amount: string, way: string, currency = "tUSD") => {
      await page.getByLabel("Currency", { exact: true }).selectOption({ label: currency });
      await page.getByLabel("Payment method", { exact: true }).selectOption(way);
      await page.getByLabel("Amount").fill(amount);
    };

    for (const way of PAGE_WAYS) {
      it(`pays by ${way}`, async () => {
        const { page, complaints } = await open(`#/pay/${release}`, person("payer").key);
        await fill(page, "0.4", way);
        await expectReceived(400_000n, async () => {
          await press(page, "Pay");
          await done(page);
        });
        expect(complaints).to.deep.equal([]);
      });
    }

    it("pays in native money", async () => {
      const { page, complaints } = await open(`#/pay/${release}`, person("payer").key);
      await fill(page, "0.2", "best", "ETH (native)");
      const pay = async () => {
        await press(page, "Pay");
        await done(page);
      };
      await expectReceived(2n * 10n ** 17n, pay, wrapped);
      expect(complaints).to.deep.equal([]);
    });

    it("pays by a plain transfer to the inlet, of a token and of native money, which anyone syncs", async () => {
      const { page } = await open(`#/pay/${release}`, person("payer").key);
      await fill(page, "0.6", "inlet");
      await press(page, "Pay");
      await done(page);
      await press(page, "Close");
      await fill(page, "0.01", "inlet", "ETH (native)");
      await press(page, "Pay");
      await done(page);
      const site = deployment.periphery.inlets?.address as Address;
      const inlet = { address: site, abi: inletsAbi, functionName: "inletOf", args: [release] } as const;
      expect(await balanceOf(await client().readContract(inlet))).to.equal(600_000n);
      const other = await open(`#/sync/${release}`, person("newcomer").key);
      await expectReceived(600_000n, async () => {
        await press(other.page, "Sync");
        await done(other.page);
      });
    });

    it("signs a payment into a file, which somebody else submits", async () => {
      const { page } = await open(`#/pay/${release}`, person("payer").key);
      await fill(page, "0.3", "sign");
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Sign")]);
      const file = join(folder, "signed.json");
      await download.saveAs(file);
      const other = await open("#/submit", person("newcomer").key);
      await other.page.getByLabel("File of the signed payment").setInputFiles(file);
      await other.page
        .getByText(`${person("payer").address} pays 0.3 tUSD`)
        .first()
        .waitFor();
      await takePicture(other.page, "submit");
      await expectReceived(300_000n, async () => {
        await press(other.page, "Submit");
        await done(other.page);
      });
    });

    it("gets ETH for gas and test money for an account that has nothing", async () => {
      const key = generatePrivateKey();
      const { address } = privateKeyToAccount(key);
      const { page, complaints } = await open("#/wallet", key);
      await page.getByRole("link", { name: "View and collect earnings" }).click();
      await page.getByRole("link", { name: "Get test money" }).click();
      await press(page, "Get ETH for gas");
      await page.getByText("Your account now has 10 ETH for gas.").waitFor();
      expect(await page.getByLabel("Amount").inputValue()).to.equal("1000");
      await takePicture(page, "test-money");
      await press(page, "Get test money");
      await done(page);
      expect(await balanceOf(address)).to.equal(10n ** 9n);
      expect(complaints).to.deep.equal([]);
    });

    it("registers a model from its card, and collects", async () => {
      const { page } = await open("#/register", person("newcomer").key);
      const card = "---\nbase_model: Llama 3\n---\n# A small model\n\nIt is small.\n";
      const file = { name: "card.md", mimeType: "text/plain", buffer: Buffer.from(card) };
      await page.getByLabel("Fill the form from a file").setInputFiles(file);
      await page.getByText(`“Llama 3” in the file is release #${release} (matched).`).waitFor();
      await press(page, "Register");
      await done(page);
      expect(await page.locator(".progress").innerText()).to.match(/Registered as asset \d+\./);

      const { address, key } = person("owner");
      const owner = await open(`#/accounts/${address.toLowerCase()}`, key);
      const before = await balanceOf(address);
      await owner.page.getByRole("button", { name: /^Collect / }).click();
      await done(owner.page);
      expect((await balanceOf(address)) > before).to.equal(true);
    });
  });
});
