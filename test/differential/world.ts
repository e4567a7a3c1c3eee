import { type BaseContract, type ContractTransactionResponse, type Log, Signature } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Address, Hex } from "viem";
import type { LedgerEvent } from "#protocol/events.ts";
import { decodeLog } from "../../indexer/books/contracts.ts";
import { applyEvent } from "../../indexer/ledger/applyEvent.ts";
import { LedgerState } from "../../indexer/ledger/state.ts";
import { sharesHeld } from "../support/economy/holders.ts";
import { deployPeriphery, sitesOf } from "../../scripts/deploy/deployPeriphery.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import type { seededRandom } from "#node/seededRandom.ts";
import type { LocalChain } from "../../scripts/demo/startLocalChain.ts";
import { type Contribution, releaseDraft } from "../support/economy/assets.ts";

export type Random = ReturnType<typeof seededRandom>;

/** The delay of the world's timelock, in seconds. The timelock is not the admin of the ledger. */
export const TIMELOCK_DELAY = 6;

/** Releases whose inlets get shares. */
const PASSIVE_RELEASES = [1, 2, 5];

/** Currencies with 6, 8 and 18 decimals, one of which takes a cut of each transfer, and wrapped native money. */
export async function startWorld(chain: LocalChain) {
  const { ethers } = chain;
  const signers = (await ethers.getSigners()).slice(0, 8);
  const [admin, commons, ...actors] = signers;
  if (!admin || !commons) throw new Error("The chain has too few accounts.");
  const six = await ethers.deployContract("SignedCurrency");
  const eight = await ethers.deployContract("TestCurrency", ["Eight", "EIGHT", 8]);
  const cut = await ethers.deployContract("CutCurrency");
  const wrapped = await ethers.deployContract("TestWrappedNative");
  const late = await ethers.deployContract("TestCurrency", ["Late", "LATE", 18]);
  const tributary = await deployTributary(ethers, {
    admin,
    commonsBeneficiary: commons,
    commonsPpm: 12_345,
    wrappedNative: wrapped,
    currencies: [six, eight, cut, wrapped],
  });
  const periphery = await deployPeriphery(ethers, tributary.ledger);
  const timelock = await ethers.deployContract("AdminTimelock", [TIMELOCK_DELAY, admin]);
  const sites = await sitesOf({ ...periphery, timelock });
  for (const actor of actors) {
    for (const currency of [six, eight, cut, late]) await currency.mint(actor, 10n ** 24n);
    await wrapped.connect(actor).deposit({ value: 10n ** 20n });
    for (const currency of [six, eight, cut, wrapped, late]) {
      await currency.connect(actor).approve(tributary.ledger, 2n ** 255n);
    }
    for (const currency of [six, eight, cut, wrapped]) {
      await tributary.ledger.connect(actor).deposit(currency, 10n ** 12n, actor);
    }
  }
  const ledgerAddress = (await tributary.ledger.getAddress()).toLowerCase() as Address;
  const registryAddress = (await tributary.registry.getAddress()).toLowerCase() as Address;
  const { inlets, outlets } = periphery;
  const passive = await Promise.all([
    ...PASSIVE_RELEASES.map((release) => inlets.inletOf(release)),
    ...actors.map((actor) => outlets.outletOf(actor)),
  ]);
  const world = {
    ...tributary,
    ...periphery,
    /** Inlets and outlets, which get shares and never call. */
    passive,
    timelock,
    /** The contracts around the ledger, in the form of a deployment file. */
    sites,
    chain,
    admin,
    commons,
    actors,
    six,
    eight,
    cut,
    wrapped,
    late,
    state: new LedgerState(ledgerAddress),
    ledgerAddress,
    registryAddress,
    /** Folds the events of all blocks since the last call. */
    fold: async () => {
      const head = await ethers.provider.getBlockNumber();
      if (head < next) return;
      const logs = await ethers.provider.getLogs({ fromBlock: next, toBlock: head });
      next = head + 1;
      foldLogs(world.state, logs, ledgerAddress, registryAddress);
    },
    /** Folds everything again, because the chain was reverted. */
    refold: async () => {
      world.state = new LedgerState(ledgerAddress);
      next = tributary.startBlock;
      await world.fold();
    },
  };
  let next = tributary.startBlock;
  await world.fold();
  return world;
}

export type World = Awaited<ReturnType<typeof startWorld>>;

function foldLogs(state: LedgerState, logs: readonly Log[], ledger: string, registry: string): void {
  for (const log of logs) {
    const emitter = log.address.toLowerCase();
    if (emitter !== ledger && emitter !== registry) continue;
    const event = decodeLog({
      contract: emitter === ledger ? "ledger" : "registry",
      topics: log.topics as Hex[],
      data: log.data as Hex,
    });
    const position = { blockNumber: BigInt(log.blockNumber), logIndex: log.index, timestamp: 0 };
    if (event) applyEvent(state, event as LedgerEvent, { ...position, transactionHash: log.transactionHash as Hex });
  }
}

/** The number of releases that are published first, so that there are some to build on and to pay. */
const FIRST_RELEASES = 10;

/** Every kind of step. */
export const STEP_NAMES = `
  register publish publishWithGrants setRetired setAccountGrant setAssetGrant setMetadata transferAsset pay payFor
  payAndSettle payNative payFromCredit payByMulticall paySigned payIntoInlet collectInlet passOutlet settle settleAll claim collect claimToCredit
  sweepCommons deposit withdraw withdrawNative transferShares transferBatch approve admit`
  .trim()
  .split(/\s+/);

type Sent = Promise<ContractTransactionResponse>;

/**
 * Makes one step of a random program: any entry point, called by anyone, with arguments that are often valid and
 * sometimes not. A refusal is a valid outcome: the state must then be the same on both sides, too.
 */
export function randomStep(world: World, random: Random): { name: string; send: () => Sent } {
  const { registry, ledger, inlets, outlets, signedPayments, actors, admin, six, eight, cut, wrapped, late, state } =
    world;
  const { ethers } = world.chain;
  const count = state.releases.size;
  const actor = random.pick(actors);
  const other = random.pick([...actors, world.commons]);
  const currency = random.pick<BaseContract>([six, six, eight, cut, wrapped, wrapped, late]);
  const release = random.between(0, count + 1);
  const assets = [...state.assets.keys()];
  const someAssets = () => Array.from({ length: random.between(0, 4) }, () => random.pick([...assets, count + 5]));
  const someReleases = () => Array.from({ length: random.between(0, 6) }, () => random.between(0, count + 1));
  const amount = BigInt(random.between(0, 10 ** random.between(0, 9)));
  const reference = ethers.zeroPadValue(ethers.toBeHex(random.between(0, 1_000)), 32);
  const ownedBy = (signer: HardhatEthersSigner) =>
    [...state.assets.values()].filter(({ owner }) => owner === signer.address.toLowerCase()).map(({ id }) => id);
  const asset = random.pick([...ownedBy(actor), ...ownedBy(actor), count + 9]);
  const held = sharesHeld(state, actor.address.toLowerCase() as Address);
  const [share, shares] = held.length > 0 ? random.pick(held) : [count + 3, 0n];
  const part = BigInt(random.between(0, Number(shares)));
  const by = { ledger: ledger.connect(actor), registry: registry.connect(actor) };
  const draft = () => randomDraft(state, random);
  const metadata = random.pick(["{}", '{"name":"x"}', "not json", "\u{1f4a7}"]);
  const allocations = () => {
    const whole = 100_000_000;
    const first = random.between(1, whole - 1);
    const role = random.between(0, 10);
    return random.pick([
      [{ account: other.address, role, shares: whole }],
      // Recipients that never call.
      [
        { account: random.pick(world.passive), role, shares: first },
        { account: random.pick(world.passive), role: 1, shares: whole - first },
      ],
      [
        { account: actor.address, role, shares: first },
        { account: other.address, role: 0, shares: whole - first },
      ],
    ]);
  };

  const steps: Record<string, () => Sent> = {
    register: () =>
      by.registry.register(
        other,
        { kind: random.between(0, 2), keep: random.pick([0, 0, 100_000]), metadata, allocations: allocations() },
        draft(),
      ),
    publish: () => by.registry.publish(asset, draft()),
    publishWithGrants: async () => {
      const closed = random.pick(
        [...state.releases.values()]
          .filter(({ byGrant }) => byGrant)
          .map(({ id }) => id)
          .concat(1),
      );
      const owner = state.assets.get(state.releases.get(closed)?.asset ?? 0)?.owner;
      const signer = actors.find(({ address }) => address.toLowerCase() === owner) ?? actor;
      const grant = {
        release: closed,
        account: actor.address,
        asset: 0,
        nonce: random.between(0, 9),
        deadline: 2n ** 60n,
      };
      const contributions = [{ release: closed, weight: random.between(10_000, 900_000) }];
      return by.registry.publishWithGrants(asset, releaseDraft({ contributions }), [
        { grant, signature: await signGrant(world, signer, grant) },
      ]);
    },
    setRetired: () => by.registry.setRetired(asset, random.next() < 0.5),
    setAccountGrant: () => by.registry.setAccountGrant(asset, other, random.next() < 0.7),
    setAssetGrant: () => by.registry.setAssetGrant(asset, random.pick(assets), random.next() < 0.7),
    setMetadata: () => by.registry.setMetadata(asset, metadata),
    transferAsset: () => by.registry.transferFrom(actor, other, asset),
    pay: () => by.ledger.pay(release, currency, amount, reference),
    payFor: () => by.ledger.payFor(other, release, currency, amount, reference),
    payAndSettle: () => by.ledger.payAndSettle(release, currency, amount, reference, [release, ...someReleases()]),
    payNative: () => by.ledger.payNative(release, reference, { value: amount }),
    payFromCredit: () => by.ledger.payFromCredit(release, currency, amount, reference),
    payByMulticall: async () => {
      const call = ledger.interface.encodeFunctionData("payFromCredit", [
        release,
        await currency.getAddress(),
        1,
        reference,
      ]);
      return by.ledger.multicall([call, call]);
    },
    paySigned: async () => {
      const payment = { payer: actor.address, release, amount, ref: reference, salt: random.between(0, 1e6) };
      const signed = { ...payment, currency: await six.getAddress(), validAfter: 0, validBefore: 2n ** 60n };
      const nonce = await signedPayments.nonceOf(signed);
      const { v, r, s } = Signature.from(await signPayment(world, actor, signed, nonce));
      return signedPayments.connect(other).pay(signed, v, r, s);
    },
    payIntoInlet: async () => {
      await eight.connect(actor).transfer(await inlets.inletOf(release), amount);
      return inlets.connect(other).sync(release, eight);
    },
    collectInlet: () => inlets.connect(other).collect(random.pick(PASSIVE_RELEASES), assets, currency),
    passOutlet: async () => {
      if (random.next() < 0.3) await eight.connect(other).transfer(await outlets.outletOf(actor), amount);
      return outlets.connect(other).pass(actor, assets, currency);
    },
    settle: () => by.ledger.settle(someReleases(), currency),
    settleAll: () => by.ledger.settle([...state.releases.keys()].toReversed(), currency),
    claim: () => by.ledger.claim(someAssets(), currency, other),
    collect: () => by.ledger.collect(someReleases(), someAssets(), currency, actor),
    claimToCredit: () => by.ledger.claimToCredit(other, someAssets(), currency),
    sweepCommons: () => by.ledger.sweepCommons(someAssets(), currency),
    deposit: () => by.ledger.deposit(currency, amount, other),
    withdraw: () => by.ledger.withdraw(currency, amount, other),
    withdrawNative: () => by.ledger.withdrawNative(amount, actor),
    transferShares: () => by.ledger.safeTransferFrom(actor, other, share, part, "0x"),
    transferBatch: () => by.ledger.safeBatchTransferFrom(actor, other, [share, share], [part / 3n, part / 2n], "0x"),
    approve: () => by.ledger.setApprovalForAll(other, random.next() < 0.5),
    admit: () => ledger.connect(random.pick([admin, actor])).admit(late),
  };
  const often = ["register", "publish", "pay", "pay", "payAndSettle", "settle", "settleAll", "claim", "transferShares"];
  const name = count < FIRST_RELEASES ? "register" : random.pick([...Object.keys(steps), ...often]);
  const send = steps[name];
  if (!send) throw new Error(`There is no step ${name}.`);
  return { name, send };
}

/** Makes a draft that builds on a few of the releases, mostly within the rules. */
function randomDraft(state: LedgerState, random: Random) {
  const named = new Map<number, Contribution>();
  for (let i = random.between(0, 5); i > 0 && state.releases.size > 0; i--) {
    const release = random.between(1, state.releases.size + (random.next() < 0.03 ? 2 : 0));
    const floor = state.releases.get(release)?.floorPpm ?? 0;
    named.set(release, { release, weight: Math.max(floor, random.between(1, 150_000)) });
  }
  const contributions = [...named.values()].sort((a, b) => Number(a.release) - Number(b.release));
  const floor = random.pick([0, 0, 0, 1, 20_000]);
  return releaseDraft({ contributions, floor, byGrant: random.next() < 0.15, label: String(random.between(1, 99)) });
}

const uints = (...fields: string[]) =>
  fields.map((field) => ({ name: field.split(" ")[1] ?? "", type: field.split(" ")[0] ?? "" }));

async function signGrant(world: World, signer: HardhatEthersSigner, grant: object): Promise<string> {
  const { name, version, chainId, verifyingContract } = await world.registry.eip712Domain();
  const fields = uints("uint40 release", "address account", "uint40 asset", "uint256 nonce", "uint256 deadline");
  return signer.signTypedData({ name, version, chainId, verifyingContract }, { Grant: fields }, grant);
}

async function signPayment(
  world: World,
  signer: HardhatEthersSigner,
  payment: { payer: string; amount: bigint; validAfter: number; validBefore: bigint },
  nonce: string,
): Promise<string> {
  const { name, version, chainId, verifyingContract } = await world.six.eip712Domain();
  const fields = uints(
    "address from",
    "address to",
    "uint256 value",
    "uint256 validAfter",
    "uint256 validBefore",
    "bytes32 nonce",
  );
  const { payer, amount, validAfter, validBefore } = payment;
  const to = await world.signedPayments.getAddress();
  const message = { from: payer, to, value: amount, validAfter, validBefore, nonce };
  return signer.signTypedData(
    { name, version, chainId, verifyingContract },
    { ReceiveWithAuthorization: fields },
    message,
  );
}
