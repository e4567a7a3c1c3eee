import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { id as digestOf, type Signer, ZeroAddress, ZeroHash } from "ethers";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { AGENT, ethers, FEE, load, MODEL, networkHelpers, payThrough, REF } from "../support/contracts/fixture.ts";

const ROOT = join(import.meta.dirname, "../..");
const DELAY = 172_800;
const PROPOSER = digestOf("PROPOSER_ROLE");
const CANCELLER = digestOf("CANCELLER_ROLE");

/** Each key is stolen once: the tests act as its thief, who has nothing else. docs/roles.md names each of them. */
describe("what a stolen or lost key can do", () => {
  async function governed() {
    const [deployer, proposer, canceller, thief, owner, payer] = await ethers.getSigners();
    if (!deployer || !proposer || !canceller || !thief || !owner || !payer) throw new Error("Too few accounts.");
    const timelock = await ethers.deployContract("AdminTimelock", [DELAY, proposer, canceller]);
    const dollar = await ethers.deployContract("TestCurrency", ["Dollar", "USD", 6]);
    const parameters = { admin: timelock, commonsBeneficiary: timelock, currencies: [dollar] };
    const tributary = await deployTributary(ethers, parameters);
    await registerAsset(tributary, owner);
    await dollar.mint(payer, FEE);
    await dollar.connect(payer).approve(tributary.ledger, FEE);
    await tributary.ledger.connect(payer).payAndSettle(1, dollar, FEE, REF, [1]);
    await tributary.ledger.sweepCommons([1], dollar);

    const call = async (target: { getAddress(): Promise<string> }, data: string) =>
      [await target.getAddress(), 0n, data, ZeroHash, ZeroHash] as const;
    type Call = Awaited<ReturnType<typeof call>>;
    const schedule = (by: Signer, operation: Call, delay: number | bigint = DELAY) =>
      timelock.connect(by).schedule(...operation, delay);
    const executed = async (by: Signer, operation: Call) => {
      await schedule(by, operation);
      await networkHelpers.time.increase(DELAY);
      await timelock.execute(...operation);
    };
    const grant = (role: string, account: string) =>
      timelock.interface.encodeFunctionData("grantRole", [role, account]);
    const revoke = (role: string, account: string) =>
      timelock.interface.encodeFunctionData("revokeRole", [role, account]);
    const admission = async () => {
      const token = await ethers.deployContract("TestCurrency", ["Spam", "SPAM", 6]);
      return tributary.ledger.interface.encodeFunctionData("admit", [await token.getAddress()]);
    };
    const people = { deployer, proposer, canceller, thief, owner, payer };
    return { ...tributary, ...people, timelock, dollar, call, schedule, executed, grant, revoke, admission };
  }
  const start = () => networkHelpers.loadFixture(governed);

  it("proposer: fills the eight currencies for ever, after one delay, if nobody cancels", async () => {
    const { ledger, timelock, proposer, call, schedule, admission } = await start();
    const calls = await Promise.all(Array.from({ length: 7 }, async () => call(ledger, await admission())));
    for (const each of calls) await schedule(proposer, each);
    await networkHelpers.time.increase(DELAY);
    for (const each of calls) await timelock.execute(...each);
    expect(await ledger.currencies()).to.have.lengthOf(8);
    const ninth = await call(ledger, await admission());
    await schedule(proposer, ninth);
    await networkHelpers.time.increase(DELAY);
    await expect(timelock.execute(...ninth)).to.be.revertedWithCustomError(ledger, "TooManyCurrencies");
  });

  it("proposer: gives roles away and sets the delay to 0 with one delay's notice, and then acts at once", async () => {
    const { ledger, timelock, proposer, thief, call, executed, schedule, grant, admission } = await start();
    const noDelay = timelock.interface.encodeFunctionData("updateDelay", [0]);
    await schedule(proposer, await call(timelock, grant(PROPOSER, thief.address)));
    await schedule(proposer, await call(timelock, grant(CANCELLER, thief.address)));
    await executed(proposer, await call(timelock, noDelay));
    await timelock.execute(...(await call(timelock, grant(PROPOSER, thief.address))));
    await timelock.execute(...(await call(timelock, grant(CANCELLER, thief.address))));
    const atOnce = await call(ledger, await admission());
    await schedule(thief, atOnce, 0);
    await timelock.connect(thief).execute(...atOnce);
    expect(await ledger.currencies()).to.have.lengthOf(2);
  });

  it("proposer: takes the commons' credit after one delay, where the timelock is their beneficiary", async () => {
    const { ledger, timelock, dollar, proposer, thief, call, executed } = await start();
    const credit = await ledger.creditOf(timelock, dollar);
    expect(credit).to.equal(FEE / 100n);
    const take = ledger.interface.encodeFunctionData("withdraw", [await dollar.getAddress(), credit, thief.address]);
    await executed(proposer, await call(ledger, take));
    expect(await dollar.balanceOf(thief)).to.equal(credit);
  });

  it("proposer: cannot cancel its own removal, which the owner of the same key schedules", async () => {
    const { timelock, proposer, owner, call, schedule, grant, revoke, executed } = await start();
    const removal = await call(timelock, revoke(PROPOSER, proposer.address));
    await schedule(proposer, await call(timelock, grant(PROPOSER, owner.address)));
    await schedule(proposer, removal);
    await expect(
      timelock.connect(proposer).cancel(await timelock.hashOperation(...removal)),
    ).to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount");
    await networkHelpers.time.increase(DELAY);
    await timelock.execute(...(await call(timelock, grant(PROPOSER, owner.address))));
    await timelock.execute(...removal);
    await expect(schedule(proposer, removal)).to.be.revertedWithCustomError(
      timelock,
      "AccessControlUnauthorizedAccount",
    );
    await executed(owner, await call(timelock, grant(CANCELLER, owner.address)));
  });

  it("proposer: if its key is lost, nobody can ever schedule a call, nor take out the credit of the timelock", async () => {
    const { timelock, ledger, dollar, deployer, canceller, thief, owner, call, schedule, grant } = await start();
    const rescue = await call(timelock, grant(PROPOSER, owner.address));
    for (const account of [deployer, canceller, thief, owner]) {
      await expect(schedule(account, rescue)).to.be.revertedWithCustomError(
        timelock,
        "AccessControlUnauthorizedAccount",
      );
      await expect(ledger.connect(account).withdraw(dollar, 1n, account)).to.be.revertedWithCustomError(
        ledger,
        "InsufficientCredit",
      );
    }
  });

  it("canceller: cancels everything, its own removal too, and does nothing else", async () => {
    const { timelock, ledger, canceller, proposer, call, schedule, revoke, admission } = await start();
    for (const operation of [
      await call(ledger, await admission()),
      await call(timelock, revoke(CANCELLER, canceller.address)),
    ]) {
      await schedule(proposer, operation);
      await networkHelpers.time.increase(2 * DELAY);
      await timelock.connect(canceller).cancel(await timelock.hashOperation(...operation));
      await expect(timelock.execute(...operation)).to.be.revertedWithCustomError(
        timelock,
        "TimelockUnexpectedOperationState",
      );
      await expect(schedule(canceller, operation)).to.be.revertedWithCustomError(
        timelock,
        "AccessControlUnauthorizedAccount",
      );
    }
    expect(await timelock.hasRole(CANCELLER, canceller)).to.equal(true);
  });

  it("timelock: what is ready never expires, and what was cancelled can be scheduled again", async () => {
    const { timelock, ledger, canceller, proposer, thief, call, schedule, admission } = await start();
    const operation = await call(ledger, await admission());
    await schedule(proposer, operation);
    await timelock.connect(canceller).cancel(await timelock.hashOperation(...operation));
    await schedule(proposer, operation);
    await networkHelpers.time.increase(20 * 365 * 86_400);
    await timelock.connect(thief).execute(...operation);
    expect(await ledger.currencies()).to.have.lengthOf(2);
  });

  it("deployer: has no right after the deployment, where others were named", async () => {
    const { timelock, ledger, registry, dollar, deployer, call, schedule, admission } = await start();
    const operation = await call(ledger, await admission());
    await expect(schedule(deployer, operation)).to.be.revertedWithCustomError(
      timelock,
      "AccessControlUnauthorizedAccount",
    );
    await expect(ledger.connect(deployer).admit(dollar)).to.be.revertedWithCustomError(ledger, "OnlyAdmin");
    await expect(registry.connect(deployer).setRetired(1, true)).to.be.revertedWithCustomError(
      registry,
      "NotAssetOwner",
    );
    for (const role of [ZeroHash, PROPOSER, CANCELLER]) expect(await timelock.hasRole(role, deployer)).to.equal(false);
  });

  it("beneficiary: takes the commons' credit of now and of ever after, and cannot be replaced", async () => {
    const lineage = await load();
    const { ledger, dollar, commons, stranger } = lineage;
    for (let i = 0; i < 2; i++) {
      await payThrough(lineage, AGENT);
      await ledger.connect(stranger).sweepCommons([AGENT, MODEL], dollar);
      const credit = await ledger.creditOf(commons, dollar);
      expect(credit).to.be.greaterThan(0n);
      await ledger.connect(commons).withdraw(dollar, credit, stranger);
    }
    expect(ledger.interface.fragments.filter((each) => JSON.stringify(each).includes("setCommons"))).to.deep.equal([]);
  });

  it("owner: sells the asset and publishes what pays others, and reaches neither old releases nor shareholders", async () => {
    const lineage = await load();
    const { registry, ledger, dollar, modelOwner, stranger, holder } = lineage;
    await payThrough(lineage, AGENT);
    const owed = await ledger.claimable(holder, [MODEL], dollar);
    const before = await ledger.releaseInfo(MODEL);
    await registry.connect(modelOwner).transferFrom(modelOwner, stranger, MODEL);
    await registry.connect(stranger).setRetired(MODEL, true);
    expect((await ledger.releaseInfo(MODEL)).ownWeight).to.equal(before.ownWeight);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(owed);
    await payThrough(lineage, MODEL);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.be.greaterThan(owed);
  });

  it("shareholder or custodian: sells its shares and takes what they have earned", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    const owed = await ledger.claimable(holder, [MODEL], dollar);
    const before = await dollar.balanceOf(stranger);
    await ledger.connect(holder).claim([MODEL], dollar, stranger);
    expect((await dollar.balanceOf(stranger)) - before).to.equal(owed);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, await ledger.balanceOf(holder, MODEL), "0x");
    expect(await ledger.balanceOf(holder, MODEL)).to.equal(0n);
  });

  it("keeper: settles and sweeps as anyone can, and reaches nobody's money", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, stranger: keeper, payer } = lineage;
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    await ledger.connect(keeper).settle([MODEL], dollar);
    await ledger.connect(keeper).claimToCredit(holder, [MODEL], dollar);
    expect(await ledger.creditOf(holder, dollar)).to.be.greaterThan(0n);
    await expect(ledger.connect(keeper).withdraw(dollar, 1n, keeper)).to.be.revertedWithCustomError(
      ledger,
      "InsufficientCredit",
    );
  });

  it("admin that is an account: admits a currency without notice, and does nothing else", async () => {
    const { ledger, registry, wrapped, admin, dollar } = await load();
    await ledger.connect(admin).admit(wrapped);
    expect(await ledger.isAdmitted(wrapped)).to.equal(true);
    await expect(ledger.connect(admin).withdraw(dollar, 1n, admin)).to.be.revertedWithCustomError(
      ledger,
      "InsufficientCredit",
    );
    await expect(registry.connect(admin).setRetired(MODEL, true)).to.be.revertedWithCustomError(
      registry,
      "NotAssetOwner",
    );
    expect(await ledger.admin()).to.not.equal(ZeroAddress);
  });
});

describe("the page about roles", () => {
  it("names, for each line about a key, a test that there is", () => {
    const page = readFileSync(join(ROOT, "docs/roles.md"), "utf8");
    const [, section = ""] = page.split("## A key that is stolen or lost");
    const rows =
      section
        .split("\n##")[0]
        ?.split("\n")
        .filter((line) => line.startsWith("| ")) ?? [];
    const lines = rows.slice(2);
    expect(lines.length).to.be.greaterThan(12);
    const here = readFileSync(join(import.meta.dirname, "roles.test.ts"), "utf8");
    const titles = new Set(Array.from(here.matchAll(/^ {2}it\("(.+?)"/gm), ([, title = ""]) => title));
    const named = new Set<string>();
    for (const line of lines) {
      const test = line.split("|").at(-2)?.trim() ?? "";
      if (existsSync(join(ROOT, "test/contracts", test))) continue;
      expect(titles, line).to.include(test);
      named.add(test);
    }
    titles.delete("names, for each line about a key, a test that there is");
    expect([...titles].filter((title) => !named.has(title))).to.deep.equal([]);
  });
});
