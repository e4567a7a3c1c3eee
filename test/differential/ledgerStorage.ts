import { AbiCoder, keccak256 } from "ethers";
import type { LedgerState } from "../../indexer/ledger/state.ts";
import type { Release } from "../../indexer/ledger/records.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";

/** The slots of the ledger's variables, in the order of declaration. */
const SLOT = {
  balances: 0n,
  operatorApprovals: 1n,
  releaseCount: 3n, // 2 is the unused URI of OpenZeppelin's ERC-1155
  currencies: 4n,
  isAdmitted: 5n,
  releases: 6n,
  furtherEdges: 7n,
  flows: 8n,
  incomes: 9n,
  holdings: 10n,
  creditOf: 11n,
};

const mapping = (type: string, key: bigint | number | string, slot: bigint) =>
  BigInt(keccak256(AbiCoder.defaultAbiCoder().encode([type, "uint256"], [key, slot])));
const currencyAndId = (currency: string, id: number) => (BigInt(currency) << 40n) | BigInt(id);

/** Computes every storage slot of the ledger from the folded state alone. */
export function ledgerStorage(state: LedgerState): Map<bigint, bigint> {
  const { accounts, holdings } = state;
  const slots = new Map<bigint, bigint>();
  slots.set(SLOT.releaseCount, BigInt(state.releases.size));

  const currencies = [...state.currencies.keys()];
  slots.set(SLOT.currencies, BigInt(currencies.length));
  const first = BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(["uint256"], [SLOT.currencies])));
  for (const [i, currency] of currencies.entries()) {
    slots.set(first + BigInt(i), BigInt(currency));
    slots.set(mapping("address", currency, SLOT.isAdmitted), 1n);
  }

  for (const release of state.releases.values()) {
    const [word, ...further] = edgeSlots(release);
    slots.set(mapping("uint256", release.id, SLOT.releases), (word ?? 0n) | headerOf(state, release));
    for (const [i, edges] of further.entries()) {
      slots.set(mapping("uint256", (BigInt(release.id) << 8n) | BigInt(i + 1), SLOT.furtherEdges), edges);
    }
  }

  for (const [i, currency] of currencies.entries()) {
    const books = state.books[i];
    if (!books) throw new Error(`There are no books of ${currency}.`);
    for (const id of state.releases.keys()) {
      const flow = (books.settled.get(id - 1) << 128n) | books.received.get(id - 1);
      slots.set(mapping("uint256", currencyAndId(currency, id), SLOT.flows), flow);
    }
    for (let row = 0; row < state.assets.size; row++) {
      const income = (books.commonsSwept.get(row) << 128n) | books.income.get(row);
      slots.set(mapping("uint256", currencyAndId(currency, state.assets.id.get(row)), SLOT.incomes), income);
    }
    for (let row = 0; row < holdings.length; row++) {
      const asset = state.assets.id.get(holdings.asset.get(row));
      const ofAsset = mapping("uint256", currencyAndId(currency, asset), SLOT.holdings);
      const holding = (books.accruedOf(row) << 112n) | books.mark.get(row);
      slots.set(mapping("address", accounts.address(holdings.account.get(row)), ofAsset), holding);
    }
    for (const [row, account] of accounts.addresses.values.entries()) {
      const slot = mapping("address", currency, mapping("address", account, SLOT.creditOf));
      slots.set(slot, books.credit.get(row));
    }
  }
  for (let row = 0; row < holdings.length; row++) {
    const asset = state.assets.id.get(holdings.asset.get(row));
    const account = accounts.address(holdings.account.get(row));
    slots.set(mapping("address", account, mapping("uint256", asset, SLOT.balances)), BigInt(holdings.shares.get(row)));
  }
  for (const approval of state.shareOperators.keys()) {
    const [account = "", operator = ""] = approval.split(":");
    slots.set(mapping("address", operator, mapping("address", account, SLOT.operatorApprovals)), 1n);
  }
  return slots;
}

/**
 * Encodes a release's header: asset 40 | own weight 24 | floor 24 | keep 24 | kind 6, by grant 1, retired 1 | edge
 * count 8 bits, from the lowest bit.
 */
function headerOf(state: LedgerState, release: Release): bigint {
  const asset = state.assets.get(release.asset);
  const isFirst = release.id === release.asset;
  return [
    BigInt(release.asset),
    BigInt(release.ownWeightPpm) << 40n,
    BigInt(release.floorPpm) << 64n,
    BigInt(isFirst ? (asset?.keepPpm ?? 0) : 0) << 88n,
    BigInt(KINDS.indexOf(asset?.kind as Kind)) << 112n,
    BigInt(release.byGrant) << 118n,
    BigInt(release.retired) << 119n,
    BigInt(release.contributions.length) << 120n,
  ].reduce((word, part) => word | part, 0n);
}

/** Encodes a release's edges, four to a slot. The lower half of the first slot holds the header. */
function edgeSlots({ contributions }: Release): bigint[] {
  const slots: bigint[] = [];
  for (const [i, { release, weightPpm }] of contributions.entries()) {
    const place = i + 2;
    const slot = Math.floor(place / 4);
    const edge = (BigInt(release) << 24n) | BigInt(weightPpm);
    slots[slot] = (slots[slot] ?? 0n) | (edge << BigInt(64 * (place % 4)));
  }
  return slots;
}
