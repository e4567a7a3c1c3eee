import { expect } from "chai";
import type { Addressable, BaseContract } from "ethers";
import { registerAsset, Role } from "../../support/economy/assets.ts";
import {
  admitted,
  admittedNative,
  ethers,
  expectRefused,
  FEE,
  HOLDER_SHARES,
  MODEL,
  OWNER_SHARES,
  REF,
} from "../../support/contracts/fixture.ts";
import { loadPeriphery } from "../../support/contracts/periphery.ts";

const ASSET = 4n;

/** The periphery, a passive account, and an asset of which its outlet, not deployed yet, was allocated a quarter. */
async function loadEarning() {
  const lineage = await loadPeriphery();
  const { outlets, stranger } = lineage;
  const passive = await ethers.deployContract("PassiveAccount");
  const outlet = await ethers.getContractAt("Outlet", await outlets.outletOf(passive));
  await registerAsset(lineage, stranger, {
    allocations: [
      { account: stranger.address, role: Role.Training, shares: OWNER_SHARES },
      { account: await outlet.getAddress(), role: Role.Data, shares: HOLDER_SHARES },
    ],
  });
  return { ...lineage, passive, outlet };
}
type Earning = Awaited<ReturnType<typeof loadEarning>>;

/** Pays a fee into the asset of which the outlet has a quarter, so that it earns a quarter less 1 %. */
const earn = ({ ledger, dollar, payer }: Earning, currency: Addressable = dollar) =>
  ledger.connect(payer).payAndSettle(ASSET, currency, FEE, REF, [ASSET]);
const EARNED = 247_500n;

const nativeOf = async (account: Addressable) => ethers.provider.getBalance(account);
const dataOf = async (call: Promise<{ data: string }>) => (await call).data;

describe("Outlets.pass", () => {
  it("sends what the outlet's shares earned to its account, whoever calls, before the outlet was deployed", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar, payer } = lineage;
    await earn(lineage);
    expect(await outlets.connect(payer).pass.staticCall(passive, [ASSET], dollar)).to.equal(EARNED);
    const sent = await outlets.connect(payer).pass(passive, [ASSET], dollar);
    await expect(sent).to.changeTokenBalances(
      ethers,
      dollar,
      [passive, outlet, ledger, payer],
      [EARNED, 0n, -EARNED, 0n],
    );
    await expect(sent).to.emit(outlets, "OutletOpened").withArgs(passive, outlet);
  });

  it("is told by the ledger's events: what the outlet earned, and that it went to the account", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar } = lineage;
    await earn(lineage);
    const sent = outlets.pass(passive, [ASSET], dollar);
    await expect(sent).to.emit(ledger, "ClaimedToCredit").withArgs(outlet, dollar, EARNED, [ASSET]);
    await expect(sent).to.emit(ledger, "Withdrawn").withArgs(outlet, dollar, passive, EARNED);
  });

  it("takes credit that others claimed or deposited for the outlet, and what lies at its address", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar, payer, stranger } = lineage;
    await earn(lineage);
    await ledger.connect(stranger).claimToCredit(outlet, [ASSET], dollar);
    await ledger.connect(payer).deposit(dollar, 7n, outlet);
    await dollar.connect(payer).transfer(outlet, 5n);
    await earn(lineage);
    await outlets.pass(passive, [ASSET], dollar);
    expect(await dollar.balanceOf(passive)).to.equal(2n * EARNED + 12n);
    expect(await ledger.creditOf(outlet, dollar)).to.equal(0n);
    expect(await dollar.balanceOf(outlet)).to.equal(0n);
  });

  it("does nothing where nothing is due, so that one call in front spoils no batch", async () => {
    const lineage = await loadEarning();
    const { outlets, passive, ledger, dollar, euro, stranger } = lineage;
    expect(await outlets.pass.staticCall(passive, [], dollar)).to.equal(0n);
    await earn(lineage);
    await outlets.connect(stranger).pass(passive, [ASSET], dollar);
    const again = outlets.pass(passive, [ASSET], dollar);
    await expect(again).not.to.emit(ledger, "Withdrawn");
    await expect(again).not.to.emit(dollar, "Transfer");
    expect(await outlets.pass.staticCall(passive, [ASSET], euro)).to.equal(0n);
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    expect(await outlets.pass.staticCall(passive, [ASSET], play)).to.equal(0n);
    expect(await outlets.passNative.staticCall(passive)).to.equal(0n);
  });

  it("passes for several accounts in one transaction, of which somebody passed one in front", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, dollar, payer, holder, stranger } = lineage;
    const keeper = await ethers.deployContract("PassiveAccount");
    await earn(lineage);
    await dollar.connect(payer).transfer(await outlets.outletOf(holder), 5n);
    const calls = await Promise.all([
      dataOf(outlets.pass.populateTransaction(passive, [ASSET], dollar)),
      dataOf(outlets.passNative.populateTransaction(passive)),
      dataOf(outlets.pass.populateTransaction(holder, [MODEL], dollar)),
    ]);
    await outlets.connect(stranger).pass(passive, [ASSET], dollar);
    await expect(keeper.performAll(outlets, calls)).to.changeTokenBalances(ethers, dollar, [holder, outlet], [5n, 0n]);
  });

  it("leaves the ledger out for a token that is not admitted, and passes what lies there", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger } = lineage;
    const play = await ethers.deployContract("TestCurrency", ["Play", "PLAY", 6]);
    await play.mint(outlet, FEE);
    const sent = outlets.pass(passive, [ASSET], play);
    await expect(sent).to.changeTokenBalances(ethers, play, [passive, outlet], [FEE, -FEE]);
    await expect(sent).not.to.emit(ledger, "ClaimedToCredit");
  });

  it("claims nothing of an empty list, and passes the credit", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar, payer } = lineage;
    await ledger.connect(payer).deposit(dollar, 7n, outlet);
    const sent = outlets.pass(passive, [], dollar);
    await expect(sent).to.changeTokenBalances(ethers, dollar, [passive], [7n]);
    await expect(sent).not.to.emit(ledger, "ClaimedToCredit");
  });

  it("counts an asset once that is named twice, and passes over those that it has no shares of", async () => {
    const lineage = await loadEarning();
    const { outlets, passive, dollar } = lineage;
    await earn(lineage);
    expect(await outlets.pass.staticCall(passive, [ASSET, 99n, MODEL, ASSET], dollar)).to.equal(EARNED);
  });

  it("refuses an address that is no token", async () => {
    const { outlets, passive, stranger } = await loadEarning();
    await expect(outlets.pass(passive, [], stranger)).to.be.revertedWithoutReason(ethers);
  });

  it("sends neither an asset on nor anything away that an asset's registry holds", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, registry, modelOwner } = lineage;
    expect(await outlets.pass.staticCall(passive, [], registry)).to.equal(0n);
    await registry.connect(modelOwner).transferFrom(modelOwner, outlet, MODEL); // does not ask
    await expect(outlets.pass(passive, [], registry)).to.revert(ethers);
    expect(await registry.ownerOf(MODEL)).to.equal(await outlet.getAddress());
  });

  it("passes wrapped native money wrapped, and native money by itself", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, wrapped, payer } = lineage;
    await admittedNative(lineage);
    await earn(lineage, wrapped);
    await payer.sendTransaction({ to: outlet, value: 3n });
    await outlets.pass(passive, [ASSET], wrapped);
    expect(await wrapped.balanceOf(passive)).to.equal(EARNED);
    expect(await ledger.creditOf(outlet, wrapped)).to.equal(0n);
    await expect(outlets.passNative(passive)).to.changeEtherBalances(ethers, [passive, outlet], [3n, -3n]);
  });
});

describe("Outlets.pass, with odd tokens", () => {
  it("takes a token that returns nothing, and what arrives of one that takes a cut", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, payer } = lineage;
    const silent = await admitted(lineage, await ethers.deployContract("SilentCurrency"));
    await silent.connect(payer).transfer(outlet, 5n);
    await earn(lineage, silent);
    await outlets.pass(passive, [ASSET], silent);
    expect(await silent.balanceOf(passive)).to.equal(EARNED + 5n);

    const cut = await admitted(lineage, await ethers.deployContract("CutCurrency"));
    await ledger.connect(payer).deposit(cut, 1_000n, outlet); // 900 arrive
    await cut.connect(payer).transfer(outlet, 100n); // 90 arrive
    await outlets.pass(passive, [], cut);
    expect(await cut.balanceOf(passive)).to.equal(810n + 81n);
  });

  it("leaves everything when the token answers false, until it moves again", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, payer } = lineage;
    const falsy = await admitted(lineage, await ethers.deployContract("FalseCurrency"));
    await falsy.connect(payer).transfer(outlet, 5n);
    await earn(lineage, falsy);
    await falsy.setStuck(true);
    const call = () => outlets.pass(passive, [ASSET], falsy);
    await expectRefused(lineage, call, [ledger, "SafeERC20FailedOperation"], falsy);
    await expectRefused(lineage, () => outlets.pass(passive, [], falsy), [outlet, "SafeERC20FailedOperation"], falsy);
    expect(await ledger.claimable(outlet, [ASSET], falsy)).to.equal(EARNED);
    await falsy.setStuck(false);
    await call();
    expect(await falsy.balanceOf(passive)).to.equal(EARNED + 5n);
  });

  it("reverts while the token refuses the account, and passes it all later", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, payer } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("BlockingCurrency"));
    await token.connect(payer).transfer(outlet, 5n);
    await earn(lineage, token);
    await token.setBlocked(passive, true);
    const call = () => outlets.pass(passive, [ASSET], token);
    await expectRefused(lineage, call, [token, "AccountBlocked"], passive);
    await token.setBlocked(passive, false);
    await call();
    expect(await token.balanceOf(passive)).to.equal(EARNED + 5n);
    expect(await ledger.creditOf(outlet, token)).to.equal(0n);
  });

  it("can still pass earnings where the token blocks the outlet's own address, and what lies there later", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, payer, stranger } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("BlockingCurrency"));
    await token.connect(payer).transfer(outlet, 5n);
    await outlets.open(passive);
    await earn(lineage, token);
    await token.setBlocked(outlet, true);
    await expectRefused(lineage, () => outlets.pass(passive, [ASSET], token), [token, "AccountBlocked"], outlet);
    await outlet.connect(stranger).passEarnings([ASSET], token);
    expect(await token.balanceOf(passive)).to.equal(EARNED);
    await token.setBlocked(outlet, false);
    await outlet.connect(stranger).passToken(token);
    expect(await token.balanceOf(passive)).to.equal(EARNED + 5n);
  });

  it("lets a hostile token, handed in as currency, do nothing but pass more to the same account", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar, payer } = lineage;
    const token = await ethers.deployContract("ReentrantCurrency");
    await token.mint(outlet, 1n);
    await dollar.connect(payer).transfer(outlet, 5n);
    await earn(lineage);
    await token.prepare(outlets, await dataOf(outlets.pass.populateTransaction(passive, [ASSET], dollar)));
    await outlets.pass(passive, [], token);
    expect(await dollar.balanceOf(passive)).to.equal(EARNED + 5n);
    // Shares it cannot move: only the account can.
    await token.mint(outlet, 1n);
    await token.prepare(outlet, await dataOf(outlet.withdrawShares.populateTransaction([ASSET], [1n])));
    await expectRefused(lineage, () => outlets.pass(passive, [], token), [outlet, "OnlyAccount"], passive);
    expect(await ledger.balanceOf(outlet, ASSET)).to.equal(HOLDER_SHARES);
  });

  it("is refused to an admitted token that is being moved out of the ledger", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, payer } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("ReentrantCurrency"));
    await ledger.connect(payer).deposit(token, 7n, outlet);
    const taken = await dataOf(ledger.claimToCredit.populateTransaction(outlet, [ASSET], token));
    await earn(lineage, token);
    await token.prepare(ledger, taken); // books the earnings as credit while credit goes out
    await outlets.pass(passive, [], token);
    expect(await token.balanceOf(passive)).to.equal(7n);
    await token.prepare(outlets, await dataOf(outlets.pass.populateTransaction(passive, [ASSET], token)));
    await outlets.pass(passive, [ASSET], token);
    expect(await token.balanceOf(passive)).to.equal(7n + EARNED);

    await ledger.connect(payer).deposit(token, 8n, outlet);
    await ledger.connect(payer).deposit(token, 9n, await outlets.outletOf(payer));
    await token.prepare(outlets, await dataOf(outlets.pass.populateTransaction(payer, [], token)));
    const call = () => outlets.pass(passive, [], token);
    await expectRefused(lineage, call, [ledger, "ReentrancyGuardReentrantCall"]);
  });

  it("moves a currency that has a second address to the account, by either", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive } = lineage;
    const token = await admitted(lineage, await ethers.deployContract("TwoAddressCurrency"));
    await token.mint(outlet, 5n);
    await outlets.pass(passive, [], await token.second());
    expect(await token.balanceOf(passive)).to.equal(5n);
  });
});

describe("Outlets.passNative", () => {
  it("sends native money that was sent before anything was deployed, and what comes later", async () => {
    const { outlets, outlet, passive, payer, stranger } = await loadEarning();
    await payer.sendTransaction({ to: outlet, value: 3n });
    expect(await outlets.passNative.staticCall(passive)).to.equal(3n);
    await expect(outlets.connect(stranger).passNative(passive)).to.changeEtherBalances(ethers, [passive], [3n]);
    await payer.sendTransaction({ to: outlet, value: 4n });
    await expect(outlet.connect(stranger).passNative()).to.changeEtherBalances(ethers, [passive, outlet], [4n, -4n]);
  });

  it("reverts while the account takes no native money, or with the account's own error, and leaves it", async () => {
    const lineage = await loadEarning();
    const { outlets, payer, passive, outlet } = lineage;
    const refusing = await ethers.deployContract("RefusingReceiver");
    const its = await ethers.getContractAt("Outlet", await outlets.outletOf(refusing));
    await payer.sendTransaction({ to: its, value: 3n });
    await expectRefused(lineage, () => outlets.passNative(refusing), [its, "FailedCall"]);
    expect(await nativeOf(its)).to.equal(3n);

    await payer.sendTransaction({ to: outlet, value: 3n });
    await passive.prepare(
      outlet,
      await dataOf(outlet.withdrawShares.populateTransaction([ASSET], [2n * OWNER_SHARES])),
    );
    const call = () => outlets.passNative(passive);
    await expectRefused(lineage, call, [lineage.ledger, "ERC1155InsufficientBalance"]);
    expect(await nativeOf(outlet)).to.equal(3n);
  });

  it("gives an account that calls back no more than is its own", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, dollar, payer } = lineage;
    await payer.sendTransaction({ to: outlet, value: 3n });
    await payer.sendTransaction({ to: await outlets.outletOf(payer), value: 9n });
    await passive.prepare(outlets, await dataOf(outlets.passNative.populateTransaction(passive)));
    await expect(outlets.passNative(passive)).to.changeEtherBalances(ethers, [passive, outlet], [3n, -3n]);
    await earn(lineage);
    await payer.sendTransaction({ to: outlet, value: 1n });
    await passive.prepare(outlets, await dataOf(outlets.pass.populateTransaction(passive, [ASSET], dollar)));
    await outlets.passNative(passive);
    expect(await dollar.balanceOf(passive)).to.equal(EARNED);
  });

  it("makes one pass where the account sends everything back: nothing loops", async () => {
    const { outlets, outlet, passive, payer } = await loadEarning();
    await payer.sendTransaction({ to: outlet, value: 3n });
    await outlets.open(passive);
    await passive.passBack(outlet);
    await expect(outlets.passNative(passive)).to.changeEtherBalances(ethers, [passive, outlet], [0n, 0n]);
  });
});

describe("Outlet.withdrawShares", () => {
  it("sends shares to the account, by its own call only; what they earned passes later", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, dollar, payer, stranger } = lineage;
    await outlets.open(passive);
    await earn(lineage);
    const data = await dataOf(outlet.withdrawShares.populateTransaction([ASSET], [HOLDER_SHARES]));
    for (const caller of [payer, stranger]) {
      const call = () => outlet.connect(caller).withdrawShares([ASSET], [1n]);
      await expectRefused(lineage, call, [outlet, "OnlyAccount"], passive);
    }
    await passive.perform(outlet, data);
    expect(await ledger.balanceOf(passive, ASSET)).to.equal(HOLDER_SHARES);
    expect(await ledger.balanceOf(outlet, ASSET)).to.equal(0n);
    await outlets.pass(passive, [ASSET], dollar);
    expect(await dollar.balanceOf(passive)).to.equal(EARNED);
  });

  it("sends only what the outlet has, in lists of one length, to an account that accepts shares", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, ledger, stranger } = lineage;
    await outlets.open(passive);
    const perform = async (assets: bigint[], shares: bigint[]) =>
      passive.perform(outlet, await dataOf(outlet.withdrawShares.populateTransaction(assets, shares)));
    await expectRefused(lineage, () => perform([ASSET], [HOLDER_SHARES + 1n]), [ledger, "ERC1155InsufficientBalance"]);
    await expectRefused(lineage, () => perform([ASSET], []), [ledger, "ERC1155InvalidArrayLength"]);

    const wallet = await ethers.deployContract("ReentrantWallet"); // takes no shares
    await outlets.open(wallet);
    const its = await ethers.getContractAt("Outlet", await outlets.outletOf(wallet));
    await ledger.connect(stranger).safeTransferFrom(stranger, its, ASSET, 5n, "0x");
    const data = await dataOf(its.withdrawShares.populateTransaction([ASSET], [5n]));
    await expectRefused(lineage, () => wallet.perform(its, data), [ledger, "ERC1155InvalidReceiver"], wallet);
  });
});

describe("An outlet as a recipient", () => {
  it("takes shares from anyone once it is deployed, one asset's or several's", async () => {
    const { outlets, outlet, passive, ledger, stranger, modelOwner } = await loadEarning();
    await outlets.open(passive);
    await ledger.connect(stranger).safeTransferFrom(stranger, outlet, ASSET, 5n, "0x1234");
    const batch = ledger.connect(modelOwner).safeBatchTransferFrom;
    await batch(modelOwner, outlet, [MODEL, MODEL], [3n, 4n], "0x");
    expect(await ledger.balanceOf(outlet, ASSET)).to.equal(HOLDER_SHARES + 5n);
    expect(await ledger.balanceOf(outlet, MODEL)).to.equal(7n);
    for (const [id, answer] of [
      ["0x4e2312e0", true],
      ["0x01ffc9a7", true],
      ["0xffffffff", false],
      ["0x150b7a02", false],
    ] as const) {
      expect(await outlet.supportsInterface(id)).to.equal(answer);
    }
  });

  it("refuses the tokens of any other contract, and assets that ask", async () => {
    const lineage = await loadEarning();
    const { outlets, outlet, passive, registry, stranger, modelOwner } = lineage;
    await outlets.open(passive);
    const hooks = [
      () => outlet.connect(stranger).onERC1155Received(stranger, stranger, ASSET, 1n, "0x"),
      () => outlet.connect(stranger).onERC1155BatchReceived(stranger, stranger, [ASSET], [1n], "0x"),
    ];
    for (const call of hooks) await expectRefused(lineage, call, [outlet, "OnlyLedgerShares"], stranger);
    const give = registry.connect(modelOwner)["safeTransferFrom(address,address,uint256)"];
    const call = () => give(modelOwner, outlet, MODEL);
    await expectRefused(lineage, call, [registry as BaseContract, "ERC721InvalidReceiver"], outlet);
  });

  it("does nothing in the code that outlets share: it has no account", async () => {
    const { outlets, dollar, payer } = await loadEarning();
    const shared = await ethers.getContractAt("Outlet", await outlets.implementation());
    await dollar.connect(payer).transfer(shared, 5n);
    await payer.sendTransaction({ to: shared, value: 5n });
    for (const call of [() => shared.account(), () => shared.withdrawShares([], [])]) {
      await expect(call()).to.revert(ethers);
    }
    for (const call of [() => shared.pass([], dollar), () => shared.passNative()])
      await expect(call()).to.revert(ethers);
    expect(await dollar.balanceOf(shared)).to.equal(5n);
  });

  it("passes by outlets of outlets that were not deployed when they were opened, hop by hop", async () => {
    const { outlets, holder, dollar, payer } = await loadEarning();
    const inner = await outlets.outletOf(holder);
    await outlets.open(inner);
    await dollar.connect(payer).transfer(await outlets.outletOf(inner), 5n);
    await outlets.pass(inner, [], dollar);
    await expect(outlets.pass(holder, [], dollar)).to.changeTokenBalances(ethers, dollar, [holder], [5n]);
  });
});
