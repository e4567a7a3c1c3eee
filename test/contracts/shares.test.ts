import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { TOTAL_SHARES } from "../support/economy/assets.ts";
import {
  AGENT,
  DATASET,
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  load,
  MODEL,
  OWNER_SHARES,
  payThrough,
  REF,
} from "../support/contracts/fixture.ts";

// A fee of 1,000,000 for the model earns its shareholders 693,000: 519,750 for 75 %, 173,250 for 25 %.

describe("Shares", () => {
  it("leave what has accrued with the seller and take what is to come", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, HOLDER_SHARES, "0x");
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);

    await payThrough(lineage, MODEL);
    await ledger.connect(holder).claim([MODEL], dollar, holder);
    await ledger.connect(stranger).claim([MODEL], dollar, stranger);
    expect(await dollar.balanceOf(holder)).to.equal(173_250n);
    expect(await dollar.balanceOf(stranger)).to.equal(173_250n);
  });

  it("take what is not settled yet with them", async () => {
    const lineage = await load();
    const { ledger, dollar, payer, holder, stranger } = lineage;
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, HOLDER_SHARES, "0x");
    await ledger.settle([MODEL], dollar);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(0n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(173_250n);
  });

  it("can be sold in part, each part earning for whom it belongs to at the time", async () => {
    const lineage = await load();
    const { ledger, dollar, modelOwner, holder } = lineage;
    await payThrough(lineage, MODEL);
    await ledger.connect(holder).safeTransferFrom(holder, modelOwner, MODEL, 5_000_000n, "0x");
    await payThrough(lineage, MODEL);
    // 25 % then 20 %, 75 % then 80 %, of 693,000 each time.
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n + 138_600n);
    expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(519_750n + 554_400n);
  });

  it("keep what has accrued in every currency", async () => {
    const { ledger, dollar, euro, payer, holder, stranger } = await load();
    await ledger.connect(payer).payAndSettle(MODEL, dollar, FEE, REF, [MODEL]);
    await ledger.connect(payer).payAndSettle(MODEL, euro, 2n * FEE, REF, [MODEL]);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, HOLDER_SHARES, "0x");
    await ledger.connect(payer).payAndSettle(MODEL, euro, FEE, REF, [MODEL]);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    expect(await ledger.claimable(holder, [MODEL], euro)).to.equal(346_500n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);
    expect(await ledger.claimable(stranger, [MODEL], euro)).to.equal(173_250n);
  });

  it("keep the fraction of a unit through any number of transfers", async () => {
    const { ledger, dollar, payer, holder, stranger } = await load();
    for (let i = 0; i < 20; i++) {
      await ledger.connect(payer).payAndSettle(MODEL, dollar, 2n, REF, [MODEL]);
      await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, 1n, "0x");
      await ledger.connect(stranger).safeTransferFrom(stranger, holder, MODEL, 1n, "0x");
    }
    // 27 for the shareholders of 40 paid: a quarter is 6.75.
    const { accrued } = await ledger.holdingOf(holder, MODEL, dollar);
    expect(accrued).to.equal(675_000_000n);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(6n);
  });

  it("move in batches, each with its own accrual", async () => {
    const lineage = await load();
    const { ledger, dollar, datasetOwner, holder, modelOwner, stranger } = lineage;
    await ledger.connect(datasetOwner).safeTransferFrom(datasetOwner, holder, DATASET, 50_000_000n, "0x");
    await payThrough(lineage, MODEL);
    const [ids, values] = [
      [DATASET, MODEL],
      [50_000_000n, HOLDER_SHARES],
    ];
    await expect(ledger.connect(holder).safeBatchTransferFrom(holder, stranger, ids, values, "0x"))
      .to.emit(ledger, "TransferBatch")
      .withArgs(holder, holder, stranger, ids, values);
    await payThrough(lineage, MODEL);
    for (const account of [holder, stranger]) {
      expect(await ledger.claimable(account, [DATASET], dollar)).to.equal(148_500n);
      expect(await ledger.claimable(account, [MODEL], dollar)).to.equal(173_250n);
    }
    expect(await ledger.claimable(datasetOwner, [DATASET], dollar)).to.equal(297_000n);
    expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(1_039_500n);
  });

  it("named twice in a batch accrue once", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    const half = HOLDER_SHARES / 2n;
    await ledger.connect(holder).safeBatchTransferFrom(holder, stranger, [MODEL, MODEL], [half, half], "0x");
    expect(await ledger.balanceOf(stranger, MODEL)).to.equal(HOLDER_SHARES);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);
  });

  it("sent to oneself, or none of them sent, earn what they would have", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, modelOwner, stranger } = lineage;
    await payThrough(lineage, MODEL);
    for (let i = 0; i < 2; i++) {
      await ledger.connect(holder).safeTransferFrom(holder, holder, MODEL, HOLDER_SHARES, "0x");
      await ledger.connect(holder).safeTransferFrom(holder, modelOwner, MODEL, 0n, "0x");
      await ledger.connect(stranger).safeTransferFrom(stranger, holder, MODEL, 0n, "0x");
    }
    await payThrough(lineage, MODEL);
    expect(await ledger.balanceOf(holder, MODEL)).to.equal(HOLDER_SHARES);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(346_500n);
    expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(1_039_500n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);
  });

  it("give no say over the asset, nor the asset a part of the income", async () => {
    const lineage = await load();
    const { registry, ledger, dollar, modelOwner, stranger } = lineage;
    await registry.connect(modelOwner).transferFrom(modelOwner, stranger, MODEL);
    await payThrough(lineage, MODEL);
    expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(519_750n);
    expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(0n);
  });

  it("cannot be had for more than one has, nor without leave", async () => {
    const lineage = await load();
    const { ledger, holder, stranger } = lineage;
    const tooMany = () => ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, HOLDER_SHARES + 1n, "0x");
    const insufficient = [holder, HOLDER_SHARES, HOLDER_SHARES + 1n, MODEL];
    await expectRefused(lineage, tooMany, [ledger, "ERC1155InsufficientBalance"], ...insufficient);
    const withoutLeave = () => ledger.connect(stranger).safeTransferFrom(holder, stranger, MODEL, 1n, "0x");
    await expectRefused(lineage, withoutLeave, [ledger, "ERC1155MissingApprovalForAll"], stranger, holder);
  });

  it("cannot go to the ledger or to the zero address, alone or in a batch", async () => {
    const lineage = await load();
    const { ledger, holder } = lineage;
    for (const [to, error] of [
      [await ledger.getAddress(), "InvalidRecipient"],
      [ZeroAddress, "ERC1155InvalidReceiver"],
    ] as const) {
      const one = () => ledger.connect(holder).safeTransferFrom(holder, to, MODEL, 1n, "0x");
      const batch = () => ledger.connect(holder).safeBatchTransferFrom(holder, to, [MODEL, DATASET], [1n, 0n], "0x");
      const none = () => ledger.connect(holder).safeBatchTransferFrom(holder, to, [], [], "0x");
      for (const call of [one, batch, none]) await expectRefused(lineage, call, [ledger, error], to);
    }
  });

  it("have no id of more than 40 bits, which would be another's", async () => {
    const lineage = await load();
    const { ledger, dollar, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    const alias = MODEL + (1n << 40n);
    const one = () => ledger.connect(holder).safeTransferFrom(holder, stranger, alias, 0n, "0x");
    const batch = () => ledger.connect(holder).safeBatchTransferFrom(holder, stranger, [MODEL, alias], [1n, 0n], "0x");
    for (const call of [one, batch]) await expectRefused(lineage, call, [ledger, "UnknownShareId"], alias);
    expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    await ledger.connect(holder).safeTransferFrom(holder, stranger, (1n << 40n) - 1n, 0n, "0x");
  });

  it("are neither more nor less after any of this", async () => {
    const { ledger, modelOwner, holder, stranger } = await load();
    await ledger.connect(holder).safeTransferFrom(holder, stranger, MODEL, 1n, "0x");
    await ledger.connect(modelOwner).safeTransferFrom(modelOwner, stranger, MODEL, OWNER_SHARES, "0x");
    const balances = await ledger.balanceOfBatch([modelOwner, holder, stranger], [MODEL, MODEL, MODEL]);
    expect([...balances]).to.deep.equal([0n, HOLDER_SHARES - 1n, OWNER_SHARES + 1n]);
    expect(balances.reduce((sum, shares) => sum + shares)).to.equal(TOTAL_SHARES);
  });

  describe("sent to a contract", () => {
    it("stay where they are if it refuses, or cannot hold them", async () => {
      const lineage = await load();
      const { ledger, dollar, holder } = lineage;
      await payThrough(lineage, MODEL);
      const refusing = await ethers.deployContract("RefusingReceiver");
      const toRefusing = () => ledger.connect(holder).safeTransferFrom(holder, refusing, MODEL, 1n, "0x");
      await expectRefused(lineage, toRefusing, [refusing, "NotWelcome"], MODEL);
      const toToken = () => ledger.connect(holder).safeTransferFrom(holder, dollar, MODEL, 1n, "0x");
      await expectRefused(lineage, toToken, [ledger, "ERC1155InvalidReceiver"], dollar);
    });

    it("earn it, when it calls back, nothing that was the seller's", async () => {
      const lineage = await load();
      const { ledger, dollar, holder } = lineage;
      await payThrough(lineage, MODEL);
      const receiver = await ethers.deployContract("ReentrantReceiver");
      const claim = ledger.interface.encodeFunctionData("claim", [[MODEL], dollar.target, receiver.target]);
      await receiver.prepare(ledger, claim);
      await expect(ledger.connect(holder).safeTransferFrom(holder, receiver, MODEL, HOLDER_SHARES, "0x"))
        .to.emit(ledger, "Claimed")
        .withArgs(receiver, dollar, receiver, 0n, [MODEL]);
      expect(await dollar.balanceOf(receiver)).to.equal(0n);
      expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
    });

    it("can be sent on at once, and every part stays with whom it belongs to", async () => {
      const lineage = await load();
      const { ledger, dollar, holder, stranger } = lineage;
      const receiver = await ethers.deployContract("ReentrantReceiver");
      await payThrough(lineage, MODEL);
      const sendOn = [receiver.target, stranger.address, MODEL, HOLDER_SHARES, "0x"] as const;
      await receiver.prepare(ledger, ledger.interface.encodeFunctionData("safeTransferFrom", [...sendOn]));
      await ledger.connect(holder).safeTransferFrom(holder, receiver, MODEL, HOLDER_SHARES, "0x");
      expect(await ledger.balanceOf(stranger, MODEL)).to.equal(HOLDER_SHARES);
      await payThrough(lineage, MODEL);
      expect(await ledger.claimable(holder, [MODEL], dollar)).to.equal(173_250n);
      expect(await ledger.claimable(receiver, [MODEL], dollar)).to.equal(0n);
      expect(await ledger.claimable(stranger, [MODEL], dollar)).to.equal(173_250n);
    });
  });

  describe("sold by an approved operator", () => {
    it("go to the buyer for the price, while the seller keeps what it earned till then", async () => {
      const lineage = await load();
      const { ledger, dollar, payer, modelOwner } = lineage;
      const market = await ethers.deployContract("ShareMarket", [ledger]);
      await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
      await ledger.connect(modelOwner).setApprovalForAll(market, true);
      await dollar.connect(payer).approve(market, 5_000n);
      const buy = () => market.connect(payer).buy(modelOwner, MODEL, 10_000_000n, dollar, 5_000n);
      await expect(buy()).to.changeTokenBalances(ethers, dollar, [payer, modelOwner, ledger], [-5_000n, 5_000n, 0n]);
      expect(await ledger.balanceOf(payer, MODEL)).to.equal(10_000_000n);
      expect(await ledger.claimable(modelOwner, [MODEL], dollar)).to.equal(519_750n);
      expect(await ledger.claimable(payer, [MODEL], dollar)).to.equal(0n);
    });

    it("are out of its reach once approval is withdrawn", async () => {
      const lineage = await load();
      const { ledger, modelOwner, stranger } = lineage;
      await ledger.connect(modelOwner).setApprovalForAll(stranger, true);
      const take = () => ledger.connect(stranger).safeTransferFrom(modelOwner, stranger, MODEL, 1n, "0x");
      await take();
      await ledger.connect(modelOwner).setApprovalForAll(stranger, false);
      await expectRefused(lineage, take, [ledger, "ERC1155MissingApprovalForAll"], stranger, modelOwner);
    });

    it("give it no claim on the seller's earnings", async () => {
      const lineage = await load();
      const { ledger, dollar, agentOwner, stranger } = lineage;
      await payThrough(lineage, AGENT);
      await ledger.connect(agentOwner).setApprovalForAll(stranger, true);
      expect(await ledger.connect(stranger).claim.staticCall([AGENT], dollar, stranger)).to.equal(0n);
    });
  });
});
