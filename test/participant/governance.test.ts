import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { id as digestOf, ZeroAddress, ZeroHash } from "ethers";
import type { Address } from "viem";
import { admit } from "../../scripts/participant/commands/governing/admit.ts";
import { sweep, withdrawCommons } from "../../scripts/participant/commands/governing/commons.ts";
import { cancel, execute } from "../../scripts/participant/commands/governing/endOperation.ts";
import { proposals } from "../../scripts/participant/commands/governing/proposals.ts";
import { propose } from "../../scripts/participant/commands/governing/propose.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { sitesOf } from "../../scripts/deploy/deployPeriphery.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { itAtLength } from "../support/atLength.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { refusal } from "../support/commands/options.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_251;
const DELAY = 172_800;
const UNCHANGED = {
  target: undefined,
  data: "0x",
  value: "0",
  calls: undefined,
  grantRole: undefined,
  revokeRole: undefined,
  minDelay: undefined,
  delay: undefined,
  predecessor: undefined,
  salt: undefined,
  unchecked: false,
};
const LIST = { all: false, api: undefined };

interface Shown {
  id: string;
  state: string;
  says: string[];
  blocked: boolean;
  observed: { sentBy: string; to: string; scheduledBy?: string } | null;
}

describe("the commands of governance, on a node of its own", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let deployment: Deployment;
  let timelock: Awaited<ReturnType<typeof deployed>>["timelock"];
  let ledger: ParticipantNode["ledger"];

  const deployed = async () => {
    const { ethers } = on;
    const { alice: proposer, bob: canceller } = on.accounts;
    const lock = await ethers.deployContract("AdminTimelock", [DELAY, proposer, canceller]);
    const tributary = await deployTributary(ethers, {
      admin: lock,
      commonsBeneficiary: lock,
      currencies: [on.dollar, on.wrapped],
      wrappedNative: on.wrapped,
    });
    const sites = await sitesOf({ timelock: lock } as unknown as Parameters<typeof sitesOf>[0]);
    return { timelock: lock, tributary, sites };
  };
  before(async () => {
    on = await startParticipant(CHAIN_ID);
    const made = await deployed();
    ({ timelock } = made);
    ({ ledger } = made.tributary);
    await registerAsset(made.tributary, on.accounts.carol);
    deployment = {
      chainId: CHAIN_ID,
      registry: (await made.tributary.registry.getAddress()) as Address,
      ledger: (await ledger.getAddress()) as Address,
      startBlock: made.tributary.startBlock,
      periphery: made.sites,
    };
  });
  after(() => on.stop());

  const as = (name: keyof ParticipantNode["accounts"]) => ({ as: on.accounts[name], elsewhere: deployment });
  const wait = async (seconds = DELAY) => {
    await on.ethers.provider.send("evm_increaseTime", [seconds]);
    await on.ethers.provider.send("evm_mine", []);
  };
  const newToken = async (supply = 1n) => {
    const token = await on.ethers.deployContract("TestCurrency", ["Euro", "EUR", 6]);
    if (supply > 0n) await token.mint(on.accounts.payer, supply);
    return token.getAddress();
  };
  const listed = async (options: { all?: boolean; api?: string } = {}) => {
    const answer = await on.act(proposals, { ...LIST, ...options }, { elsewhere: deployment });
    return { ...answer, operations: answer.result?.operations as Shown[] };
  };
  const operationOf = ({ result }: { result?: Record<string, unknown> }) => result?.operation as string;

  it("admit a currency: schedule it, show it, execute it once its time has come", async () => {
    const token = await newToken();
    const scheduled = await on.act(admit, { currency: token }, as("alice"));
    expect(scheduled.error?.message).to.equal(undefined);
    const id = operationOf(scheduled);
    expect(scheduled.words)
      .to.contain(`Admit ${token} (EUR) as a currency, for ever`)
      .and.to.contain("Nobody can check by a call that the token never charges a fee on transfers")
      .and.to.contain("there is no time after which nobody can");
    expect(await timelock.isOperationPending(id)).to.equal(true);

    const { words, operations, result } = await listed();
    expect(result).to.deep.include({ minDelay: String(DELAY), timelock: await timelock.getAddress() });
    expect(result?.roles).to.deep.include({
      proposer: [on.accounts.alice.address],
      canceller: [on.accounts.bob.address],
      executor: [ZeroAddress],
    });
    expect(operations.find((each) => each.id === id)).to.deep.include({
      state: "waiting",
      says: [`Admit ${token} (EUR) as a currency, for ever`],
    });
    expect(operations.find((each) => each.id === id)?.observed?.scheduledBy).to.equal(on.accounts.alice.address);
    expect(words)
      .to.match(/can be executed in (2 days|1 day 23 hours)/)
      .and.to.contain(`by ${on.accounts.alice.address} (observed)`)
      .and.to.contain("EXECUTOR_ROLE: anyone")
      .and.to.contain("Read from the chain's logs, up to block");

    const early = await on.act(execute, { operation: id, api: undefined }, as("stranger"));
    expect(refusal(early)).to.match(/can be executed in (2 days|1 day 23 hours 59 minutes|1 day 23 hours), at \d{4}-/);
    await wait();
    const done = await on.act(execute, { operation: id, api: undefined }, as("stranger"));
    expect(done.error?.message).to.equal(undefined);
    expect(await ledger.isAdmitted(token)).to.equal(true);
    const again = await on.act(execute, { operation: id, api: undefined }, as("stranger"));
    expect(refusal(again)).to.contain("was executed already");
    expect((await listed()).operations.map((each) => each.id)).to.not.contain(id);
    expect((await listed({ all: true })).operations.find((each) => each.id === id)?.state).to.equal("executed");
  });

  it("refuse what would fail, and say who could do it", async () => {
    const { alice, bob, carol, stranger } = on.accounts;
    const token = await newToken();
    for (const [currency, reason] of [
      [stranger.address, "There is no contract at"],
      [await on.inlets.getAddress(), "does not answer totalSupply() and decimals() and symbol()"],
      [await on.dollar.getAddress(), "is already admitted"],
      [await newToken(2n ** 96n), "The total supply of"],
    ] as const) {
      expect(refusal(await on.act(admit, { currency }, as("alice")))).to.contain(reason);
    }
    const notProposer = refusal(await on.act(admit, { currency: token }, as("bob")));
    expect(notProposer)
      .to.contain(`${bob.address} cannot schedule calls: it does not have the role PROPOSER_ROLE`)
      .and.to.contain(`These have it: ${alice.address}.`);

    const scheduled = await on.act(admit, { currency: token }, as("alice"));
    const id = operationOf(scheduled);
    expect(refusal(await on.act(admit, { currency: token }, as("alice")))).to.contain(`is scheduled already, as ${id}`);
    const notCanceller = refusal(await on.act(cancel, { operation: id }, as("alice")));
    expect(notCanceller).to.contain("CANCELLER_ROLE").and.to.contain(`These have it: ${bob.address}.`);
    expect((await on.act(cancel, { operation: id }, as("bob"))).error).to.equal(undefined);
    expect(refusal(await on.act(cancel, { operation: id }, as("bob")))).to.contain("is not scheduled");
    expect(refusal(await on.act(execute, { operation: id, api: undefined }, as("bob")))).to.contain("is not scheduled");
    expect(refusal(await on.act(execute, { operation: "0x12", api: undefined }, as("bob")))).to.contain(
      "is not 32 bytes",
    );
    expect((await listed({ all: true })).operations.findLast((each) => each.id === id)?.state).to.equal("cancelled");
    const again = await on.act(admit, { currency: token }, as("alice"));
    expect(operationOf(again), "a cancelled operation can be scheduled again").to.equal(id);
    await on.act(cancel, { operation: id }, as("bob"));

    const data = ledger.interface.encodeFunctionData("withdraw", [await on.dollar.getAddress(), 1n, carol.address]);
    const failing = { ...UNCHANGED, target: deployment.ledger, data };
    const refused = await on.act(propose, failing, as("alice"));
    expect(refusal(refused)).to.contain("The call would fail, if the timelock made it now: The account has only 0");
    const unchecked = await on.act(propose, { ...failing, unchecked: true }, { ...as("alice"), dryRun: true });
    expect(unchecked.words).to.contain("Warning: The call would fail");
    for (const [options, reason] of [
      [{}, "Say what to schedule, in one way"],
      [{ target: deployment.ledger, minDelay: "1d" }, "Say what to schedule, in one way"],
      [{ target: deployment.ledger, data: "0x123" }, "is not hexadecimal data"],
      [{ grantRole: `admin:${bob.address}` }, "admin is not a role"],
      [{ grantRole: `proposer:${bob.address}`, delay: "1h" }, "is too short: the timelock wants at least 2 days"],
      [{ grantRole: `proposer:${bob.address}`, predecessor: "7" }, "--predecessor: 7 is not 32 bytes"],
    ] as const) {
      expect(refusal(await on.act(propose, { ...UNCHANGED, ...options }, as("alice")))).to.contain(reason);
    }
  });

  it("schedule several calls together, with money, a salt, a predecessor and a longer delay", async () => {
    const { alice, stranger } = on.accounts;
    const calls = join(on.folder, "calls.json");
    const inner = timelock.interface.encodeFunctionData("grantRole", [digestOf("PROPOSER_ROLE"), stranger.address]);
    const transactions = [
      { to: stranger.address, value: "7", data: null },
      { to: await timelock.getAddress(), value: "0", data: inner },
    ];
    await writeFile(calls, JSON.stringify({ version: "1.0", transactions }));
    const poor = await on.act(propose, { ...UNCHANGED, calls }, as("alice"));
    expect(refusal(poor)).to.contain("It sends 7 wei, but the timelock");
    await (await alice.sendTransaction({ to: timelock, value: 7n })).wait();
    const salt = `0x${"5a".repeat(32)}`;
    const batch = await on.act(propose, { ...UNCHANGED, calls, salt, delay: "3d" }, as("alice"));
    const first = operationOf(batch);
    expect(batch.words)
      .to.contain(`Send 0.000000000000000007 of native money to ${stranger.address}`)
      .and.to.contain(`Give PROPOSER_ROLE to ${stranger.address}, which can then schedule any call`)
      .and.to.contain("3 days");
    const next = { ...UNCHANGED, minDelay: "1d", predecessor: first };
    const after = operationOf(await on.act(propose, next, as("alice")));

    await wait();
    const blocked = refusal(await on.act(execute, { operation: after, api: undefined }, as("stranger")));
    expect(blocked).to.contain(`Before this operation, ${first} must be executed, which can be executed in`);
    const { operations } = await listed();
    expect(operations.find(({ id }) => id === after)).to.deep.include({ state: "ready", blocked: true });
    expect(operations.find(({ id }) => id === after)?.says[0]).to.contain("Change the delay to 1 day");
    await wait(86_400);
    const before = await on.ethers.provider.getBalance(timelock);
    for (const operation of [first, after]) {
      const done = await on.act(execute, { operation, api: undefined }, as("bob"));
      expect(done.error?.message).to.equal(undefined);
    }
    expect(before - (await on.ethers.provider.getBalance(timelock))).to.equal(7n);
    expect(await timelock.hasRole(digestOf("PROPOSER_ROLE"), stranger)).to.equal(true);
    expect(await timelock.getMinDelay()).to.equal(86_400n);
  });

  it("refuse a file of calls that says something else than would be scheduled", async () => {
    const calls = join(on.folder, "other-calls.json");
    const to = on.accounts.stranger.address;
    const method = { name: "approve", inputs: [], payable: false };
    for (const [content, reason] of [
      [{ chainId: "1", transactions: [{ to, value: "0", data: "0x" }] }, "are for chain 1, not for chain 4251"],
      [`[{"to": "${to}", "value": 1000000000000000001}]`, "loses digits as a JSON number"],
      [[{ to, value: "0", data: null, contractMethod: method }], "must be encoded first"],
      [[{ to, value: "0x10" }], "is not a number of wei"],
      [[{ to: `${to.slice(0, -1)}`, value: "0" }], "call 1"],
    ] as const) {
      await writeFile(calls, typeof content === "string" ? content : JSON.stringify(content));
      expect(refusal(await on.act(propose, { ...UNCHANGED, calls }, as("alice")))).to.contain(reason);
    }
  });

  it("show what somebody else's tool scheduled, through another contract, and what cannot be decoded", async () => {
    const { alice, bob } = on.accounts;
    const wallet = await on.ethers.deployContract("ContractWallet", [alice]);
    const role = `proposer:${await wallet.getAddress()}`;
    const granted = operationOf(await on.act(propose, { ...UNCHANGED, grantRole: role, delay: "2d" }, as("alice")));
    await wait();
    await on.act(execute, { operation: granted, api: undefined }, as("bob"));
    const unknown = [bob.address, 0n, "0x12345678", ZeroHash, digestOf("of another tool")] as const;
    const data = timelock.interface.encodeFunctionData("schedule", [...unknown, DELAY]);
    await (await wallet.connect(alice).execute(timelock, 0n, data)).wait();
    const { operations, words, result } = await listed();
    const shown = operations.at(-1);
    expect(shown?.says[0]).to.contain("may do anything the timelock may");
    expect(shown?.observed?.scheduledBy).to.equal(undefined);
    expect(words).to.contain(`the contract ${await wallet.getAddress()}, by a transaction of`);
    expect(result?.roles)
      .to.have.property("proposer")
      .that.includes(await wallet.getAddress());
    expect(words).to.contain(`${await wallet.getAddress()} (a contract, such as a Safe)`);
    const done = await on.act(execute, { operation: shown?.id ?? "", api: undefined }, as("bob"));
    expect(refusal(done)).to.contain("can be executed in");
    await on.act(cancel, { operation: shown?.id ?? "" }, as("bob"));
  });

  it("sweep the commons, and withdraw them through the timelock that is their beneficiary", async () => {
    const { alice, payer, stranger } = on.accounts;
    await (await on.dollar.connect(payer).approve(ledger, 1_000_000n)).wait();
    await (await ledger.connect(payer).pay(1, on.dollar, 1_000_000n, ZeroHash)).wait();
    const nothing = await on.act(sweep, { assets: [], currency: undefined }, as("stranger"));
    expect(nothing.words).to.contain("Nothing can be swept. Only settled income counts");
    await (await ledger.settle([1], on.dollar)).wait();
    expect(refusal(await on.act(sweep, { assets: ["9"], currency: undefined }, as("stranger")))).to.contain(
      "There is no asset 9",
    );
    const { words, result } = await on.act(sweep, { assets: [], currency: undefined }, as("stranger"));
    expect(words).to.contain("0.01 tUSD").and.to.contain("Only the beneficiary can withdraw it then.");
    expect(result?.swept).to.deep.equal([
      {
        currency: { address: await on.dollar.getAddress(), symbol: "tUSD", decimals: 6 },
        amount: "10000",
        assets: [1],
      },
    ]);
    const taking = { amount: "all", currency: "tUSD", to: undefined };
    expect(refusal(await on.act(withdrawCommons, taking, as("alice")))).to.contain("Name the account to pay.");
    const to = stranger.address;
    expect(refusal(await on.act(withdrawCommons, { ...taking, to }, as("bob")))).to.contain("PROPOSER_ROLE");
    const scheduled = await on.act(withdrawCommons, { ...taking, to }, as("alice"));
    expect(scheduled.words).to.contain(`Withdraw 0.01 tUSD of the timelock's credit to ${to}`);
    await wait();
    await on.act(execute, { operation: operationOf(scheduled), api: undefined }, as("alice"));
    expect(await on.dollar.balanceOf(stranger)).to.equal(10_000n);
    expect(alice.address).to.not.equal(to);
  });

  it("act at once where the admin and the beneficiary are accounts, and say whom to ask", async () => {
    const { admin, commons, alice, payer } = on.accounts;
    const direct = { elsewhere: on.deployment };
    const token = await newToken();
    const refused = refusal(await on.act(admit, { currency: token }, { ...direct, as: alice }));
    expect(refused).to.contain(`Only the admin can admit a currency: ${admin.address}, not ${alice.address}.`);
    const { result, words } = await on.act(admit, { currency: token }, { ...direct, as: admin });
    expect(result).to.deep.include({ admitted: true });
    expect(words).to.contain("Admitted EUR.");
    const none = await on.act(proposals, LIST, direct);
    expect(refusal(none)).to.contain(`This deployment has no timelock`).and.to.contain(admin.address);

    await (await on.dollar.connect(payer).approve(on.ledger, 1_000_000n)).wait();
    await (await on.ledger.connect(payer).pay(1, on.dollar, 1_000_000n, ZeroHash)).wait();
    await (await on.ledger.settle([1], on.dollar)).wait();
    await on.act(sweep, { assets: ["1"], currency: "tUSD" }, { ...direct, as: alice });
    const taking = { amount: "all", currency: "tUSD", to: undefined };
    const other = refusal(await on.act(withdrawCommons, taking, { ...direct, as: alice }));
    expect(other).to.contain(`Only the beneficiary of the commons can withdraw its credit: ${commons.address}`);
    await on.act(withdrawCommons, taking, { ...direct, as: commons });
    expect(await on.dollar.balanceOf(commons)).to.equal(10_000n);
  });

  itAtLength("read an indexer instead of the chain's logs, with the same answers", async () => {
    const service = await on.startApi(deployment);
    try {
      const scheduled = await on.act(
        propose,
        { ...UNCHANGED, minDelay: "1d", salt: digestOf("by the API") },
        as("alice"),
      );
      await service.caughtUp();
      const [byLogs, byApi] = [await listed({ all: true }), await listed({ all: true, api: service.api })];
      expect(byApi.error?.message).to.equal(undefined);
      const plain = ({ operations }: typeof byApi) => operations.map(({ id, state }) => [id, state]);
      expect(plain(byApi)).to.deep.equal(plain(byLogs));
      expect(byApi.words).to.contain(`Read from the indexer at ${service.api}, at block`);
      const lower = (text: unknown) => JSON.stringify(text).toLowerCase();
      expect(lower(byApi.result?.roles)).to.equal(lower(byLogs.result?.roles));
      await wait();
      await service.caughtUp();
      const done = await on.act(execute, { operation: operationOf(scheduled), api: service.api }, as("stranger"));
      expect(done.error?.message).to.equal(undefined);
    } finally {
      await service.stop();
    }
  });

  it("find a timelock that is the admin, and was not deployed with the rest", async () => {
    const unnamed = { ...deployment, periphery: {} };
    const { result } = await on.act(proposals, LIST, { elsewhere: unnamed });
    expect(result?.timelock).to.equal(await timelock.getAddress());
  });

  it("refuse the ninth currency", async () => {
    for (let n = await ledger.currencies().then((all) => all.length); n < 8; n++) {
      const scheduled = await on.act(admit, { currency: await newToken() }, as("alice"));
      await wait();
      await on.act(execute, { operation: operationOf(scheduled), api: undefined }, as("alice"));
    }
    expect(refusal(await on.act(admit, { currency: await newToken() }, as("alice")))).to.contain(
      "has admitted 8 currencies",
    );
  });
});
