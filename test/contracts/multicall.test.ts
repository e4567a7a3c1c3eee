import { expect } from "chai";
import { Kind, releaseDraft, Role, TOTAL_SHARES } from "../support/economy/assets.ts";
import {
  AGENT,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  load,
  MODEL,
  payThrough,
  REF,
} from "../support/contracts/fixture.ts";
import { callData } from "../support/contracts/multicall.ts";

describe("FeeLedger.multicall", () => {
  it("makes several payments, each recorded as the caller's", async () => {
    const { ledger, dollar, euro, payer } = await load();
    const calls = await callData(
      ledger.pay.populateTransaction(MODEL, dollar, 5n, REF),
      ledger.pay.populateTransaction(MODEL, dollar, 7n, REF),
      ledger.pay.populateTransaction(AGENT, euro, 11n, REF),
    );
    const sent = ledger.connect(payer).multicall(calls);
    await expect(sent).to.emit(ledger, "FeePaid").withArgs(MODEL, dollar, payer, 5n, REF, payer);
    await expect(sent).to.emit(ledger, "FeePaid").withArgs(MODEL, dollar, payer, 7n, REF, payer);
    await expect(sent).to.emit(ledger, "FeePaid").withArgs(AGENT, euro, payer, 11n, REF, payer);
    expect((await ledger.flowOf(MODEL, dollar)).received).to.equal(12n);
    expect((await ledger.flowOf(AGENT, euro)).received).to.equal(11n);
  });

  it("answers with what each call answers", async () => {
    const { ledger, dollar, payer } = await load();
    const calls = await callData(
      ledger.pay.populateTransaction(MODEL, dollar, 5n, REF),
      ledger.flowOf.populateTransaction(MODEL, dollar),
    );
    const [paid = "0x", flow = "0x"] = await ledger.connect(payer).multicall.staticCall(calls);
    expect([...ledger.interface.decodeFunctionResult("pay", paid)]).to.deep.equal([5n]);
    expect([...ledger.interface.decodeFunctionResult("flowOf", flow)]).to.deep.equal([5n, 0n]);
  });

  it("does all or nothing, and says what failed", async () => {
    const lineage = await load();
    const { ledger, dollar, payer } = lineage;
    const calls = await callData(
      ledger.pay.populateTransaction(MODEL, dollar, 5n, REF),
      ledger.pay.populateTransaction(99n, dollar, 5n, REF),
    );
    await expectRefused(lineage, () => ledger.connect(payer).multicall(calls), [ledger, "UnknownRelease"], 99n);
  });

  it("sells safely: what was due is settled and claimed before the shares go", async () => {
    const { ledger, dollar, payer, holder, stranger } = await load();
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    const calls = await callData(
      ledger.settle.populateTransaction([MODEL], dollar),
      ledger.claim.populateTransaction([MODEL], dollar, holder),
      ledger.safeTransferFrom.populateTransaction(holder, stranger, MODEL, HOLDER_SHARES, "0x"),
    );
    await ledger.connect(holder).multicall(calls);
    // A quarter of 700,000, less 1 %; the buyer earns from the next fee on.
    expect(await dollar.balanceOf(holder)).to.equal(173_250n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);
    await ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [MODEL]);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(0n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(173_250n);
  });

  it("gives nobody another's rights", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.connect(payer).deposit(dollar, FEE, payer);
    const shares = await callData(
      ledger.safeTransferFrom.populateTransaction(holder, stranger, MODEL, HOLDER_SHARES, "0x"),
    );
    const call = () => ledger.connect(stranger).multicall(shares);
    await expectRefused(lineage, call, [ledger, "ERC1155MissingApprovalForAll"], stranger, holder);
    const credit = await callData(ledger.withdraw.populateTransaction(dollar, 1n, stranger));
    const withdraw = () => ledger.connect(stranger).multicall(credit);
    await expectRefused(lineage, withdraw, [ledger, "InsufficientCredit"], 0n, 1n);
    const registration = await callData(ledger.setRetired.populateTransaction(DATASET, true));
    await expectRefused(lineage, () => ledger.connect(stranger).multicall(registration), [ledger, "OnlyRegistry"]);
    const admission = await callData(ledger.admit.populateTransaction(stranger));
    await expectRefused(lineage, () => ledger.connect(stranger).multicall(admission), [ledger, "OnlyAdmin"]);
  });

  it("takes no native money", async () => {
    const { ledger, dollar, payer } = await load();
    const calls = await callData(ledger.settle.populateTransaction([MODEL], dollar));
    const { data } = await ledger.multicall.populateTransaction(calls);
    await expect(payer.sendTransaction({ to: ledger, data, value: 1n })).to.be.revertedWithoutReason(ethers);
    await payer.sendTransaction({ to: ledger, data });
  });

  it("cannot be entered by a token that is being moved, to get round the guard", async () => {
    const lineage = await load();
    const { ledger, admin, payer } = lineage;
    const token = await ethers.deployContract("ReentrantCurrency");
    await ledger.connect(admin).admit(token);
    await token.mint(payer, FEE);
    await token.connect(payer).approve(ledger, FEE);
    const inner = await callData(ledger.pay.populateTransaction(MODEL, token, 1n, REF));
    const { data } = await ledger.multicall.populateTransaction(inner);
    await token.prepare(ledger, data);
    const call = () => ledger.connect(payer).pay(MODEL, token, FEE, REF);
    await expectRefused(lineage, call, [ledger, "ReentrancyGuardReentrantCall"]);
  });
});

describe("AssetRegistry.multicall", () => {
  it("registers an asset and grants, retires and describes in one transaction", async () => {
    const { registry, ledger, stranger, holder } = await load();
    const draft = {
      kind: Kind.Model,
      keep: 0,
      metadata: "{}",
      allocations: [{ account: stranger.address, role: Role.Other, shares: TOTAL_SHARES }],
    };
    const calls = await callData(
      registry.register.populateTransaction(stranger, draft, releaseDraft({ byGrant: true })),
      registry.setAccountGrant.populateTransaction(4n, holder, true),
      registry.publish.populateTransaction(4n, releaseDraft({ contributions: [{ release: 4n, weight: 1 }] })),
      registry.setRetired.populateTransaction(5n, true),
    );
    await registry.connect(stranger).multicall(calls);
    expect(await registry.ownerOf(4n)).to.equal(stranger.address);
    expect(await registry.accountGrant(4n, holder)).to.equal(true);
    expect((await ledger.releaseInfo(5n)).asset).to.equal(4n);
    expect((await ledger.releaseInfo(5n)).retired).to.equal(true);
  });

  it("gives nobody another's rights", async () => {
    const lineage = await load();
    const { registry, stranger } = lineage;
    const calls = await callData(registry.setRetired.populateTransaction(MODEL, true));
    const call = () => registry.connect(stranger).multicall(calls);
    await expectRefused(lineage, call, [registry, "NotAssetOwner"], MODEL, stranger);
  });
});
