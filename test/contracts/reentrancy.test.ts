import { expect } from "chai";
import { registerAsset, Role } from "../support/economy/assets.ts";
import { admitted, ethers, expectRefused, FEE, load, MODEL, REF } from "../support/contracts/fixture.ts";

/**
 * The lineage with a token that calls back. The token itself, which is the caller then, may do all that the payer may:
 * it has tokens, an allowance, credit and half of an asset's shares that have earned something.
 */
async function loadReentrant() {
  const lineage = await load();
  const { ledger, payer, stranger } = lineage;
  const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
  const tokenAddress = await token.getAddress();
  await token.mint(token, FEE);
  await token.perform(token, token.interface.encodeFunctionData("approve", [ledger.target, FEE]));
  const asset = await registerAsset(lineage, stranger, {
    allocations: [payer.address, tokenAddress].map((account) => ({ account, role: Role.Other, shares: 50_000_000n })),
  });
  await ledger.connect(payer).deposit(token, FEE, payer);
  await ledger.connect(payer).deposit(token, FEE, token);
  await ledger.connect(payer).payAndSettle(asset, token, FEE, REF, [asset]);

  const { interface: calls } = ledger;
  /** The calls that anyone can make, by the payer and by the token. */
  const entries = {
    pay: [
      () => ledger.connect(payer).pay(asset, token, 10n, REF),
      calls.encodeFunctionData("pay", [asset, tokenAddress, 10n, REF]),
    ],
    payAndSettle: [
      () => ledger.connect(payer).payAndSettle(asset, token, 10n, REF, [asset]),
      calls.encodeFunctionData("payAndSettle", [asset, tokenAddress, 10n, REF, [asset]]),
    ],
    deposit: [
      () => ledger.connect(payer).deposit(token, 10n, payer),
      calls.encodeFunctionData("deposit", [tokenAddress, 10n, tokenAddress]),
    ],
    claim: [
      () => ledger.connect(payer).claim([asset], token, payer),
      calls.encodeFunctionData("claim", [[asset], tokenAddress, tokenAddress]),
    ],
    withdraw: [
      () => ledger.connect(payer).withdraw(token, 10n, payer),
      calls.encodeFunctionData("withdraw", [tokenAddress, 10n, tokenAddress]),
    ],
  } as const;
  return { ...lineage, token, asset, entries };
}

const names = ["pay", "payAndSettle", "deposit", "claim", "withdraw"] as const;

describe("A token that calls back", () => {
  for (const outer of names) {
    for (const inner of names) {
      it(`cannot ${inner} during ${outer}`, async () => {
        const lineage = await loadReentrant();
        const { ledger, token, entries } = lineage;
        await token.prepare(ledger, entries[inner][1]);
        await expectRefused(lineage, entries[outer][0], [ledger, "ReentrancyGuardReentrantCall"]);
      });
    }
  }

  for (const name of names) {
    it(`can ${name} on its own`, async () => {
      const { ledger, token, entries } = await loadReentrant();
      await expect(token.perform(ledger, entries[name][1])).not.to.revert(ethers);
      await expect(entries[name][0]()).not.to.revert(ethers);
    });
  }

  it("can pay from its credit during a payment, and each is counted once", async () => {
    const { ledger, token, asset, payer } = await loadReentrant();
    const inner = [asset, await token.getAddress(), 7n, REF] as const;
    await token.prepare(ledger, ledger.interface.encodeFunctionData("payFromCredit", [...inner]));
    const { received: before } = await ledger.flowOf(asset, token);
    await ledger.connect(payer).pay(asset, token, 10n, REF);
    expect((await ledger.flowOf(asset, token)).received).to.equal(before + 17n);
    expect(await ledger.creditOf(token, token)).to.equal(FEE - 7n);
  });

  it("can settle during a payment, which the fee under way is not part of yet", async () => {
    const { ledger, token, payer } = await loadReentrant();
    await ledger.connect(payer).pay(MODEL, token, 100n, REF);
    await token.prepare(ledger, ledger.interface.encodeFunctionData("settle", [[MODEL], await token.getAddress()]));
    await ledger.connect(payer).pay(MODEL, token, 10n, REF);
    expect([...(await ledger.flowOf(MODEL, token))]).to.deep.equal([110n, 100n]);
  });

  it("gets nothing twice by claiming to credit during a claim", async () => {
    const { ledger, token, asset, payer } = await loadReentrant();
    const inner = [payer.address, [asset], await token.getAddress()] as const;
    await token.prepare(
      ledger,
      ledger.interface.encodeFunctionData("claimToCredit", [inner[0], [...inner[1]], inner[2]]),
    );
    // Half of the shares in a fee of 1,000,000, less 1 %.
    await expect(ledger.connect(payer).claim([asset], token, payer)).to.changeTokenBalances(
      ethers,
      token,
      [payer, ledger],
      [495_000n, -495_000n],
    );
    expect(await ledger.creditOf(payer, token)).to.equal(FEE);
  });
});
