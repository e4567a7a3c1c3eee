import { expect } from "chai";
import { Wallet } from "ethers";
import { type Address, createPublicClient, getAddress, getContractAddress, http, zeroAddress } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { assessRecipient } from "#client/recipients/assessRecipient.ts";
import { type Assessment, type Purpose, PURPOSES, type Recipient } from "#client/recipients/recipient.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { registerAsset } from "../support/economy/assets.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const CHAIN_ID = 4_291;
const ALL_OK = "ok ok ok ok ok ok ok";
const ALL_WARN = "warn warn warn warn warn warn warn";
const ALL_REFUSED = "refuse refuse refuse refuse refuse refuse refuse";
const TOKEN_ACCOUNT_REGISTRY = "0x000000006551c19487814612e58FE06813775758";
const TOKENBOUND = "0x55266d75D1a14E4572138116aF39863Ed6596E7F";

describe("the rules for recipients, on a node", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let chain: Chain;
  const deployed: Record<string, Address> = {};

  before(async () => {
    on = await startParticipant(CHAIN_ID);
    const { ethers, accounts, ledger, registry } = on;
    const deploy = async (name: string, ...args: unknown[]) =>
      (await (await ethers.deployContract(name, args)).getAddress()) as Address;
    deployed.timelock = await deploy("AdminTimelock", 60, accounts.admin);
    deployed.wallet = await deploy("ContractWallet", accounts.alice);
    deployed.safe = await deploy("TestSafe", [accounts.alice, accounts.bob], 2);
    deployed.escrow = await deploy("TestEscrow");
    deployed.foreignToken = await deploy("SignedCurrency");
    await on.inlets.open(1);
    await on.inlets.open(77);
    await on.outlets.open(deployed.escrow);
    deployed.outlet = (await on.outlets.outletOf(deployed.escrow)) as Address;
    // Fallbacks: one accepts everything, one refuses everything with a reason, one answers everything with ERC-1271's word.
    for (const [name, code] of [
      ["acceptsAll", "0x00"],
      ["refusesAll", "0x63deadbeef60e01b60005260046000fd"],
      ["answersAll", "0x631626ba7e60e01b60005260206000f3"],
    ] as const) {
      deployed[name] = Wallet.createRandom().address as Address;
      await ethers.provider.send("hardhat_setCode", [deployed[name], code]);
    }
    deployed.delegated = Wallet.createRandom().address as Address;
    await ethers.provider.send("hardhat_setCode", [deployed.delegated, `0xef0100${deployed.wallet.slice(2)}`]);

    const tokenAccounts = await ethers.deployContract("TokenBoundAccounts");
    const accountOf = async (id: number, chainId = CHAIN_ID, token: Address = on.deployment.registry) => {
      await tokenAccounts.createAccount(ethers.ZeroHash, chainId, token, id);
      return (await tokenAccounts.account(ethers.ZeroHash, chainId, token, id)) as Address;
    };
    deployed.accountOf1 = await accountOf(1);
    deployed.accountOf2 = await accountOf(2);
    deployed.accountOf999 = await accountOf(999);
    deployed.accountElsewhere = await accountOf(1, 10);
    const passive = Number(
      await registerAsset(on, accounts.alice, { owner: await ethers.getSigner(accounts.alice.address) }),
    );
    await registry.connect(accounts.alice).transferFrom(accounts.alice, deployed.escrow, passive);
    deployed.accountOfPassive = await accountOf(passive);
    // Two assets that own each other.
    const [left, right] = [
      Number(await registerAsset(on, accounts.alice)),
      Number(await registerAsset(on, accounts.alice)),
    ];
    deployed.left = await accountOf(left);
    deployed.right = await accountOf(right);
    await registry.connect(accounts.alice).transferFrom(accounts.alice, deployed.right, left);
    await registry.connect(accounts.alice).transferFrom(accounts.alice, deployed.left, right);
    // The token that wraps native money has some, as on public chains.
    await on.wrapped.connect(accounts.payer).deposit({ value: 10n });
    expect(await ledger.releaseCount()).to.equal(BigInt(right));

    chain = new Chain({
      client: createPublicClient({ transport: http(on.url) }),
      deployment: on.deployment,
    });
  });
  after(() => on.stop());

  const assess = (recipient: Recipient, related: Address[] = []): Promise<Assessment> =>
    assessRecipient({ client: chain.client, chain }, recipient, { related });
  const verdicts = async (address: Address): Promise<string> => {
    const all = await Promise.all(PURPOSES.map((purpose) => assess({ address, purpose })));
    for (const { verdict, message } of all) expect(message === "").to.equal(verdict === "ok");
    return all.map(({ verdict }) => verdict).join(" ");
  };
  const at = (name: string): Address => deployed[name] as Address;
  const messageFor = async (address: Address, purpose: Purpose) => (await assess({ address, purpose })).message;

  it("judges each kind of account and contract for each purpose", async () => {
    const { alice } = on.accounts;
    const table: [string, Address, string][] = [
      ["an account that has sent transactions", alice.address as Address, ALL_OK],
      ["an account that has sent none", Wallet.createRandom().address as Address, ALL_OK],
      ["an account with a delegation", at("delegated"), ALL_OK],
      ["a contract wallet", at("wallet"), ALL_OK],
      ["a Safe", at("safe"), ALL_OK],
      ["a timelock", at("timelock"), "warn warn warn warn warn warn ok"],
      // It refuses native money.
      ["an escrow", at("escrow"), "warn warn warn warn refuse warn warn"],
      ["a token that is not admitted", at("foreignToken"), "warn warn warn warn refuse warn warn"],
      ["a contract that accepts every call", at("acceptsAll"), ALL_WARN],
      ["a contract that refuses every call", at("refusesAll"), "warn warn warn warn refuse warn warn"],
      ["a contract that answers every call", at("answersAll"), ALL_WARN],
      ["an inlet that is deployed", (await on.inlets.inletOf(1)) as Address, ALL_REFUSED],
      ["a deployed inlet of no release", (await on.inlets.inletOf(77)) as Address, ALL_REFUSED],
      ["an inlet that is not deployed", (await on.inlets.inletOf(2)) as Address, ALL_REFUSED],
      ["an inlet of no release yet", (await on.inlets.inletOf(4_900)) as Address, ALL_REFUSED],
      ["an outlet", at("outlet"), "ok refuse ok ok ok refuse refuse"],
      ["the account of an asset of somebody", at("accountOf1"), ALL_OK],
      ["the account of no asset", at("accountOf999"), ALL_REFUSED],
      ["the account of a token elsewhere", at("accountElsewhere"), ALL_WARN],
      ["the account of an asset of a passive contract", at("accountOfPassive"), ALL_WARN],
      ["the accounts of assets that own each other", at("left"), ALL_REFUSED],
    ];
    const found: [string, Address, string][] = [];
    for (const [name, address] of table) found.push([name, address, await verdicts(address)]);
    expect(found).to.deep.equal(table);
  });

  it("refuses every dead end that is known, for each purpose, in any case of letters", async () => {
    const { registry, ledger, periphery } = on.deployment;
    const contracts = [registry, ledger, ...Object.values(periphery).map(({ address }) => address)];
    const codeBehindOutlets = (await on.outlets.implementation()) as Address;
    const codeBehindInlets = getContractAddress({ from: periphery.inlets?.address as Address, nonce: 1n });
    expect(await chain.client.getCode({ address: codeBehindInlets })).not.to.equal(undefined);
    const tokens = [on.dollar, on.signed, on.wrapped].map(async (token) => (await token.getAddress()) as Address);
    const deadEnds: Address[] = [
      ...contracts,
      codeBehindInlets,
      codeBehindOutlets,
      ...(await Promise.all(tokens)),
      zeroAddress,
      "0x000000000000000000000000000000000000dEaD",
      "0xdEAD000000000000000042069420694206942069",
      "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE",
      "0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF",
      "0x0000000000000000000000000000000000000001",
      "0x0000000000000000000000000000000000000009",
      "0x0000000000000000000000000000000000000011",
      "0x0000000000000000000000000000000000000100",
      "0x4200000000000000000000000000000000000006",
      "0x4200000000000000000000000000000000000016",
      PERMIT2,
      "0x5FF137D4b0FDCD49DcA30c7CF57E578a026d2789",
      "0x0000000071727De22E5E9d8BAf0edAc6f37da032",
      "0xcA11bde05977b3631167028862bE2a173976CA11",
      TOKEN_ACCOUNT_REGISTRY,
      TOKENBOUND,
    ];
    for (const address of deadEnds) {
      expect([address, await verdicts(address)]).to.deep.equal([address, ALL_REFUSED]);
      const small = address.toLowerCase() as Address;
      expect(await messageFor(small, "tokens")).to.contain("Nobody can act with it, so the money would be lost.");
    }
    expect(await messageFor(ledger, "credit")).to.contain("is the ledger of this deployment.");
    expect(await messageFor(codeBehindInlets, "shares")).to.contain("the code behind the inlets");
    expect(await messageFor(await tokens[0]!, "tokens")).to.contain("is tUSD, the currency itself.");
  });

  it("names the release of an inlet, and the way to pay it", async () => {
    const inlet = (await on.inlets.inletOf(2)) as Address;
    expect(await messageFor(inlet, "tokens")).to.contain(
      "is the inlet of release 2. Everything would go to the contributors of release 2. To pay that release, use `pay 2`.",
    );
    expect(await messageFor(inlet, "shares")).to.contain("the shares could never leave it");
    const future = (await on.inlets.inletOf(4_000)) as Address;
    expect(await messageFor(future, "asset")).to.contain("the inlet of release 4000, which does not exist yet.");
    // The last digit of the factory's answer decides, not only the part of it that is looked up.
    const neighbour = getAddress(`${inlet.slice(0, -1)}${inlet.endsWith("0") ? "1" : "0"}`.toLowerCase());
    expect((await assess({ address: neighbour, purpose: "shares" })).found.kind).to.equal("account");
  });

  it("offers a passive contract's outlet for shares and credit, and recognises it before it is deployed", async () => {
    const [wallet, acceptsAll] = [at("wallet"), at("acceptsAll")];
    const outlet = getAddress(await on.outlets.outletOf(acceptsAll));
    for (const purpose of ["shares", "credit"] as const) {
      const offered = await assess({ address: acceptsAll, purpose });
      expect([purpose, offered.outlet]).to.deep.equal([purpose, outlet]);
      expect(offered.message).to.contain(`or name its outlet ${outlet} instead: anyone can pass on to the contract`);
    }
    expect((await assess({ address: acceptsAll, purpose: "tokens" })).outlet).to.equal(undefined);
    expect((await assess({ address: wallet, purpose: "shares" })).outlet).to.equal(undefined);
    const asOwner = await assess({ address: outlet, purpose: "asset" }, [wallet, acceptsAll]);
    expect(asOwner.found).to.deep.equal({ kind: "outlet", of: acceptsAll });
    expect(asOwner.message).to.contain(`Name ${acceptsAll} itself.`);
    const old = new Chain({
      client: chain.client,
      deployment: { ...on.deployment, periphery: { ...on.deployment.periphery, outlets: undefined } },
    });
    const recipient = { address: acceptsAll, purpose: "shares" } as const;
    const { message, outlet: none } = await assessRecipient({ client: old.client, chain: old }, recipient);
    expect([none, message.endsWith("Ask whoever runs it first.")]).to.deep.equal([undefined, true]);
  });

  it("recognises a Safe and a delegation for what they are", async () => {
    const { found: safe } = await assess({ address: at("safe"), purpose: "shares" });
    expect(safe).to.deep.equal({ kind: "wallet", safe: { threshold: 2, owners: 2 } });
    const { found: delegated } = await assess({ address: at("delegated"), purpose: "shares" });
    expect(delegated).to.deep.equal({ kind: "delegated", to: getAddress(at("wallet")) });
  });

  describe("the token account of an asset (ERC-6551)", () => {
    it("may hold shares of its asset while somebody owns that, but may not own the asset itself", async () => {
      expect((await assess({ address: at("accountOf1"), purpose: "shares", asset: 1 })).verdict).to.equal("ok");
      const own = await assess({ address: at("accountOf1"), purpose: "asset", asset: 1 });
      expect(own.verdict).to.equal("refuse");
      expect(own.message).to.contain("The chain of its owners leads back to itself");
      expect((await assess({ address: at("accountOf1"), purpose: "asset", asset: 2 })).verdict).to.equal("ok");
    });

    it("may not own its asset through another asset", async () => {
      const { registry, accounts } = on;
      await registry.connect(accounts.bob).transferFrom(accounts.bob, at("accountOf1"), 2);
      // Asset 2 belongs to the account of asset 1: asset 1 may not go to the account of asset 2.
      const circle = await assess({ address: at("accountOf2"), purpose: "asset", asset: 1 });
      expect(circle.verdict).to.equal("refuse");
      expect((await assess({ address: at("accountOf2"), purpose: "shares", asset: 1 })).verdict).to.equal("ok");
    });

    it("is recognised before it is deployed, for the usual implementations", async () => {
      const predicted = (id: number) => {
        const word = (value: number | string) => BigInt(value).toString(16).padStart(64, "0");
        const code =
          `0x3d60ad80600a3d3981f3363d3d373d3d3d363d73${TOKENBOUND.slice(2)}5af43d82803e903d91602b57fd5bf3` as const;
        const bytecode = `${code}${word(0)}${word(CHAIN_ID)}${word(on.deployment.registry)}${word(id)}` as const;
        return getContractAddress({ opcode: "CREATE2", from: TOKEN_ACCOUNT_REGISTRY, salt: "0x00", bytecode });
      };
      const count = Number(await on.ledger.releaseCount());
      const next = await assess({ address: predicted(count + 1), purpose: "asset" });
      expect([next.verdict, next.message.includes("This token does not exist")]).to.deep.equal(["refuse", true]);
      expect((await assess({ address: predicted(3), purpose: "shares", asset: 3 })).verdict).to.equal("ok");
      expect((await assess({ address: predicted(3), purpose: "asset", asset: 3 })).verdict).to.equal("refuse");
    });
  });
});
