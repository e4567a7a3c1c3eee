import { type Address, stringToHex, zeroAddress, zeroHash } from "viem";
import type { seededRandom } from "#node/seededRandom.ts";
import type { LedgerEvent } from "#protocol/events.ts";
import { applyEvent } from "../../../indexer/ledger/applyEvent.ts";
import { claimableNow } from "../../../indexer/graph/settled/projectedBooks.ts";
import { portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { incomeOf, LedgerState, sharesOf } from "../../../indexer/ledger/state.ts";
import { assetsEverHeld } from "./holders.ts";
import type { Fee } from "../../../indexer/ledger/records.ts";
import type { Role } from "#protocol/kinds.ts";
import { ROLES } from "#protocol/kinds.ts";
import { USD } from "./graphs.ts";

type Random = ReturnType<typeof seededRandom>;
type OfLedger = Extract<LedgerEvent, { contract: "ledger" }>;
type OfRegistry = Extract<LedgerEvent, { contract: "registry" }>;

const LEDGER: Address = "0x00000000000000000000000000000000000000ff";
export const EUR: Address = "0x00000000000000000000000000000000000000d1";
export const COMMONS: Address = "0x00000000000000000000000000000000000000cc";

/** Returns the address of a numbered account. */
export const account = (number: number): Address => `0x${number.toString(16).padStart(40, "0")}`;

export interface NewAsset {
  /** Weight in ppm, by release. */
  contributions?: Record<number, number>;
  /** Shares by number of account. Default: all of them to account 1. */
  shares?: Record<number, bigint>;
  role?: Role;
  organization?: string;
  /** Number of the account that registers. Default: 1. */
  registrant?: number;
}

/** A ledger state to which events are applied by the real fold, each in a block of its own. */
export class Economy {
  readonly state = new LedgerState(LEDGER);
  blockNumber = 1n;
  timestamp = 1_000;
  #logIndex = 0;

  constructor(commonsPpm = 10_000) {
    this.#ledger("LedgerCreated", {
      registry: LEDGER,
      admin: LEDGER,
      wrappedNative: USD,
      commonsBeneficiary: COMMONS,
      commonsPpm,
    });
    this.#ledger("CurrencyAdmitted", { currency: USD, symbol: "USD", decimals: 6 });
    this.#ledger("CurrencyAdmitted", { currency: EUR, symbol: "EUR", decimals: 6 });
  }

  /** Starts the next block, this number of seconds later. */
  wait(seconds: number): void {
    this.blockNumber++;
    this.timestamp += seconds;
    this.#logIndex = 0;
  }

  register({
    contributions = {},
    shares = { 1: TOTAL_SHARES },
    role = "data",
    organization,
    registrant = 1,
  }: NewAsset = {}): number {
    const asset = this.state.releases.size + 1;
    for (const [holder, value] of Object.entries(shares)) {
      this.#transfer(zeroAddress, account(Number(holder)), asset, value);
      const allocation = { asset, account: account(Number(holder)), role: ROLES.indexOf(role), shares: value };
      this.#ledger("SharesAllocated", allocation);
    }
    const metadata = stringToHex(JSON.stringify({ name: `asset ${asset}`, organization }));
    this.#registry("AssetRegistered", { asset, registrant: account(registrant), kind: 1, keep: 0, metadata });
    this.publish(asset, contributions);
    this.#registry("Transfer", { from: zeroAddress, to: account(registrant), tokenId: BigInt(asset) });
    return asset;
  }

  publish(asset: number, contributions: Record<number, number> = {}): number {
    const release = this.state.releases.size + 1;
    const edges = Object.entries(contributions).map(([to, weight]) => (BigInt(to) << 24n) + BigInt(weight));
    this.#registry("ReleasePublished", {
      release,
      asset,
      edges,
      floor: 0,
      byGrant: false,
      label: "1",
      digest: zeroHash,
      uri: "",
    });
    return release;
  }

  pay(release: number, amount: bigint, payer = 9, currency = USD): Fee {
    const [ref, from] = [zeroHash, account(payer)];
    this.#ledger("FeePaid", { release, currency, payer: from, amount, ref, source: from });
    const fee = this.state.fees.at(-1);
    if (!fee) throw new Error("The fee was not booked.");
    return fee;
  }

  settle(releases: number[], currency = USD): void {
    this.#ledger("Settled", { currency, releases });
  }

  settleAll(currency = USD): void {
    this.settle([...this.state.releases.keys()].toReversed(), currency);
  }

  /** Claims all that an account can claim. */
  claim(holder: Address, currency = USD, toCredit = false): bigint {
    const assets = assetsEverHeld(this.state, holder);
    const amount = assets.reduce((sum, asset) => sum + claimableNow(this.state, holder, asset, currency), 0n);
    if (toCredit) this.#ledger("ClaimedToCredit", { account: holder, currency, amount, assets });
    else this.#ledger("Claimed", { account: holder, currency, to: holder, amount, assets });
    return amount;
  }

  claimAll(currency = USD): void {
    for (const holder of this.state.accounts.addresses.values) this.claim(holder, currency);
  }

  sweep(assets: number[], currency = USD): void {
    const amount = assets.reduce((sum, asset) => {
      const { income, commonsSwept } = incomeOf(this.state, asset, currency);
      return sum + portionDown(income, this.state.commonsPpm) - commonsSwept;
    }, 0n);
    this.#ledger("CommonsSwept", { currency, amount, assets });
  }

  sell(asset: number, from: Address, to: Address, shares: bigint): void {
    this.#transfer(from, to, asset, shares);
  }

  deposit(holder: Address, amount: bigint, currency = USD): void {
    this.#ledger("Deposited", { account: holder, currency, from: holder, amount });
  }

  withdraw(holder: Address, amount: bigint, currency = USD): void {
    this.#ledger("Withdrawn", { account: holder, currency, to: holder, amount });
  }

  payFromCredit(release: number, amount: bigint, payer: Address, currency = USD): void {
    this.#ledger("FeePaid", { release, currency, payer, amount, ref: zeroHash, source: LEDGER });
  }

  #transfer(from: Address, to: Address, asset: number, value: bigint): void {
    this.#ledger("TransferSingle", { operator: LEDGER, from, to, id: BigInt(asset), value });
  }

  #ledger<N extends OfLedger["eventName"]>(eventName: N, args: Extract<OfLedger, { eventName: N }>["args"]) {
    this.#apply({ contract: "ledger", eventName, args } as unknown as LedgerEvent); // the signature matches the two
  }

  #registry<N extends OfRegistry["eventName"]>(eventName: N, args: Extract<OfRegistry, { eventName: N }>["args"]) {
    this.#apply({ contract: "registry", eventName, args } as unknown as LedgerEvent); // the signature matches the two
  }

  #apply(event: LedgerEvent): void {
    const { blockNumber, timestamp } = this;
    applyEvent(this.state, event, { blockNumber, logIndex: this.#logIndex++, timestamp, transactionHash: zeroHash });
  }
}

const HOLDERS = 6;
const PAYERS = 4;
const ORGANIZATIONS = ["North", "South", ""];

export interface RandomEconomyParameters {
  releases?: number;
  /** Number of events after the releases are registered. */
  steps?: number;
  /** True to transfer shares, too. */
  sales?: boolean;
}

/** Creates a random graph, in which fees of all sizes are paid, settled, claimed and swept, and shares are transferred. */
export function economyOf(random: Random, parameters: RandomEconomyParameters = {}): Economy {
  const { releases = 30, steps = 120, sales = true } = parameters;
  const economy = new Economy();
  for (let id = 1; id <= releases; id++) addRandomRelease(economy, random);
  goOn(economy, random, steps, sales);
  return economy;
}

export function goOn(economy: Economy, random: Random, steps: number, sales = true): void {
  for (let step = 0; step < steps; step++) {
    economy.wait(random.between(1, 20));
    happen(economy, random, sales);
  }
}

function addRandomRelease(economy: Economy, random: Random): void {
  const { size } = economy.state.releases;
  const contributions: Record<number, number> = {};
  for (let i = size === 0 ? 0 : random.between(0, 4); i > 0; i--) {
    contributions[random.between(1, size)] = random.between(1, 250_000);
  }
  if (size > 0 && random.between(0, 3) === 0) {
    economy.publish(economy.state.releases.asset.get(random.between(0, size - 1)), contributions);
    return;
  }
  const part = BigInt(random.between(1, Number(TOTAL_SHARES) - 1));
  const [one, other] = random.shuffle(Array.from({ length: HOLDERS }, (_, i) => i + 1));
  const shares = { [one ?? 0]: part, [other ?? 0]: TOTAL_SHARES - part };
  const organization = random.pick(ORGANIZATIONS);
  economy.register({ contributions, shares, role: random.pick(ROLES), ...(organization && { organization }) });
}

function happen(economy: Economy, random: Random, sales: boolean): void {
  const { state } = economy;
  const { size } = state.releases;
  const currency = random.pick([USD, USD, USD, EUR]);
  const holder = account(random.between(1, HOLDERS));
  const choice = random.between(1, 12);
  if (choice <= 6) {
    const amount = BigInt(random.between(1, 1_000)) ** BigInt(random.between(1, 3));
    economy.pay(random.between(1, size), amount, 100 + random.between(1, PAYERS), currency);
  } else if (choice <= 8) {
    economy.settle(
      Array.from({ length: random.between(1, 6) }, () => random.between(1, size)),
      currency,
    );
  } else if (choice === 9) economy.claim(holder, currency, random.between(0, 1) === 1);
  else if (choice === 10) economy.sweep([random.pick([...state.assets.keys()])], currency);
  else if (choice === 11) economy.deposit(holder, BigInt(random.between(1, 1_000)), currency);
  else if (sales) {
    const asset = random.pick(assetsEverHeld(state, holder).concat(1));
    const held = sharesOf(state, holder, asset);
    economy.sell(asset, holder, account(random.between(1, HOLDERS)), (held * BigInt(random.between(0, 4))) / 4n);
  }
}

/** Computes an account's part of the shareholders' part by its shares: ⌊part · shares / 10^8⌋. */
export const byShares = (income: bigint, shares: bigint, commonsPpm = 10_000) =>
  (portionDown(income, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
