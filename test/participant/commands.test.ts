import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { id as digestOf, ZeroHash } from "ethers";
import { claim } from "../../scripts/participant/commands/claim.ts";
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
import { registerAsset } from "../support/economy/assets.ts";
import { AGENT, fee, refusal } from "../support/commands/options.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_243;

const asset = {
  metadata: undefined,
  leaveOut: undefined,
  name: undefined,
  organization: undefined,
  description: undefined,
  kind: undefined,
  owner: undefined,
  shares: undefined,
  keep: "0",
};
const draft = {
  builtFrom: "",
  floor: "0",
  byGrant: false,
  label: "",
  digest: undefined,
  uri: "",
  grants: "",
};
const settling = { releases: [], from: undefined, currency: undefined };
const claiming = { assets: [], currency: undefined, to: undefined, toCredit: false, account: undefined };

describe("the commands of a participant, on a node of its own", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(CHAIN_ID);
  });
  after(() => on.stop());

  describe("register and publish", () => {
    it("registers an asset from options, after a preview", async () => {
      const { bob, alice } = on.accounts;
      const { result, words, transactions, account, chainId } = await on.act(
        register,
        {
          ...asset,
          ...draft,
          name: "Summarizer",
          organization: "Acme",
          kind: "agent",
          builtFrom: "3:10%,2:300000",
          floor: "2%",
          label: "1.0",
          keep: "50%",
          shares: `${bob.address}:training:60000000,${alice.address}:data:40000000`,
        },
        { as: bob },
      );
      const id = Number(result?.release);
      expect(result?.asset).to.equal(id);
      expect([chainId, account]).to.deep.equal([CHAIN_ID, bob.address]);
      expect(transactions).to.have.lengthOf(1);
      expect(transactions[0]?.blockNumber).to.match(/^\d+$/);
      expect(transactions[0]?.hash).to.match(/^0x[0-9a-f]{64}$/);
      const info = await on.ledger.releaseInfo(id);
      expect(info.contributions.map(({ release, weight }) => [release, weight])).to.deep.equal([
        [2n, 300_000n],
        [3n, 100_000n],
      ]);
      expect([info.kind, info.keep, info.floor, info.ownWeight]).to.deep.equal([2n, 500_000n, 20_000n, 600_000n]);
      expect(await on.ledger.balanceOf(alice, id)).to.equal(40_000_000n);
      expect(await on.registry.ownerOf(id)).to.equal(bob.address);
      expect(result?.inlet).to.equal(await on.inlets.inletOf(id));
      // Release 2 gets 30 % directly, and 40 % of 10 % through release 3. It keeps 70 % of that.
      expect(words).to.contain("The release keeps 60 % of everything it receives, for its own asset");
      expect(words).to.contain("Of each fee paid into the new release, its ancestors would get:");
      expect(words).to.contain("release 2 (asset 2) gets 34 % of a fee and keeps 23.8 %");
      expect(words).to.contain("release 1 (asset 1) gets 10.2 % of a fee");
      expect(words).to.contain('Register the agent "Summarizer"').and.to.contain("The gas costs about 0.");
      expect(words).to.contain(`${alice.address} gets 40 % of the shares (role: data).`);
      const [registered] = await on.registry.queryFilter(on.registry.filters.AssetRegistered(id));
      expect(Buffer.from(registered?.args.metadata.slice(2) ?? "", "hex").toString()).to.equal(
        '{"name":"Summarizer","kind":"agent","organization":"Acme"}',
      );
    });

    it("registers an asset from a metadata file, byte by byte", async () => {
      const metadata = join(on.folder, "asset.json");
      const text = '{ "kind": "dataset",\n "name": "Weather" }\n';
      await writeFile(metadata, text);
      const { result } = await on.act(register, { ...asset, ...draft, metadata });
      const [registered] = await on.registry.queryFilter(on.registry.filters.AssetRegistered(result?.asset as number));
      expect(registered?.args.metadata).to.equal(`0x${Buffer.from(text).toString("hex")}`);
      expect((await on.ledger.releaseInfo(result?.asset as number)).kind).to.equal(0n);
    });

    it("registers nothing while the metadata names something that has no contribution and is not left out", async () => {
      const metadata = join(on.folder, "card.json");
      const names = ["meta-llama/Meta-Llama-3-8B", "c4"];
      await writeFile(
        metadata,
        JSON.stringify({ name: "Tuned", kind: "model", base_model: names[0], datasets: [names[1]] }),
      );
      for (const [builtFrom, leaveOut, reason] of [
        ["", undefined, 'built from "meta-llama/Meta-Llama-3-8B", "c4", but --built-from names 0 releases'],
        ["2:10%", undefined, "--built-from names 1 release"],
        ["", "c4", 'built from "meta-llama/Meta-Llama-3-8B", but --built-from names 0 releases'],
        ["2:10%", "C4", '--leave-out names "C4", but the metadata names'],
      ] as const) {
        const refused = await on.act(register, { ...asset, ...draft, metadata, builtFrom, leaveOut });
        expect(refusal(refused)).to.contain(reason);
      }
      const { words, result } = await on.act(register, {
        ...asset,
        ...draft,
        metadata,
        builtFrom: "2:10%",
        leaveOut: "c4",
      });
      expect(words).to.contain("Warning: The metadata says that the asset was built from");
      expect(words).to.contain('Warning: Left out, although the metadata names it: "c4".');
      expect((await on.ledger.releaseInfo(result?.release as number)).contributions).to.have.lengthOf(1);
    });

    it("warns about a floor above one half, even if it is inherited", async () => {
      const id = await registerAsset(on, on.accounts.alice, { floor: 60_000 });
      const { words } = await on.act(
        register,
        { ...asset, ...draft, name: "x", kind: "model", builtFrom: `${id}:10%` },
        { dryRun: true },
      );
      expect(words).to.contain(
        "The floor of the release is 60 %: this part of every fee paid to anything built on it must reach it. It inherits this",
      );
      expect(words).to.contain("more than half");
      const low = await on.act(register, { ...asset, ...draft, name: "x", kind: "model", builtFrom: `${id}:1%` });
      expect(refusal(low))
        .to.contain(`The floor of release ${id} is 6 %`)
        .and.to.contain("the contribution to it has a weight of only 1 %");
      expect(low.error?.name).to.equal("WeightBelowFloor");
    });

    it("refuses invalid options before anything is sent", async () => {
      const { alice } = on.accounts;
      const named = { ...asset, ...draft, name: "x", kind: "model" };
      for (const [options, reason] of [
        [{ ...named, name: undefined }, "--name"],
        [{ ...named, kind: "robot" }, "--kind dataset"],
        [{ ...named, metadata: "nowhere.json", name: undefined }, "nowhere.json cannot be read"],
        [{ ...named, builtFrom: "1" }, "is not a contribution"],
        [{ ...named, builtFrom: "1:10%,1:20%" }, "named twice"],
        [{ ...named, builtFrom: "1:60%,2:50%" }, "add up to 110 %"],
        [{ ...named, builtFrom: "999:10%" }, "There is no release 999"],
        [{ ...named, builtFrom: "1:60%", keep: "50%" }, "promises a keep of 50 %"],
        [{ ...named, floor: "101%" }, "--floor must be"],
        [{ ...named, digest: "0x12" }, "--digest must be 32 bytes"],
        [{ ...named, shares: `${alice.address}:training:60000000` }, "must be exactly 100000000"],
        [{ ...named, shares: `${alice.address}:magic:100000000` }, '"magic" is not a role'],
        [{ ...named, shares: "0x12:data:100000000" }, "0x12 is not an address"],
        [{ ...named, owner: `${alice.address.slice(0, -1)}${alice.address.endsWith("8") ? "9" : "8"}` }, "misspelt"],
        [{ ...named, label: "x".repeat(2_049) }, "The text has 2049 bytes, but at most 2048 are allowed"],
      ] as const) {
        expect(refusal(await on.act(register, options)), JSON.stringify(options)).to.contain(reason);
      }
    });

    it("publishes a new release, for the owner only", async () => {
      const { bob, alice } = on.accounts;
      const { result } = await on.act(publish, { ...draft, asset: 2, builtFrom: "1:20%", label: "2" }, { as: bob });
      const info = await on.ledger.releaseInfo(result?.release as number);
      expect([info.asset, info.ownWeight]).to.deep.equal([2n, 800_000n]);
      const other = await on.act(publish, { ...draft, asset: 2 }, { as: alice });
      expect(refusal(other)).to.contain(`belongs to ${bob.address}`);
      const release = result?.release as number;
      const noAsset = await on.act(publish, { ...draft, asset: release }, { as: bob });
      expect(refusal(noAsset)).to.contain(`There is no asset ${release}`);
    });
  });

  describe("grants", () => {
    const byGrant = { account: undefined, asset: undefined, sign: false, expires: "30d", file: undefined };

    it("records grants for accounts and assets, and revokes them", async () => {
      const { alice, bob, stranger } = on.accounts;
      const release = Number(await registerAsset(on, alice, { byGrant: true }));
      const building = { ...draft, asset: 2, builtFrom: `${release}:5%` };
      const without = refusal(await on.act(publish, building, { as: bob }));
      expect(without).to.contain(`Release ${release} is by grant`).and.to.contain(alice.address);

      await on.act(grant, { ...byGrant, release, account: bob.address }, { as: alice });
      expect(await on.registry.accountGrant(release, bob)).to.equal(true);
      expect((await on.act(publish, building, { as: bob })).error).to.equal(undefined);
      const taking = { release, account: bob.address, asset: undefined, signed: undefined };
      await on.act(revoke, taking, { as: alice });
      expect(await on.registry.accountGrant(release, bob)).to.equal(false);

      await on.act(grant, { ...byGrant, release, asset: "2" }, { as: alice });
      expect((await on.act(publish, building, { as: bob })).error).to.equal(undefined);
      await on.act(revoke, { ...taking, account: undefined, asset: "2" }, { as: alice });
      expect(await on.registry.assetGrant(release, 2)).to.equal(false);

      for (const [options, as, reason] of [
        [{ ...byGrant, release }, alice, "A grant is for one account or one asset"],
        [
          { ...byGrant, release, asset: "999" },
          alice,
          "There is no asset 999. A grant for an asset that does not exist yet",
        ],
        [{ ...byGrant, release: 1, account: bob.address }, alice, "Release 1 is open: anyone may build on it"],
        [{ ...byGrant, release, account: bob.address }, stranger, `belongs to ${alice.address}`],
      ] as const) {
        expect(refusal(await on.act(grant, options, { as }))).to.contain(reason);
      }
      const unknown = await on.act(revoke, { ...taking, account: undefined, asset: "999" }, { as: alice });
      expect(refusal(unknown)).to.equal("There is no asset 999. Check the id.");
    });

    it("signs grants for one use, and cancels unused ones", async () => {
      const { alice, bob } = on.accounts;
      const release = Number(await registerAsset(on, alice, { byGrant: true }));
      const [one, other] = [join(on.folder, "one.json"), join(on.folder, "other.json")];
      for (const file of [one, other]) {
        const signing = { ...byGrant, release, account: bob.address, sign: true, file };
        const signed = await on.act(grant, signing, { as: alice });
        expect(signed.error).to.equal(undefined);
        expect(signed.transactions).to.deep.equal([]);
        expect(signed.words).to.contain(
          `Sign a grant, for one use, that lets ${bob.address} build on release ${release}.`,
        );
        expect(signed.words).to.contain(`Send this file to ${bob.address}`);
        expect(refusal(await on.act(grant, signing, { as: alice }))).to.contain("cannot be written");
      }
      const building = { ...asset, ...draft, name: "x", kind: "model", builtFrom: `${release}:5%` };
      const built = await on.act(register, { ...building, grants: one }, { as: bob });
      expect(built.error).to.equal(undefined);
      expect((await on.ledger.releaseInfo(built.result?.release as number)).ownWeight).to.equal(950_000n);
      const again = await on.act(register, { ...building, grants: one }, { as: bob });
      expect(refusal(again)).to.contain("was used or cancelled");

      const cancelling = { release, account: undefined, asset: undefined, signed: other };
      expect((await on.act(revoke, cancelling, { as: alice })).error).to.equal(undefined);
      expect(refusal(await on.act(revoke, cancelling, { as: alice }))).to.contain("nothing to cancel");
      const cancelled = await on.act(
        publish,
        { ...draft, asset: 2, builtFrom: `${release}:5%`, grants: other },
        { as: bob },
      );
      expect(cancelled.error?.name).to.equal("GrantAlreadySpent");
      await writeFile(join(on.folder, "broken.json"), "{}");
      const broken = await on.act(register, { ...building, grants: join(on.folder, "broken.json") });
      expect(refusal(broken)).to.contain("does not contain a signed grant");
    });

    it("retires and restores a release", async () => {
      const { alice, bob } = on.accounts;
      const release = Number(await registerAsset(on, alice));
      await on.act(retire, { release }, { as: alice });
      const building = { ...draft, asset: 2, builtFrom: `${release}:5%` };
      expect(refusal(await on.act(publish, building, { as: bob }))).to.contain(`Release ${release} is retired`);
      expect(refusal(await on.act(retire, { release }, { as: alice }))).to.contain("already retired");
      await on.act(restore, { release }, { as: alice });
      expect((await on.ledger.releaseInfo(release)).retired).to.equal(false);
      expect(refusal(await on.act(restore, { release }, { as: alice }))).to.contain("not retired");
    });
  });

  describe("pay, to the base unit in each way", () => {
    it("by allowance, with an approval of exactly the amount if needed", async () => {
      const before = await on.received(AGENT, on.dollar);
      const { result, transactions, words } = await on.act(pay, { ...fee, amount: "12.5" });
      expect(transactions).to.have.lengthOf(2);
      expect(result).to.include({ release: AGENT, way: "allowance", amount: "12500000", reference: ZeroHash });
      expect((await on.received(AGENT, on.dollar)) - before).to.equal(12_500_000n);
      expect(await on.dollar.allowance(on.accounts.payer, on.ledger)).to.equal(0n);
      expect(words).to.contain("Pay 12.5 tUSD (12500000 base units) into release 3");

      await on.dollar.connect(on.accounts.payer).approve(on.ledger, 5_000_000n);
      const approved = await on.act(pay, { ...fee, amount: "0.000001", reference: "invoice 7" });
      expect(approved.transactions).to.have.lengthOf(1);
      expect(approved.result).to.include({ amount: "1", reference: digestOf("invoice 7") });
    });

    it("by permit, the default if the currency supports permits", async () => {
      const before = await on.received(AGENT, on.signed);
      const { result, transactions } = await on.act(pay, { ...fee, currency: "susd", amount: "1.000001" });
      expect(transactions).to.have.lengthOf(1);
      expect(result).to.include({ way: "permit", amount: "1000001", payer: on.accounts.payer.address });
      expect((await on.received(AGENT, on.signed)) - before).to.equal(1_000_001n);
      expect(refusal(await on.act(pay, { ...fee, amount: "1", way: "permit" }))).to.contain("does not support permits");
    });

    it("by an authorization (ERC-3009) and by Permit2", async () => {
      const before = await on.received(AGENT, on.signed);
      const ref = `0x${"ab".repeat(32)}`;
      const currency = await on.signed.getAddress();
      const one = await on.act(pay, { ...fee, currency, amount: "2", way: "authorization", reference: ref });
      expect(one.result).to.include({ amount: "2000000", payer: on.accounts.payer.address, reference: ref });
      const two = await on.act(pay, { ...fee, currency, amount: "3", way: "permit2" });
      expect(two.transactions).to.have.lengthOf(2);
      expect(two.result).to.include({ amount: "3000000", payer: on.accounts.payer.address });
      expect((await on.received(AGENT, on.signed)) - before).to.equal(5_000_000n);
      const plain = await on.act(pay, { ...fee, amount: "1", way: "authorization" });
      expect(refusal(plain)).to.contain("does not support authorizations");
    });

    it("by a signature that somebody else submits, once", async () => {
      const { payer, stranger } = on.accounts;
      const file = join(on.folder, "fee.json");
      const before = await on.received(AGENT, on.signed);
      const signed = await on.act(pay, { ...fee, currency: "sUSD", amount: "4", sign: file });
      expect(signed.transactions).to.deep.equal([]);
      expect(signed.result).to.include({ way: "authorization", file });
      const paid = await on.act(submit, { file, signature: undefined }, { as: stranger });
      expect(paid.result).to.include({ amount: "4000000", payer: payer.address });
      expect((await on.received(AGENT, on.signed)) - before).to.equal(4_000_000n);
      const again = await on.act(submit, { file, signature: undefined }, { as: stranger });
      expect(again.result).to.include({ alreadyPaid: true, transaction: paid.transactions[0]?.hash });

      const content = JSON.parse(await readFile(file, "utf8")) as { payment: object };
      const redirected = join(on.folder, "redirected.json");
      await writeFile(redirected, JSON.stringify({ ...content, payment: { ...content.payment, release: 1 } }));
      expect(refusal(await on.act(submit, { file: redirected, signature: undefined }))).to.contain(
        "The payer must sign again, on this network",
      );
      await writeFile(redirected, JSON.stringify({ ...content, chainId: 1 }));
      expect(refusal(await on.act(submit, { file: redirected, signature: undefined }))).to.contain(
        "on chain 1, not for this deployment",
      );
    });

    it("from credit, which is deposited and withdrawn", async () => {
      const { payer, stranger } = on.accounts;
      const deposited = await on.act(deposit, { amount: "10", currency: "tUSD", account: undefined });
      expect(deposited.result).to.include({ amount: "10000000", credit: "10000000" });
      const byPermit = await on.act(deposit, { amount: "1", currency: "sUSD", account: stranger.address });
      expect(byPermit.transactions).to.have.lengthOf(1);
      expect(await on.ledger.creditOf(stranger, on.signed)).to.equal(1_000_000n);

      const paid = await on.act(pay, { ...fee, amount: "2.5", way: "credit" });
      expect(paid.result).to.include({ amount: "2500000", way: "credit" });
      expect(refusal(await on.act(pay, { ...fee, amount: "8", way: "credit" }))).to.contain(
        "7.5 tUSD (7500000 base units)",
      );

      const before = await on.dollar.balanceOf(stranger);
      const part = await on.act(withdraw, { amount: "0.5", currency: "tUSD", to: stranger.address });
      expect(part.result).to.include({ amount: "500000", credit: "7000000" });
      const all = await on.act(withdraw, { amount: "all", currency: "tUSD", to: stranger.address });
      expect(all.result).to.include({ amount: "7000000", credit: "0" });
      expect((await on.dollar.balanceOf(stranger)) - before).to.equal(7_500_000n);
      const empty = await on.act(withdraw, { amount: "all", currency: "tUSD", to: undefined });
      expect(refusal(empty)).to.contain(`${payer.address} has no credit in tUSD. There is nothing to withdraw.`);
    });

    it("in native money, which is wrapped, deposited and withdrawn", async () => {
      const { payer, stranger } = on.accounts;
      const before = await on.received(AGENT, on.wrapped);
      const paid = await on.act(pay, { ...fee, currency: "native", amount: "0.000000000000000001" });
      expect(paid.result).to.include({ way: "native", amount: "1" });
      expect((await on.received(AGENT, on.wrapped)) - before).to.equal(1n);

      const deposited = await on.act(deposit, { amount: "0.25", currency: "native", account: undefined });
      expect(deposited.transactions).to.have.lengthOf(3);
      expect(await on.ledger.creditOf(payer, on.wrapped)).to.equal(250_000_000_000_000_000n);
      const held = await on.ethers.provider.getBalance(stranger);
      await on.act(withdraw, { amount: "all", currency: "native", to: stranger.address });
      expect((await on.ethers.provider.getBalance(stranger)) - held).to.equal(250_000_000_000_000_000n);
    });

    it("by a plain transfer to the inlet, which anyone syncs", async () => {
      const { stranger } = on.accounts;
      const release = Number(await registerAsset(on, on.accounts.alice));
      const sent = await on.act(pay, { ...fee, release, amount: "1.5", way: "inlet" });
      expect(sent.result).to.include({ way: "inlet", amount: "1500000" });
      await on.act(pay, { ...fee, release, amount: "0.5", currency: "native", way: "inlet" });
      expect(await on.received(release, on.dollar)).to.equal(0n);
      const synced = await on.act(
        sync,
        { release, currency: undefined, recover: undefined, assets: undefined },
        { as: stranger },
      );
      expect(synced.result?.received).to.have.lengthOf(2);
      expect(await on.received(release, on.dollar)).to.equal(1_500_000n);
      expect(await on.received(release, on.wrapped)).to.equal(500_000_000_000_000_000n);
      const again = await on.act(sync, { release, currency: undefined, recover: undefined, assets: undefined });
      const inlet = await on.inlets.inletOf(release);
      expect(again.words).to.contain(`There is nothing in the inlet ${inlet} that can become a fee now.`);
      const only = await on.act(sync, { release, currency: "tUSD", recover: undefined, assets: undefined });
      expect(only.words).to.contain("that can become a fee now in tUSD.");
      const ref = await on.act(pay, { ...fee, release, amount: "1", way: "inlet", reference: "x" });
      expect(refusal(ref)).to.contain("carries no reference");
    });

    it("recovers money from an inlet that can never become a fee", async () => {
      const { alice } = on.accounts;
      const other = await on.ethers.deployContract("TestCurrency", ["Other", "OTH", 2]);
      const token = await other.getAddress();
      await other.mint(await on.inlets.inletOf(1), 250n);
      const { result, words } = await on.act(sync, {
        release: 1,
        currency: undefined,
        recover: token,
        assets: undefined,
      });
      expect(result).to.include({ amount: "250", to: alice.address });
      expect(words).to.contain("2.5 OTH (250 base units)");
      expect(await other.balanceOf(alice)).to.equal(250n);
      const dollar = await on.dollar.getAddress();
      await on.dollar.mint(await on.inlets.inletOf(1), 1n);
      const admitted = await on.act(sync, { release: 1, currency: undefined, recover: dollar, assets: undefined });
      expect(refusal(admitted)).to.contain("Run npx hardhat sync <release> without --recover.");
    });

    it("refuses inexact amounts, and fees that cannot be paid", async () => {
      for (const [options, reason] of [
        [{ ...fee, amount: "0.0000001" }, "tUSD has 6 decimals, but 0.0000001 has more"],
        [{ ...fee, amount: "1e3" }, "is not an amount"],
        [{ ...fee, amount: "-1" }, "is not an amount"],
        [{ ...fee, amount: "0" }, "must be above 0"],
        [{ ...fee, amount: "1000000000" }, "1000000000000000 base units) are needed"],
        [{ ...fee, amount: "1", release: 999 }, "There is no release 999"],
        [{ ...fee, amount: "1", currency: undefined }, "Name the currency"],
        [{ ...fee, amount: "1", currency: "EUR" }, "does not accept EUR. It accepts tUSD"],
        [{ ...fee, amount: "1", way: "cheque" }, '"cheque" is not a way to pay'],
        [{ ...fee, amount: "1", reference: "0x12" }, "A reference must be 32 bytes"],
        [{ ...fee, amount: "1000000", currency: "native" }, "Send it some first"],
      ] as const) {
        expect(refusal(await on.act(pay, options)), JSON.stringify(options)).to.contain(reason);
      }
    });
  });

  describe("settle, claim and transfer shares", () => {
    it("settles named releases in order, and with --from a release and all its ancestors", async () => {
      await on.act(settle, { ...settling, from: "3" });
      await on.act(pay, { ...fee, amount: "10" });
      const named = await on.act(settle, { ...settling, releases: ["1", "3", "2"], currency: "tUSD" });
      expect(named.words).to.contain("release 2 settles 4 tUSD").and.to.contain("release 1 settles 1.2 tUSD");
      expect(named.words).to.contain("Settled 3 releases in tUSD.").and.not.to.contain("This includes");
      expect(named.result?.settled).to.have.nested.property("[0].releases").that.deep.equals([3, 2, 1]);
      const nothing = await on.act(settle, { ...settling, from: "3" });
      expect(nothing.words).to.contain(
        "There is nothing to settle in tUSD, sUSD, tWETH: these releases have settled all that they received.",
      );
      expect(nothing.words).to.contain("This includes 2 ancestors.");
      expect(nothing.transactions).to.deep.equal([]);

      await on.act(pay, { ...fee, amount: "1" });
      await on.act(pay, { ...fee, currency: "sUSD", amount: "1" });
      const all = await on.act(settle, { ...settling, from: "3" });
      expect(all.transactions).to.have.lengthOf(2);
      expect(all.words).to.contain("Settled 3 releases in tUSD.").and.to.contain("Settled 3 releases in sUSD.");
      expect((await on.ledger.flowOf(1, on.dollar)).settled).to.equal((await on.ledger.flowOf(1, on.dollar)).received);
      expect(refusal(await on.act(settle, settling))).to.contain("Name what to settle");
      expect(refusal(await on.act(settle, { ...settling, releases: ["0"] }))).to.contain("is not a release");
    });

    it("splits a settlement that does not fit into one transaction", async () => {
      const { alice, bob, payer } = on.accounts;
      await on.dollar.connect(payer).approve(on.ledger, 3_000_000n);
      const releases: string[] = [];
      for (let i = 0; i < 3; i++) {
        const contributions = [];
        for (let j = 0; j < 64; j++) contributions.push({ release: await registerAsset(on, alice), weight: 1_000 });
        const wide = await registerAsset(on, bob, { contributions });
        await on.ledger.connect(payer).pay(wide, on.dollar, 1_000_000n, ZeroHash);
        releases.push(String(wide), ...contributions.map(({ release }) => String(release)));
      }
      const { transactions, result, error } = await on.act(settle, { ...settling, releases, currency: "tUSD" });
      expect(error).to.equal(undefined);
      expect(transactions.length).to.equal(2);
      const gas = transactions.map(({ gasUsed }) => Number(gasUsed));
      expect(gas[0]).to.be.within(6_000_000, 8_000_000);
      const settled = (result?.settled as { releases: number[] }[] | undefined)?.flatMap((each) => each.releases);
      expect(settled).to.deep.equal(releases.map(Number).sort((a, b) => b - a));
    });

    it("claims to a wallet and to anyone's credit, to the base unit", async () => {
      const { alice, bob, carol, stranger } = on.accounts;
      const owed = await on.ledger.claimable(carol, [3], on.dollar);
      expect(owed > 0n).to.equal(true);
      const claimed = await on.act(
        claim,
        { ...claiming, assets: ["3"], currency: "tUSD", to: stranger.address },
        { as: carol },
      );
      expect(claimed.result?.paid).to.deep.equal([{ currency: await on.dollar.getAddress(), amount: String(owed) }]);
      const credited = await on.ledger.claimable(bob, [2], on.dollar);
      const options = { ...claiming, assets: ["2"], currency: "tUSD", toCredit: true, account: bob.address };
      await on.act(claim, options, { as: stranger });
      expect(await on.ledger.creditOf(bob, on.dollar)).to.equal(credited);
      expect((await on.act(claim, options)).words).to.contain("has nothing to claim there now");
      const foreign = await on.act(claim, { ...claiming, assets: ["1"], account: alice.address });
      expect(refusal(foreign)).to.contain("--to-credit");
      expect(refusal(await on.act(claim, claiming))).to.contain("No asset is named");
    });

    it("transfers shares", async () => {
      const { alice, stranger } = on.accounts;
      const move = { asset: 1, shares: "25000000", to: stranger.address };
      const { result, words } = await on.act(transferShares, move, { as: alice });
      expect(result).to.include({ shares: "25000000", kept: "75000000" });
      expect(words)
        .to.contain("Transfer 25000000 of 100000000 shares of asset 1 (25 %)")
        .and.to.contain("collect first");
      expect(await on.ledger.balanceOf(stranger, 1)).to.equal(25_000_000n);
      const more = { ...move, shares: "75000001" };
      expect(refusal(await on.act(transferShares, more, { as: alice }))).to.contain("has 75000000 shares");
      const toContract = { ...move, to: await (await on.ethers.deployContract("SignedCurrency")).getAddress() };
      const refused = await on.act(transferShares, toContract, { as: alice });
      expect(refused.error?.name).to.equal("ERC1155InvalidReceiver");
    });
  });
});
