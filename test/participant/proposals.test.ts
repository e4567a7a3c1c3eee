import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import type { Address } from "viem";
import { deploymentFile, writeDeployment } from "#node/deploymentFile.ts";
import type { ProposedCall } from "#client/plan/proposal.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { keeper } from "../../scripts/keeper/keeper.ts";
import type { Command } from "../../scripts/participant/command.ts";
import { claim } from "../../scripts/participant/commands/claim.ts";
import { collect } from "../../scripts/participant/commands/collect.ts";
import { deposit } from "../../scripts/participant/commands/deposit.ts";
import { grant, revoke } from "../../scripts/participant/commands/owning/grant.ts";
import { pay, submit } from "../../scripts/participant/commands/pay.ts";
import { publish } from "../../scripts/participant/commands/publish.ts";
import { register } from "../../scripts/participant/commands/register.ts";
import { restore, retire } from "../../scripts/participant/commands/owning/retire.ts";
import { settle } from "../../scripts/participant/commands/settle.ts";
import { sync } from "../../scripts/participant/commands/sync.ts";
import { transferShares } from "../../scripts/participant/commands/owning/transferShares.ts";
import { withdraw } from "../../scripts/participant/commands/withdraw.ts";
import type { ThresholdWallet } from "../../types/ethers-contracts/doubles/signing/ThresholdWallet.ts";
import { startCommandHost } from "../support/commands/commandHost.ts";
import { AGENT, fee, refusal } from "../support/commands/options.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_272;
const FILE = join(import.meta.dirname, "../..", deploymentFile(CHAIN_ID));

const draft = { builtFrom: "", floor: "0", byGrant: false, label: "", digest: undefined, uri: "", grants: "" };
const asset = {
  ...draft,
  leaveOut: undefined,
  metadata: undefined,
  name: "Ours",
  organization: undefined,
  description: undefined,
  kind: "agent",
  owner: undefined,
  shares: undefined,
  keep: "0",
};
const granting = { account: undefined, asset: undefined, sign: false, expires: "30d", file: undefined };
const collecting = { to: undefined, assets: undefined, all: false, credit: false, price: "" };
const claiming = { currency: undefined, to: undefined, toCredit: false, account: undefined };

describe("proposals: the commands for a contract wallet, whose owners execute them", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let wallet: ThresholdWallet;
  let address: Address;
  let service: Awaited<ReturnType<ParticipantNode["startApi"]>>;
  let files = 0;
  let own: number;
  const newFile = () => join(on.folder, `proposal-${++files}.json`);

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    const { alice, bob, payer } = on.accounts;
    wallet = (await on.ethers.deployContract("ThresholdWallet", [alice, bob])) as unknown as ThresholdWallet;
    address = (await wallet.getAddress()) as Address;
    for (const currency of [on.dollar, on.signed]) await currency.mint(wallet, 1_000_000_000n);
    // It holds the native money that it pays, and none for gas.
    await payer.sendTransaction({ to: wallet, value: 10n ** 18n });
    service = await on.startApi();
  });
  after(async () => {
    await service?.stop();
    await on?.stop();
  });

  /** Runs a command for the wallet, and returns its answer with the transactions in the file that it wrote. */
  async function propose<T>(command: Command<T>, options: T) {
    const file = newFile();
    const answer = await on.act(command, options, { ...at(), propose: file });
    expect(answer.error, answer.words).to.equal(undefined);
    expect(answer.transactions).to.deep.equal([]);
    expect(answer.proposed?.file).to.equal(file);
    const batch = JSON.parse(await readFile(file, "utf8")) as { transactions: ProposedCall[] };
    expect(batch).to.deep.include({ version: "1.0", chainId: String(CHAIN_ID) });
    expect(batch).to.have.nested.property("meta.createdFromSafeAddress", address);
    expect(batch.transactions.map(({ to, value, data }) => ({ to, value, data }))).to.deep.equal(
      answer.proposed?.transactions,
    );
    return { ...answer, calls: batch.transactions };
  }
  const at = () => ({ as: { address } });

  /** Proposes a command and executes it, in one transaction of one owner. */
  async function carryOut<T>(
    command: Command<T>,
    options: T,
  ): Promise<Answer & { words: string; calls: ProposedCall[] }> {
    const proposal = await propose(command, options);
    await (await wallet.connect(on.accounts.alice).execute(proposal.calls)).wait();
    return proposal;
  }

  it("registers, publishes, grants, revokes, retires and restores", async () => {
    await carryOut(register, { ...asset, byGrant: true });
    own = Number(await on.ledger.releaseCount());
    expect(await on.registry.ownerOf(own)).to.equal(address);
    await carryOut(publish, { ...draft, asset: own, builtFrom: `${own}:10%` });
    const account = on.accounts.carol.address;
    await carryOut(grant, { ...granting, release: own, account });
    expect(await on.registry.accountGrant(own, account)).to.equal(true);
    await carryOut(revoke, { release: own, account, asset: undefined, signed: undefined });
    expect(await on.registry.accountGrant(own, account)).to.equal(false);
    await carryOut(retire, { release: own });
    expect((await on.ledger.releaseInfo(own)).retired).to.equal(true);
    await carryOut(restore, { release: own });
  });

  it("pays: by allowance where a key would sign a permit, with native money, from credit and to the inlet", async () => {
    const before = await on.received(own, on.signed);
    const paid = await carryOut(pay, { ...fee, release: own, currency: "sUSD", amount: "2" });
    expect(paid.calls).to.have.lengthOf(2);
    expect((await on.received(own, on.signed)) - before).to.equal(2_000_000n);
    await carryOut(pay, { ...fee, release: own, currency: "native", amount: "0.5" });
    expect(await on.received(own, on.wrapped)).to.equal(5n * 10n ** 17n);
    await carryOut(deposit, { amount: "5", currency: "sUSD", account: undefined });
    await carryOut(pay, { ...fee, release: own, currency: "sUSD", amount: "1", way: "credit" });
    await carryOut(withdraw, { amount: "all", currency: "sUSD", to: undefined });
    expect(await on.ledger.creditOf(wallet, on.signed)).to.equal(0n);
    await carryOut(pay, { ...fee, release: own, amount: "1", way: "inlet" });
    await carryOut(sync, { release: own, currency: undefined, recover: undefined, assets: undefined });
    expect(await on.received(own, on.dollar)).to.equal(1_000_000n);
  });

  it("settles, claims, collects and transfers shares", async () => {
    await carryOut(settle, { releases: [String(own)], from: undefined, currency: "sUSD" });
    await carryOut(claim, { ...claiming, assets: [String(own)], currency: "sUSD" });
    await service.caughtUp();
    const before = await on.dollar.balanceOf(wallet);
    await carryOut(collect, { ...collecting, currency: "tUSD", api: service.api });
    expect((await on.dollar.balanceOf(wallet)) - before).to.equal(990_000n);
    await carryOut(transferShares, { asset: own, shares: "40000000", to: on.accounts.carol.address });
    expect(await on.ledger.balanceOf(on.accounts.carol, own)).to.equal(40_000_000n);
  });

  it("submits a signed payment, and writes a plain list on request", async () => {
    await on.dollar.connect(on.accounts.payer).approve(PERMIT2, 10_000_000n);
    const file = newFile();
    await on.act(pay, { ...fee, amount: "1", sign: file });
    await carryOut(submit, { file, signature: undefined });
    const plain = newFile();
    const options = { ...fee, amount: "1", way: "allowance" };
    const { proposed } = await on.act(pay, options, { ...at(), propose: plain, plain: true });
    expect(JSON.parse(await readFile(plain, "utf8"))).to.deep.equal(proposed?.transactions);
    const again = await on.act(pay, options, { ...at(), propose: plain, plain: true });
    expect(refusal(again)).to.contain("cannot be written");
  });

  it("are simulated from the wallet, and refused with the contract's reason", async () => {
    const file = newFile();
    const foreign = await on.act(retire, { release: AGENT }, { ...at(), propose: file });
    expect(refusal(foreign)).to.contain("Only its owner can do this");
    const poor = await on.act(pay, { ...fee, currency: "native", amount: "100" }, { ...at(), propose: file });
    expect(refusal(poor)).to.contain("Send it some first");
    const nothing = await on.act(
      settle,
      { releases: ["1"], from: undefined, currency: "sUSD" },
      { ...at(), propose: file },
    );
    expect(nothing.words).to.contain("nothing to propose");
    expect(await readFile(file, "utf8").catch(() => "absent")).to.equal("absent");
  });

  it("are refused, with a reason, for a way that needs a signature, and for the keeper", async () => {
    for (const way of ["permit", "authorization", "permit2"]) {
      const { error } = await on.act(
        pay,
        { ...fee, currency: "sUSD", amount: "1", way },
        { ...at(), propose: newFile() },
      );
      expect(error?.message, way).to.contain("cannot be proposed");
    }
    const kept = {
      price: "",
      margin: "2",
      once: true,
      every: "1m",
      inlets: "all",
      outlets: "none",
      api: "http://127.0.0.1:1",
    };
    expect(refusal(await on.act(keeper, kept, { ...at(), propose: newFile() }))).to.contain(
      "The keeper sends by itself",
    );
    expect(refusal(await on.act(keeper, kept, at()))).to.contain("has no key that sends for it");
  });

  it("are offered to whoever sends as a contract wallet, which can try a dry run", async () => {
    const sent = await on.act(pay, { ...fee, amount: "1" }, at());
    expect(refusal(sent)).to.contain("is a contract").and.to.contain("--propose FILE");
    const tried = await on.act(pay, { ...fee, amount: "1" }, { ...at(), dryRun: true });
    expect(tried.planned).to.have.lengthOf(2);
    const stranger = { address: "0x00000000000000000000000000000000000000b2" };
    const unknown = await on.act(pay, { ...fee, amount: "1" }, { as: stranger });
    expect(refusal(unknown)).to.contain("cannot sign as").and.to.contain("--propose FILE");
  });

  it("need no key at the command line", async () => {
    await writeDeployment(FILE, on.deployment);
    const host = await startCommandHost();
    try {
      const file = newFile();
      const args = ["--network", "remote", "pay", "3", "1.5", "--currency", "tUSD", "--as", address];
      const environment = { RPC_URL: on.url, NO_COLOR: "1" };
      const { exitCode, stdout, stderr } = await host.run([...args, "--propose", file], environment);
      expect(exitCode, stderr).to.equal(0);
      expect(stdout).to.contain(`Wrote ${file}. Nothing was signed or sent.`);
      const { transactions } = JSON.parse(await readFile(file, "utf8")) as { transactions: ProposedCall[] };
      expect(transactions).to.have.lengthOf(2);
      const tried = await host.run([...args, "--dry-run"], environment);
      expect(tried.stdout).to.contain("Dry run: nothing was signed or sent.");
    } finally {
      await host.stop();
      await rm(FILE, { force: true });
    }
  });
});
