import { expect } from "chai";
import { type Address, createPublicClient, getAddress, http } from "viem";
import { isMintable } from "#client/acts/paying/mintable.ts";
import { Chain } from "#client/chain/chain.ts";
import { faucet } from "../../scripts/participant/commands/faucet.ts";
import { refusal } from "../support/commands/options.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";

const NEW = getAddress("0xa9ffb1d4e4ef0ce8e3df7a5c4bcbaf2e4a3c9d17");
const options = { account: undefined, currency: undefined, amount: undefined };

describe("faucet", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(4_267);
  });
  after(() => on.stop());

  it("mints 1000 of each currency that lets anyone mint, and sends money for gas to an account that has none", async () => {
    const { result, transactions, words } = await on.act(faucet, { ...options, account: NEW });
    expect(transactions).to.have.lengthOf(3);
    for (const currency of [on.dollar, on.signed]) expect(await currency.balanceOf(NEW)).to.equal(10n ** 9n);
    expect(await on.wrapped.balanceOf(NEW)).to.equal(0n);
    expect(await on.ethers.provider.getBalance(NEW)).to.equal(10n ** 19n);
    expect(result).to.deep.include({ account: NEW, native: String(10n ** 19n) });
    expect(words).to.contain(`${NEW} now has 1000 tUSD.`);
    const again = await on.act(faucet, { ...options, account: NEW });
    expect(again.transactions, "it has money for gas now").to.have.lengthOf(2);
  });

  it("mints an amount of one currency for the account that signs", async () => {
    const { payer } = on.accounts;
    const before = await on.signed.balanceOf(payer);
    const { transactions } = await on.act(faucet, { ...options, currency: "sUSD", amount: "2.5" });
    expect(transactions).to.have.lengthOf(1);
    expect(await on.signed.balanceOf(payer)).to.equal(before + 2_500_000n);
  });

  it("gives money for gas to the account that signs if it has none, and changes nothing in a dry run", async () => {
    const { stranger } = on.accounts;
    const setTo = (wei: string) => on.ethers.provider.send("hardhat_setBalance", [stranger.address, wei]);
    await setTo("0x0");
    const how = { as: stranger };
    const tried = await on.act(faucet, { ...options, currency: "sUSD" }, { ...how, dryRun: true });
    expect(refusal(tried)).to.contain("The account has 0 ETH");
    expect(await on.ethers.provider.getBalance(stranger)).to.equal(0n);
    const { words } = await on.act(faucet, { ...options, currency: "sUSD" }, how);
    expect(words).to.contain("had no money for gas").and.to.contain("10 ETH");
    expect(await on.signed.balanceOf(stranger)).to.equal(10n ** 9n);
  });

  it("refuses what cannot be minted, and says what to do", async () => {
    expect(refusal(await on.act(faucet, { ...options, currency: "tWETH" })))
      .to.contain("does not let anyone mint it")
      .and.to.contain("wraps ETH");
    expect(refusal(await on.act(faucet, { ...options, currency: "native" }))).to.contain("cannot be minted");
    expect(refusal(await on.act(faucet, { ...options, amount: "5" }))).to.contain("Name it with --currency");
    expect(refusal(await on.act(faucet, { ...options, currency: "sUSD", amount: "0" }))).to.contain("amount");
    const dead = await on.act(faucet, { ...options, account: on.deployment.ledger });
    expect(refusal(dead)).to.contain("the ledger");
  });

  it("knows a token that anyone mints from one without mint, from one that accepts every call, and from no token", async () => {
    const client = createPublicClient({ transport: http(on.url) });
    const chain = new Chain({ client, deployment: on.deployment });
    const probe = async (contract: { getAddress: () => Promise<string> }) =>
      isMintable(chain.client, { currency: (await contract.getAddress()) as Address, to: NEW, amount: 5n });
    expect(await probe(on.dollar)).to.equal(true);
    expect(await probe(on.wrapped), "it has no mint").to.equal(false);
    const everything = await on.ethers.deployContract("PhantomCurrency");
    await on.ethers.provider.send("hardhat_setCode", [await everything.getAddress(), "0x600160005260206000f3"]);
    expect(await probe(everything), "it accepts every call, and does nothing").to.equal(false);
    expect(await probe(on.accounts.alice as never), "it has no code").to.equal(false);
  });
});
