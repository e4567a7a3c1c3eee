import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Address } from "viem";
import { toUtf8Bytes } from "ethers";
import { UserError } from "#protocol/userError.ts";
import { deployPeriphery, sitesOf } from "../../scripts/deploy/deployPeriphery.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { deposit } from "../../scripts/participant/commands/deposit.ts";
import { pay } from "../../scripts/participant/commands/pay.ts";
import { status } from "../../scripts/participant/commands/status.ts";
import { AGENT, fee, refusal } from "../support/commands/options.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_264;
const asked = { release: undefined, asset: undefined, account: undefined };

describe("the commands' status and confirmation, on a node of its own", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(CHAIN_ID);
  });
  after(() => on.stop());

  describe("status", () => {
    it("shows the deployment, a release, an asset and an account", async () => {
      const { alice, payer } = on.accounts;
      const whole = await on.act(status, asked);
      expect(whole.result).to.include({ ledger: on.deployment.ledger, commonsPpm: 10_000 });
      expect(whole.words).to.contain("Currency tUSD");
      const release = await on.act(status, { ...asked, release: "2" });
      expect(release.result).to.include({ release: 2, asset: 2, kind: "model", ownWeight: 700_000 });
      expect(release.words).to.contain("passes 30 % to release 1");
      const first = await on.act(status, { ...asked, asset: "1" });
      expect(first.result).to.include({ owner: alice.address, kind: "dataset" });
      const account = await on.act(status, { ...asked, account: payer.address });
      expect(account.words).to.contain(`${payer.address} has`);
      expect(refusal(await on.act(status, { ...asked, release: "999" }))).to.contain("There is no release 999");
      expect(refusal(await on.act(status, { ...asked, release: "1", asset: "1" }))).to.contain("one thing at a time");
    });

    it("names the command for native money in an inlet, which cannot become a fee if no token wraps it", async () => {
      const { alice, payer, admin } = on.accounts;
      const value = 5n;
      await payer.sendTransaction({ to: await on.inlets.inletOf(2), value });
      const held = await on.act(status, { ...asked, release: "2" });
      expect(held.words).to.contain("To turn it into a fee: npx hardhat sync 2");

      const bare = await deployTributary(on.ethers, { admin, commonsBeneficiary: admin, currencies: [on.dollar] });
      const { inlets, ...periphery } = await deployPeriphery(on.ethers, bare.ledger);
      const release = Number(await registerAsset(bare, alice));
      await payer.sendTransaction({ to: await inlets.inletOf(release), value });
      const deployment = {
        chainId: CHAIN_ID,
        registry: (await bare.registry.getAddress()) as Address,
        ledger: (await bare.ledger.getAddress()) as Address,
        startBlock: bare.startBlock,
        periphery: await sitesOf({ inlets, ...periphery }),
      };
      const { words } = await on.act(status, { ...asked, release: String(release) }, { elsewhere: deployment });
      expect(words).to.contain(
        `It cannot become a fee, because the token that wraps native money is not admitted. To send it to the owner: npx hardhat sync ${release} --recover native`,
      );
    });

    it("prints no control characters", async () => {
      const odd = await on.ethers.deployContract("TestCurrency", ["x", "\u001b[2JUSD\n", 6]);
      await on.ledger.connect(on.accounts.admin).admit(odd);
      const { words } = await on.act(status, asked);
      expect(words).to.contain("[2JUSD").and.not.to.contain("\u001b");
      expect(toUtf8Bytes(words).includes(0x1b)).to.equal(false);
    });
  });

  describe("confirmation", () => {
    it("sends nothing without a confirmation, or in a dry run", async () => {
      const paying = { ...fee, amount: "1" };
      const before = await on.received(AGENT, on.dollar);
      expect(refusal(await on.act(pay, paying, { yes: false }))).to.contain("there is no terminal to ask at");
      const no = await on.act(pay, paying, { yes: false, answer: false });
      expect(refusal(no)).to.equal("Not confirmed. Nothing was signed or sent.");
      expect(no.words).to.contain("Send it?");
      const shown = await on.act(pay, paying, { dryRun: true });
      expect(shown.planned?.map(({ to }) => to)).to.deep.equal([await on.dollar.getAddress(), on.deployment.ledger]);
      expect(shown.transactions).to.deep.equal([]);
      expect(await on.received(AGENT, on.dollar)).to.equal(before);
      const yes = await on.act(pay, paying, { yes: false, answer: true });
      expect(yes.transactions).to.have.lengthOf(2);
    });

    it("signs nothing before a confirmation", async () => {
      const shown = await on.act(pay, { ...fee, currency: "sUSD", amount: "1", way: "permit" }, { dryRun: true });
      expect(shown.words).to.contain("1. Sign a message").and.to.contain("2. Pay 1 sUSD (1000000 base units)");
      expect(shown.planned?.map(({ to }) => to)).to.deep.equal([on.deployment.ledger]);
      expect(shown.planned?.[0]).not.to.have.property("data");
      const file = join(on.folder, "unsigned.json");
      const signing = { ...fee, currency: "sUSD", amount: "1", sign: file };
      const no = await on.act(pay, signing, { yes: false, answer: false });
      expect(refusal(no)).to.equal("Not confirmed. Nothing was signed or sent.");
      expect(no.words).to.contain("Sign it?").and.to.contain("It costs nothing");
      expect(await readFile(file, "utf8").catch(() => "none")).to.equal("none");
    });

    it("prints the block explorer's page of each transaction, if one is known", async () => {
      process.env.EXPLORER_URL = "https://explorer.example/";
      const { transactions, words } = await on.act(pay, { ...fee, amount: "1", currency: "native" });
      delete process.env.EXPLORER_URL;
      expect(transactions[0]?.url).to.equal(`https://explorer.example/tx/${transactions[0]?.hash}`);
      expect(words)
        .to.contain(`Sent https://explorer.example/tx/`)
        .and.to.match(/The gas costs about 0\.\d+ ETH \(\d+ gas, simulated\)/);
    });

    it("explains a transaction that reverts because another was mined first", async () => {
      const { payer } = on.accounts;
      await on.act(deposit, { amount: "1", currency: "sUSD", account: undefined });
      const paying = { ...fee, amount: "1", currency: "sUSD", way: "credit" };
      await on.ethers.provider.send("evm_setAutomine", [false]);
      const nonce = await payer.getNonce();
      const first = on.act(pay, paying);
      const second = on.act(pay, paying);
      while ((await payer.getNonce("pending")) === nonce) await new Promise((resolve) => setTimeout(resolve, 20));
      await on.ethers.provider.send("evm_setAutomine", [true]);
      await on.ethers.provider.send("evm_mine", []);
      const both = await Promise.all([first, second]);
      expect(both.filter(({ error }) => error === undefined)).to.have.lengthOf(1);
      expect(both.find(({ error }) => error)?.thrown).to.be.instanceOf(UserError);
      expect(await on.ledger.creditOf(payer, on.signed)).to.equal(0n);
    });

    it("refuses an account that the network cannot sign for", async () => {
      const as = { address: `0x${"12".repeat(20)}` };
      expect(refusal(await on.act(pay, { ...fee, amount: "1" }, { as }))).to.contain("cannot sign as");
    });
  });
});
