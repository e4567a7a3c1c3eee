import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const ROOT = join(import.meta.dirname, "../..");
const CHAIN_ID = 4_283;
const FILE = join(ROOT, deploymentFile(CHAIN_ID));
/** Key of the first account of the public mnemonic of local nodes. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const PAY = ["pay", "Llama 3", "1", "--currency", "tUSD", "--way", "allowance"];

describe("a name in place of an id, in a process of its own", function () {
  this.timeout(400_000);
  let on: ParticipantNode;
  let llama: bigint;

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    await writeDeployment(FILE, on.deployment);
    await on.dollar.mint(on.accounts.admin, 1_000_000_000n);
    llama = await registerAsset(on, on.accounts.alice, { metadata: '{"name":"Llama 3","organization":"Meta"}' });
  });
  after(async () => {
    await on?.stop();
    await rm(FILE, { force: true });
  });

  const hardhat = join(ROOT, "node_modules/.bin/hardhat");
  const environment = () => ({ ...process.env, RPC_URL: on.url, PRIVATE_KEY, NO_COLOR: "1" });

  /** Runs a command in a pseudo-terminal, and answers each of its questions. */
  async function atTerminal(args: readonly string[], answers: readonly string[]) {
    const line = [hardhat, "--network", "remote", ...args].map((each) => `'${each}'`).join(" ");
    const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
      cwd: ROOT,
      env: environment(),
      stdio: ["pipe", "pipe", "inherit"],
    });
    let shown = "";
    let answered = 0;
    child.stdout.on("data", (chunk) => {
      shown += String(chunk);
      const questions = shown.split("[y/N]").length - 1;
      for (; answered < questions; answered++) child.stdin.write(`${answers[answered] ?? "n"}\n`);
    });
    const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { exitCode, shown, questions: answered };
  }

  it("is shown and asked about at a terminal, then paid", async () => {
    const { exitCode, shown, questions } = await atTerminal(PAY, ["y", "y"]);
    expect(exitCode, shown).to.equal(0);
    expect(questions).to.equal(2);
    expect(shown).to.contain(`asset ${llama}: the dataset Llama 3 · Meta, owned by ${on.accounts.alice.address}`);
    expect(await on.received(Number(llama), on.dollar)).to.equal(1_000_000n);
  });

  it("is not paid after a no", async () => {
    const { exitCode, shown } = await atTerminal(PAY, ["n"]);
    expect(exitCode).to.equal(1);
    expect(shown).to.contain("Not confirmed. Nothing was signed or sent.");
    expect(await on.received(Number(llama), on.dollar)).to.equal(1_000_000n);
  });

  it("is refused in a pipe", async () => {
    const child = spawn(hardhat, ["--network", "remote", ...PAY], {
      cwd: ROOT,
      env: environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    const exitCode = await new Promise<number | null>((resolve) => child.once("close", resolve));
    expect(exitCode).to.equal(1);
    expect(said).to.contain("without a terminal").and.to.contain('npx hardhat find "Llama 3"');
    expect(await on.received(Number(llama), on.dollar)).to.equal(1_000_000n);
  });
});
