import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { type Address, concatHex, createPublicClient, encodeAbiParameters, type Hex, hashTypedData, http } from "viem";
import { mnemonicToAccount, sign } from "viem/accounts";
import { accountKind } from "#client/signing/accountKind.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { grant } from "../../scripts/participant/commands/owning/grant.ts";
import { deposit } from "../../scripts/participant/commands/deposit.ts";
import { pay, submit } from "../../scripts/participant/commands/pay.ts";
import { publish } from "../../scripts/participant/commands/publish.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { AGENT, fee, refusal } from "../support/commands/options.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";
import { delegateAccount } from "../support/signing/delegateAccount.ts";

const CHAIN_ID = 4_271;
const MNEMONIC = "test test test test test test test test test test test junk";
/** Index of the payer among the node's accounts. */
const PAYER = 5;
const OWNER = 2;

const granting = { account: undefined, asset: undefined, sign: true, expires: "30d", file: undefined };
const draft = { builtFrom: "", floor: "0", byGrant: false, label: "", digest: undefined, uri: "", grants: "" };
const submitting = { signature: undefined };

describe("signatures, simulated before anything is made of them", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  const tokens = {} as Record<"dai" | "votes" | "stepwise" | "checked", Address>;
  let accepting: Address;
  let refusing: Address;
  let files = 0;
  const newFile = () => join(on.folder, `file-${++files}.json`);

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    const { payer, admin } = on.accounts;
    const deploy = async (name: string) => {
      const currency = await on.ethers.deployContract(name);
      await currency.getFunction("mint")(payer, 10n ** 24n);
      const address = (await currency.getAddress()) as Address;
      await on.ledger.connect(admin).admit(address);
      return address;
    };
    tokens.dai = await deploy("DaiCurrency");
    tokens.votes = await deploy("VotesCurrency");
    tokens.stepwise = await deploy("StepwiseCurrency");
    tokens.checked = await deploy("CheckedCurrency");
    const place = async (name: string) => (await (await on.ethers.deployContract(name)).getAddress()) as Address;
    accepting = await place("KeyDelegate");
    refusing = await place("RefusingDelegate");
  });
  after(() => on.stop());

  describe("a currency that seems to have permits and has none", () => {
    for (const name of ["dai", "votes"] as const) {
      it(`is paid by allowance, without a message to sign: ${name}`, async () => {
        const paid = await on.act(pay, { ...fee, currency: tokens[name], amount: "2" });
        expect(paid.error).to.equal(undefined);
        expect(paid.result).to.include({ way: "allowance", amount: String(2n * 10n ** 18n) });
        expect(paid.words).not.to.contain("Sign a message");
        const explicit = await on.act(pay, { ...fee, currency: tokens[name], amount: "2", way: "permit" });
        expect(refusal(explicit)).to.contain("does not support permits");
        const deposited = await on.act(deposit, { amount: "1", currency: tokens[name], account: undefined });
        expect(deposited.result).to.include({ amount: String(10n ** 18n) });
      });
    }
  });

  it("tells the kinds of accounts apart", async () => {
    const client = createPublicClient({ transport: http(on.url) });
    const wallet = (await (
      await on.ethers.deployContract("ContractWallet", [on.accounts.bob])
    ).getAddress()) as Address;
    const kindOf = (address: Address, signature?: Hex) => accountKind(client, address, signature);
    const key = on.accounts.stranger.address as Address;
    const wrapped = `0x12${"6492".repeat(16)}` as const;
    expect(await kindOf(key)).to.deep.equal({ kind: "key" });
    expect(await kindOf(key, wrapped)).to.deep.equal({ kind: "counterfactual" });
    expect(await kindOf(wallet, wrapped)).to.deep.equal({ kind: "contract", checksSignatures: true });
    for (const name of ["ledger", "registry"] as const) {
      expect(await kindOf(on.deployment[name])).to.deep.equal({ kind: "contract", checksSignatures: false });
    }
    // A wallet that refuses without a reason is known by its code.
    const silent = (await (await on.ethers.deployContract("SilentWallet")).getAddress()) as Address;
    expect(await kindOf(silent)).to.include({ checksSignatures: true });
    expect(await kindOf((await on.wrapped.getAddress()) as Address)).to.include({ checksSignatures: false });
    await delegateAccount(on.url, PAYER, refusing);
    const payer = on.accounts.payer.address as Address;
    expect(await kindOf(payer)).to.deep.equal({ kind: "delegated", delegate: refusing });
    await delegateAccount(on.url, PAYER);
    expect(await kindOf(payer)).to.deep.equal({ kind: "key" });
  });

  it("removes what is left of an allowance that can only be changed from zero (USDT)", async () => {
    const currency = await on.ethers.getContractAt("StepwiseCurrency", tokens.stepwise);
    await currency.connect(on.accounts.payer).approve(on.ledger, 5n);
    const paid = await on.act(pay, { ...fee, currency: tokens.stepwise, amount: "3" });
    expect(paid.error).to.equal(undefined);
    expect(paid.transactions.map(({ does }) => does.split(" ")[0])).to.deep.equal(["Remove", "Approve", "Pay"]);
    expect(paid.result).to.include({ way: "allowance", amount: "3000000" });
    await currency.connect(on.accounts.payer).approve(PERMIT2, 5n);
    const byPermit2 = await on.act(pay, { ...fee, currency: tokens.stepwise, amount: "3", way: "permit2" });
    expect(byPermit2.transactions).to.have.lengthOf(3);
    await currency.connect(on.accounts.payer).approve(on.ledger, 2n ** 256n - 1n);
    expect((await on.act(pay, { ...fee, currency: tokens.stepwise, amount: "1" })).transactions).to.have.lengthOf(1);
  });

  describe("an account that runs another contract's code (EIP-7702)", () => {
    let gated: number;
    let owner: { address: string };
    before(async () => {
      owner = on.accounts.alice;
      gated = Number(await registerAsset(on, on.accounts.alice, { byGrant: true }));
    });
    afterEach(async () => {
      await delegateAccount(on.url, PAYER);
      await delegateAccount(on.url, OWNER);
    });

    it("signs no grant that the registry would refuse, and learns the reason", async () => {
      await delegateAccount(on.url, OWNER, refusing);
      const file = newFile();
      const building = { ...granting, release: gated, account: on.accounts.bob.address, file };
      const { error, thrown, transactions } = await on.act(grant, building, { as: owner });
      expect(thrown).to.be.instanceOf(Error);
      expect(transactions).to.deep.equal([]);
      expect(error?.name).to.equal("GrantSignatureInvalid");
      expect(error?.message).to.contain(refusing).and.to.contain("EIP-7702");
      expect(await readFile(file, "utf8").catch(() => "absent")).to.equal("absent");
      const recorded = await on.act(grant, { ...building, sign: false }, { as: owner });
      expect(recorded.transactions).to.have.lengthOf(1);
    });

    it("signs a grant that its delegate accepts, and names the delegation if it refuses later", async () => {
      const { carol } = on.accounts;
      await delegateAccount(on.url, OWNER, accepting);
      const grants = newFile();
      await on.act(grant, { ...granting, release: gated, account: carol.address, file: grants }, { as: owner });
      const building = { ...draft, asset: AGENT, builtFrom: `${gated}:5%`, grants };
      await delegateAccount(on.url, OWNER, refusing);
      const refused = await on.act(publish, building, { as: carol });
      expect(refused.error?.name).to.equal("GrantSignatureInvalid");
      expect(refused.error?.message).to.contain(refusing);
      await delegateAccount(on.url, OWNER, accepting);
      expect((await on.act(publish, building, { as: carol })).transactions).to.have.lengthOf(1);
    });

    it("pays by allowance where the currency refuses its permit, and says so", async () => {
      await delegateAccount(on.url, PAYER, refusing);
      const paid = await on.act(pay, { ...fee, currency: tokens.checked, amount: "2" });
      expect(paid.error).to.equal(undefined);
      expect(paid.result).to.include({ way: "allowance", amount: "2000000" });
      expect(paid.words).to.contain(refusing).and.to.contain("Going on in another way");
      const deposited = await on.act(deposit, { amount: "1", currency: tokens.checked, account: undefined });
      expect(deposited.result).to.include({ amount: "1000000" });
      const chosen = await on.act(pay, { ...fee, currency: tokens.checked, amount: "2", way: "permit" });
      expect(refusal(chosen)).to.contain(refusing);
    });

    it("pays by permit and authorization where the currency looks at its key", async () => {
      await delegateAccount(on.url, PAYER, refusing);
      const permitted = await on.act(pay, { ...fee, currency: "sUSD", amount: "2" });
      expect(permitted.result).to.include({ way: "permit", amount: "2000000" });
      const file = newFile();
      await on.act(pay, { ...fee, currency: "sUSD", amount: "2", sign: file });
      const submitted = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
      expect(submitted.result).to.include({ amount: "2000000", payer: on.accounts.payer.address });
    });

    it("writes no payment that would be refused", async () => {
      await delegateAccount(on.url, PAYER, refusing);
      for (const way of ["authorization", "permit2"] as const) {
        const checked = await on.ethers.getContractAt("CheckedCurrency", tokens.checked);
        await checked.connect(on.accounts.payer).approve(PERMIT2, 10_000_000n);
        const file = newFile();
        const signed = await on.act(pay, { ...fee, currency: tokens.checked, amount: "2", way, sign: file });
        expect(refusal(signed)).to.contain(refusing);
        expect(await readFile(file, "utf8").catch(() => "absent")).to.equal("absent");
      }
      await delegateAccount(on.url, PAYER, accepting);
      const file = newFile();
      await on.act(pay, { ...fee, currency: tokens.checked, amount: "2", sign: file });
      const paid = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
      expect(paid.result).to.include({ amount: "2000000", way: "authorization" });
    });
  });

  describe("a contract wallet whose owners sign in 130 bytes", () => {
    const keys = [6, 7].map((addressIndex) => mnemonicToAccount(MNEMONIC, { addressIndex }));
    let wallet: Address;
    const signAll = async (hash: Hex) =>
      concatHex(
        await Promise.all(
          keys.map((key) =>
            sign({ hash, privateKey: `0x${Buffer.from(key.getHdKey().privateKey ?? []).toString("hex")}`, to: "hex" }),
          ),
        ),
      );
    const signFile = async (file: string) => {
      const { typedData } = JSON.parse(await readFile(file, "utf8")) as { typedData: never };
      return signAll(hashTypedData(typedData));
    };
    before(async () => {
      const deployed = await on.ethers.deployContract(
        "ThresholdWallet",
        keys.map(({ address }) => address),
      );
      wallet = (await deployed.getAddress()) as Address;
      for (const token of [on.signed, await on.ethers.getContractAt("CheckedCurrency", tokens.checked)]) {
        await token.mint(wallet, 100_000_000n);
      }
    });
    const asWallet = () => ({ as: { address: wallet } });

    for (const currency of ["sUSD", "cUSD"]) {
      it(`pays by a message that its owners sign elsewhere, in ${currency}`, async () => {
        const file = newFile();
        const written = await on.act(pay, { ...fee, currency, amount: "3", sign: file }, asWallet());
        expect(written.error).to.equal(undefined);
        expect(written.words).to.contain("contract wallet").and.to.contain("typedData");
        const early = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
        expect(refusal(early)).to.contain("not signed yet");

        const signature = await signFile(file);
        expect(signature).to.have.lengthOf(2 + 260);
        const wrong = `${signature.slice(0, -2)}1d`;
        const refused = await on.act(submit, { file, signature: wrong }, { as: on.accounts.stranger });
        expect(refusal(refused)).to.contain("does not accept this signature (ERC-1271)");
        const odd = await on.act(submit, { file, signature: "0x123" }, { as: on.accounts.stranger });
        expect(refusal(odd)).to.contain("even number of hexadecimal digits");
        const paid = await on.act(submit, { file, signature }, { as: on.accounts.stranger });
        expect(paid.result).to.include({ payer: wallet, amount: "3000000" });
        const again = await on.act(submit, { file, signature }, { as: on.accounts.stranger });
        expect(again.result).to.include({ alreadyPaid: true, transaction: paid.transactions[0]?.hash });
      });
    }

    it("grants by a message that its owners sign elsewhere", async () => {
      const { alice } = on.accounts;
      const release = Number(await registerAsset(on, alice, { byGrant: true }));
      await on.registry.connect(alice).transferFrom(alice, wallet, release);
      const file = newFile();
      const { bob } = on.accounts;
      const building = { ...draft, asset: 2, builtFrom: `${release}:5%`, grants: file };
      await on.act(grant, { ...granting, release, account: bob.address, file }, asWallet());
      expect(refusal(await on.act(publish, building, { as: bob }))).to.contain("not signed yet");
      const content = JSON.parse(await readFile(file, "utf8")) as object;
      await writeFile(file, JSON.stringify({ ...content, signature: await signFile(file) }));
      expect((await on.act(publish, building, { as: bob })).transactions).to.have.lengthOf(1);
    });

    it("is told to be deployed first if its signature has the form of ERC-6492, and paid after that", async () => {
      const file = newFile();
      await on.act(pay, { ...fee, currency: "sUSD", amount: "3", sign: file }, asWallet());
      const inner = await signFile(file);
      const types = [{ type: "address" }, { type: "bytes" }, { type: "bytes" }] as const;
      const wrapped = concatHex([
        encodeAbiParameters(types, [on.accounts.admin.address as Address, "0x1234", inner]),
        `0x${"6492".repeat(16)}`,
      ]);
      const content = JSON.parse(await readFile(file, "utf8")) as { payment: object };
      const absent = "0x00000000000000000000000000000000000000a1";
      const early = newFile();
      await writeFile(early, JSON.stringify({ ...content, payment: { ...content.payment, payer: absent } }));
      const refused = await on.act(submit, { file: early, signature: wrapped }, { as: on.accounts.stranger });
      // The file's author chose the factory and its call, so nobody is advised to make it.
      expect(refusal(refused)).to.contain("not deployed yet").and.not.to.contain(on.accounts.admin.address);
      const damaged = `0x12${"6492".repeat(16)}`;
      const broken = await on.act(submit, { file: early, signature: damaged }, { as: on.accounts.stranger });
      expect(refusal(broken)).to.contain("damaged");
      const paid = await on.act(submit, { file, signature: wrapped }, { as: on.accounts.stranger });
      expect(paid.result).to.include({ payer: wallet, amount: "3000000" });
    });

    it("cannot sign at all if it has no ERC-1271, and is told to send a transaction", async () => {
      const mute = (await (await on.ethers.deployContract("ShareMarket", [on.ledger])).getAddress()) as Address;
      await on.signed.mint(mute, 10_000_000n);
      const file = newFile();
      await on.act(pay, { ...fee, currency: "sUSD", amount: "3", sign: file }, { as: { address: mute } });
      const signature = `0x${"11".repeat(130)}`;
      const refused = await on.act(submit, { file, signature }, { as: on.accounts.stranger });
      expect(refusal(refused)).to.contain("no ERC-1271");
    });
  });

  describe("a signed payment that cannot be submitted any more", () => {
    it("was paid by somebody else: by Permit2, too", async () => {
      await on.dollar.connect(on.accounts.payer).approve(PERMIT2, 100_000_000n);
      const file = newFile();
      // Another payment with the same terms, which is not this one.
      const other = newFile();
      for (const each of [file, other]) await on.act(pay, { ...fee, amount: "4", sign: each });
      await on.act(submit, { file: other, ...submitting });
      const paid = await on.act(submit, { file, ...submitting });
      const again = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
      expect(again.error).to.equal(undefined);
      expect(again.result).to.include({
        alreadyPaid: true,
        transaction: paid.transactions[0]?.hash,
        blockNumber: paid.transactions[0]?.blockNumber,
        amount: "4000000",
      });
      expect(again.words).to.contain("Paid in transaction").and.to.contain("for release 3");
    });

    it("was not paid by another amount with the same nonce", async () => {
      const { payer } = on.accounts;
      await on.dollar.connect(payer).approve(PERMIT2, 100_000_000n);
      for (const currency of ["tUSD", tokens.checked]) {
        const [file, less] = [newFile(), newFile()];
        await on.act(pay, { ...fee, currency, amount: "3", sign: less });
        const content = JSON.parse(await readFile(less, "utf8")) as { payment: object };
        await writeFile(file, JSON.stringify({ ...content, payment: { ...content.payment, amount: "9000000" } }));
        expect((await on.act(submit, { file: less, ...submitting })).error).to.equal(undefined);
        const refused = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
        expect(refusal(refused)).to.contain("no fee was paid with it");
      }
    });

    it("was not paid because its nonce stands in the data of another payment", async () => {
      const { payer } = on.accounts;
      const other = newFile();
      await on.act(pay, { ...fee, amount: "4", sign: other });
      await on.act(submit, { file: other, ...submitting });
      const content = JSON.parse(await readFile(other, "utf8")) as { payment: { deadline: string } };
      const nonce = BigInt(content.payment.deadline);
      const permit2 = new on.ethers.Contract(PERMIT2, ["function invalidateUnorderedNonces(uint256, uint256)"], payer);
      await permit2.getFunction("invalidateUnorderedNonces")(nonce >> 8n, 1n << (nonce & 255n));
      const file = newFile();
      await writeFile(file, JSON.stringify({ ...content, payment: { ...content.payment, nonce: String(nonce) } }));
      const refused = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
      expect(refusal(refused)).to.contain("no fee was paid with it");
    });

    it("was cancelled by its payer", async () => {
      const file = newFile();
      await on.act(pay, { ...fee, currency: tokens.checked, amount: "2", sign: file });
      const { payment } = JSON.parse(await readFile(file, "utf8")) as { payment: { nonce: string; ref: string } };
      const nonce = await on.signedPayments.nonceOf({
        payer: on.accounts.payer.address,
        release: AGENT,
        currency: tokens.checked,
        amount: 2_000_000n,
        ref: payment.ref,
        salt: payment.nonce,
        validAfter: 0n,
        validBefore: 0n,
      });
      const checked = await on.ethers.getContractAt("CheckedCurrency", tokens.checked);
      const domain = { name: "Checked dollar", version: "2", chainId: CHAIN_ID, verifyingContract: tokens.checked };
      const types = {
        CancelAuthorization: [
          { name: "authorizer", type: "address" },
          { name: "nonce", type: "bytes32" },
        ],
      };
      const message = { authorizer: on.accounts.payer.address, nonce };
      const signature = await on.accounts.payer.signTypedData(domain, types, message);
      await checked.cancelAuthorization(on.accounts.payer, nonce, signature);
      const refused = await on.act(submit, { file, ...submitting }, { as: on.accounts.stranger });
      expect(refusal(refused)).to.contain("cancelled this signed payment in transaction");
    });
  });
});
