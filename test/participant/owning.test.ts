import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { Wallet } from "ethers";
import { type Address, type Hex, sha256, stringToHex, zeroAddress } from "viem";
import type { ProposedCall } from "#client/plan/proposal.ts";
import { MAX_METADATA_BYTES } from "#protocol/limits.ts";
import { bindIdentity } from "../../scripts/participant/commands/owning/bindIdentity.ts";
import { setMetadata } from "../../scripts/participant/commands/owning/setMetadata.ts";
import { transferAsset } from "../../scripts/participant/commands/owning/transferAsset.ts";
import type { IdentityRegistry } from "../../types/ethers-contracts/doubles/IdentityRegistry.ts";
import type { ThresholdWallet } from "../../types/ethers-contracts/doubles/signing/ThresholdWallet.ts";
import { AGENT, refusal } from "../support/commands/options.ts";
import { Kind, registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const change = {
  metadata: undefined,
  card: undefined,
  name: undefined,
  organization: undefined,
  description: undefined,
  api: undefined,
};
const OLD = '{ "name": "Old", "kind": "agent", "size": 123456789012345678901, "organization": "Acme" }';

describe("the acts of an asset's owner", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let identities: IdentityRegistry;
  let wallet: ThresholdWallet;
  let address: Address;
  let files = 0;

  before(async () => {
    on = await startParticipant(4_294, { hasIdentities: true });
    identities = on.identities as unknown as IdentityRegistry;
    const { alice, bob } = on.accounts;
    wallet = (await on.ethers.deployContract("ThresholdWallet", [alice, bob])) as unknown as ThresholdWallet;
    address = (await wallet.getAddress()) as Address;
  });
  after(async () => {
    await on?.stop();
  });

  const file = async (content: string, name = `file-${++files}`) => {
    const path = join(on.folder, name);
    await writeFile(path, content);
    return path;
  };
  const register = async (owner: { address: string }, { metadata = OLD, kind = Kind.Agent } = {}) =>
    Number(
      await registerAsset(on, on.accounts.admin, {
        kind,
        metadata,
        owner: await on.ethers.getSigner(owner.address).catch(() => wallet as never),
      }),
    );
  const digestOf = async (asset: number) => (await on.registry.metadataDigest(asset)) as Hex;
  const digest = (text: string) => sha256(stringToHex(text));

  describe("set-metadata", () => {
    it("changes the named fields, shows old and new, and keeps every other field to the character", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const options = { ...change, asset, name: "New", organization: "", description: "It sums up." };
      const { result, error, words, transactions } = await on.act(setMetadata, options, { as: alice });
      expect(error).to.equal(undefined);
      const metadata = '{ "name": "New", "kind": "agent", "size": 123456789012345678901, "description":"It sums up." }';
      expect(result).to.deep.equal({ asset, metadata, digest: digest(metadata) });
      expect(await digestOf(asset)).to.equal(digest(metadata));
      expect(transactions).to.have.lengthOf(1);
      expect(words)
        .to.contain('name: "Old" → "New"')
        .and.to.contain('organization: "Acme" → none')
        .and.to.contain('description: none → "It sums up."')
        .and.to.contain(`SHA-256 ${digest(metadata)}`);
      expect(words).not.to.contain("size:");

      // The second change begins with what the first has recorded.
      const again = await on.act(setMetadata, { ...change, asset, name: "Newer" }, { as: alice });
      expect(again.result).to.have.property("metadata", metadata.replace('"New"', '"Newer"'));
      const same = await on.act(setMetadata, { ...change, asset, name: "Newer" }, { as: alice });
      expect(refusal(same)).to.contain("There is nothing to do.");
    });

    it("records a JSON file unchanged, and warns of what it cannot change", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const text = '{ "name": "Ours", "kind": "dataset",\n "base_model": ["makers/small"] }\n';
      const { words } = await on.act(setMetadata, { ...change, asset, metadata: await file(text) }, { as: alice });
      expect(await digestOf(asset)).to.equal(digest(text));
      expect(words)
        .to.contain('says that the kind of the asset is "dataset", but it is registered as agent, for ever.')
        .and.to.contain('built from "makers/small". That makes no contribution');
    });

    it("takes name, organization and description from a model card, unless an option names them", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const card = await file("---\nlicense: mit\n---\n# A small model\n\nIt is\nsmall.\n", "card.md");
      const { result } = await on.act(setMetadata, { ...change, asset, card }, { as: alice });
      expect(result?.metadata).to.equal(
        OLD.replace('"Old"', '"A small model"').replace(" }", ', "description":"It is small." }'),
      );
      const { result: named } = await on.act(setMetadata, { ...change, asset, card, name: "Tiny" }, { as: alice });
      expect(JSON.parse(String(named?.metadata))).to.include({ name: "Tiny", organization: "Acme" });
    });

    it("reads the present metadata from an indexer, and does not trust one that is behind", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const service = await on.startApi();
      try {
        await service.caughtUp();
        const { api } = service;
        const named = { ...change, asset, name: "By the indexer", api };
        const { error, result } = await on.act(setMetadata, named, { as: alice });
        expect(error).to.equal(undefined);
        expect(result?.metadata).to.equal(OLD.replace('"Old"', '"By the indexer"'));
      } finally {
        await service.stop();
      }
      const behind = createServer((request, response) => {
        const isAsset = request.url?.includes("/assets/");
        const answer = isAsset ? { data: { metadata: OLD, metadataBytes: null } } : { ledger: on.deployment.ledger };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify(isAsset ? answer : { data: answer, ...answer }));
      });
      await new Promise<void>((done) => behind.listen(0, "127.0.0.1", done));
      const { port } = behind.address() as AddressInfo;
      const stale = { ...change, asset, name: "Stale", api: `http://127.0.0.1:${port}` };
      const answer = await on.act(setMetadata, stale, { as: alice });
      behind.close();
      expect(refusal(answer)).to.contain(`has other metadata of asset ${asset} than the registry. It may be behind`);
      const gone = { ...change, asset, name: "Gone", api: "http://127.0.0.1:9" };
      expect(refusal(await on.act(setMetadata, gone, { as: alice }))).to.contain("No indexer answers at");
    });

    it("replaces metadata that is not JSON, and shows all of it before", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice, { metadata: '{"name": "broken' });
      const nameless = await on.act(setMetadata, { ...change, asset, description: "x" }, { as: alice });
      expect(refusal(nameless)).to.contain("The asset would have no name");
      const { words } = await on.act(setMetadata, { ...change, asset, name: "Whole" }, { as: alice });
      expect(words).to.contain('The whole text is replaced. Before: {"name": "broken');
      expect(await digestOf(asset)).to.equal(digest('{"kind":"agent","name":"Whole"}'));
    });

    it("takes 8,192 bytes and not one more, counted in UTF-8", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const text = (bytes: number) => `{"name":"é${"x".repeat(bytes - 13)}"}`;
      const long = await on.act(
        setMetadata,
        { ...change, asset, metadata: await file(text(MAX_METADATA_BYTES + 1)) },
        { as: alice },
      );
      expect(refusal(long)).to.contain("The text has 8193 bytes, but at most 8192 are allowed.");
      expect(long.error?.name).to.equal("TextTooLong");
      await on.act(setMetadata, { ...change, asset, metadata: await file(text(MAX_METADATA_BYTES)) }, { as: alice });
      expect(await digestOf(asset)).to.equal(digest(text(MAX_METADATA_BYTES)));
    });

    it("refuses others than the owner, an unknown asset, and options that contradict or are missing", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register(alice);
      const name = "Mine";
      const foreign = await on.act(setMetadata, { ...change, asset, name }, { as: bob });
      expect(refusal(foreign)).to.contain(`belongs to ${alice.address}, not to ${bob.address}`);
      expect(foreign.error?.name).to.equal("NotAssetOwner");
      for (const [options, reason] of [
        [{ asset: 9_999, name }, "There is no asset 9999"],
        [{ asset }, "Nothing is named that should change."],
        [{ asset, name, metadata: "x.json" }, "cannot be combined"],
        [{ asset, metadata: await file("[1]") }, "is not a JSON object"],
        [{ asset, card: await file(OLD, "old.json") }, "is not a model card"],
      ] as const) {
        expect(refusal(await on.act(setMetadata, { ...change, ...options }, { as: alice }))).to.contain(reason);
      }
      expect(await digestOf(asset)).to.equal(digest(OLD));
    });

    it("sends nothing with --dry-run, without consent, or without a terminal to ask at", async () => {
      const { alice } = on.accounts;
      const asset = await register(alice);
      const options = { ...change, asset, name: "Tried" };
      const { planned } = await on.act(setMetadata, options, { as: alice, dryRun: true });
      expect(planned).to.have.lengthOf(1);
      expect(refusal(await on.act(setMetadata, options, { as: alice, yes: false, answer: false }))).not.to.equal("");
      expect(refusal(await on.act(setMetadata, options, { as: alice, yes: false }))).to.contain("--yes");
      expect(await digestOf(asset)).to.equal(digest(OLD));
    });
  });

  describe("bind-identity", () => {
    const mint = async (owner: { address: string }) => {
      const signer = await on.ethers.getSigner(owner.address);
      const identity = await identities.connect(signer)["register()"].staticCall();
      await identities.connect(signer)["register()"]();
      return String(identity);
    };

    it("binds an agent to an identity of its owner, number 0 included, and says that it is for ever", async () => {
      const { alice } = on.accounts;
      const [asset, identity] = [await register(alice), await mint(alice)];
      expect(identity).to.equal("0");
      const { result, words, error } = await on.act(bindIdentity, { asset, identity }, { as: alice });
      expect(error).to.equal(undefined);
      expect(result).to.deep.equal({ asset, identity });
      expect(await on.registry.identityOf(asset)).to.deep.equal([true, 0n]);
      expect(words).to.contain("for ever").and.to.contain("A binding can never be changed or undone");

      const next = await mint(alice);
      const twice = await on.act(bindIdentity, { asset, identity: next }, { as: alice });
      expect(refusal(twice)).to.contain(`Asset ${asset} is bound to identity 0 already.`);
      const other = await on.act(bindIdentity, { asset: await register(alice), identity }, { as: alice });
      expect(refusal(other)).to.contain(`Identity 0 is bound to asset ${asset} already.`);
      expect(other.error?.name).to.equal("IdentityAlreadyBound");
    });

    it("refuses an identity of somebody else, one that does not exist, no agent, and no number", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register(alice);
      const foreign = await mint(bob);
      const attempt = async (options: { asset: number; identity: string }, as: { address: string } = alice) =>
        refusal(await on.act(bindIdentity, options, { as }));
      expect(await attempt({ asset, identity: foreign })).to.contain(
        `Identity ${foreign} belongs to ${bob.address}, not to ${alice.address}`,
      );
      expect(await attempt({ asset, identity: foreign }, bob)).to.contain("Only its owner can do this");
      expect(await attempt({ asset, identity: "777" })).to.contain("has no identity 777");
      expect(await attempt({ asset, identity: "x" })).to.contain("is not the number of an identity");
      expect(await attempt({ asset: 1, identity: await mint(alice) })).to.contain("Asset 1 is not an agent");
      expect((await on.registry.identityOf(asset))[0]).to.equal(false);
    });

    it("says that a deployment has no identity registry, and what to do instead", async () => {
      const plain = await startParticipant(4_295);
      try {
        const options = { asset: AGENT, identity: "0" };
        const answer = await plain.act(bindIdentity, options, { as: plain.accounts.carol });
        expect(refusal(answer)).to.contain("has no identity registry (ERC-8004)").and.to.contain("metadata instead");
      } finally {
        await plain.stop();
      }
    });
  });

  describe("transfer-asset", () => {
    it("transfers the administration, says what goes with it and what stays, and asks", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register(alice);
      const options = { asset, to: bob.address };
      const declined = await on.act(transferAsset, options, { as: alice, yes: false, answer: false });
      expect(declined.transactions).to.deep.equal([]);
      expect(declined.words)
        .to.contain(`only ${bob.address} can publish releases, grant, retire, replace the metadata`)
        .and.to.contain("Shares and income do not go with it");
      expect(await on.registry.ownerOf(asset)).to.equal(alice.address);
      const { result } = await on.act(transferAsset, options, { as: alice, yes: false, answer: true });
      expect(result).to.deep.equal({ asset, to: bob.address });
      expect(await on.registry.ownerOf(asset)).to.equal(bob.address);

      const after = await on.act(transferAsset, { asset, to: alice.address }, { as: alice });
      expect(refusal(after)).to.contain(`Asset ${asset} belongs to ${bob.address}`);
      const own = await on.act(transferAsset, { asset, to: bob.address }, { as: bob });
      expect(refusal(own)).to.contain(`Asset ${asset} belongs to ${bob.address} already.`);
    });

    it("warns that a bound identity stays behind", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register(alice);
      await identities.connect(alice)["register()"]();
      const minted = await identities.queryFilter(identities.filters.Registered(undefined, undefined, alice.address));
      const number = minted.at(-1)?.args.agentId ?? 0n;
      await on.registry.connect(alice).bindIdentity(asset, number);
      const { words } = await on.act(transferAsset, { asset, to: bob.address }, { as: alice, dryRun: true });
      expect(words).to.contain(`The asset stays bound to identity ${number}`);
    });

    it("refuses dead ends: the zero address, the registry, an inlet, an outlet, the asset's own account", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register(alice);
      const tokenAccounts = await on.ethers.deployContract("TokenBoundAccounts");
      const of = [on.ethers.ZeroHash, 4_294, on.deployment.registry, asset] as const;
      await tokenAccounts.createAccount(...of);
      for (const to of [
        zeroAddress,
        on.deployment.registry,
        await on.inlets.inletOf(AGENT),
        await on.outlets.outletOf(bob),
        await tokenAccounts.account(...of),
      ]) {
        await on.outlets.open(bob).catch(() => undefined);
        expect(refusal(await on.act(transferAsset, { asset, to }, { as: alice })), to).to.match(
          /nobody could ever|Nobody can act with it/,
        );
      }
      expect(refusal(await on.act(transferAsset, { asset, to: "0x12" }, { as: alice }))).to.contain("The recipient");
      expect(refusal(await on.act(transferAsset, { asset: 9_999, to: bob.address }, { as: alice }))).to.contain(
        "There is no asset 9999",
      );
      expect(await on.registry.ownerOf(asset)).to.equal(alice.address);
    });

    it("asks a contract whether it takes it, and gives it to a wallet that can act without such an answer", async () => {
      const { alice, bob } = on.accounts;
      const functionOf = (data = "") => data.slice(0, 10);
      const selectors = {
        safe: on.registry.interface.getFunction("safeTransferFrom(address,address,uint256)").selector,
        plain: on.registry.interface.getFunction("transferFrom").selector,
      };
      const planned = async (to: string) => {
        const asset = await register(alice);
        return on.act(transferAsset, { asset, to }, { as: alice, dryRun: true });
      };
      const key = await planned(bob.address);
      expect(functionOf(key.planned?.[0]?.data)).to.equal(selectors.safe);

      const timelock = await on.ethers.deployContract("AdminTimelock", [60, alice, alice]);
      const held = await planned(await timelock.getAddress());
      expect(functionOf(held.planned?.[0]?.data)).to.equal(selectors.safe);
      expect(held.words).to.contain("is a timelock. It acts only by a call that is scheduled");

      // An account with a key, which runs code without a receiver.
      const delegated = Wallet.createRandom().address;
      const code = await (await on.ethers.deployContract("SilentWallet")).getAddress();
      await on.ethers.provider.send("hardhat_setCode", [delegated, `0xef0100${code.slice(2)}`]);
      const asset = await register(alice);
      const given = await on.act(transferAsset, { asset, to: delegated }, { as: alice });
      expect(given.error).to.equal(undefined);
      expect(given.words).to.contain("does not confirm that it takes ERC-721 tokens");
      expect(await on.registry.ownerOf(asset)).to.equal(delegated);
      const [sent] = given.transactions;
      const transaction = await on.ethers.provider.getTransaction(sent?.hash ?? "");
      expect(functionOf(transaction?.data)).to.equal(selectors.plain);

      const escrow = await on.ethers.deployContract("TestEscrow");
      expect(refusal(await planned(await escrow.getAddress()))).to.contain("is a contract that refuses ERC-721 tokens");
    });
  });

  describe("with --propose", () => {
    it("are written to a file for a contract wallet, whose owners execute them", async () => {
      const { alice, bob } = on.accounts;
      const asset = await register({ address });
      const carryOut = async (answer: Awaited<ReturnType<typeof on.act>>, path: string) => {
        expect(answer.error, answer.words).to.equal(undefined);
        expect(answer.transactions).to.deep.equal([]);
        const { transactions } = JSON.parse(await readFile(path, "utf8")) as { transactions: ProposedCall[] };
        await (await wallet.connect(alice).execute(transactions)).wait();
      };
      const as = { address };
      const newFile = () => join(on.folder, `proposal-${++files}.json`);
      const first = newFile();
      await carryOut(await on.act(setMetadata, { ...change, asset, name: "Its own" }, { as, propose: first }), first);
      expect(await digestOf(asset)).to.equal(digest(OLD.replace('"Old"', '"Its own"')));

      const identity = await identities["register()"].staticCall();
      await identities["register()"]();
      await identities.transferFrom(on.accounts.admin, address, identity);
      const second = newFile();
      const binding = { asset, identity: String(identity) };
      await carryOut(await on.act(bindIdentity, binding, { as, propose: second }), second);
      expect(await on.registry.identityOf(asset)).to.deep.equal([true, identity]);

      const third = newFile();
      await carryOut(await on.act(transferAsset, { asset, to: bob.address }, { as, propose: third }), third);
      expect(await on.registry.ownerOf(asset)).to.equal(bob.address);
      const foreign = await on.act(transferAsset, { asset, to: alice.address }, { as, propose: newFile() });
      expect(refusal(foreign)).to.contain("Only its owner can do this");
    });
  });
});
