import { expect } from "chai";
import { Wallet } from "ethers";
import { type Address, createPublicClient, http } from "viem";
import { mappedOwners } from "../../scripts/import/owners.ts";
import { checkOwners } from "../../scripts/import/checkOwners.ts";
import type { ImportPlan } from "../../scripts/import/planImport.ts";
import { checkRoles } from "../../scripts/deploy/checkRoles.ts";
import type { DeploymentPlan } from "../../scripts/deploy/planDeployment.ts";
import { claim } from "../../scripts/participant/commands/claim.ts";
import { collect } from "../../scripts/participant/commands/collect.ts";
import { deposit } from "../../scripts/participant/commands/deposit.ts";
import { grant } from "../../scripts/participant/commands/owning/grant.ts";
import { outlet } from "../../scripts/participant/commands/outlet.ts";
import { register } from "../../scripts/participant/commands/register.ts";
import { sync } from "../../scripts/participant/commands/sync.ts";
import { transferShares } from "../../scripts/participant/commands/owning/transferShares.ts";
import { withdraw } from "../../scripts/participant/commands/withdraw.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { refusal } from "../support/commands/options.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_292;
const WHOLE_PLAN = { assets: undefined, all: false, credit: false, price: "" };
const NEW_ASSET = {
  metadata: undefined,
  leaveOut: undefined,
  name: "Summarizer",
  organization: undefined,
  description: undefined,
  kind: "agent",
  owner: undefined,
  shares: undefined,
  keep: "0",
  builtFrom: "",
  floor: "0",
  byGrant: false,
  label: "",
  digest: undefined,
  uri: "",
  grants: "",
};

describe("recipients of the commands, on a node", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let escrow: Address;
  /** The inlet of a release that does not exist yet. */
  let inlet: Address;
  let ledger: Address;

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    escrow = (await (await on.ethers.deployContract("TestEscrow")).getAddress()) as Address;
    inlet = (await on.inlets.inletOf(40)) as Address;
    ledger = on.deployment.ledger;
    const { payer, alice } = on.accounts;
    await on.dollar.connect(payer).approve(ledger, 10_000_000n);
    await on.ledger.connect(payer).deposit(on.dollar, 5_000_000n, payer);
    await on.ledger.connect(payer).pay(1, on.dollar, 2_000_000n, on.ethers.ZeroHash);
    await on.ledger.settle([1], on.dollar);
    await on.wrapped.connect(payer).deposit({ value: 5_000n });
    await on.wrapped.connect(payer).approve(ledger, 5_000n);
    await on.ledger.connect(payer).deposit(on.wrapped, 5_000n, payer);
    expect(await on.registry.ownerOf(1)).to.equal(alice.address);
  });
  after(() => on.stop());

  it("register refuses a dead end as owner and as shareholder, and warns of a passive contract", async () => {
    const { alice } = on.accounts;
    const asOwner = await on.act(register, { ...NEW_ASSET, owner: inlet });
    expect(refusal(asOwner)).to.contain(`${inlet} is the inlet of release 40, which does not exist yet.`);
    const shares = `${alice.address}:data:40000000,${ledger.toLowerCase()}:training:60000000`;
    expect(refusal(await on.act(register, { ...NEW_ASSET, shares }))).to.contain("is the ledger of this deployment.");
    const passive = `${alice.address}:data:40000000,${escrow}:training:60000000`;
    const { words, error } = await on.act(register, { ...NEW_ASSET, owner: escrow, shares: passive }, { dryRun: true });
    expect(error).to.equal(undefined);
    expect(words).to.contain(
      `Warning: ${escrow} is a contract, and it does not answer as a contract wallet (ERC-1271)`,
    );
    expect(words).to.contain("nobody could ever publish a release of the asset");
    expect(words).to.contain("the shares and all that they earn would be lost");
  });

  it("transfer-shares refuses an inlet in small letters and a precompiled contract, and warns of an escrow", async () => {
    const { alice, bob } = on.accounts;
    const move = (to: string) => on.act(transferShares, { asset: 1, shares: "1", to }, { as: alice, dryRun: true });
    expect(refusal(await move(inlet.toLowerCase()))).to.contain("the inlet of release 40");
    expect(refusal(await move("0x0000000000000000000000000000000000000009"))).to.contain("precompiled contracts");
    expect((await move(escrow)).words).to.contain("the shares and all that they earn would be lost");
    expect((await move(bob.address)).words).not.to.contain("Warning");
  });

  it("withdraw refuses the ledger, the currency, and a contract that takes no native money", async () => {
    const take = (to: string, currency = "tUSD") =>
      on.act(withdraw, { amount: "0.000000000000001", currency, to }, { dryRun: true });
    const some = (to: string) => on.act(withdraw, { amount: "1", currency: "tUSD", to }, { dryRun: true });
    expect(refusal(await some(ledger))).to.contain("is the ledger of this deployment.");
    expect(refusal(await some(await on.dollar.getAddress()))).to.contain("is tUSD, the currency itself.");
    expect(refusal(await take(escrow, "native"))).to.contain("refuses native money");
    expect((await some(escrow)).words).to.contain(`Warning: ${escrow} is a contract`);
  });

  it("deposit refuses the registry, and warns of a passive contract", async () => {
    const put = (to: string) => on.act(deposit, { amount: "1", currency: "tUSD", account: to }, { dryRun: true });
    expect(refusal(await put(on.deployment.registry))).to.contain("the credit could never be spent");
    expect((await put(escrow)).words).to.contain("the credit could never be spent or withdrawn");
  });

  it("claim refuses an inlet as payee, and warns of a passive contract", async () => {
    const { alice } = on.accounts;
    const claiming = { assets: ["1"], currency: "tUSD", toCredit: false, account: undefined };
    const take = (to: string) => on.act(claim, { ...claiming, to }, { as: alice, dryRun: true });
    expect(refusal(await take(inlet))).to.contain("To pay that release, use `pay 40`.");
    expect((await take(escrow)).words).to.contain("the money would be lost");
  });

  it("collect refuses an inlet as payee, and outlet shows what a passive contract's outlet holds", async () => {
    const { alice, payer } = on.accounts;
    const address = await on.outlets.outletOf(escrow);
    const service = await on.startApi();
    const { api } = service;
    try {
      await service.caughtUp();
      const show = (account: string, from = api) => on.act(outlet, { account, api: from }, { as: alice });
      const closed = await show(escrow);
      expect(closed.words).to.contain(`The outlet of ${escrow} is ${address}.`).and.to.contain("It is not open yet");
      expect(closed.words).to.contain("to that account and nowhere else").and.to.contain(`hardhat pass ${escrow}`);
      expect(closed.result).to.deep.include({ outlet: address, isOpen: false, holdings: [] });

      const take = (to: string) =>
        on.act(collect, { currency: "tUSD", to, api, ...WHOLE_PLAN }, { as: alice, dryRun: true });
      expect(refusal(await take(inlet))).to.contain("the inlet of release 40");
      expect((await take(escrow)).words).to.contain("the money would be lost");

      const sent = await on.act(transferShares, { asset: 1, shares: "25000000", to: address }, { as: alice });
      expect([sent.error, sent.words.includes("Warning")]).to.deep.equal([undefined, false]);
      await on.outlets.open(escrow);
      await on.dollar.connect(payer).transfer(address, 1_500_000n);
      await on.ledger.connect(payer).deposit(on.dollar, 2_000_000n, address);
      await service.caughtUp();
      const open = await show(escrow);
      expect(open.words).to.contain("It is open").and.to.contain("1.5 tUSD (1500000 base units), and 2 tUSD");
      expect(open.words).to.contain("25000000 of 100000000 shares of asset 1");
      expect(open.result).to.deep.include({ isOpen: true, holdings: [{ asset: 1, shares: "25000000" }] });

      expect((await show(escrow, "http://127.0.0.1:1")).words).to.contain(
        "Its shares are not shown: No indexer answers",
      );
      expect((await show(alice.address)).words).to.contain("so it can hold shares itself. It needs no outlet.");
      expect(refusal(await show(address))).to.contain(`is an outlet itself, of ${escrow}`);
      expect(refusal(await show(inlet))).to.contain("the inlet of release 40");
    } finally {
      await service.stop();
    }
  });

  it("grant refuses a dead end, on chain and signed, and warns of a passive contract", async () => {
    const { alice } = on.accounts;
    const release = Number(await registerAsset(on, alice, { byGrant: true }));
    const give = (account: string, sign = false) =>
      on.act(
        grant,
        { release, account, asset: undefined, sign, expires: "1d", file: undefined },
        { as: alice, dryRun: true },
      );
    for (const sign of [false, true]) {
      expect(refusal(await give(PERMIT2, sign))).to.contain("nobody could ever use the grant");
      expect((await give(escrow, sign)).words).to.contain("nobody could ever use the grant");
    }
  });

  it("sync --recover warns if the asset's owner may be passive", async () => {
    const { alice } = on.accounts;
    const release = Number(await registerAsset(on, alice));
    await on.registry.connect(alice).transferFrom(alice, escrow, release);
    const token = await on.ethers.deployContract("SignedCurrency");
    await token.mint(await on.inlets.inletOf(release), 5n);
    const recovering = { release, currency: undefined, recover: await token.getAddress(), assets: undefined };
    expect((await on.act(sync, recovering, { dryRun: true })).words).to.contain(`Warning: ${escrow} is a contract`);
  });

  describe("an import", () => {
    const model = { name: "Llama", kind: "model", organization: "Meta", date: null, placeholder: false } as const;
    const plan: ImportPlan = [{ asset: model, first: true, label: "", contributions: [], level: 0 }];
    const check = (owners: object, custodian?: string) =>
      checkOwners({
        provider: createPublicClient({ transport: http(on.url) }),
        deployment: on.deployment,
        plan,
        ownerOf: mappedOwners(owners, custodian),
        importer: on.accounts.admin.address,
      });
    const failure = (work: Promise<unknown>) =>
      work.then(
        () => "",
        (error: Error) => error.message,
      );

    it("refuses a dead end in the owners file or as custodian, before anything is sent", async () => {
      expect(await failure(check({ organizations: { Meta: { owner: inlet } } }))).to.contain(
        "Correct the owners file or --custodian. Nothing was sent.",
      );
      expect(await failure(check({}, ledger))).to.contain("is the ledger of this deployment.");
      const contributors = [{ account: PERMIT2.toLowerCase(), role: "data", shares: "100000000" }];
      const entry = { owner: on.accounts.alice.address, contributors };
      expect(await failure(check({ assets: { Llama: entry } }))).to.contain("is Permit2.");
    });

    it("warns of an escrow in the owners file, and of nothing for an account", async () => {
      const warnings = await check({ organizations: { Meta: { owner: escrow } } });
      expect(warnings.join()).to.contain("publishes, grants and retires").and.to.contain("claims from the ledger");
      expect(await check({}, Wallet.createRandom().address)).to.deep.equal([]);
    });
  });

  describe("a deployment", () => {
    const check = async (roles: Partial<DeploymentPlan>) =>
      checkRoles(createPublicClient({ transport: http(on.url) }), {
        chainId: CHAIN_ID,
        network: undefined,
        deployer: on.accounts.admin.address,
        admin: { account: on.accounts.admin.address },
        commonsBeneficiary: on.accounts.alice.address,
        commonsPpm: 10_000,
        currencies: [{ address: (await on.dollar.getAddress()) as Address, symbol: "tUSD", decimals: 6 }],
        wrappedNative: await on.wrapped.getAddress(),
        identityRegistry: "0x0000000000000000000000000000000000000000",
        permit2: PERMIT2,
        testCurrencies: false,
        ...roles,
      });
    const failure = (work: Promise<unknown>) =>
      work.then(
        () => "",
        (error: Error) => error.message,
      );

    it("refuses a dead end as admin, proposer and beneficiary of the commons", async () => {
      expect(await failure(check({ admin: { account: PERMIT2 } })))
        .to.contain("--admin: ")
        .and.to.contain("is Permit2.");
      const burn = "0x000000000000000000000000000000000000dEaD";
      expect(
        await failure(check({ admin: { delay: 60, proposer: burn, canceller: on.accounts.alice.address } })),
      ).to.contain("--proposer: ");
      const beneficiary = await check({ commonsBeneficiary: await on.dollar.getAddress() }).catch(
        (error: Error) => error.message,
      );
      expect(beneficiary)
        .to.contain("--commons-beneficiary: ")
        .and.to.contain("is tUSD, a currency of this deployment.");
    });

    it("warns of a passive contract, and of nothing for an account", async () => {
      expect((await check({ commonsBeneficiary: escrow })).join()).to.contain("--commons-beneficiary: ");
      expect(await check({ commonsBeneficiary: on.accounts.bob.address })).to.deep.equal([]);
    });
  });
});
