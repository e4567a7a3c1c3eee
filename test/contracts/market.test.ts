import { expect } from "chai";
import { type Signer, zeroPadBytes } from "ethers";
import { releaseDraft } from "../support/economy/assets.ts";
import {
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  type Lineage,
  load,
  MODEL,
  OWNER_SHARES,
  payThrough,
  REF,
} from "../support/contracts/fixture.ts";
import { deploySeaport, fill, fillPart, ItemType, OrderType, signListing } from "../support/contracts/seaport.ts";

const PRICE = 5_000_000n;

/** The lineage with a market that the holder lets sell its shares, and the stranger as a buyer with dollars. */
async function loadMarket() {
  const lineage = await load();
  const { ledger, dollar, holder, stranger } = lineage;
  const market = await deploySeaport();
  await ledger.connect(holder).setApprovalForAll(market.seaport, true);
  await dollar.mint(stranger, 10n * PRICE);
  await dollar.connect(stranger).approve(market.seaport, 10n * PRICE);
  return { ...lineage, ...market };
}
type Market = Awaited<ReturnType<typeof loadMarket>>;

/** All of the holder's shares of the model, for dollars. */
const listShares = ({ seaport, ledger, dollar, holder }: Market, changes: { conduitKey?: string } = {}) =>
  signListing(seaport, holder, {
    offered: { itemType: ItemType.ERC1155, token: ledger, id: MODEL, amount: HOLDER_SHARES },
    price: { itemType: ItemType.ERC20, token: dollar, amount: PRICE },
    orderType: OrderType.PARTIAL_OPEN,
    ...changes,
  });

const claimable = async ({ ledger, dollar }: Lineage, ...accounts: Signer[]) =>
  Promise.all(accounts.map((account) => ledger.claimable(account, [MODEL], dollar)));

// A fee of 1,000,000 for the model earns its shareholders 693,000, of which a quarter is 173,250.

describe("Shares listed on Seaport", () => {
  it("go to the buyer for the price; each side earns to the unit what was settled in its time", async () => {
    const lineage = await loadMarket();
    const { seaport, ledger, dollar, payer, holder, stranger } = lineage;
    await payThrough(lineage, MODEL);
    const listing = await listShares(lineage);
    await payThrough(lineage, MODEL, 3n);
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);

    const bought = fill(seaport, stranger, listing);
    await expect(bought).to.changeTokenBalances(ethers, dollar, [holder, stranger], [PRICE, -PRICE]);
    expect(await ledger.balanceOf(stranger, MODEL)).to.equal(HOLDER_SHARES);
    expect(await ledger.balanceOf(holder, MODEL)).to.equal(0n);
    // 1,000,003 was paid before: 700,002 is income and 693,001 the shareholders'; a quarter is 173,250.25.
    expect(await claimable(lineage, holder, stranger)).to.deep.equal([173_250n, 0n]);
    expect((await ledger.holdingOf(holder, MODEL, dollar)).accrued).to.equal(693_001n * HOLDER_SHARES);

    await ledger.settle([MODEL], dollar);
    await payThrough(lineage, MODEL);
    // 3,000,003 was paid in all: 2,100,002 is income and 2,079,001 the shareholders'; 1,386,000 of it came after the sale.
    expect(await claimable(lineage, holder, stranger)).to.deep.equal([173_250n, 346_500n]);
    for (const account of [holder, stranger]) await ledger.connect(account).claim([MODEL], dollar, account);
    expect(await dollar.balanceOf(holder)).to.equal(PRICE + 173_250n);
    expect(await dollar.balanceOf(stranger)).to.equal(9n * PRICE + 346_500n);
  });

  it("earn the seller what is settled up to the sale, if somebody settles first", async () => {
    const lineage = await loadMarket();
    const { seaport, ledger, dollar, payer, holder, stranger } = lineage;
    const listing = await listShares(lineage);
    await ledger.connect(payer).pay(MODEL, dollar, FEE, REF);
    await ledger.settle([MODEL], dollar);
    await fill(seaport, stranger, listing);
    expect(await claimable(lineage, holder, stranger)).to.deep.equal([173_250n, 0n]);
  });

  it("can be bought in parts, each earning from its own sale on", async () => {
    const lineage = await loadMarket();
    const { seaport, ledger, dollar, holder, stranger, agentOwner } = lineage;
    const listing = await listShares(lineage);
    await dollar.mint(agentOwner, PRICE);
    await dollar.connect(agentOwner).approve(seaport, PRICE);

    await payThrough(lineage, MODEL);
    await fillPart(seaport, stranger, listing, [2n, 5n]);
    await payThrough(lineage, MODEL);
    await fillPart(seaport, agentOwner, listing, [3n, 5n]);
    await payThrough(lineage, MODEL);

    expect(await ledger.balanceOf(stranger, MODEL)).to.equal(10_000_000n);
    expect(await ledger.balanceOf(agentOwner, MODEL)).to.equal(15_000_000n);
    expect(await dollar.balanceOf(holder)).to.equal(PRICE);
    // 693,000 each time: 25 % then 15 % for the seller, 10 % twice, 15 % once.
    expect(await claimable(lineage, holder, stranger, agentOwner)).to.deep.equal([
      173_250n + 103_950n,
      69_300n + 69_300n,
      103_950n,
    ]);
  });

  it("can be bought with native money", async () => {
    const lineage = await loadMarket();
    const { seaport, ledger, modelOwner, stranger } = lineage;
    await ledger.connect(modelOwner).setApprovalForAll(seaport, true);
    const listing = await signListing(seaport, modelOwner, {
      offered: { itemType: ItemType.ERC1155, token: ledger, id: MODEL, amount: OWNER_SHARES },
      price: { itemType: ItemType.NATIVE, token: ledger, amount: FEE },
    });
    const bought = fill(seaport, stranger, listing, FEE);
    await expect(bought).to.changeEtherBalances(ethers, [modelOwner, stranger], [FEE, -FEE]);
    await payThrough(lineage, MODEL);
    expect(await claimable(lineage, modelOwner, stranger)).to.deep.equal([0n, 519_750n]);
  });

  it("can be sold through a conduit, as OpenSea does", async () => {
    const lineage = await loadMarket();
    const { seaport, conduits, ledger, holder, stranger } = lineage;
    const conduitKey = zeroPadBytes(holder.address, 32);
    const owned = conduits.connect(holder);
    await owned.getFunction("createConduit")(conduitKey, holder);
    const [conduit] = await owned.getFunction("getConduit")(conduitKey);
    await owned.getFunction("updateChannel")(conduit, seaport, true);
    await ledger.connect(holder).setApprovalForAll(seaport, false);
    await ledger.connect(holder).setApprovalForAll(conduit, true);

    await payThrough(lineage, MODEL);
    await fill(seaport, stranger, await listShares(lineage, { conduitKey }));
    await payThrough(lineage, MODEL);
    expect(await ledger.balanceOf(stranger, MODEL)).to.equal(HOLDER_SHARES);
    expect(await claimable(lineage, holder, stranger)).to.deep.equal([173_250n, 173_250n]);
  });

  it("stay with a seller who has withdrawn the approval, or has them no longer", async () => {
    const lineage = await loadMarket();
    const { seaport, ledger, holder, payer, stranger } = lineage;
    const listing = await listShares(lineage);
    await ledger.connect(holder).setApprovalForAll(seaport, false);
    const call = () => fill(seaport, stranger, listing);
    await expectRefused(lineage, call, [ledger, "ERC1155MissingApprovalForAll"], seaport, holder);
    await ledger.connect(holder).setApprovalForAll(seaport, true);
    await ledger.connect(holder).safeTransferFrom(holder, payer, MODEL, 1n, "0x");
    const needed = [holder, HOLDER_SHARES - 1n, HOLDER_SHARES, MODEL] as const;
    await expectRefused(lineage, call, [ledger, "ERC1155InsufficientBalance"], ...needed);
  });
});

describe("An asset listed on Seaport", () => {
  it("goes to the buyer with the right to publish, and without its shares", async () => {
    const lineage = await loadMarket();
    const { seaport, registry, ledger, dollar, modelOwner, stranger } = lineage;
    await registry.connect(modelOwner).approve(seaport, MODEL);
    const listing = await signListing(seaport, modelOwner, {
      offered: { itemType: ItemType.ERC721, token: registry, id: MODEL, amount: 1n },
      price: { itemType: ItemType.ERC20, token: dollar, amount: PRICE },
    });
    const bought = fill(seaport, stranger, listing);
    await expect(bought).to.changeTokenBalances(ethers, dollar, [modelOwner, stranger], [PRICE, -PRICE]);
    await registry.connect(stranger).publish(MODEL, releaseDraft());
    const bySeller = () => registry.connect(modelOwner).publish(MODEL, releaseDraft());
    await expectRefused(lineage, bySeller, [registry, "NotAssetOwner"], MODEL, modelOwner);
    expect(await ledger.balanceOf(stranger, MODEL)).to.equal(0n);
    expect(await ledger.balanceOf(modelOwner, MODEL)).to.equal(OWNER_SHARES);
  });
});
